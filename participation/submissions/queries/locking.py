"""One submission, one writer at a time."""

from __future__ import annotations

from participation.foundation.database import session

from ..models import Submission


def lock(submission: Submission) -> None:
    """Hold the submission until the transaction ends and see its state as it is now.

    On SQLite the whole database is held already: a writing transaction begins IMMEDIATE.
    """
    session.flush()
    session.refresh(submission, ["state", "revision", "sha256"], with_for_update=True)
