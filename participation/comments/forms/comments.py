"""Comments, replies, and other words for them."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import ValidationError

from participation.foundation.language import _, ngettext
from participation.texts.markdown import MAXIMUM_CHARACTERS, one_line
from participation.texts.quoting import Passage, nearest, passages_of
from participation.web.forms import CreatingForm, Form

from ..models import Comment, CommentKind, WordingAction
from .words import Words, bounded, clean, revision_in

KINDS_ON_PROVISION = (
    CommentKind.PROVISION,
    CommentKind.WORDING,
    CommentKind.QUESTION,
    CommentKind.EDITORIAL,
    CommentKind.SUPPORT,
)
KINDS_ON_DRAFT = (CommentKind.GENERAL, CommentKind.QUESTION, CommentKind.EDITORIAL)

# What is longer is not a passage any more; it is commented on as the whole provision.
LONGEST_QUOTE = 2_000


def _actions() -> list[tuple[str, Any]]:
    """What a form for one provision offers; to move it takes the form for several."""
    return [(action.value, action.label) for action in WordingAction if action is not WordingAction.MOVE]


class CommentForm(Words, CreatingForm):
    """A new comment. `seen` says which words of the draft its writer had before the eyes.

    `quote` are the words of a passage, where only that is meant; `quote_at` is the character of the provision's text
    at which they were selected, and tells one occurrence from another.
    """

    provision_key = HiddenField(default="")
    seen = HiddenField(default="")
    quote_at = HiddenField(default="")
    quote = TextAreaField(_("The words that you mean"), filters=[one_line])
    kind = RadioField(_("What kind of comment is it?"), default=CommentKind.GENERAL.value)
    wording_action = SelectField(
        _("What should happen to the provision?"), choices=_actions, default=WordingAction.CHANGE.value
    )
    wording = TextAreaField(_("Proposed wording"), filters=[clean])
    source = TextAreaField(_("Your comment, or the reasons for the proposed wording"), filters=[clean])

    def fit_to(self, place: Any, asked_kind: str = "", quote: str = "", quote_at: str = "") -> None:
        """Offer what this place of the draft can take, and put its words into an unsent form.

        `place` is a queries.Place; the others are what a link to the form asked for."""
        kinds = KINDS_ON_PROVISION if place.provision else KINDS_ON_DRAFT
        self.kind.choices = [(kind.value, kind.label) for kind in kinds]
        self.existing = place.text
        if not place.provision:
            self.source.label.text = _("Your comment")
        if self.is_submitted():
            return
        self.provision_key.data, self.seen.data = place.key, place.seen
        self.kind.data = asked_kind if asked_kind in kinds else kinds[0].value
        self.wording.data = place.text
        self.quote.data, self.quote_at.data = one_line(quote), quote_at

    def proposes_wording(self) -> bool:
        return self.kind.data == CommentKind.WORDING

    def validate_quote(self, field: Any) -> None:
        """Only words of the provision can be quoted, and only where it is clear which."""
        if not field.data:
            return
        if len(field.data) > LONGEST_QUOTE:
            raise ValidationError(
                str(_("This is too long for a passage. Leave it empty to comment on the whole provision."))
            )
        found = passages_of(self.existing, field.data)
        if not found:
            raise ValidationError(
                str(_("These words are not in the provision. Copy them from it, or leave this empty."))
            )
        if len(found) > 1 and self._selected_at is None:
            raise ValidationError(
                str(
                    ngettext(
                        "These words occur %(num)s time in the provision. Copy some more before or after them.",
                        "These words occur %(num)s times in the provision. Copy some more before or after them.",
                        len(found),
                    )
                )
            )

    @property
    def passage(self) -> Passage | None:
        """The passage that is meant; None for the whole provision. For a form that is valid."""
        found = passages_of(self.existing, self.quote.data or "")
        return nearest(found, self._selected_at or 0) if found else None

    @property
    def _selected_at(self) -> int | None:
        sent = self.quote_at.data or ""
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else None


class EditForm(Words, Form):
    """Another text for a comment; its kind and place stay. `revision` says which words were read."""

    revision = HiddenField()
    wording_action = SelectField(_("What should happen to the provision?"), choices=_actions)
    wording = TextAreaField(_("Proposed wording"), filters=[clean])
    source = TextAreaField(_("Your comment, or the reasons for the proposed wording"), filters=[clean])

    def fit_to(self, comment: Comment) -> None:
        self.is_wording = comment.wording_action is not None
        self.existing = comment.provision.text if comment.provision else ""
        if not self.is_wording:
            del self.wording_action, self.wording
            self.source.label.text = _("Your comment")
        if self.is_submitted():
            return
        self.revision.data = str(comment.revision)
        self.source.data = comment.source
        if self.is_wording:
            self.wording_action.data, self.wording.data = comment.wording_action, comment.wording

    def proposes_wording(self) -> bool:
        return self.is_wording

    @property
    def seen_revision(self) -> int:
        return revision_in(self.revision.data)


class ReplyForm(CreatingForm):
    source = TextAreaField(_("Your reply"), filters=[clean])

    def validate_source(self, field: Any) -> None:
        if not field.data.strip():
            raise ValidationError(str(_("Write what you want to say.")))
        bounded(field.data, MAXIMUM_CHARACTERS)
