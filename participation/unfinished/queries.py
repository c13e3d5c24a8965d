"""Finding texts that were not sent."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from participation.accounts.models import User, Viewer
from participation.foundation import clock
from participation.foundation.database import NotFound, session
from participation.foundation.language import _, ngettext
from participation.foundation.paging import Page, page_of
from participation.foundation.tasks import Task

from .models import KEPT_FOR, UnfinishedText

A_PAGE = 10


def unfinished_texts_of(viewer: Viewer, number: int) -> Page[UnfinishedText]:
    """All that this person began and that is still kept, the latest first, a few of them on a page:
    each may be as long as a submission."""
    return page_of(
        select(UnfinishedText)
        .where(UnfinishedText.user_id == viewer.id, UnfinishedText.saved_at > clock.now() - KEPT_FOR)
        .order_by(UnfinishedText.saved_at.desc(), UnfinishedText.id.desc()),
        number,
        A_PAGE,
    )


def unfinished_text_at(viewer: Viewer, place: str) -> UnfinishedText | None:
    """What this person began at this place, or None."""
    if not isinstance(viewer, User):
        return None
    return session.scalar(
        select(UnfinishedText).where(
            UnfinishedText.user_id == viewer.id,
            UnfinishedText.place == place,
            UnfinishedText.saved_at > clock.now() - KEPT_FOR,
        )
    )


def unfinished_text_by_id(text_id: int) -> UnfinishedText:
    """Raises NotFound."""
    text = session.get(UnfinishedText, text_id)
    if text is None:
        raise NotFound(text_id)
    return text


def number_elsewhere(viewer: Viewer, place: str) -> int:
    """How many texts the person keeps at other places."""
    return (
        session.scalar(
            select(func.count(UnfinishedText.id)).where(
                UnfinishedText.user_id == viewer.id, UnfinishedText.place != place
            )
        )
        or 0
    )


def waiting_for(viewer: Viewer, acting: Any) -> list[Task]:
    """One line for all texts that the person has not sent."""
    if not isinstance(viewer, User):
        return []
    number = session.scalar(
        select(func.count(UnfinishedText.id)).where(
            UnfinishedText.user_id == viewer.id, UnfinishedText.saved_at > clock.now() - KEPT_FOR
        )
    )
    if not number:
        return []
    return [
        Task(
            title=str(_("Unfinished texts")),
            why=ngettext(
                "%(num)s text that you began and have not sent.",
                "%(num)s texts that you began and have not sent.",
                number,
            ),
            endpoint="unfinished.index",
            act=_("Finish or discard what you began"),
        )
    ]
