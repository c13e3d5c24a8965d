"""Guides and terms as they are read from their files; hints, and who has dismissed which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from participation.accounts.models import User
from participation.foundation import clock
from participation.foundation.database import Model, choice
from participation.foundation.language import _

# Between the hints in a visitor's cookie: a sign that no name of a hint has.
SEPARATOR = "."


class GuideName(StrEnum):
    """For whom a guide is written, in the order of the help's page."""

    READER = "reader"
    CONTRIBUTOR = "contributor"
    REPRESENTATIVE = "representative"
    COUNCIL_REPRESENTATIVE = "council-representative"
    COORDINATOR = "coordinator"
    DECISION_MAKER = "decision-maker"


@dataclass(frozen=True)
class Section:
    """A heading, the anchor it is linked by, and its safe HTML."""

    anchor: str
    heading: str
    html: str


@dataclass(frozen=True)
class Guide:
    """A text of the help in one language; `audience` says in a sentence whom it is for."""

    language: str
    title: str
    audience: str
    opening_html: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Term:
    """A word of the trade: the question, its answer in a few sentences, and what else is worth knowing."""

    language: str
    anchor: str
    question: str
    answer_html: str
    more_html: str


class Hint(StrEnum):
    """What a person is told once, by the page it stands on."""

    FRONT_PAGE = "front-page"
    READING_A_DRAFT = "reading-a-draft"
    DESK = "desk"
    COSIGNING = "co-signing"
    PREVIEW = "preview"

    @property
    def words(self) -> Any:
        return {
            Hint.FRONT_PAGE: _(
                "Is this your first visit? Choose a consultation that is open; reading needs no account."
            ),
            Hint.READING_A_DRAFT: _(
                "You need not read everything. Look in the contents for the part that concerns you; "
                "you can comment after each paragraph."
            ),
            Hint.DESK: _(
                "This is what waits for you, the most urgent first. Choose a line to get to the page where it is "
                "done; after that it disappears from here by itself."
            ),
            Hint.COSIGNING: _(
                "The text below is final: nobody can change it any more. Read it together with your organisation; "
                "whoever has its mandate signs it here before the deadline."
            ),
            Hint.PREVIEW: _(
                "This is how the addressees will see the submission. Nothing has been sent yet, and until you "
                "freeze it you can change everything."
            ),
        }[self]

    @property
    def guide(self) -> GuideName:
        """The guide that says more."""
        return {
            Hint.FRONT_PAGE: GuideName.READER,
            Hint.READING_A_DRAFT: GuideName.CONTRIBUTOR,
            Hint.DESK: GuideName.CONTRIBUTOR,
            Hint.COSIGNING: GuideName.REPRESENTATIVE,
            Hint.PREVIEW: GuideName.COUNCIL_REPRESENTATIVE,
        }[self]


def hints_in(cookie: str) -> frozenset[Hint]:
    """The hints named in a visitor's cookie; whatever else stands in it counts for nothing."""
    named = set(cookie[:200].split(SEPARATOR))
    return frozenset(hint for hint in Hint if hint.value in named)


def cookie_of(hints: Iterable[Hint]) -> str:
    """What a visitor's cookie says when these hints are dismissed."""
    dismissed = set(hints)
    return SEPARATOR.join(hint.value for hint in Hint if hint in dismissed)


class DismissedHint(Model):
    """This person need not see this hint again."""

    __tablename__ = "dismissed_hints"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    hint: Mapped[Hint] = mapped_column(choice(Hint, 20), primary_key=True)
    dismissed_at: Mapped[datetime] = mapped_column(default=clock.now)

    def __init__(self, user: User, hint: Hint) -> None:
        super().__init__(user_id=user.id, hint=hint)
