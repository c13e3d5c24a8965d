"""Files that people load or the program makes, kept in the database.

They stand in the same transaction and the same backup as what refers to them.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from . import clock
from .database import Model, session


class StoredFile(Model):
    __tablename__ = "stored_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    # The name as the person gave it: only ever shown, never used as a path.
    name: Mapped[str] = mapped_column(String(300))
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    stored_at: Mapped[datetime]
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))


def store(content: bytes, name: str, media_type: str) -> StoredFile:
    """Keep a file; the caller has judged its size and kind before."""
    file = StoredFile(
        name=name[:300],
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        stored_at=clock.now(),
        content=content,
    )
    session.add(file)
    return file
