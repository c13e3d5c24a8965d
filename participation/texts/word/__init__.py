"""Drafts in Word and back: demanded wordings as tracked changes, comments as comments.

Written and read as Word's own XML: pandoc marks no inserted or deleted paragraph and keeps no bookmark, and without
both a file could not come back as it went out.
"""
