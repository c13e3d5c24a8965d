"""What somebody says about a draft."""

from __future__ import annotations

import html as entities
import re
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import User
from participation.consultations.models import Consultation, Provision, TextVersion
from participation.foundation import clock
from participation.foundation.database import Model, choice
from participation.foundation.language import _
from participation.organisations.models import Organisation
from participation.texts.differing import diff_excerpt
from participation.texts.quoting import SURROUNDINGS

from .wordings import FurtherChange, WordingAction, WordingChange

if TYPE_CHECKING:
    from .supports import Support

EDITABLE_FOR = timedelta(minutes=15)
LONGEST_EXCERPT = 200

_BREAK = re.compile(r"<br>|</(?:p|li|blockquote)>")
_TAG = re.compile(r"<[^>]*>")


def excerpt_of(html: str) -> str:
    """The beginning of a text as plain words on one line, at most 200 characters."""
    words = " ".join(entities.unescape(_TAG.sub("", _BREAK.sub(" ", html))).split())
    if len(words) <= LONGEST_EXCERPT:
        return words
    beginning, space, _rest = words[: LONGEST_EXCERPT - 1].rpartition(" ")
    return (beginning if space else words[: LONGEST_EXCERPT - 1]).rstrip(" ,;:–-") + "…"


def _excerpt(context: Any) -> str:
    return excerpt_of(context.get_current_parameters()["html"])


def wording_excerpt_of(difference: str) -> str:
    """What a proposed wording changes, as safe HTML that fits a margin; empty without one."""
    return diff_excerpt(difference, LONGEST_EXCERPT)


def _wording_excerpt(context: Any) -> str:
    return wording_excerpt_of(context.get_current_parameters().get("wording_html") or "")


class CommentKind(StrEnum):
    GENERAL = "general"
    PROVISION = "provision"
    WORDING = "wording"
    QUESTION = "question"
    EDITORIAL = "editorial"
    SUPPORT = "support"

    @property
    def label(self) -> Any:
        return {
            CommentKind.GENERAL: _("general comment"),
            CommentKind.PROVISION: _("comment on the provision"),
            CommentKind.WORDING: _("proposed wording"),
            CommentKind.QUESTION: _("question"),
            CommentKind.EDITORIAL: _("editorial remark"),
            CommentKind.SUPPORT: _("support of the provision"),
        }[self]


class CommentState(StrEnum):
    VISIBLE = "visible"
    HIDDEN = "hidden"


class Comment(Model):
    """`provision_id` is empty for a comment on the whole draft. HTML is made when the text
    is saved (`renderer` says by which version of the renderer), never when it is read."""

    __tablename__ = "comments"
    __table_args__ = (
        CheckConstraint("(kind = 'wording') = (wording_action is not null)", name="a_wording_says_what_it_does"),
        CheckConstraint("kind <> 'wording' or provision_id is not null", name="a_wording_has_a_provision"),
        Index("ix_comments_reading_order", "consultation_id", "provision_id", "posted_at"),
        # The margin of the reading page is counted and numbered from this index alone.
        Index("ix_comments_beside", "version_id", "parent_id", "state", "provision_id", "posted_at", "id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("text_versions.id"))
    provision_id: Mapped[int | None] = mapped_column(ForeignKey("provisions.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    kind: Mapped[CommentKind] = mapped_column(choice(CommentKind, 12))
    language: Mapped[str] = mapped_column(String(8), default="sl")
    source: Mapped[str] = mapped_column(Text)  # Markdown; the reasons, when a wording is proposed
    html: Mapped[str] = mapped_column(Text)
    excerpt: Mapped[str] = mapped_column(String(LONGEST_EXCERPT), default=_excerpt)
    renderer: Mapped[int]
    # A passage that was quoted (W3C Web Annotation Data Model, 4.2.4): its words, what stands before and after it,
    # and its first character and the one after its last in the text of the provision.
    quote_exact: Mapped[str] = mapped_column(Text, default="", server_default="")
    quote_prefix: Mapped[str] = mapped_column(String(SURROUNDINGS), default="", server_default="")
    quote_suffix: Mapped[str] = mapped_column(String(SURROUNDINGS), default="", server_default="")
    quote_start: Mapped[int] = mapped_column(default=0, server_default="0")
    quote_end: Mapped[int] = mapped_column(default=0, server_default="0")
    wording_action: Mapped[WordingAction | None] = mapped_column(choice(WordingAction, 8))
    wording: Mapped[str] = mapped_column(Text, default="")
    # Of a provision that is to be moved: after which one; none is the beginning of the text.
    wording_after_id: Mapped[int | None] = mapped_column(ForeignKey("provisions.id"))
    # The word diffs to the provisions, of all that it changes.
    wording_html: Mapped[str] = mapped_column(Text, default="")
    wording_excerpt: Mapped[str] = mapped_column(Text, default=_wording_excerpt, server_default="")
    # The changes as lawyers write them, one a line: "In Article 12(2), the word ..."; in the language of the draft.
    wording_formula: Mapped[str] = mapped_column(Text, default="", server_default="")
    state: Mapped[CommentState] = mapped_column(choice(CommentState, 10), default=CommentState.VISIBLE)
    hidden_because: Mapped[str] = mapped_column(Text, default="")
    hidden_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    posted_at: Mapped[datetime] = mapped_column(default=clock.now)
    edited_at: Mapped[datetime | None]
    # One form is one comment, however often its button is pressed.
    form_key: Mapped[str] = mapped_column(String(40), unique=True)
    # Grows with every change; an edit of older words is a conflict.
    revision: Mapped[int] = mapped_column(default=1)

    consultation: Mapped[Consultation] = relationship(Consultation)
    version: Mapped[TextVersion] = relationship(TextVersion)
    provision: Mapped[Provision | None] = relationship(Provision, foreign_keys=[provision_id])
    wording_after: Mapped[Provision | None] = relationship(Provision, foreign_keys=[wording_after_id])
    further_changes: Mapped[list[FurtherChange]] = relationship(
        FurtherChange, order_by=FurtherChange.number, cascade="all, delete-orphan"
    )
    parent: Mapped[Comment | None] = relationship("Comment", remote_side=[id], back_populates="replies")
    replies: Mapped[list[Comment]] = relationship(
        "Comment", back_populates="parent", order_by="Comment.posted_at, Comment.id"
    )
    author: Mapped[User] = relationship(User, foreign_keys=[author_id])
    organisation: Mapped[Organisation | None] = relationship(Organisation)
    supports: Mapped[list[Support]] = relationship("Support", back_populates="comment")

    __mapper_args__ = {"version_id_col": revision}

    @property
    def kind_label(self) -> Any:
        return CommentKind(self.kind).label

    @property
    def changes(self) -> list[WordingChange]:
        """All that it proposes, in the order in which it was written; empty for other comments."""
        if self.wording_action is None or self.provision is None:
            return []
        first = WordingChange(self.provision, WordingAction(self.wording_action), self.wording, self.wording_after)
        return [
            first,
            *(WordingChange(one.provision, one.action, one.wording, one.after) for one in self.further_changes),
        ]

    @property
    def is_hidden(self) -> bool:
        return self.state == CommentState.HIDDEN

    @property
    def editable_until(self) -> datetime:
        return self.posted_at + EDITABLE_FOR

    @property
    def is_taken_up(self) -> bool:
        """Others support it or have replied: its words are no longer the author's alone."""
        return bool(self.supports or self.replies)

    @property
    def anchor(self) -> str:
        return f"comment-{self.id}"
