"""How a submission reached each body, and what was sent after it.

A delivery is written once: a trigger of the database refuses changes to what was said and to whom. How it
stands is derived from facts: what the outbox has done with its mail, whether it came back, who received it.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from participation.accounts.models import User
from participation.bodies.models import PublicBody
from participation.foundation import clock
from participation.foundation.database import Model, choice, new_key
from participation.foundation.files import StoredFile
from participation.foundation.language import _
from participation.foundation.outbox import OutboxItem, State

from .submissions import Channel, Submission


class DeliveryKind(StrEnum):
    """What is delivered: the submission, an erratum to it, a reminder of an overdue answer, a new private address."""

    SUBMISSION = "submission"
    ERRATUM = "erratum"
    REMINDER = "reminder"
    LINK = "link"

    @property
    def label(self) -> Any:
        return {
            DeliveryKind.SUBMISSION: _("submission"),
            DeliveryKind.ERRATUM: _("erratum"),
            DeliveryKind.REMINDER: _("reminder"),
            DeliveryKind.LINK: _("new private address"),
        }[self]


class Enclosure(StrEnum):
    """What a mail brings with it. To a body that is to answer, each brings its private address as well."""

    DOCUMENTS = "documents"
    LINK = "link"
    NOTHING = "nothing"


class DeliveryState(StrEnum):
    QUEUED = "queued"
    HANDED_TO_SERVER = "handed-to-server"
    FAILED = "failed"
    RETURNED = "returned"
    HANDED_OVER = "handed-over"
    ACKNOWLEDGED = "acknowledged"

    @property
    def label(self) -> Any:
        return {
            DeliveryState.QUEUED: _("waiting for the mail server"),
            DeliveryState.HANDED_TO_SERVER: _("handed to the mail server"),
            DeliveryState.FAILED: _("could not be sent"),
            DeliveryState.RETURNED: _("came back"),
            DeliveryState.HANDED_OVER: _("handed over"),
            DeliveryState.ACKNOWLEDGED: _("receipt confirmed"),
        }[self]

    @property
    def needs_help(self) -> bool:
        return self in (DeliveryState.FAILED, DeliveryState.RETURNED)


class Erratum(Model):
    """A correction beside a submission that was sent; it never changes the submission, and never changes itself."""

    __tablename__ = "errata"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), index=True)
    text: Mapped[str] = mapped_column(Text)  # Markdown
    html: Mapped[str] = mapped_column(Text)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    added_at: Mapped[datetime] = mapped_column(default=clock.now)
    form_key: Mapped[str] = mapped_column(String(40), unique=True, default=new_key)

    submission: Mapped[Submission] = relationship(Submission)
    added_by: Mapped[User] = relationship(User)


class Delivery(Model):
    """One letter to one body. A second try is a second row; the latest of a kind counts."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("body_id", "form_key", name="uq_deliveries_once_a_form"),
        Index("ix_deliveries_of_a_body", "submission_id", "body_id"),
        CheckConstraint("(channel = 'email') = (to_email <> '')", name="a_mail_has_an_address"),
        CheckConstraint("(channel = 'email') = (handed_over_on is null)", name="what_was_handed_over_has_a_day"),
        CheckConstraint("(kind = 'erratum') = (erratum_id is not null)", name="an_erratum_is_named"),
        CheckConstraint("(acknowledged_at is null) = (acknowledged_by = '')", name="somebody_confirms_the_receipt"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("public_bodies.id"), index=True)
    kind: Mapped[DeliveryKind] = mapped_column(choice(DeliveryKind, 12), default=DeliveryKind.SUBMISSION)
    erratum_id: Mapped[int | None] = mapped_column(ForeignKey("errata.id"), index=True)
    channel: Mapped[Channel] = mapped_column(choice(Channel, 12))
    enclosed: Mapped[Enclosure] = mapped_column(choice(Enclosure, 12), default=Enclosure.NOTHING)
    to_email: Mapped[str] = mapped_column(String(254), default="")
    # The covering letter of this body, as it was written; without the private address, which nothing keeps.
    subject: Mapped[str] = mapped_column(String(700), default="")
    letter: Mapped[str] = mapped_column(Text, default="")
    delivered_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    delivered_at: Mapped[datetime] = mapped_column(default=clock.now)
    form_key: Mapped[str] = mapped_column(String(40), default=new_key)
    # Of a mail: under which key the outbox holds it.
    mail_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    # Of what was handed over otherwise.
    handed_over_on: Mapped[date | None]
    register_number: Mapped[str] = mapped_column(String(120), default="")
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    # Facts that come later.
    returned_at: Mapped[datetime | None]
    returned_because: Mapped[str] = mapped_column(Text, default="")
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[str] = mapped_column(String(200), default="")
    acknowledged_how: Mapped[str] = mapped_column(String(500), default="")

    submission: Mapped[Submission] = relationship(Submission)
    body: Mapped[PublicBody] = relationship(PublicBody)
    erratum: Mapped[Erratum | None] = relationship(Erratum)
    delivered_by: Mapped[User] = relationship(User)
    scan: Mapped[StoredFile | None] = relationship(StoredFile)
    item: Mapped[OutboxItem | None] = relationship(
        OutboxItem, primaryjoin=lambda: foreign(Delivery.mail_key) == OutboxItem.key, viewonly=True
    )

    @property
    def facts(self) -> dict[str, str]:
        """What the ledger says of it."""
        day = self.handed_over_on or clock.today()
        return {
            "body": self.body.name,
            "channel": str(self.channel),
            "on": day.isoformat(),
            "register_number": self.register_number,
        }

    @property
    def is_mail(self) -> bool:
        return self.channel == Channel.EMAIL

    @property
    def state(self) -> DeliveryState:
        if self.acknowledged_at is not None:
            return DeliveryState.ACKNOWLEDGED
        if self.returned_at is not None:
            return DeliveryState.RETURNED
        if not self.is_mail:
            return DeliveryState.HANDED_OVER
        if self.item is not None and self.item.state == State.DEAD:
            return DeliveryState.FAILED
        return DeliveryState.HANDED_TO_SERVER if self.accepted_at is not None else DeliveryState.QUEUED

    @property
    def accepted_at(self) -> datetime | None:
        """When the mail server took the mail."""
        return self.item.done_at if self.item is not None and self.item.state == State.DONE else None

    @property
    def tries(self) -> int:
        return self.item.attempts if self.item is not None else 0

    @property
    def trouble(self) -> str:
        """What the mail server said last, or why it came back."""
        return self.returned_because or (self.item.last_error if self.item is not None else "")

    @property
    def state_label(self) -> Any:
        return self.state.label

    @property
    def channel_label(self) -> Any:
        return Channel(self.channel).label
