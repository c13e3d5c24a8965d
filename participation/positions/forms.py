"""What people may write into positions and under them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from participation.comments.models import WordingAction
from participation.foundation.language import _
from participation.texts.markdown import MAXIMUM_CHARACTERS, normalise, one_line
from participation.web.forms import CreatingForm, Form, Rows

from .models import LONGEST_STATEMENT, Decision, OmissionKind, Stance, whats_wrong
from .rules import LONGEST_WHY

LONGEST_TITLE = 500
LONGEST_SUMMARY = 5_000
LONGEST_REASON = 1_500
MOST_PROVISIONS = 8


def tidy(text: str | None) -> str:
    """The text in its one normal form, so that lengths are counted as they will be stored."""
    return normalise(text or "")


TEXT = [Length(max=MAXIMUM_CHARACTERS)]


class DraftForm(CreatingForm):
    """Which comments a new position takes up."""

    title = StringField(_("Title"), [InputRequired(), DataRequired(), Length(max=LONGEST_TITLE)], [one_line])
    comments = SelectMultipleField(_("Comments"), coerce=int, validate_choice=False)


class PositionForm(Form):
    revision = IntegerField(widget=HiddenInput())
    title = StringField(_("Title"), [DataRequired(), Length(max=LONGEST_TITLE)], [one_line])
    summary = TextAreaField(_("Key demands"), [Length(max=LONGEST_SUMMARY)], [tidy])
    general = TextAreaField(_("General part"), TEXT, [tidy])
    addressees = SelectMultipleField(
        _("Addressees"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )


class PointForm(CreatingForm):
    revision = IntegerField(widget=HiddenInput(), validators=[Optional()])
    provisions = Rows(
        SelectField(_("Provision"), default=""), label=_("Provisions"), min_entries=1, max_entries=MOST_PROVISIONS
    )
    action = SelectField(
        _("What should happen"),
        choices=[SelectChoice(action.value, action.label) for action in WordingAction],
        default=WordingAction.CHANGE.value,
    )
    existing = TextAreaField(_("Existing wording"), TEXT, [tidy])
    demanded = TextAreaField(_("Demanded wording"), TEXT, [tidy])
    reasons = TextAreaField(_("Reasons"), TEXT, [tidy])

    def offer_provisions(self, choices: Sequence[SelectChoice]) -> None:
        for entry in self.provisions:
            entry.choices = choices

    def validate_demanded(self, field: Any) -> None:
        if self.action.data != WordingAction.DELETE.value and not field.data:
            raise ValidationError(_("Write how the text should read."))
        if self.action.data == WordingAction.DELETE.value and field.data:
            raise ValidationError(
                _("A provision that should be deleted has no new wording. Choose a change instead.")
            )


class Choices(Field):
    """One of several in each of any number of passages: `name-passage` is the name of their radio buttons."""

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        prefix = f"{self.name}-"
        sent = formdata or {}
        self.data = {name.removeprefix(prefix): sent[name] for name in sent if name.startswith(prefix)}


class MergeForm(Form):
    """Which proposals a point takes up, and how; `act` is the button that was pressed."""

    revision = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    comments = SelectMultipleField(_("Proposals"), coerce=int, validate_choice=False)
    by_hand = BooleanField(_("Keep what was written into the point by hand"))
    choices = Choices(_("Proposals that exclude each other"))
    left = SelectMultipleField(_("Leave out"), validate_choice=False)
    act = StringField()


class OmissionForm(Form):
    """Why the ticked comments are left out; `seen` is the newest omission that the page showed."""

    seen = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    comments = SelectMultipleField(_("Comments"), coerce=int, validate_choice=False)
    kind = RadioField(
        _("Why are they left out?"),
        choices=[SelectChoice(kind.value, kind.label) for kind in OmissionKind],
        validators=[InputRequired(message=_("Choose why they are left out."))],
    )
    point = SelectField(_("The point that says it already"), default="")
    words = TextAreaField(_("In your words"), [Length(max=LONGEST_WHY)], [tidy])

    def validate_comments(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("Tick at least one comment."))

    def validate_point(self, field: Any) -> None:
        if self.kind.data == OmissionKind.POINT.value and not field.data:
            raise ValidationError(_("Choose the point that says it already."))

    def validate_words(self, field: Any) -> None:
        if self.kind.data == OmissionKind.OTHER.value and not field.data:
            raise ValidationError(_("Say in words why they are left out."))


class MovePointForm(Form):
    direction = SelectField(choices=[SelectChoice("up"), SelectChoice("down")])


class RemarkForm(CreatingForm):
    source = TextAreaField(_("Your words"), [DataRequired(), *TEXT], [tidy])


class OpenForm(Form):
    """`sha256_seen` is the fingerprint of the text that the page showed."""

    sha256_seen = HiddenField()
    until = DateField(_("Last day for co-signing"), [InputRequired()])
    agree = BooleanField(
        _("I have read the text above and know that nobody can change it once it is open for co-signing."),
        [DataRequired(message=_("Tick the box if you want to freeze the text."))],
    )


class Wordings(Field):
    """Texts by the number of a point: `name-number` is the name of each field; empty ones are left out."""

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        prefix = f"{self.name}-"
        sent = {name.removeprefix(prefix): tidy(formdata[name]) for name in formdata or {} if name.startswith(prefix)}
        self.data = {
            int(number): text
            for number, text in sent.items()
            if number.isascii() and number.isdigit() and len(number) < 7
        }
        self.data = {number: text for number, text in self.data.items() if text}


class ProposeDecisionForm(CreatingForm):
    """What a contributor proposes that the organisation decide."""

    sha256_seen = HiddenField()
    stance = RadioField(
        _("What does your organisation decide?"),
        choices=[SelectChoice(stance.value, stance.label) for stance in Stance],
        default=Stance.SIGNS.value,
    )
    excepted = SelectMultipleField(_("Points that it does not sign"), coerce=int, validate_choice=False)
    conditions = Wordings(_("How the points should read"))
    statement = TextAreaField(_("Statement beside the name"), [Length(max=LONGEST_STATEMENT)], [tidy])

    def begin_with(self, decision: Decision) -> None:
        """Put what was decided or proposed before into the fields, to be changed."""
        self.stance.data, self.statement.data = str(decision.stance), decision.statement
        self.excepted.data, self.conditions.data = list(decision.excepted), dict(decision.conditions)

    @property
    def decision(self) -> Decision:
        """What was chosen, with what only another stance needs left out."""
        stance = Stance(self.stance.data)
        return Decision(
            stance,
            tuple(self.excepted.data or ()) if stance == Stance.SIGNS_EXCEPT else (),
            self.conditions.data if stance == Stance.SIGNS_IF else {},
            self.statement.data or "",
        )

    def fits(self, wordings: Mapping[int, str]) -> bool:
        """Whether the decision fits the text with these demanded wordings; else the field says what does not."""
        if self.stance.data not in set(Stance):
            return False
        field = self.excepted if self.stance.data == Stance.SIGNS_EXCEPT.value else self.conditions
        wrong = whats_wrong(self.decision, wordings)
        if wrong:
            field.errors = [*field.errors, wrong]
        return not wrong


class CosignForm(ProposeDecisionForm):
    """`standing_seen` and `proposal_seen` are the numbers of what the page showed as decided and as proposed."""

    standing_seen = IntegerField(widget=HiddenInput(), validators=[Optional()])
    proposal_seen = IntegerField(widget=HiddenInput(), validators=[Optional()])
    agree = BooleanField(
        validators=[DataRequired(message=_("Tick the box if this is the decision of your organisation."))],
    )


class SendBackForm(Form):
    because = TextAreaField(_("Reason"), [DataRequired(), Length(max=LONGEST_REASON)], [tidy])


class NextVersionForm(Form):
    """The points of the frozen version that the next one begins with."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    points = SelectMultipleField(coerce=int, validate_choice=False)


class WithdrawForm(Form):
    because = TextAreaField(_("Reason"), [Length(max=LONGEST_REASON)], [tidy])
