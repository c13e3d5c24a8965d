"""Texts that were begun and not sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.accounts.models import User
from participation.foundation import clock
from participation.foundation.database import Model

KEPT_FOR = timedelta(days=90)
MOST_TEXTS = 100
# A form that answers every point of a long submission has several hundred fields.
MOST_FIELDS = 500
MOST_VALUES = 1_000
MOST_BYTES = 200_000
LONGEST_PLACE = 250
LONGEST_TITLE = 300
LONGEST_ADDRESS = 500
LONGEST_KEY = 40


@dataclass(frozen=True)
class Written:
    """The words in one field that a person typed into, under the label that stood beside it."""

    label: str
    words: str


class UnfinishedText(Model):
    """`revision` grows with every saving, so that an older page never overwrites a newer text.

    `fields` is a list of {"name", "label", "values", "written"} in the order of the form, where
    "written" tells what was typed from what was chosen. `base` is a digest of what the form held
    before the person began: another one today says that the form has changed meanwhile.
    """

    __tablename__ = "unfinished_texts"
    __table_args__ = (
        UniqueConstraint("user_id", "place"),
        CheckConstraint("revision > 0", name="revision_is_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"))
    place: Mapped[str] = mapped_column(String(LONGEST_PLACE))
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    # Where the form stands, to go back to: a path of this site.
    address: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    fields: Mapped[list[dict[str, Any]]]
    base: Mapped[str] = mapped_column(String(LONGEST_KEY), default="")
    writer_key: Mapped[str] = mapped_column(String(LONGEST_KEY), default="")
    revision: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)

    @property
    def words(self) -> list[Written]:
        """What the person typed, field by field, without what is empty or was only chosen."""
        return [
            Written(field["label"], value)
            for field in self.fields
            if field["written"]
            for value in field["values"]
            if value.strip()
        ]

    @property
    def kept_until(self) -> datetime:
        """When it goes unless somebody saves it again."""
        return self.saved_at + KEPT_FOR
