"""Where a comment stands in later versions of its text."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.database import Model, choice
from participation.texts.anchoring import AnchorState


class CommentPlace(Model):
    """Where a comment of an earlier version stands in a later one; written when that is published, for good.

    `provision_id` is what holds the words that the comment is about. Of an orphan it is the provision in which they
    stood; where that is gone as well it is empty, and they stood after `after_id` (empty: before everything). Of a
    comment on the whole draft both are empty. The quote is a quoted passage as it reads there.
    """

    __tablename__ = "comment_places"
    __table_args__ = (Index("ix_comment_places_provision", "version_id", "provision_id"),)

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("text_versions.id"), primary_key=True)
    provision_id: Mapped[int | None] = mapped_column(ForeignKey("provisions.id"))
    after_id: Mapped[int | None] = mapped_column(ForeignKey("provisions.id"))
    state: Mapped[AnchorState] = mapped_column(choice(AnchorState, 10))
    score: Mapped[float] = mapped_column(default=1.0)
    quote_exact: Mapped[str] = mapped_column(Text, default="")
    quote_start: Mapped[int] = mapped_column(default=0)
    quote_end: Mapped[int] = mapped_column(default=0)
