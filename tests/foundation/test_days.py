"""The day that a sentence names."""

from __future__ import annotations

from datetime import date

import pytest

from participation.foundation.days import day_in

DAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("dopis št. 3500-12/2026 z dne 1. 12. 2026, stran 2", DAY),
        ("dopis z dne 1.12.2026", DAY),
        ("dopis z dne 1.\u00a012.\u00a02026", DAY),
        ("zapisnik seje 1. decembra 2026", DAY),
        ("letter of 1 December 2026", DAY),
        ("letter of 2026-12-01", DAY),
        ("dopis z dne 1. 12. 2026 (prejet 1. december 2026)", DAY),
        ("odgovor z dne 1. 12. 2026 na vlogo z dne 3. 11. 2026", None),
        ("dopis z dne 31. 2. 2026", None),
        ("dopis št. 3500-12/2026", None),
        ("telefon 1. brumaire 2026", None),
        ("0000-12-01", None),
        ("", None),
    ],
)
def test_a_sentence_names_one_day_or_none(text: str, day: date | None) -> None:
    assert day_in(text) == day
