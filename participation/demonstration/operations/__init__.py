"""Living through the demonstration."""

from .loading import PASSWORD, load_demonstration

__all__ = ["PASSWORD", "load_demonstration"]
