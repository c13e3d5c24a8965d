"""What a comment must look like."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import ValidationError

from participation.foundation.language import _, ngettext
from participation.texts.markdown import MAXIMUM_CHARACTERS, normalise, one_line
from participation.texts.quoting import Passage, nearest, passages_of
from participation.web.forms import CreatingForm, Form

from .models import Comment, CommentKind, WordingAction

KINDS_ON_PROVISION = (
    CommentKind.PROVISION,
    CommentKind.WORDING,
    CommentKind.QUESTION,
    CommentKind.EDITORIAL,
    CommentKind.SUPPORT,
)
KINDS_ON_DRAFT = (CommentKind.GENERAL, CommentKind.QUESTION, CommentKind.EDITORIAL)
LONGEST_REASON = 2_000


# A text this long is given back with the reason; to clean it first would keep the server busy for seconds.
BEYOND_CLEANING = 10 * MAXIMUM_CHARACTERS


def clean(value: str | None) -> str:
    """The canonical form of what was typed, or a hopelessly long text as it is."""
    text = value or ""
    return text if len(text) > BEYOND_CLEANING else normalise(text)


def _bounded(text: str, most: int) -> None:
    if len(text) > most:
        raise ValidationError(
            str(
                ngettext(
                    "This is %(num)s character long; %(most)s are possible. Shorten it, or send it in parts.",
                    "This is %(num)s characters long; %(most)s are possible. Shorten it, or send it in parts.",
                    len(text),
                    most=most,
                )
            )
        )


class Words:
    """The text of a comment and its proposed wording, for every form that takes them.

    `existing` is the text of the provision; the form that carries these fields sets it.
    """

    existing = ""

    def proposes_wording(self) -> bool:
        raise NotImplementedError

    def validate_source(self, field: Any) -> None:
        if not field.data.strip():
            raise ValidationError(
                str(_("Say why the wording should change."))
                if self.proposes_wording()
                else str(_("Write what you want to say."))
            )
        _bounded(field.data, MAXIMUM_CHARACTERS)

    def validate_wording(self, field: Any) -> None:
        if not self.proposes_wording():
            self._keep_words(field, _("You also wrote a wording. Propose it, or put the present text back."))
            return
        action = self.wording_action.data  # type: ignore[attr-defined]
        if action == WordingAction.DELETE:
            self._keep_words(
                field,
                _("You delete the provision and also wrote a wording. Propose it, or put the present text back."),
            )
            return
        if not field.data.strip():
            raise ValidationError(str(_("Write the wording that you propose.")))
        if field.data.strip() == self.existing.strip():
            raise ValidationError(
                str(_("This is the present wording. Change it, or choose another kind of comment."))
            )
        _bounded(field.data, MAXIMUM_CHARACTERS)

    def _keep_words(self, field: Any, why: Any) -> None:
        """What was typed into a field that does not count would be lost without a word."""
        if (field.data or "").strip() not in ("", self.existing.strip()):
            raise ValidationError(str(why))

    @property
    def proposed(self) -> tuple[WordingAction | None, str]:
        """What is to be done to the provision, and with which words; (None, "") if nothing is proposed."""
        if not self.proposes_wording():
            return None, ""
        action = WordingAction(self.wording_action.data)  # type: ignore[attr-defined]
        return action, "" if action is WordingAction.DELETE else self.wording.data  # type: ignore[attr-defined]


def _actions() -> list[tuple[str, Any]]:
    return [(action.value, action.label) for action in WordingAction]


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
        """The revision that was read; 0, which never matches, when the form does not say."""
        sent = self.revision.data or ""
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0


class ReplyForm(CreatingForm):
    source = TextAreaField(_("Your reply"), filters=[clean])

    def validate_source(self, field: Any) -> None:
        if not field.data.strip():
            raise ValidationError(str(_("Write what you want to say.")))
        _bounded(field.data, MAXIMUM_CHARACTERS)


class HideForm(Form):
    because = TextAreaField(_("Reason, in words that the author and the public will read"), filters=[clean])

    def validate_because(self, field: Any) -> None:
        if not field.data.strip():
            raise ValidationError(str(_("Say why the comment is hidden.")))
        _bounded(field.data, LONGEST_REASON)
