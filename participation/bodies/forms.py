"""What an entry of the address book must look like."""

from __future__ import annotations

from typing import Any

from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from participation.foundation import mail, region
from participation.foundation.collation import collation_key
from participation.foundation.language import _
from participation.texts.markdown import one_line
from participation.web.forms import CreatingForm

from .models import KINDS, Entry, Level, PublicBody


class BodyForm(CreatingForm):
    name = StringField(_("Official name"), [DataRequired(), Length(max=250)], filters=[one_line])
    kind = SelectField(_("Kind of body"), [DataRequired(_("Choose the kind of body."))])
    level = SelectField(_("Level"), [DataRequired(_("Choose the level."))])
    municipality = SelectField(_("Municipality"), filters=[lambda code: code or ""])
    address = StringField(_("Address"), [Length(max=250)], filters=[one_line])
    email = StringField(_("Email for submissions"), [Length(max=254)], filters=[one_line])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose = ("", str(_("Choose")))
        # A kind that only the installation's data know stays choosable for the bodies that have it.
        kinds = KINDS if not self.kind.object_data else {self.kind.object_data: self.kind.object_data} | KINDS
        self.kind.choices = [choose, *kinds.items()]
        self.level.choices = [choose, *((level.value, level.label) for level in Level)]
        municipalities = sorted(region.current().municipalities, key=lambda found: collation_key(found.name))
        self.municipality.choices = [
            ("", str(_("No municipality"))),
            *((found.code, found.name) for found in municipalities),
        ]

    def validate_email(self, field: Any) -> None:
        if field.data and not mail.ADDRESS.match(field.data):
            raise ValidationError(_("This is not an email address. It should look like office@society.example."))

    def entry(self) -> Entry:
        return Entry(
            name=self.name.data or "",
            kind=self.kind.data,
            level=Level(self.level.data),
            municipality=self.municipality.data or None,
            address=self.address.data or "",
            email=self.email.data or "",
        )

    def refuse_name(self) -> None:
        self.name.errors = [*self.name.errors, _("A body of this name is in the address book already.")]


def body_form(body: PublicBody | None = None) -> BodyForm:
    """An empty entry, or one with what the address book says now."""
    return BodyForm(obj=body)
