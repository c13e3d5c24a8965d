"""Help: a guide of one page for everybody who uses the platform, the words of the trade, and hints.

A *guide* is for one kind of reader (`GuideName`), a *term* is one word of the trade with what it means; both are
texts in `guides/`, one file for each language. A *hint* is a quiet notice at the top of a page that a person
meets for the first time; dismissed, it does not come back.
"""
