"""What a proposed wording does with the provisions of a draft."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.consultations.models import Provision
from participation.foundation.database import Model, choice
from participation.foundation.language import _, force_locale, labels_of_changes
from participation.texts.differing import word_diff_html


class WordingAction(StrEnum):
    ADD = "add"
    CHANGE = "change"
    DELETE = "delete"
    MOVE = "move"

    @property
    def label(self) -> Any:
        return {
            WordingAction.ADD: _("add below the provision"),
            WordingAction.CHANGE: _("change the wording"),
            WordingAction.DELETE: _("delete the provision"),
            WordingAction.MOVE: _("move the provision"),
        }[self]


@dataclass(frozen=True)
class WordingChange:
    """What is asked for one provision: another wording, none, something new below it, or another place.

    A moved provision stands after `after`, at the beginning of the text without one, and takes with it all that is
    below it.
    """

    provision: Provision
    action: WordingAction
    wording: str = ""
    after: Provision | None = None

    @property
    def place(self) -> str:
        return self.provision.path or self.provision.label

    @property
    def existing(self) -> str:
        return "" if self.action is WordingAction.ADD else self.provision.text

    @property
    def demanded(self) -> str:
        """The words that are asked for; of a move, where it goes, in the reader's language."""
        return self.wording if self.action is not WordingAction.MOVE else self.moved_to

    @property
    def moved_to(self) -> str:
        if self.after is None:
            return str(_("To stand at the beginning of the text"))
        return str(_("To stand after: %(place)s", place=self.after.path or self.after.label))

    def difference_html(self, language: str) -> str:
        """What goes and comes, as safe HTML in words of the draft's language."""
        if self.action is WordingAction.MOVE:
            with force_locale(language):
                return html.escape(self.moved_to)
        return word_diff_html(self.existing, self.wording, labels_of_changes(language))


def changes_html(changes: Sequence[WordingChange], language: str) -> str:
    """What goes and comes as a page shows it: one change stands alone, of several each below its place.

    `language` is that of the draft.
    """
    if len(changes) < 2:
        return "".join(change.difference_html(language) for change in changes)
    with force_locale(language):
        headings = [f"{change.place}: {change.action.label}" for change in changes]
    return "".join(
        f'<div class="one-change"><p class="change-place">{html.escape(heading)}</p>'
        f"<p>{change.difference_html(language)}</p></div>"
        for heading, change in zip(headings, changes, strict=True)
    )


class FurtherChange(Model):
    """What a proposal changes besides its first provision, in the order in which it was written."""

    __tablename__ = "further_changes"
    __table_args__ = (UniqueConstraint("comment_id", "number", name="uq_further_changes_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    provision_id: Mapped[int] = mapped_column(ForeignKey("provisions.id"), index=True)
    action: Mapped[WordingAction] = mapped_column(choice(WordingAction, 8))
    wording: Mapped[str] = mapped_column(Text, default="")
    after_id: Mapped[int | None] = mapped_column(ForeignKey("provisions.id"))

    provision: Mapped[Provision] = relationship(Provision, foreign_keys=[provision_id])
    after: Mapped[Provision | None] = relationship(Provision, foreign_keys=[after_id])
