"""Keeping what was found in an edited file, and posting what was chosen of it."""

from .files import load_redline
from .posting import post_redline

__all__ = ["load_redline", "post_redline"]
