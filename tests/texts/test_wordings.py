"""Several demands on one wording."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts.acts import sentences

from participation.texts.wordings import Conflicting, conflicts_between, merge_wordings, replacements_of

EXISTING = "Rok za pripombe je trideset dni od objave na spletni strani."
LONGER = EXISTING.replace("trideset", "šestdeset")
MUCH_LONGER = EXISTING.replace("trideset", "devetdeset")
WORKING_DAYS = EXISTING.replace("trideset dni", "trideset delovnih dni")
ELSEWHERE = EXISTING.replace("spletni strani", "oglasni deski")


def test_demands_on_different_words_make_one_wording() -> None:
    assert conflicts_between(EXISTING, [LONGER, ELSEWHERE]) == []
    assert merge_wordings(EXISTING, [LONGER, ELSEWHERE, LONGER]) == (
        "Rok za pripombe je šestdeset dni od objave na oglasni deski."
    )


def test_words_put_in_beside_a_changed_word_do_not_clash_with_it() -> None:
    assert merge_wordings(EXISTING, [LONGER, WORKING_DAYS]) == (
        "Rok za pripombe je šestdeset delovnih dni od objave na spletni strani."
    )


def test_different_words_for_the_same_ones_are_a_conflict() -> None:
    (conflict,) = conflicts_between(EXISTING, [LONGER, ELSEWHERE, MUCH_LONGER])
    assert (conflict.existing, conflict.demanded) == ("trideset", ((0, "šestdeset"), (2, "devetdeset")))
    assert EXISTING[conflict.start : conflict.stop] == "trideset"
    with pytest.raises(Conflicting) as raised:
        merge_wordings(EXISTING, [LONGER, MUCH_LONGER])
    assert raised.value.conflicts == conflicts_between(EXISTING, [LONGER, MUCH_LONGER])


def test_who_deletes_a_passage_clashes_with_who_changes_a_word_of_it() -> None:
    without = EXISTING.replace(" od objave na spletni strani", "")
    (conflict,) = conflicts_between(EXISTING, [without, ELSEWHERE])
    assert conflict.existing.strip() == "od objave na spletni strani"
    assert [words.strip() for _number, words in conflict.demanded] == ["", "od objave na oglasni deski"]


def test_the_same_place_with_different_additions_is_a_conflict() -> None:
    one, other = (EXISTING.replace("objave", f"objave {words}") for words in ("osnutka", "v medijih"))
    (conflict,) = conflicts_between(EXISTING, [one, other])
    assert conflict.existing == ""
    assert [words.strip() for _number, words in conflict.demanded] == ["osnutka", "v medijih"]


def test_without_demands_nothing_changes() -> None:
    assert merge_wordings(EXISTING, []) == merge_wordings(EXISTING, [EXISTING]) == EXISTING


@given(sentences, sentences)
def test_the_replacements_make_the_demanded_wording(existing: str, wording: str) -> None:
    made = existing
    for one in reversed(replacements_of(existing, wording)):
        made = made[: one.start] + one.words + made[one.stop :]
    assert made == wording == merge_wordings(existing, [wording, existing])


@given(sentences, st.lists(sentences, max_size=4))
def test_the_order_of_demands_makes_no_difference(existing: str, wordings: list[str]) -> None:
    try:
        merged = merge_wordings(existing, wordings)
    except Conflicting as refusal:
        backwards = conflicts_between(existing, wordings[::-1])
        places = [(one.start, one.stop) for one in refusal.conflicts]
        assert [(one.start, one.stop) for one in backwards] == places
    else:
        assert merge_wordings(existing, wordings[::-1]) == merged


@given(sentences, st.lists(sentences, min_size=2, max_size=4))
def test_every_conflict_names_at_least_two_demands_that_differ(existing: str, wordings: list[str]) -> None:
    for conflict in conflicts_between(existing, wordings):
        assert existing[conflict.start : conflict.stop] == conflict.existing
        assert len({words for _number, words in conflict.demanded}) >= 2
