"""Several demands on one wording."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts.acts import demands, sentences
from texts.merging import merged

from participation.texts.replacements import replaced, replacements_of
from participation.texts.wordings import (
    changes_asked,
    conflicts_between,
    merge_as_chosen,
    weigh,
)

EXISTING = "Rok za pripombe je trideset dni od objave na spletni strani."
LONGER = EXISTING.replace("trideset", "šestdeset")
MUCH_LONGER = EXISTING.replace("trideset", "devetdeset")
WORKING_DAYS = EXISTING.replace("trideset dni", "trideset delovnih dni")
OF_THE_DRAFT = EXISTING.replace("od objave", "od objave osnutka")
ELSEWHERE = EXISTING.replace("spletni strani", "oglasni deski")

Demands = tuple[str, list[str]]
# Edits of one sentence, as people make them, and sentences that have little to do with each other.
DEMANDS = st.one_of(demands(), st.tuples(sentences, st.lists(sentences, max_size=4)))


def test_demands_on_different_words_make_one_wording() -> None:
    assert conflicts_between(EXISTING, [LONGER, ELSEWHERE]) == []
    assert merged(EXISTING, [LONGER, ELSEWHERE, LONGER]) == (
        "Rok za pripombe je šestdeset dni od objave na oglasni deski."
    )


def test_words_put_in_beside_a_changed_word_do_not_clash_with_it() -> None:
    assert merged(EXISTING, [LONGER, WORKING_DAYS]) == (
        "Rok za pripombe je šestdeset delovnih dni od objave na spletni strani."
    )


def test_different_words_for_the_same_ones_are_a_conflict() -> None:
    (conflict,) = conflicts_between(EXISTING, [LONGER, ELSEWHERE, MUCH_LONGER])
    assert (conflict.existing, conflict.demanded) == ("trideset", ((0, "šestdeset"), (2, "devetdeset")))
    assert EXISTING[conflict.start : conflict.stop] == "trideset"


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
    assert merged(EXISTING, []) == merged(EXISTING, [EXISTING]) == EXISTING


def test_the_same_demand_counts_once_whatever_else_is_asked_for() -> None:
    both = OF_THE_DRAFT.replace("spletni strani", "oglasni deski")
    assert changes_asked(EXISTING, [OF_THE_DRAFT, both])[0].by == (0, 1)
    assert merged(EXISTING, [OF_THE_DRAFT, both, LONGER]).count("osnutka") == 1


def test_demands_that_differ_in_signs_and_case_count_once_as_most_spell_them() -> None:
    shouted = EXISTING.replace("trideset", "ŠESTDESET")
    [asked] = changes_asked(EXISTING, [shouted, LONGER, LONGER])
    assert (asked.change.words, asked.by) == ("šestdeset", (0, 1, 2))
    assert merged(EXISTING, [shouted, LONGER, LONGER]) == LONGER


def test_words_beside_a_disputed_passage_are_no_part_of_the_dispute() -> None:
    weighing = weigh(EXISTING, [LONGER, MUCH_LONGER, WORKING_DAYS])
    assert [conflict.existing for conflict in weighing.conflicts] == ["trideset"]
    assert [(one.change.words.strip(), one.by) for one in weighing.free] == [("delovnih", (2,))]


@pytest.mark.parametrize(("choice", "days"), [(0, "šestdeset"), (1, "devetdeset"), (None, "trideset")])
def test_of_demands_that_exclude_each_other_the_chosen_one_comes_out(choice: int | None, days: str) -> None:
    weighing = weigh(EXISTING, [LONGER, MUCH_LONGER, ELSEWHERE])
    assert (
        merge_as_chosen(EXISTING, weighing, [choice]) == f"Rok za pripombe je {days} dni od objave na oglasni deski."
    )


def test_nobody_is_given_words_that_they_did_not_ask_for() -> None:
    weighing = weigh(EXISTING, [LONGER, MUCH_LONGER, ELSEWHERE])
    with pytest.raises(ValueError, match="2"):
        merge_as_chosen(EXISTING, weighing, [2])


def test_thousands_of_changes_in_long_wordings_are_weighed_against_each_other() -> None:
    words = [f"beseda{number}" for number in range(2_500)]
    one, other = (" ".join(f"{word}x" if at % 6 == nth else word for at, word in enumerate(words)) for nth in (0, 3))
    weighing = weigh(" ".join(words), [one, other])
    assert weighing.conflicts == ()
    assert [len([asked for asked in weighing.free if asked.by == (number,)]) for number in (0, 1)] == [417, 417]


def test_of_very_many_different_changes_each_stands_for_itself() -> None:
    words = [f"beseda{number}" for number in range(2_500)]
    wordings = [
        " ".join(f"{word}x{nth}" if at % 6 == nth % 6 else word for at, word in enumerate(words)) for nth in range(12)
    ]
    weighing = weigh(" ".join(words), wordings)
    assert (len(weighing.conflicts), weighing.free) == (2_500, ())


@given(DEMANDS)
def test_what_clashes_with_nothing_is_free(asked: Demands) -> None:
    existing, wordings = asked
    changes = changes_asked(existing, wordings)
    free = [one for one in changes if not any(one.change.clashes_with(other.change) for other in changes)]
    assert list(weigh(existing, wordings).free) == free


def test_words_that_only_repeat_are_put_in_at_their_first_place() -> None:
    existing = "rok " * 12_000
    (one,) = replacements_of(existing, "rok " * 20_000)
    assert (one.start, one.stop, one.words) == (0, 0, "rok " * 8_000)


@given(sentences, sentences)
def test_the_replacements_make_the_demanded_wording(existing: str, wording: str) -> None:
    assert replaced(existing, replacements_of(existing, wording)) == wording == merged(existing, [wording, existing])


@given(DEMANDS)
def test_the_order_of_demands_makes_no_difference(asked: Demands) -> None:
    existing, wordings = asked
    conflicts, backwards = (conflicts_between(existing, those) for those in (wordings, wordings[::-1]))
    assert [(one.start, one.stop) for one in backwards] == [(one.start, one.stop) for one in conflicts]
    if not conflicts:
        assert merged(existing, wordings[::-1]) == merged(existing, wordings)


@given(DEMANDS)
def test_every_conflict_names_at_least_two_demands_that_differ(asked: Demands) -> None:
    existing, wordings = asked
    for conflict in conflicts_between(existing, wordings):
        assert existing[conflict.start : conflict.stop] == conflict.existing
        assert len({words for _number, words in conflict.demanded}) >= 2


@given(DEMANDS)
def test_everybody_asks_for_something_or_for_nothing_new(asked: Demands) -> None:
    existing, wordings = asked
    asking = {number for one in changes_asked(existing, wordings) for number in one.by}
    assert asking == {number for number, wording in enumerate(wordings) if wording != existing}


@given(DEMANDS, st.data())
def test_what_is_chosen_is_there_whatever_the_order_of_the_demands(asked: Demands, data: st.DataObject) -> None:
    existing, wordings = asked
    weighing = weigh(existing, wordings)
    choices = [data.draw(st.sampled_from([None, *(one for one, _ in each.demanded)])) for each in weighing.conflicts]
    made = merge_as_chosen(existing, weighing, choices)
    for conflict, choice in zip(weighing.conflicts, choices, strict=True):
        assert (conflict.existing if choice is None else conflict.words_of(choice)) in made
    backwards = weigh(existing, wordings[::-1])
    last = len(wordings) - 1
    mirrored = [None if choice is None else last - choice for choice in choices]
    assert merge_as_chosen(existing, backwards, mirrored) == made
