"""A comment on a passage stands on its words, whatever is tracked in them, and comes back with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts.word import office
from texts.word.drafts import DRAFT, KEYS, PROVISIONS, START, TEXT, demand, with_demands
from texts.word.settling import commented, comments, settled

from participation.texts.provisions import Kind
from participation.texts.quoting import nearest, passages_of
from participation.texts.word.demands import Action, Demand, Note
from participation.texts.word.finding import find_proposals
from participation.texts.word.findings import Said
from participation.texts.word.package import docx_with_demands
from participation.texts.word.redline_reading import read_redline

TEXT_OF = {key: text for key, _kind, _label, _level, text in TEXT}


def note(key: str, words: str, which: int = 0, author: str = "Ana Novak") -> Note:
    """A comment on an occurrence of these words."""
    passage = passages_of(TEXT_OF[key], words)[which]
    return Note(key, author, START, f"O besedah {words}.", start=passage.start, stop=passage.end)


def back(data: bytes) -> list[Said]:
    return list(find_proposals(read_redline(data), DRAFT.title, PROVISIONS, KEYS).said)


def test_a_comment_stands_on_exactly_its_words() -> None:
    data = docx_with_demands(with_demands(notes=(note("ena-1", "zelenice"), Note("ena-1", "Ana", START, "Vse."))))
    assert commented(data) == ["zelenice", "(1)\tTa odlok ureja parke in zelenice v občini."]
    assert comments(data) == [("Ana Novak", "O besedah zelenice."), ("Ana", "Vse.")]


def test_tracked_changes_cut_no_passage() -> None:
    changed = demand(1, "ena-1", "Lipa", Action.CHANGE, "Ta odlok ureja parke, drevorede ter zelenice v občini.")
    data = docx_with_demands(with_demands(changed, notes=(note("ena-1", "parke in zelenice"),)))
    assert commented(data)[-1] == "parke in zelenice"
    assert [text for text in settled(data, "accepted") if "drevorede" in text] == ["(1)\t" + changed.wording]


def test_passages_may_overlap_and_stand_in_deleted_words() -> None:
    gone = demand(1, "ena-1", "Lipa", Action.DELETE, "")
    notes = (note("ena-1", "odlok ureja parke"), note("ena-1", "parke in zelenice"))
    assert commented(docx_with_demands(with_demands(gone, notes=notes)))[-2:] == [
        "odlok ureja parke",
        "parke in zelenice",
    ]


@pytest.mark.parametrize("words", ["12 ha", "Gaj", "ha | 2024", "2024\nGaj", "Leto"])
def test_a_passage_may_stand_in_cells_of_a_table(words: str) -> None:
    data = docx_with_demands(with_demands(notes=(note("dva-2", words),)))
    assert commented(data) == [words.replace(" | ", "").replace("\n", "")]
    (said,) = back(data)
    assert passages_of(TEXT_OF["dva-2"], said.words)[0].exact == words


@pytest.mark.parametrize(("which", "start"), [(0, 3), (1, 14), (2, 24)])
def test_of_words_that_stand_there_often_the_same_ones_come_back(which: int, start: int) -> None:
    text = "Za rok velja rok, ki je rok."
    provisions = [replace(PROVISIONS[7], text=text), *PROVISIONS[8:]]
    passage = passages_of(text, "rok")[which]
    one = Note("dva-1", "Ana", START, "Kateri?", start=passage.start, stop=passage.end)
    draft = replace(DRAFT, provisions=provisions, keys=KEYS[7:], demands=(), notes=(one,))
    (said,) = find_proposals(read_redline(docx_with_demands(draft)), DRAFT.title, provisions, KEYS[7:]).said
    assert nearest(passages_of(text, said.words), said.start) == passage
    assert passage.start in (start, start - 1)


def test_a_passage_that_is_none_is_the_whole_provision() -> None:
    for start, stop in ((0, 0), (5, 5), (3, 900), (-1, 4)):
        data = docx_with_demands(with_demands(notes=(Note("tri-1", "Ana", START, "?", start=start, stop=stop),)))
        assert commented(data) == ["Globa je 100 eurov."]


def test_libreoffice_keeps_the_words_of_a_comment() -> None:
    changed = demand(1, "ena-1", "Lipa", Action.CHANGE, "Ta odlok ureja parke ter zelenice v občini.")
    notes = (note("ena-1", "parke in zelenice"), note("dva-2", "12 ha"), note("štiri-1", "naslednji dan"))
    found = back(office.saved(docx_with_demands(with_demands(changed, notes=notes))))
    assert [(one.key, one.words) for one in found] == [
        ("ena-1", "parke in zelenice"), ("dva-2", "12 ha"), ("štiri-1", "naslednji dan"),
    ]  # fmt: skip


WORDS = st.lists(st.sampled_from(["park", "občina", "rok", "15", "dni", "in", "."]), min_size=1, max_size=6)
ACTS = st.tuples(st.sampled_from([one for one in TEXT if one[1] is not Kind.TABLE and one[4]]),
                 st.sampled_from(Action), WORDS, st.sampled_from(["", *KEYS]))  # fmt: skip
PLACES = st.tuples(st.sampled_from([one for one in TEXT if one[4]]), st.integers(0, 90), st.integers(1, 40))


@given(st.lists(ACTS, max_size=4), st.lists(PLACES, min_size=1, max_size=4))
def test_any_passage_comes_back_the_same_whatever_is_tracked(acts: list[Any], places: list[Any]) -> None:
    demands = [
        Demand(key, f"Org {at}", START + timedelta(minutes=at), action, " ".join(words), after=after)
        for at, ((key, *_rest), action, words, after) in enumerate(acts)
    ]
    notes = []
    for at, ((key, *_rest, text), start, length) in enumerate(places):
        words = text[start % len(text) :][:length].strip().strip("|").strip()
        if words and words != text:
            passage = nearest(passages_of(text, words), start % len(text))
            notes.append(Note(key, f"Oseba {at}", START, f"Pripomba {at}", start=passage.start, stop=passage.end))
    said = {one.text: one for one in back(docx_with_demands(with_demands(*demands, notes=tuple(notes))))}
    for one in notes:
        text = TEXT_OF[one.key]
        found = nearest(passages_of(text, said[one.text].words), said[one.text].start)
        assert (said[one.text].key, found.start, found.end) == (one.key, one.start, one.stop)
