"""`flask drafts`: files are read, compared and put before the network without a browser."""

from .drafts import drafts
from .versions import carry, compare

__all__ = ["carry", "compare", "drafts", "groups"]

groups = [drafts]
