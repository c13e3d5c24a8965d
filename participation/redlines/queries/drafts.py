"""A draft with all that was visibly said on it, as it goes out to Word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from participation.accounts.models import User
from participation.comments.models import Comment, WordingAction
from participation.comments.queries.public import everybody_may_read
from participation.comments.queries.speakers import public_name, spoken_organisation
from participation.consultations.models import Consultation, Provision, TextVersion
from participation.consultations.queries import provisions_of
from participation.foundation.database import session
from participation.foundation.language import _, force_locale
from participation.organisations.models import Organisation
from participation.texts.provisions import Kind
from participation.texts.provisions import Provision as ReadProvision
from participation.texts.word.demands import Action, Demand, DraftInWord, Note, Phrases, Reply


@dataclass(frozen=True, slots=True)
class Spoken:
    """A comment or a reply (`reply_to`, else 0) with what Word needs of it; `key` and `existing` of its provision."""

    number: int
    reply_to: int
    key: str
    path: str
    existing: str
    action: WordingAction | None
    wording: str
    source: str
    organisation_id: int | None
    speaker: str
    posted_at: datetime


def spoken_on(consultation: Consultation, organisation: str = "") -> list[Spoken]:
    """The visible comments in the order of their posting; with a slug, those of one organisation. One statement.

    What a moderator has hidden is left out for everybody, with the replies to it.
    """
    parent: Any = aliased(Comment)
    asked = (
        select(
            Comment.id,
            func.coalesce(Comment.parent_id, 0),
            func.coalesce(Provision.key, ""),
            func.coalesce(Provision.path, ""),
            func.coalesce(Provision.text, ""),
            Comment.wording_action,
            Comment.wording,
            Comment.source,
            Comment.organisation_id,
            func.coalesce(spoken_organisation(), public_name()),
            Comment.posted_at,
        )
        .join(User, User.id == Comment.author_id)
        .outerjoin(parent, parent.id == Comment.parent_id)
        .outerjoin(Provision, Provision.id == Comment.provision_id)
        .outerjoin(Organisation, Organisation.id == Comment.organisation_id)
        .where(
            Comment.consultation_id == consultation.id,
            everybody_may_read(parent),
        )
        .order_by(Comment.posted_at, Comment.id)
    )
    if organisation:
        first: Any = aliased(Organisation)
        asked = asked.join(first, first.id == func.coalesce(parent.organisation_id, Comment.organisation_id)).where(
            first.slug == organisation, or_(Comment.parent_id.is_(None), parent.organisation_id == first.id)
        )
    return [Spoken(*row) for row in session.execute(asked)]


def draft_in_word(consultation: Consultation, version: TextVersion, spoken: list[Spoken]) -> DraftInWord:
    """The version with what was said; a wording of which the provision reads differently now is a comment."""
    provisions = provisions_of(version)
    text_of = {one.key: one.text for one in provisions}
    with force_locale(consultation.language):
        phrases = _phrases()
        somebody = str(_("A registered person"))
        earlier = str(_("Proposed for an earlier wording of this provision:"))
    replies: dict[int, list[Reply]] = {}
    for one in spoken:
        if one.reply_to:
            replies.setdefault(one.reply_to, []).append(Reply(one.speaker or somebody, one.posted_at, one.source))
    demands, notes = [], []
    for one in spoken:
        if one.reply_to:
            continue
        who, answers = one.speaker or somebody, tuple(replies.get(one.number, ()))
        if one.action is not None and text_of.get(one.key) == one.existing:
            action = Action(one.action.value)
            demands.append(Demand(one.key, who, one.posted_at, action, one.wording, one.source, answers))
            continue
        parts = [earlier, one.wording, one.source] if one.action is not None else [one.source]
        parts = [one.path, *parts] if one.key and one.key not in text_of else parts
        notes.append(Note(one.key, who, one.posted_at, "\n\n".join(filter(None, parts)), answers))
    return DraftInWord(
        version.title or consultation.title,
        consultation.language,
        version.published_at or version.read_at,
        [ReadProvision(Kind(one.kind), one.label, one.level, one.text) for one in provisions],
        [one.key for one in provisions],
        demands,
        notes,
        phrases,
    )


def _phrases() -> Phrases:
    return Phrases(
        str(_("Also proposed for this provision, instead of what is tracked here:")),
        str(_("Also proposed: to delete this provision, instead of what is tracked here.")),
    )
