"""Days as people write them: read from a sentence, and written into a letter or a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from babel.dates import format_date

NO_BREAK = "\u00a0"
# The patterns of CLDR; the one of Slovenian is the short one that people write, with spaces.
_PATTERNS = {"sl": "d. M. y"}
_PATTERN_ELSEWHERE = "d MMMM y"
# The first three letters tell the months apart in every case of their names, Slovenian and English.
_MONTHS = {
    letters: number
    for number, names in enumerate(
        ("jan", "feb", "mar", "apr", "maj may", "jun", "jul", "avg aug", "sep", "okt oct", "nov", "dec"), start=1
    )
    for letters in names.split()
}
_DAY = re.compile(
    r"(?<![\d.])(?P<day>\d{1,2})(?:\.\s?(?P<number>\d{1,2})\.|\.?\s(?P<name>[^\W\d_]{3,}))\s?(?P<year>\d{4})(?!\d)"
    r"|(?<![\d-])(?P<iso_year>\d{4})-(?P<iso_month>\d{2})-(?P<iso_day>\d{2})(?![\d-])"
)


def written_day(day: date, language: str) -> str:
    """5. 3. 2026 in Slovenian, 5 March 2026 in English; no break within."""
    written = str(format_date(day, _PATTERNS.get(language, _PATTERN_ELSEWHERE), locale=language))
    return written.replace(" ", NO_BREAK)


def day_in(text: str) -> date | None:
    """The one day that a text names: "1. 12. 2026", "1. decembra 2026", "1 December 2026" or "2026-12-01".

    None where it names no day, or more than one.
    """
    days = set(_days_in(text))
    return days.pop() if len(days) == 1 else None


def _days_in(text: str) -> Iterator[date]:
    for found in _DAY.finditer(text):
        month = found["iso_month"] or found["number"] or _MONTHS.get((found["name"] or "").casefold()[:3], 0)
        with suppress(ValueError):
            yield date(int(found["iso_year"] or found["year"]), int(month), int(found["iso_day"] or found["day"]))
