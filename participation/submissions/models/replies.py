"""What a body writes at its private address: drafts that only it sees, and the confirmation that publishes them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.bodies.models import PublicBody
from participation.foundation import clock
from participation.foundation.database import Model, choice

from .submissions import Outcome, Submission, SubmissionPoint


class AnswerDraft(Model):
    """What a body means to answer to a point. It belongs to the body, so a link that is issued anew goes on with it.

    `outcome` is empty while only words are there.
    """

    __tablename__ = "answer_drafts"
    __table_args__ = (UniqueConstraint("point_id", "body_id", name="uq_answer_drafts_one_a_body"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("submission_points.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("public_bodies.id"), index=True)
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome, 16))
    words: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime] = mapped_column(default=clock.now)

    point: Mapped[SubmissionPoint] = relationship(SubmissionPoint)


class AnswerConfirmation(Model):
    """A person of the body stood behind these answers and made them public. `reopened_at`: the office let the body
    correct them; the confirmation stays in the record."""

    __tablename__ = "answer_confirmations"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("public_bodies.id"), index=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("private_links.id"))
    name: Mapped[str] = mapped_column(String(160))
    function: Mapped[str] = mapped_column(String(200))
    confirmed_at: Mapped[datetime] = mapped_column(default=clock.now)
    # What was confirmed, as it was said then: number, outcome and words of each point.
    said: Mapped[list[dict[str, Any]]]
    reopened_at: Mapped[datetime | None]
    reopened_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reopened_because: Mapped[str] = mapped_column(Text, default="")
    form_key: Mapped[str] = mapped_column(String(40), unique=True)

    submission: Mapped[Submission] = relationship(Submission)
    body: Mapped[PublicBody] = relationship(PublicBody)

    @property
    def stands(self) -> bool:
        return self.reopened_at is None
