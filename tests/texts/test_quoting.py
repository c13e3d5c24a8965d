"""A quoted passage is found where it stands, whatever its spaces are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts.acts import sentences

from participation.texts.quoting import SURROUNDINGS, nearest, passages_of

TEXT = "Rok teče.  Rok je trideset dni, in ta rok\nteče od objave. Rok teče."


@pytest.mark.parametrize(
    ("quoted", "starts"),
    [
        ("trideset dni", [18]),
        ("Rok teče", [0, 58]),
        ("ta rok teče", [35]),
        ("rok je", []),
        ("(.*)", []),
        ("   ", []),
        ("", []),
    ],
)
def test_words_are_found_with_the_spaces_that_the_text_has(quoted: str, starts: list[int]) -> None:
    found = passages_of(TEXT, quoted)
    assert [passage.start for passage in found] == starts
    for passage in found:
        assert TEXT[passage.start : passage.end] == passage.exact
        assert passage.exact.split() == quoted.split()
        assert TEXT[: passage.start].endswith(passage.prefix)
        assert TEXT[passage.end :].startswith(passage.suffix)


def test_among_ten_the_nearest_is_meant() -> None:
    text = "Rok teče. " * 10
    found = passages_of(text, "Rok teče.")
    assert len(found) == 10
    assert [nearest(found, at).start for at in (0, 34, 36, 5_000)] == [0, 30, 40, 90]
    assert nearest(found, 50).prefix == text[:50][-SURROUNDINGS:]


@given(st.lists(sentences, min_size=1, max_size=5), st.data())
def test_every_run_of_words_of_a_text_is_found_in_it(written: list[str], data: st.DataObject) -> None:
    text = " ".join(written)
    words = text.split()
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    quoted = "\n ".join(words[start:end])
    at = len(" ".join(words[:start])) + (1 if start else 0)
    assert nearest(passages_of(text, quoted), at).start == at


def test_words_that_repeat_without_end_are_found_at_each_place() -> None:
    text = "na " * 30_000
    found = passages_of(text, "na " * 700)
    assert len(found) == 29_301
    assert nearest(found, 45_001).start == 45_000
