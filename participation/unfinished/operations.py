"""Keeping and discarding what was not sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from participation.accounts.models import User, Viewer
from participation.foundation import clock
from participation.foundation.access import demand
from participation.foundation.database import Conflict, keep_first, session
from participation.foundation.language import _

from .models import KEPT_FOR, UnfinishedText
from .queries import number_elsewhere
from .rules import may_discard_unfinished_text, may_forget_person, may_save_unfinished_text


@dataclass(frozen=True)
class Begun:
    """A text as an open page sends it. `revision` is the last one that the page knows of, 0 for none."""

    place: str
    title: str
    address: str
    fields: list[dict[str, Any]]
    base: str
    writer_key: str
    revision: int


class NewerText(Conflict):
    """Another page saved meanwhile; `text` is what it saved, or None when it was sent or discarded there."""

    def __init__(self, message: Any, text: UnfinishedText | None) -> None:
        super().__init__(message)
        self.text = text


def save_unfinished_text(actor: Viewer, writer_id: int | None, begun: Begun) -> UnfinishedText:
    """Keep a text; what nobody touched for 90 days goes with it. Raises NewerText."""
    demand(may_save_unfinished_text(actor, writer_id, number_elsewhere(actor, begun.place)))
    session.execute(delete(UnfinishedText).where(UnfinishedText.saved_at <= clock.now() - KEPT_FOR))
    text = _locked(actor, begun.place)
    if text is None:
        return _keep_new(actor, begun)
    if not _may_follow(begun, text):
        raise NewerText(_("A newer text was saved in another tab or on another device."), text)
    text.revision += 1
    return _fill(text, begun)


def discard_unfinished_text(actor: Viewer, text: UnfinishedText, revision: int) -> None:
    """Throw a text away for good; raises NewerText when it was saved again after `revision`."""
    demand(may_discard_unfinished_text(actor, text))
    if text.revision > revision:
        raise NewerText(_("You have written more since. Look at it before you discard it."), text)
    session.delete(text)


def discard_sent_text(actor: Viewer, place: str, revision: int) -> None:
    """The form at this place was accepted: what led up to it goes. A text that the sending page
    did not know of, because it was written in another tab or on another device, stays."""
    text = _locked(actor, place)
    if text is None or text.revision > revision:
        return
    demand(may_discard_unfinished_text(actor, text))
    session.delete(text)


def forget_person(user: User) -> None:
    """Discard all that a person began, because the account is closed."""
    demand(may_forget_person(user))
    session.execute(delete(UnfinishedText).where(UnfinishedText.user_id == user.id))


def _locked(actor: Viewer, place: str) -> UnfinishedText | None:
    return session.scalar(
        select(UnfinishedText)
        .where(UnfinishedText.user_id == actor.id, UnfinishedText.place == place)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _keep_new(actor: Viewer, begun: Begun) -> UnfinishedText:
    if begun.revision > 0:
        raise NewerText(_("This text was sent or discarded in another tab or on another device."), None)
    made = _fill(UnfinishedText(user_id=actor.id, place=begun.place, revision=1), begun)
    kept = keep_first(made, lambda: _locked(actor, begun.place))
    if kept is not made:
        raise NewerText(_("A newer text was saved in another tab or on another device."), kept)
    return kept


def _may_follow(begun: Begun, text: UnfinishedText) -> bool:
    """The page knew the stored text, or stored it itself and the answer was lost on the way."""
    return begun.revision == text.revision or begun.writer_key == text.writer_key or begun.fields == text.fields


def _fill(text: UnfinishedText, begun: Begun) -> UnfinishedText:
    text.title, text.address, text.fields = begun.title, begun.address, begun.fields
    text.base, text.writer_key, text.saved_at = begun.base, begun.writer_key, clock.now()
    return text
