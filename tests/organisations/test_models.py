"""Names that are one to the eye, and check digits."""

from __future__ import annotations

import pytest

from participation.organisations.models import is_sound_registration_number, is_sound_tax_number, skeleton_of
from participation.organisations.models.names import mixes_alphabets
from participation.organisations.models.numbers import registration_number_of, tax_number_of


@pytest.mark.parametrize(
    "other",
    [
        "DRUŠTVO LIPA",
        "Drustvo Lipa",
        "Društvo »Lipa«",
        " Društvo  -  Lipa. ",
        "Društvo L1pa",
        "Društvo Lіpa",  # a Cyrillic і
        "Društvo Liра",  # Cyrillic р and а
        "Društvо Lipa",  # a Cyrillic о
        "Društvο Lipa",  # a Greek omicron
        "Dru\u0073\u030ctvo Lipa",
        "Društvo\u00a0Lipa",
        "Ｄruštvo Lipa",
    ],
)
def test_names_that_look_the_same_have_one_skeleton(other: str) -> None:
    assert skeleton_of(other) == skeleton_of("Društvo Lipa")


@pytest.mark.parametrize("other", ["Društvo Lapa", "Lipa", "Društvo Lipa Celje", "Društvo Limpa"])
def test_names_that_differ_have_different_skeletons(other: str) -> None:
    assert skeleton_of(other) != skeleton_of("Društvo Lipa")


def test_a_skeleton_fits_its_column_and_may_be_empty() -> None:
    assert len(skeleton_of("\ufdfa" * 200)) == 200
    assert skeleton_of("… – !") == ""


@pytest.mark.parametrize(
    ("name", "mixed"),
    [("Društvo Žalec", False), ("Društvо Žalec", True), ("Друштво", False), ("Društvo 2030 – Šoštanj", False)],
)
def test_letters_of_two_alphabets_are_noticed(name: str, mixed: bool) -> None:
    assert mixes_alphabets(name) is mixed


@pytest.mark.parametrize(
    ("typed", "stored", "sound"),
    [
        ("1732803000", "1732803000", True),
        ("1732803", "1732803000", True),
        ("173 2803", "1732803000", True),
        ("1732803 a01", "1732803A01", True),
        ("9331310000", "9331310000", True),
        ("9331320000", "9331320000", False),
        ("0000000", "0000000000", False),
    ],
)
def test_registration_numbers(typed: str, stored: str, sound: bool) -> None:
    number = registration_number_of(typed)
    assert number == stored
    assert is_sound_registration_number(number) is sound


@pytest.mark.parametrize("typed", ["", "123456", "12345678", "123456789", "12345678901", "abcdefg", "１２３４５６７"])
def test_a_registration_number_of_another_length_is_none(typed: str) -> None:
    assert registration_number_of(typed) is None


@pytest.mark.parametrize(
    ("typed", "stored", "sound"),
    [
        ("SI14717468", "14717468", True),
        ("si 147 174 68", "14717468", True),
        ("50223054", "50223054", True),
        ("50223055", "50223055", False),
        ("00000000", "00000000", False),
    ],
)
def test_tax_numbers(typed: str, stored: str, sound: bool) -> None:
    number = tax_number_of(typed)
    assert number == stored
    assert is_sound_tax_number(number) is sound


@pytest.mark.parametrize("typed", ["", "SI", "1234567", "123456789", "HR12345678", "1234567a"])
def test_a_tax_number_of_another_length_is_none(typed: str) -> None:
    assert tax_number_of(typed) is None
