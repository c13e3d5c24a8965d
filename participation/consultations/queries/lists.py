"""Lists of consultations: for everybody, and for those who lead them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, Text, case, cast, func, or_, select
from sqlalchemy.orm import joinedload

from participation.bodies.models import Level, PublicBody
from participation.comments.models import Comment, CommentState
from participation.foundation import clock, region
from participation.foundation.collation import collation_key
from participation.foundation.database import session
from participation.foundation.language import _
from participation.foundation.paging import Page, page_of

from ..models import Consultation, ConsultationState, Phase, folded
from .phases import phase_on

# What people look for first: what is open, then what will be, then what goes on, then what is over.
_ORDER = (
    Phase.OPEN,
    Phase.ANNOUNCED,
    Phase.POSITIONS,
    Phase.COSIGNING,
    Phase.SUBMITTED,
    Phase.ANSWERED,
    Phase.CONCLUDED,
)


class Group(StrEnum):
    """The headings of the list: what can be done now with what stands under them."""

    OPEN = "open"
    COMING = "coming"
    AGREEMENT = "agreement"
    SENT = "sent"
    CONCLUDED = "concluded"

    @property
    def label(self) -> Any:
        return {
            Group.OPEN: _("Open for comments now"),
            Group.COMING: _("Announced"),
            Group.AGREEMENT: _("Positions are agreed on and signed"),
            Group.SENT: _("Sent to those who decide"),
            Group.CONCLUDED: _("Concluded"),
        }[self]


_GROUPS = {
    Phase.OPEN: Group.OPEN,
    Phase.ANNOUNCED: Group.COMING,
    Phase.POSITIONS: Group.AGREEMENT,
    Phase.COSIGNING: Group.AGREEMENT,
    Phase.SUBMITTED: Group.SENT,
    Phase.ANSWERED: Group.SENT,
    Phase.CONCLUDED: Group.CONCLUDED,
}


def grouped(found: Sequence[Consultation]) -> list[tuple[Group, list[Consultation]]]:
    """Published consultations under the headings of the list, in their order; empty headings are left out."""
    groups = [(group, [one for one in found if _GROUPS[one.phase] is group]) for group in Group]
    return [(group, listed) for group, listed in groups if listed]


@dataclass(frozen=True)
class Filter:
    """What the reader asked for; an empty value asks for nothing."""

    phase: str = ""
    topic: str = ""
    municipality: str = ""
    body: str = ""  # a slug
    level: str = ""
    words: str = ""

    @property
    def is_empty(self) -> bool:
        return self == Filter()


def published_consultations(asked: Filter, number: int) -> Page[Consultation]:
    """A page of what the public may read, open ones first; each with its body loaded."""
    day = clock.today()
    phase = phase_on(day)
    ranks = {value.value: rank for rank, value in enumerate(_ORDER)}
    statement = (
        _chosen(asked, phase)
        .where(Consultation.state == ConsultationState.PUBLISHED)
        .options(joinedload(Consultation.body))
        .order_by(
            case(ranks, value=phase, else_=len(ranks)),
            case((phase == Phase.OPEN.value, Consultation.internal_deadline_on)).asc(),
            case((phase == Phase.ANNOUNCED.value, Consultation.opens_on)).asc(),
            Consultation.internal_deadline_on.desc(),
            Consultation.id.desc(),
        )
    )
    return page_of(statement, number)


def _chosen(asked: Filter, phase: Any) -> Select[Any]:
    statement = select(Consultation)
    if asked.phase in set(Phase):
        statement = statement.where(phase == asked.phase)
    if asked.level in set(Level):
        statement = statement.where(Consultation.level == asked.level)
    if asked.body:
        statement = statement.where(Consultation.body.has(PublicBody.slug == asked.body))
    if asked.topic in {topic.key for topic in region.current().topics}:
        statement = statement.where(_lists(Consultation.topics, asked.topic))
    if asked.municipality in {municipality.code for municipality in region.current().municipalities}:
        # A draft that names no municipality concerns the whole region.
        whole = cast(Consultation.municipalities, Text) == "[]"
        statement = statement.where(or_(_lists(Consultation.municipalities, asked.municipality), whole))
    for word in folded(asked.words).split():
        statement = statement.where(Consultation.folded_title.contains(word, autoescape=True))
    return statement


def _lists(column: Any, value: str) -> Any:
    """The JSON list holds the value, which is a key of the installation and so has nothing to escape."""
    return cast(column, Text).contains(f'"{value}"', autoescape=True)


def led_consultations(number: int) -> Page[Consultation]:
    """A page of all consultations for those who lead them: in preparation first, concluded ones last."""
    phase = phase_on(clock.today())
    ranks = {Phase.PREPARING.value: 0, Phase.CONCLUDED.value: 2}
    return page_of(
        select(Consultation)
        .options(joinedload(Consultation.body))
        .order_by(case(ranks, value=phase, else_=1), Consultation.internal_deadline_on, Consultation.id.desc()),
        number,
    )


def bodies_with_consultations() -> list[PublicBody]:
    """The bodies that the list can be filtered by, in the order of their names."""
    published = select(Consultation.body_id).where(Consultation.state == ConsultationState.PUBLISHED)
    found = session.scalars(select(PublicBody).where(PublicBody.id.in_(published)))
    return sorted(found, key=lambda body: collation_key(body.name))


LATEST = 10


def consultations_of_body(body: PublicBody) -> list[Consultation]:
    """The latest published drafts of a body, the latest deadline first."""
    return list(
        session.scalars(
            select(Consultation)
            .where(Consultation.body_id == body.id, Consultation.state == ConsultationState.PUBLISHED)
            .order_by(Consultation.internal_deadline_on.desc(), Consultation.id.desc())
            .limit(LATEST)
        )
    )


def comment_counts(consultations: Sequence[Consultation]) -> dict[int, int]:
    """How many visible comments each has, replies not counted; those without any are left out."""
    rows = session.execute(
        select(Comment.consultation_id, func.count())
        .where(
            Comment.consultation_id.in_([one.id for one in consultations]),
            Comment.state == CommentState.VISIBLE,
            Comment.parent_id.is_(None),
        )
        .group_by(Comment.consultation_id)
    )
    return {consultation_id: count for consultation_id, count in rows}
