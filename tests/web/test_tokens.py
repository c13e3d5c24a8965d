"""The colours of static/css/tokens.css keep their contrast, on paper and in the dark (WCAG 2.2, 1.4.6, 1.4.11)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parents[2] / "static/css/tokens.css").read_text()
LIGHT_PART, _, DARK_PART = CSS.partition("@media (prefers-color-scheme: dark)")


def colours(words: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", words.partition("/* Pico")[0]))


SCHEMES = {"light": colours(LIGHT_PART), "dark": colours(DARK_PART)}
PAPERS = ("paper", "paper-raised", "paper-sunk")


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_both_schemes_name_the_same_colours() -> None:
    assert SCHEMES["light"].keys() == SCHEMES["dark"].keys()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("ink", "papers"),
    [
        ("ink", (*PAPERS, "inserted", "deleted", "ok-paper", "warn-paper", "wrong-paper", "note-paper")),
        ("muted", PAPERS),
        ("link", PAPERS),
        ("ok", ("paper", "paper-raised", "ok-paper")),
        ("warn", ("paper", "paper-raised", "warn-paper")),
        ("wrong", ("paper", "paper-raised", "wrong-paper")),
        ("note", ("paper", "paper-raised", "note-paper")),
        ("accent-ink", ("accent", "accent-strong")),
    ],
)
def test_words_have_a_contrast_of_seven(scheme: str, ink: str, papers: tuple[str, ...]) -> None:
    colours = SCHEMES[scheme]
    found = {paper: round(contrast(colours[ink], colours[paper]), 2) for paper in papers}
    assert {paper: ratio for paper, ratio in found.items() if ratio < 7} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("mark", ["line-strong", "focus", "accent"])
def test_what_carries_meaning_has_a_contrast_of_four_and_a_half(scheme: str, mark: str) -> None:
    colours = SCHEMES[scheme]
    found = {paper: round(contrast(colours[mark], colours[paper]), 2) for paper in PAPERS}
    assert {paper: ratio for paper, ratio in found.items() if ratio < 4.5} == {}
