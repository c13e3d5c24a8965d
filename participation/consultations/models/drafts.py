"""The text of a draft: numbered versions, each a sequence of provisions."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.foundation import clock
from participation.foundation.database import KEY, Model, choice, new_key
from participation.foundation.files import StoredFile

from .consultations import Consultation


class VersionState(StrEnum):
    PREPARING = "preparing"
    PUBLISHED = "published"


class TextVersion(Model):
    """`adopted_on` is the day on which the body adopted this very text, and `adopted_source` where that is published.
    A consultation has one adopted text at most, and it is the last version."""

    __tablename__ = "text_versions"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number", name="uq_text_versions_number"),
        CheckConstraint("adopted_on is null or state = 'published'", name="what_was_adopted_is_published"),
        CheckConstraint("(adopted_on is null) = (adopted_source = '')", name="what_was_adopted_has_a_source"),
        Index(
            "uq_text_versions_one_adopted",
            "consultation_id",
            unique=True,
            sqlite_where=text("adopted_on is not null"),
            postgresql_where=text("adopted_on is not null"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    number: Mapped[int] = mapped_column(default=1)
    state: Mapped[VersionState] = mapped_column(choice(VersionState, 12), default=VersionState.PREPARING)
    title: Mapped[str] = mapped_column(String(500), default="")
    language: Mapped[str] = mapped_column(String(8), default="sl")
    doubts: Mapped[list[dict[str, Any]]] = mapped_column(default=list)  # {"code", "place", "details"}
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    read_at: Mapped[datetime] = mapped_column(default=clock.now)
    mended_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    adopted_on: Mapped[date | None]
    adopted_source: Mapped[str] = mapped_column(String(500), default="", server_default="")
    # Grows with every mending; a form that was opened before that is a conflict.
    revision: Mapped[int] = mapped_column(default=1)

    consultation: Mapped[Consultation] = relationship(Consultation, back_populates="versions")
    file: Mapped[StoredFile | None] = relationship(StoredFile)
    provisions: Mapped[list[Provision]] = relationship(
        "Provision", back_populates="version", order_by="Provision.position", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": revision}

    @property
    def is_adopted(self) -> bool:
        return self.adopted_on is not None


class Provision(Model):
    """A piece of a text version. `key` stays the same in later versions; the label is only
    what is printed, and may repeat within one act. A child's level is greater than its
    parent's; the parent is the last provision before it with a smaller level."""

    __tablename__ = "provisions"
    __table_args__ = (UniqueConstraint("version_id", "key", name="uq_provisions_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("text_versions.id"), index=True)
    key: Mapped[str] = mapped_column(KEY, default=new_key)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))  # a participation.texts.provisions.Kind
    label: Mapped[str] = mapped_column(String(200), default="")
    level: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(String(60), default="")
    # How a person names it on its own: "12. člen, (2)"; made when the text is saved.
    path: Mapped[str] = mapped_column(String(400), default="")
    # Keys of other provisions of the version before whose words it has: what was divided, or joined.
    origins: Mapped[list[str]] = mapped_column(default=list, server_default="[]")

    version: Mapped[TextVersion] = relationship(TextVersion, back_populates="provisions")

    @property
    def anchor(self) -> str:
        """The id of the provision on a page."""
        return f"p-{self.key}"
