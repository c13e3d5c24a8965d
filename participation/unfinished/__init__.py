"""Unfinished texts: what a person began to write and has not sent.

Nouns: an *unfinished text* is the content of a form at a *place*, which is a stable key of the
form such as "comments.post:<slug>:<provision key>". It belongs to one person, nobody else ever
sees it, and it is gone as soon as the form was accepted. A page that is open in a browser has a
*writer key*, so that its own repeated saving is told from that of another tab or device.
"""
