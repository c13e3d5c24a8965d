"""What a person says about themselves."""

from __future__ import annotations

from wtforms import BooleanField, SelectField, SubmitField

from participation.foundation.language import _
from participation.web.forms import Form

from .registration import name_of_person


class ProfileForm(Form):
    """`language.choices` are the languages of the installation, set by the page."""

    name = name_of_person(_("Name and surname"))
    language = SelectField(_("Language of emails and pages"))
    name_is_public = BooleanField(_("Show my name beside what I write"))
    submit = SubmitField(_("Save"))
