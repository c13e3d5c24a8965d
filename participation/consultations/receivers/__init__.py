"""What the room does when something happens elsewhere, and what its worker does."""

from . import imports, submissions

__all__ = ["imports", "submissions"]
