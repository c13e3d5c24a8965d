"""The public pages of the ledger."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask

from ..models import Log, use
from . import checkpoints, mine, receipts
from .blueprint import blueprint

__all__ = ["blueprint", "checkpoints", "join", "mine", "receipts"]


def join(app: Flask) -> None:
    """Write to the log of this installation: its name is that of the public address."""
    host = urlsplit(app.config["SETTINGS"].public_url).netloc
    with app.app_context():
        use(Log(f"{host}/ledger", Path(app.instance_path) / "ledger"))
