"""Submissions, what they said, their documents and the answers to them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, LargeBinary, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from participation.accounts.models import User
from participation.bodies.models import PublicBody
from participation.comments.models import Comment, WordingAction
from participation.consultations.models import Consultation
from participation.foundation import clock
from participation.foundation.database import Base, Model, choice, new_key
from participation.foundation.files import StoredFile
from participation.foundation.language import _
from participation.positions.models import Point, Position

if TYPE_CHECKING:
    from .replies import AnswerConfirmation


class SubmissionState(StrEnum):
    COMPILED = "compiled"
    FROZEN = "frozen"
    SENT = "sent"

    @property
    def label(self) -> Any:
        return {
            SubmissionState.COMPILED: _("being compiled"),
            SubmissionState.FROZEN: _("frozen, not yet sent"),
            SubmissionState.SENT: _("sent"),
        }[self]


class Channel(StrEnum):
    """How a submission reached the body."""

    EMAIL = "email"
    POST = "post"
    BY_HAND = "by-hand"
    PORTAL = "portal"
    SESSION = "session"

    @property
    def label(self) -> Any:
        return {
            Channel.EMAIL: _("by email"),
            Channel.POST: _("by post"),
            Channel.BY_HAND: _("handed over"),
            Channel.PORTAL: _("through the body's portal"),
            Channel.SESSION: _("at a session"),
        }[self]


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    PARTLY = "partly"
    REJECTED = "rejected"
    NOTED = "noted"
    NOT_COMPETENT = "not-competent"
    NO_REPLY = "no-reply"

    @property
    def label(self) -> Any:
        return {
            Outcome.ACCEPTED: _("accepted"),
            Outcome.PARTLY: _("partly accepted"),
            Outcome.REJECTED: _("rejected"),
            Outcome.NOTED: _("noted"),
            Outcome.NOT_COMPETENT: _("not competent"),
            Outcome.NO_REPLY: _("no reply"),
        }[self]


class DocumentFormat(StrEnum):
    """ZIP is made when the submission was sent, the others when it is frozen."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    DRAFT = "draft"
    ZIP = "zip"

    @property
    def label(self) -> Any:
        return {
            DocumentFormat.PDF: _("PDF, to read and to print"),
            DocumentFormat.DOCX: _("Word (DOCX)"),
            DocumentFormat.ODT: _("OpenDocument text (ODT)"),
            DocumentFormat.XLSX: _("the points as a spreadsheet (XLSX)"),
            DocumentFormat.CSV: _("the points as data (CSV)"),
            DocumentFormat.JSON: _("everything as data (JSON)"),
            DocumentFormat.DRAFT: _("the draft with the demands as tracked changes (Word)"),
            DocumentFormat.ZIP: _("everything with the proofs, to check it yourself (ZIP)"),
        }[self]

    @property
    def media_type(self) -> str:
        return {
            DocumentFormat.PDF: "application/pdf",
            DocumentFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            DocumentFormat.ODT: "application/vnd.oasis.opendocument.text",
            DocumentFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            DocumentFormat.CSV: "text/csv",
            DocumentFormat.JSON: "application/json",
            DocumentFormat.DRAFT: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            DocumentFormat.ZIP: "application/zip",
        }[self]

    def file_name(self, slug: str) -> str:
        """The name under which a document of the submission is kept and sent."""
        return f"{slug}-osnutek.docx" if self is DocumentFormat.DRAFT else f"{slug}.{self}"


addressees_of_submissions = Table(
    "addressees_of_submissions",
    Base.metadata,
    Column("submission_id", ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True),
    Column("body_id", ForeignKey("public_bodies.id"), primary_key=True),
)
copies_of_submissions = Table(
    "copies_of_submissions",
    Base.metadata,
    Column("submission_id", ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True),
    Column("body_id", ForeignKey("public_bodies.id"), primary_key=True),
)
positions_of_submissions = Table(
    "positions_of_submissions",
    Base.metadata,
    Column("submission_id", ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True),
    Column("position_id", ForeignKey("positions.id"), primary_key=True, index=True),
)
comments_of_submissions = Table(
    "comments_of_submissions",
    Base.metadata,
    Column("submission_id", ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True),
    Column("comment_id", ForeignKey("comments.id"), primary_key=True, index=True),
)


class Submission(Model):
    __tablename__ = "submissions"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    title: Mapped[str] = mapped_column(String(500))
    language: Mapped[str] = mapped_column(String(8), default="sl")
    cover: Mapped[str] = mapped_column(Text, default="")  # Markdown
    cover_html: Mapped[str] = mapped_column(Text, default="")
    summary: Mapped[str] = mapped_column(Text, default="")  # key demands, one a line
    state: Mapped[SubmissionState] = mapped_column(
        choice(SubmissionState, 12), default=SubmissionState.COMPILED, index=True
    )
    compiled_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    compiled_at: Mapped[datetime] = mapped_column(default=clock.now)
    frozen_at: Mapped[datetime | None]
    general_html: Mapped[str] = mapped_column(Text, default="")  # cover and general parts, as they were frozen
    # Everything the documents say, as canonical JSON; the documents are made from it alone.
    canonical: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    sha256: Mapped[str] = mapped_column(String(64), default="")
    sent_on: Mapped[date | None]
    channel: Mapped[Channel | None] = mapped_column(choice(Channel, 12))
    register_number: Mapped[str] = mapped_column(String(120), default="")
    answer_due_on: Mapped[date | None]
    # The key of the rule of law that set that day; empty where the network asked for it.
    answer_due_rule: Mapped[str] = mapped_column(String(60), default="", server_default="")
    # One form is one submission, however often its button is pressed.
    form_key: Mapped[str] = mapped_column(String(40), unique=True, default=new_key)
    # Grows with every change; a form that was filled in against an older one is a conflict.
    revision: Mapped[int] = mapped_column(default=1)

    consultation: Mapped[Consultation] = relationship(Consultation)
    compiled_by: Mapped[User] = relationship(User)
    addressees: Mapped[list[PublicBody]] = relationship(
        PublicBody, secondary=addressees_of_submissions, order_by=PublicBody.name
    )
    # Those who get it for information and owe no answer.
    copies: Mapped[list[PublicBody]] = relationship(
        PublicBody, secondary=copies_of_submissions, order_by=PublicBody.name
    )
    positions: Mapped[list[Position]] = relationship(
        Position, secondary=positions_of_submissions, order_by=Position.id
    )
    comments: Mapped[list[Comment]] = relationship(Comment, secondary=comments_of_submissions, order_by=Comment.id)
    points: Mapped[list[SubmissionPoint]] = relationship(
        "SubmissionPoint",
        back_populates="submission",
        order_by="SubmissionPoint.number",
        cascade="all, delete-orphan",
    )
    signatories: Mapped[list[Signatory]] = relationship(
        "Signatory", order_by="Signatory.id", cascade="all, delete-orphan"
    )
    documents: Mapped[list[SubmissionDocument]] = relationship("SubmissionDocument", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": revision}

    @property
    def thread(self) -> str:
        """Of its records in the ledger."""
        return f"s-{self.id}"

    @property
    def key_demands(self) -> list[str]:
        return [line.strip() for line in self.summary.splitlines() if line.strip()]

    @property
    def state_label(self) -> Any:
        return SubmissionState(self.state).label

    @property
    def channel_label(self) -> Any:
        return Channel(self.channel).label if self.channel else ""

    @property
    def comments_to_carry(self) -> list[Comment]:
        """The chosen comments that may go out: one that was hidden meanwhile stays behind."""
        return [comment for comment in self.comments if not comment.is_hidden and comment.organisation is not None]

    @property
    def is_compiled(self) -> bool:
        return self.state == SubmissionState.COMPILED

    @property
    def is_frozen(self) -> bool:
        """Its words are fixed and it waits to be sent."""
        return self.state == SubmissionState.FROZEN

    @property
    def is_sent(self) -> bool:
        return self.state == SubmissionState.SENT


class SubmissionPoint(Model):
    """A point as it was sent, copied when the submission was frozen."""

    __tablename__ = "submission_points"
    __table_args__ = (UniqueConstraint("submission_id", "number", name="uq_submission_points_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), index=True)
    number: Mapped[int]
    point_id: Mapped[int | None] = mapped_column(ForeignKey("points.id"), index=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"), index=True)
    action: Mapped[WordingAction | None] = mapped_column(choice(WordingAction, 8))
    article: Mapped[str] = mapped_column(String(800), default="")
    existing: Mapped[str] = mapped_column(Text, default="")
    demanded: Mapped[str] = mapped_column(Text, default="")
    difference_html: Mapped[str] = mapped_column(Text, default="")
    reasons: Mapped[str] = mapped_column(Text, default="")
    reasons_html: Mapped[str] = mapped_column(Text, default="")
    supported_by: Mapped[str] = mapped_column(Text, default="")

    submission: Mapped[Submission] = relationship(Submission, back_populates="points")
    point: Mapped[Point | None] = relationship(Point)
    answers: Mapped[list[Answer]] = relationship("Answer", back_populates="point")


class Signatory(Model):
    """A co-signature that stood when the submission was frozen, with the organisation as it was then.

    An organisation that signed two positions of a submission has two rows. The numbers of the
    rows follow the order in which they are printed: by area, then by name.
    """

    __tablename__ = "signatories"
    __table_args__ = (
        UniqueConstraint("submission_id", "position_id", "organisation_id", name="uq_signatories_once_a_position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), index=True)
    position_id: Mapped[int] = mapped_column(ForeignKey("positions.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    name: Mapped[str] = mapped_column(String(200))
    seat: Mapped[str] = mapped_column(String(120))
    area: Mapped[str] = mapped_column(String(120))
    person: Mapped[str] = mapped_column(String(160), default="")
    statement: Mapped[str] = mapped_column(Text, default="")
    # The number of the record of its signature in the ledger.
    seq: Mapped[int | None] = mapped_column(ForeignKey("ledger_entries.seq"))


class SubmissionDocument(Model):
    __tablename__ = "submission_documents"
    __table_args__ = (UniqueConstraint("submission_id", "format", name="uq_submission_documents_format"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), index=True)
    format: Mapped[DocumentFormat] = mapped_column(choice(DocumentFormat, 8))
    # "PDF/A-2a, PDF/UA-1", or empty when a document holds to none.
    standard: Mapped[str] = mapped_column(String(40), default="")
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)

    file: Mapped[StoredFile] = relationship(StoredFile)


class Answer(Model):
    """What one public body said to one point, and where it said so."""

    __tablename__ = "answers"
    __table_args__ = (
        UniqueConstraint("point_id", "body_id", name="uq_answers_one_a_body"),
        CheckConstraint("recorded_by_id is not null or confirmation_id is not null", name="somebody_stands_for_it"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("submission_points.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("public_bodies.id"), index=True)
    outcome: Mapped[Outcome] = mapped_column(choice(Outcome, 16))
    words: Mapped[str] = mapped_column(Text, default="")
    words_html: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(500), default="")
    answered_on: Mapped[date | None]
    # Of the office; empty where the body itself confirmed it at its private address.
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    confirmation_id: Mapped[int | None] = mapped_column(ForeignKey("answer_confirmations.id"), index=True)

    point: Mapped[SubmissionPoint] = relationship(SubmissionPoint, back_populates="answers")
    confirmation: Mapped[AnswerConfirmation | None] = relationship("AnswerConfirmation")
    body: Mapped[PublicBody] = relationship(PublicBody)

    @property
    def is_confirmed(self) -> bool:
        """The body itself stands by it; the office lets it correct that, and does not change it."""
        return self.confirmation is not None and self.confirmation.stands

    @property
    def outcome_label(self) -> Any:
        return Outcome(self.outcome).label
