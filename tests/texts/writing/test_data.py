"""The JSON of a submission is canonical and complete."""

import json as json_module
from dataclasses import fields

import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from texts.writing.samples import SUBMISSION, empty, everywhere

from participation.texts.markdown import normalise
from participation.texts.writing.data import json


def test_json_holds_every_field_but_the_words_of_the_layout() -> None:
    content = json_module.loads(json(SUBMISSION))
    expected = {field.name for field in fields(SUBMISSION)} - {"labels"} | {"format", "version"}
    assert set(content) == expected
    assert content["dated"] == "2026-11-23"
    assert [point["demanded"] for point in content["points"]] == [point.demanded for point in SUBMISSION.points]


def test_json_is_canonical_and_ends_its_line() -> None:
    data = json(SUBMISSION)
    assert data == rfc8785.dumps(json_module.loads(data)) + b"\n"


def test_empty_lists_stay_lists() -> None:
    content = json_module.loads(json(empty()))
    assert [content[name] for name in ("points", "signatories", "dissent", "summary", "annexes")] == [[]] * 5


@given(st.text(st.characters(), max_size=60))
def test_odd_characters_come_back_in_their_canonical_form(odd: str) -> None:
    content = json_module.loads(json(everywhere(lambda text: odd)))
    assert [point["reasons"] for point in content["points"]] == [normalise(odd)] * 3
