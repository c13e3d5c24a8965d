"""The pages of comments."""

from __future__ import annotations

from . import moderation, support, threads, writing
from .blueprint import blueprint

__all__ = ["blueprint", "moderation", "support", "threads", "writing"]
