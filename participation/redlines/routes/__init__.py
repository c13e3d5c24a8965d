"""The pages of drafts in Word."""

from __future__ import annotations

from . import drafts, files
from .blueprint import blueprint

__all__ = ["blueprint", "drafts", "files"]
