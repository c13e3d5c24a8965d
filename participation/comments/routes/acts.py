"""What the reader of a page may do with each comment on it; judged without the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from participation.comments.queries import Line
from participation.comments.rules import (
    may_edit_comment,
    may_give_support,
    may_hide_comment,
    may_post_comment,
    may_reply_to_comment,
    may_support_comment,
)
from participation.consultations.models import Consultation
from participation.foundation.access import Verdict
from participation.organisations.models import Organisation
from participation.organisations.routes import acting_membership
from participation.web.signin import viewer


@dataclass(frozen=True, slots=True)
class LineActs:
    reply: bool
    edit: bool
    support: bool
    withdraw: bool


@dataclass(frozen=True)
class Acts:
    """`of` maps the number of a comment to what may be done with it."""

    post: Verdict
    give_support: Verdict
    moderate: bool
    of: dict[int, LineActs]


def acting_organisation() -> Organisation | None:
    """The organisation that the person acts for in this request."""
    membership = acting_membership()
    return membership.organisation if membership else None


def judge(consultation: Consultation, lines: Iterable[Line]) -> Acts:
    person, organisation = viewer(), acting_organisation()
    give_support = may_give_support(person, consultation, organisation)
    found = {}
    for line in lines:
        for one in (line, *line.replies):
            found[one.id] = _judge_line(person, consultation, organisation, one, bool(give_support))
    return Acts(
        post=may_post_comment(person, consultation, organisation),
        give_support=give_support,
        moderate=bool(may_hide_comment(person)),
        of=found,
    )


def _judge_line(
    person: Any, consultation: Consultation, organisation: Organisation | None, line: Line, gives_support: bool
) -> LineActs:
    supports = organisation is not None and line.is_supported_by(organisation.id)
    return LineActs(
        reply=bool(may_reply_to_comment(person, line, consultation, organisation)),
        edit=bool(may_edit_comment(person, line, consultation)),
        support=not supports and bool(may_support_comment(person, line, consultation, organisation)),
        withdraw=supports and gives_support,
    )
