"""What the checks of an application cannot decide: the office reads it beside the application."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from participation.foundation.language import _


class Doubt(StrEnum):
    REGISTRATION_NUMBER_MISSING = "registration-number-missing"
    REGISTRATION_NUMBER_UNSOUND = "registration-number-unsound"
    TAX_NUMBER_MISSING = "tax-number-missing"
    TAX_NUMBER_UNSOUND = "tax-number-unsound"
    NAME_MIXES_ALPHABETS = "name-mixes-alphabets"
    NAME_WAS_DECLINED = "name-was-declined"

    @property
    def label(self) -> Any:
        return {
            Doubt.REGISTRATION_NUMBER_MISSING: _("The registration number is not given."),
            Doubt.REGISTRATION_NUMBER_UNSOUND: _(
                "The check digit of the registration number does not fit: it may be mistyped."
            ),
            Doubt.TAX_NUMBER_MISSING: _("The tax number is not given."),
            Doubt.TAX_NUMBER_UNSOUND: _("The check digit of the tax number does not fit: it may be mistyped."),
            Doubt.NAME_MIXES_ALPHABETS: _("The name has letters of more than one alphabet, which can look alike."),
            Doubt.NAME_WAS_DECLINED: _("An application under the same or a look-alike name was declined before."),
        }[self]
