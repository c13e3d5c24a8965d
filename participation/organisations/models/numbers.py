"""Check digits of Slovenian register numbers.

A number whose check digit does not fit is doubted, never refused: numbers are mistyped,
and organisations founded last week have none yet.
"""

from __future__ import annotations

import re

REGISTRATION_NUMBER = re.compile(r"[0-9]{7}(?:[0-9A-Z][0-9]{2})?\Z")
TAX_NUMBER = re.compile(r"[0-9]{8}\Z")
_THE_ENTITY_ITSELF = "000"
_BETWEEN = re.compile(r"[\s.\-/]+")


def registration_number_of(typed: str) -> str | None:
    """The ten characters that the register keeps; None when it has neither seven nor ten.

    Seven digits are the organisation itself, so that part "000" is added.
    """
    number = _BETWEEN.sub("", typed).upper()
    if not REGISTRATION_NUMBER.match(number):
        return None
    return number if len(number) == 10 else number + _THE_ENTITY_ITSELF


def tax_number_of(typed: str) -> str | None:
    """The eight digits without the prefix SI of those who pay VAT; None when there are not eight."""
    number = _BETWEEN.sub("", typed).upper().removeprefix("SI")
    return number if TAX_NUMBER.match(number) else None


def is_sound_registration_number(number: str) -> bool:
    """Decree on the maintenance of the business register, articles 10 and 11: weights 7 to 2, modulus 11."""
    rest = sum(weight * int(digit) for weight, digit in zip(range(7, 1, -1), number[:6], strict=True)) % 11
    if rest == 0:  # Such a serial number is never given out.
        return False
    return int(number[6]) == (11 - rest) % 10


def is_sound_tax_number(number: str) -> bool:
    """Weights 8 to 2, modulus 11; the first digit is never zero."""
    check = 11 - sum(weight * int(digit) for weight, digit in zip(range(8, 1, -1), number[:7], strict=True)) % 11
    return number[0] != "0" and check != 11 and int(number[7]) == check % 10
