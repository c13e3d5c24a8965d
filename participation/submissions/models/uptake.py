"""What became of a point in the adopted text: what the program found, and what people say of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import User
from participation.comments.models import WordingAction
from participation.consultations.models import TextVersion
from participation.foundation import clock
from participation.foundation.database import Model, choice
from participation.foundation.language import _
from participation.texts.uptake import Verdict

from .submissions import SubmissionPoint

# The key of the outbox for comparing one submission with the adopted text.
FIND_UPTAKE = "find-uptake"
COMPARED = (WordingAction.ADD, WordingAction.CHANGE, WordingAction.DELETE)


def find_key(submission_id: int, version_id: int) -> str:
    """Comparing the same two once more is no further work."""
    return f"find-uptake:{submission_id}:{version_id}"


def verdict_label(verdict: Verdict) -> Any:
    return {
        Verdict.VERBATIM: _("adopted word for word"),
        Verdict.PART: _("adopted in part"),
        Verdict.NOT: _("not adopted"),
        Verdict.OPPOSITE: _("the opposite was adopted"),
    }[verdict]


def reason_not_compared(point: SubmissionPoint) -> Any:
    """Why no words of the point can be looked for in the adopted text; empty when they can."""
    if point.action is WordingAction.MOVE:
        return _("It asks for another place, and only words are compared.")
    if point.action not in COMPARED or (point.action is not WordingAction.DELETE and not point.demanded.strip()):
        return _("It demands no wording, so there is nothing to compare.")
    return ""


class PointUptake(Model):
    """What the program found of a point's wording in the adopted text. Found once; it never changes.

    `taken` and `missing` are passages of the demanded wording, `keys` those of the provisions of the adopted text in
    which it was found, `share` how much of it stands there, from 0 to 1.
    """

    __tablename__ = "point_uptakes"
    __table_args__ = (CheckConstraint("share >= 0 and share <= 1", name="share_is_a_share"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # A consultation has one adopted text, so a point has one uptake.
    point_id: Mapped[int] = mapped_column(ForeignKey("submission_points.id"), unique=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("text_versions.id"), index=True)
    verdict: Mapped[Verdict] = mapped_column(choice(Verdict, 10))
    taken: Mapped[list[str]] = mapped_column(default=list)
    missing: Mapped[list[str]] = mapped_column(default=list)
    keys: Mapped[list[str]] = mapped_column(default=list)
    share: Mapped[float]
    found_at: Mapped[datetime] = mapped_column(default=clock.now)

    point: Mapped[SubmissionPoint] = relationship(SubmissionPoint)
    version: Mapped[TextVersion] = relationship(TextVersion)
    confirmations: Mapped[list[UptakeConfirmation]] = relationship(
        "UptakeConfirmation", back_populates="uptake", order_by="UptakeConfirmation.id"
    )

    @property
    def confirmation(self) -> UptakeConfirmation | None:
        """What stands of what people said; None while nobody has looked at it."""
        return next((one for one in self.confirmations if one.superseded_at is None), None)

    @property
    def is_confirmed(self) -> bool:
        return self.confirmation is not None

    @property
    def standing(self) -> Verdict:
        """What counts: what a person said, else what was found."""
        return self.confirmation.verdict if self.confirmation is not None else self.verdict

    @property
    def is_corrected(self) -> bool:
        """A person says something else than the program found."""
        return self.standing is not self.verdict

    @property
    def percent(self) -> int:
        """The share in whole percents: 100 only of all of it, 0 only of nothing."""
        if 0 < self.share < 1:
            return min(max(round(100 * self.share), 1), 99)
        return round(100 * self.share)

    @property
    def label(self) -> Any:
        return verdict_label(self.standing)

    @property
    def found_label(self) -> Any:
        return verdict_label(self.verdict)


class UptakeConfirmation(Model):
    """A person looked at what was found and says what is so. Rows are only added: `superseded_at` is set when a later
    one takes its place. What differs from what was found, or from an earlier word, has a reason."""

    __tablename__ = "uptake_confirmations"
    __table_args__ = (
        Index(
            "uq_uptake_confirmations_one_stands",
            "uptake_id",
            unique=True,
            sqlite_where=text("superseded_at is null"),
            postgresql_where=text("superseded_at is null"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uptake_id: Mapped[int] = mapped_column(ForeignKey("point_uptakes.id"), index=True)
    verdict: Mapped[Verdict] = mapped_column(choice(Verdict, 10))
    reason: Mapped[str] = mapped_column(Text, default="")
    confirmed_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    confirmed_at: Mapped[datetime] = mapped_column(default=clock.now)
    superseded_at: Mapped[datetime | None]

    uptake: Mapped[PointUptake] = relationship(PointUptake, back_populates="confirmations")
    confirmed_by: Mapped[User] = relationship(User)

    @property
    def label(self) -> Any:
        return verdict_label(self.verdict)
