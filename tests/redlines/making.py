"""What goes out to Word and comes back, in a world of two provisions."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from consultations.reading_in import work
from factories import CommentFactory
from sqlalchemy import select

from participation.comments.models import Comment, CommentKind, WordingAction
from participation.foundation.database import new_key, session
from participation.redlines.models import EditedFile

ADDRESS = "/consultations/parki/word"
DRAFT = "/consultations/parki/draft.docx"
FIRST, SECOND = "Rok za pripombe je petnajst dni od objave.", "Park upravlja občina po letnem načrtu."


def wording(consultation: Any, at: int, organisation: Any, words: str, source: str = "Ker.", **more: Any) -> Comment:
    return CommentFactory(
        consultation=consultation, provision=consultation.versions[0].provisions[at], organisation=organisation,
        kind=CommentKind.WORDING, wording_action=WordingAction.CHANGE, wording=words, source=source, **more,
    )  # fmt: skip


def send(client: Any, data: bytes, name: str = "odlok.docx", key: str = "") -> Any:
    return client.post(ADDRESS, data={"form_key": key or new_key(), "file": (BytesIO(data), name)})


def stored() -> EditedFile:
    return session.scalars(select(EditedFile)).one()


def said() -> list[tuple[Any, ...]]:
    rows = session.scalars(select(Comment).order_by(Comment.id)).all()
    return [
        (
            one.organisation and one.organisation.name,
            one.provision and one.provision.text,
            one.kind,
            one.wording,
            one.source,
        )
        for one in rows
    ]


def read(client: Any, data: bytes, name: str = "odlok.docx", key: str = "") -> Any:
    """A file that was sent in, once the worker has read it: the page, and its address as `location`."""
    answer = send(client, data, name, key)
    work()
    page = client.get(answer.location)
    page.location = answer.location
    return page
