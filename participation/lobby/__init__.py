"""Where everybody arrives: the front page, and the desk with what waits for whom.

It is the last room: it asks all others what they have, and none asks it.
"""
