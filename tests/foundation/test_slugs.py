"""Readable addresses."""

from __future__ import annotations

import pytest

from participation.foundation.slugs import LONGEST, free_slug, slug_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Šaleška dolina 2030", "saleska-dolina-2030"),
        ("  Čisto – žuželke & đumbir! ", "cisto-zuzelke-dumbir"),
        ("…", "x"),
        ("../../etc/passwd", "etc-passwd"),
        ("日本", "x"),
    ],
)
def test_a_slug_is_plain_letters_digits_and_hyphens(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_a_long_title_is_cut() -> None:
    assert len(slug_of("beseda " * 50)) <= LONGEST


def test_a_taken_slug_gets_the_next_free_number() -> None:
    taken = {"odlok", "odlok-2"}
    assert free_slug("Odlok", taken.__contains__) == "odlok-3"
    assert free_slug("Statut", taken.__contains__) == "statut"
