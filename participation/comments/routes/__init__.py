"""The pages of comments."""

from __future__ import annotations

from . import exports, moderation, nil_returns, overview, own, proposals, support, threads, writing
from .blueprint import blueprint

__all__ = [
    "blueprint",
    "exports",
    "moderation",
    "nil_returns",
    "overview",
    "own",
    "proposals",
    "support",
    "threads",
    "writing",
]
