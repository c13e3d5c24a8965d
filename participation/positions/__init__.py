"""Joint positions: their points, the frozen text, and the co-signatures under it.

Nouns: a *position* is drafted from chosen comments into *points*. *Opening* it for
co-signing freezes a *position version*: canonical bytes and their SHA-256. An
organisation *co-signs* exactly these bytes through a representative, and may *withdraw*
until the deadline or the delivery. A *remark* is a word in the discussion of the draft.
"""
