"""Forms with numbered rows."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form, StringField

from participation.web.forms import Rows


class Basket(Form):
    apples = Rows(StringField())


def read(sent: dict[str, str]) -> list[Any]:
    return [row.data for row in Basket(MultiDict(sent)).apples]


def test_rows_are_read_in_the_order_of_their_numbers() -> None:
    assert read({"apples-10": "carjevič", "apples-2": "voščenka", "pears-1": "viljamovka"}) == [
        "voščenka",
        "carjevič",
    ]


@pytest.mark.parametrize("number", ["²", "٣", "-1", "x", "", "9" * 5_000])
def test_row_without_a_sound_number_is_left_out(number: str) -> None:
    assert read({"apples-0": "voščenka", f"apples-{number}": "gnila"}) == ["voščenka"]
