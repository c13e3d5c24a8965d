"""What the worker does for the ledger."""

from . import checkpoints

__all__ = ["checkpoints"]
