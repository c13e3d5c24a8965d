"""What is sent in with an edited file."""

from __future__ import annotations

from typing import Any

from flask import Request
from flask_wtf.file import FileField
from wtforms.validators import ValidationError

from participation.foundation.language import _
from participation.web.forms import CreatingForm, Form


class LoadForm(CreatingForm):
    file = FileField(_("Word file with your changes and comments"))

    def validate_file(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(str(_("Choose a file.")))


class PostForm(Form):
    """Which items are to be posted, by their numbers."""

    @staticmethod
    def chosen(request: Request) -> set[int]:
        """What is no number of an item is as good as not sent."""
        sent = request.form.getlist("chosen")
        return {int(one) for one in sent if one.isascii() and one.isdigit() and len(one) < 5}
