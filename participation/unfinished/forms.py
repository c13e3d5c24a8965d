"""What an open page sends so that a text is kept."""

from __future__ import annotations

import json
from typing import Any

from wtforms import HiddenField, IntegerField
from wtforms.validators import Length, NumberRange, Optional, Regexp, ValidationError

from participation.foundation.language import _
from participation.web.forms import Form

from .models import (
    LONGEST_ADDRESS,
    LONGEST_KEY,
    LONGEST_PLACE,
    LONGEST_TITLE,
    MOST_BYTES,
    MOST_FIELDS,
    MOST_VALUES,
)

PLACE = r"\A[a-z_]+\.[a-z_]+(:[\w.-]+)*\Z"
LONGEST_NAME = 100
LONGEST_LABEL = 200
# Beyond what the columns of numbers hold on every database.
LARGEST = 2**31 - 1


class SaveForm(Form):
    """A text as it stands in an open page. `fields` is JSON, see models.UnfinishedText."""

    user = IntegerField(validators=[Optional(), NumberRange(0, LARGEST)])
    place = HiddenField(validators=[Length(1, LONGEST_PLACE), Regexp(PLACE)])
    title = HiddenField(validators=[Length(1, LONGEST_TITLE)])
    address = HiddenField(validators=[Length(1, LONGEST_ADDRESS)])
    base = HiddenField(validators=[Length(max=LONGEST_KEY)])
    writer_key = HiddenField(validators=[Length(1, LONGEST_KEY)])
    revision = IntegerField(default=0, validators=[Optional(), NumberRange(0, LARGEST)])
    fields = HiddenField()

    @property
    def is_too_large(self) -> bool:
        """More than is kept of one text; what the form asks is looked at only when it is not."""
        return len((self.fields.data or "").encode()) > MOST_BYTES

    def validate_fields(self, field: Any) -> None:
        try:
            self.read = _fields(json.loads(field.data or ""))
        except (ValueError, TypeError, KeyError, RecursionError):
            raise ValidationError(str(_("The request could not be understood."))) from None


class DiscardForm(Form):
    """`revision` says which text the person saw: a newer one is not discarded with it."""

    revision = IntegerField(validators=[Optional(), NumberRange(0, LARGEST)])


def _fields(sent: Any) -> list[dict[str, Any]]:
    """The fields as they are stored; raises ValueError or TypeError when they are none."""
    if not isinstance(sent, list) or not 0 < len(sent) <= MOST_FIELDS:
        raise ValueError
    fields = [_field(one) for one in sent]
    if sum(len(field["values"]) for field in fields) > MOST_VALUES:
        raise ValueError
    return fields


def _field(sent: Any) -> dict[str, Any]:
    name, label, values = sent["name"], sent["label"], sent["values"]
    if not (isinstance(name, str) and isinstance(label, str) and isinstance(values, list)):
        raise TypeError
    if not 0 < len(name) <= LONGEST_NAME or len(label) > LONGEST_LABEL:
        raise ValueError
    if not all(isinstance(value, str) for value in values):
        raise TypeError
    return {
        "name": _storable(name),
        "label": _storable(label),
        "values": [_storable(value) for value in values],
        "written": sent["written"] is True,
    }


def _storable(value: str) -> str:
    """PostgreSQL keeps no NUL and no half of a character; raises ValueError for the latter."""
    value.encode()
    return value.replace("\0", "")
