"""A draft policy before the network: its text versions, its dates, its phases.

Nouns: a *consultation* is about one draft. The draft has numbered *text versions*, each
a sequence of *provisions* in reading order, nested by level. A text version can be mended
until the first comment on it; from then on it never changes. Phases follow from dates:
announced, open, positions, co-signing, submitted, answered, concluded.
"""
