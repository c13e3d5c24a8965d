"""What a person declares about the own records."""

from __future__ import annotations

from wtforms import BooleanField
from wtforms.validators import DataRequired

from participation.foundation.language import _
from participation.web.forms import Form


class EraseForm(Form):
    agree = BooleanField(
        _("Erase it. I know that nobody can undo this."),
        [DataRequired(_("Tick this box if you really want to erase it."))],
    )
