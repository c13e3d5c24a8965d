"""A proposal that changes several provisions, or moves them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import wtforms
from wtforms import BooleanField, FormField, HiddenField, SelectField, TextAreaField
from wtforms.validators import ValidationError

from participation.consultations.models import Provision
from participation.consultations.queries import as_texts
from participation.foundation.language import _
from participation.texts.markdown import MAXIMUM_CHARACTERS
from participation.texts.moving import order_after_move, roots_among
from participation.texts.trees import Tree
from participation.web.forms import CreatingForm, Form, Rows

from ..models import WordingAction, WordingChange
from .words import bounded, clean, revision_in

# More are not written on a phone, and not read by a lawyer, as one demand.
MOST_PROVISIONS = 40
STAYS, TO_BEGINNING = "", "beginning"
LONGEST_CHOICE = 80
# To compare more with what stands there takes seconds.
LONGEST_IN_ALL = 2 * MAXIMUM_CHARACTERS


class ChangeRow(wtforms.Form):
    """What is asked for one provision; what stays as it is asks for nothing. The form sets `provision`."""

    key = HiddenField()
    wording = TextAreaField(_("Wording"), filters=[clean])
    deleted = BooleanField(_("Delete this provision"))
    addition = TextAreaField(_("Something new below it"), filters=[clean])

    provision: Provision

    @property
    def is_reworded(self) -> bool:
        return (self.wording.data or "").strip() != self.provision.text.strip()

    def validate_wording(self, field: Any) -> None:
        if not self.is_reworded:
            return
        if self.deleted.data:
            raise ValidationError(str(_("You delete the provision and also changed its words. Do one of the two.")))
        if not field.data.strip():
            raise ValidationError(str(_("No word is left. Tick below that the provision is deleted, or write some.")))
        bounded(field.data, MAXIMUM_CHARACTERS)

    def validate_addition(self, field: Any) -> None:
        bounded(field.data or "", MAXIMUM_CHARACTERS)

    def changes(self) -> Iterator[WordingChange]:
        if self.deleted.data:
            yield WordingChange(self.provision, WordingAction.DELETE)
        elif self.is_reworded:
            yield WordingChange(self.provision, WordingAction.CHANGE, self.wording.data)
        if (self.addition.data or "").strip():
            yield WordingChange(self.provision, WordingAction.ADD, self.addition.data)


class ProposalFields:
    """The provisions that a proposal is about, and where they are to stand; for the forms that post and edit one."""

    rows = Rows(FormField(ChangeRow), max_entries=MOST_PROVISIONS)
    moved = SelectField(_("Where these provisions should stand"), default=STAYS)
    source = TextAreaField(_("Reasons"), filters=[clean])

    text: Sequence[Provision] = ()

    def fit_to(
        self, text: Sequence[Provision], chosen: Sequence[Provision], proposed: Sequence[WordingChange] = ()
    ) -> None:
        """`text` are all provisions of the draft in reading order; an unsent form shows those that are `chosen`, with
        what is `proposed` for them already.

        Raises KeyError when a row that was sent is of a provision that the draft does not have, or twice of one.
        """
        self.text = text
        named = [(one.key, _in_short(one)) for one in text]
        self.moved.choices = [
            (STAYS, _("leave them where they are")),
            (TO_BEGINNING, _("to the beginning of the text")),
            *((key, _("after: %(place)s", place=name)) for key, name in named),
        ]
        if not self.is_submitted():  # type: ignore[attr-defined]
            for one in chosen:
                self.rows.append_entry(_row(one, [change for change in proposed if change.provision is one]))
            moves = [change for change in proposed if change.action is WordingAction.MOVE]
            if moves:
                self.moved.data = moves[0].after.key if moves[0].after else TO_BEGINNING
        provision_of = {one.key: one for one in text}
        for row in self.rows:
            # Each stands once: of two wordings for one provision nobody could say which is meant.
            row.form.provision = provision_of.pop(row.form.key.data or "")

    def validate_source(self, field: Any) -> None:
        if not field.data.strip():
            raise ValidationError(str(_("Say why the wording should change.")))
        bounded(field.data, MAXIMUM_CHARACTERS)

    def validate_moved(self, field: Any) -> None:
        if field.data == STAYS or field.data not in dict(field.choices):
            return
        if not self._roots:
            raise ValidationError(str(_("You delete all of them, so nothing is left that could be moved.")))
        order = list(range(len(self.text)))
        try:
            is_there = order_after_move(self._tree, self._roots, self._after) == order
        except ValueError:
            raise ValidationError(str(_("Choose a provision that is not among those that you move."))) from None
        if is_there:
            raise ValidationError(str(_("They stand there already.")))

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = bool(super().validate(extra_validators))  # type: ignore[misc]
        if is_valid and sum(len(change.wording) for change in self.changes) > LONGEST_IN_ALL:
            too_long = _("All new words together can have 60,000 characters. Make several proposals.")
            self.form_errors.append(str(too_long))  # type: ignore[attr-defined]
            return False
        if is_valid and not self.changes:
            self.form_errors.append(  # type: ignore[attr-defined]
                str(_("Nothing is changed yet. Change words, delete or add something, or move these provisions."))
            )
            return False
        return is_valid

    @property
    def changes(self) -> list[WordingChange]:
        """All that is asked for, in reading order; the moves come last. For a form that is valid."""
        asked = [change for row in self.rows for change in row.form.changes()]
        return asked + list(self._moves())

    def _moves(self) -> Iterator[WordingChange]:
        """Each one stands after the one before it."""
        if self.moved.data == STAYS:
            return
        after = None if self._after is None else self.text[self._after]
        for root in self._roots:
            yield WordingChange(self.text[root], WordingAction.MOVE, after=after)
            after = self.text[root]

    @cached_property
    def _tree(self) -> Tree:
        return Tree(as_texts(self.text))

    @property
    def _after(self) -> int | None:
        if self.moved.data == TO_BEGINNING:
            return None
        return next(place for place, one in enumerate(self.text) if one.key == self.moved.data)

    @property
    def _roots(self) -> list[int]:
        staying = {row.form.provision.key for row in self.rows if not row.form.deleted.data}
        return roots_among(self._tree, [place for place, one in enumerate(self.text) if one.key in staying])


class ProposalForm(ProposalFields, CreatingForm):
    """A new proposal. `seen` says which text of the draft its writer had before the eyes."""

    seen = HiddenField(default="")


class EditProposalForm(ProposalFields, Form):
    """Other words for a proposal of several changes; `revision` says which were read."""

    revision = HiddenField()

    @property
    def seen_revision(self) -> int:
        return revision_in(self.revision.data)


def _row(provision: Provision, proposed: Sequence[WordingChange]) -> dict[str, Any]:
    wording_of = {change.action: change.wording for change in proposed}
    return {
        "key": provision.key,
        "wording": wording_of.get(WordingAction.CHANGE, provision.text),
        "deleted": WordingAction.DELETE in wording_of,
        "addition": wording_of.get(WordingAction.ADD, ""),
    }


def _in_short(provision: Provision) -> str:
    name = provision.path or provision.label
    words = " ".join(provision.text.split())
    shown = f"{name}: {words}" if name and words else name or words
    return shown if len(shown) <= LONGEST_CHOICE else shown[: LONGEST_CHOICE - 1].rstrip() + "…"
