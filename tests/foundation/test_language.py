"""Counts are written as the reader's language writes numbers."""

from __future__ import annotations

from typing import Any

import pytest
from flask import render_template_string

from participation.foundation.language import force_locale, ngettext

CALLED = '{{ ngettext("%(num)s comment", "%(num)s comments", number) }}'
WRITTEN = "{% trans num=number %}{{ num }} comment{% pluralize %}{{ num }} comments{% endtrans %}"


@pytest.mark.parametrize(
    ("language", "number", "expected"),
    [
        ("en", 1, "1 comment"),
        ("en", 999, "999 comments"),
        ("en", 1000, "1,000 comments"),
        ("sl", 1000, "1.000 pripomb"),
        ("sl", 1_000_001, "1.000.001 pripomba"),
    ],
)
def test_thousands_are_parted_in_code_and_in_templates(app: Any, language: str, number: int, expected: str) -> None:
    with app.test_request_context(), force_locale(language):
        assert str(ngettext("%(num)s comment", "%(num)s comments", number)) == expected
        assert render_template_string(CALLED, number=number) == expected
        assert render_template_string(WRITTEN, number=number) == expected


def test_a_text_that_is_made_once_is_shown_in_each_language(app: Any) -> None:
    made = ngettext("%(num)s comment", "%(num)s comments", 2000)
    shown = []
    for language in ("en", "sl"):
        with app.test_request_context(), force_locale(language):
            shown.append(str(made))
    assert shown == ["2,000 comments", "2.000 pripomb"]
