"""Who asked for what came out of several demands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from texts.acts import demands, sentences
from texts.merging import merged

from participation.texts.crediting import Credits, credit
from participation.texts.replacements import replaced
from participation.texts.wordings import Asked, merge_as_chosen, weigh

EXISTING = "Rok za pripombe je trideset dni od objave na spletni strani."
LONGER = EXISTING.replace("trideset", "šestdeset")
MUCH_LONGER = EXISTING.replace("trideset", "devetdeset")
ELSEWHERE = EXISTING.replace("spletni strani", "oglasni deski")
OF_THE_DRAFT = EXISTING.replace("objave", "objave osnutka")

Demands = tuple[str, list[str]]
# Edits of one sentence, as people make them, and sentences that have little to do with each other.
DEMANDS = st.one_of(demands(), st.tuples(sentences, st.lists(sentences, max_size=4)))


def told(changes: tuple[Asked, ...]) -> list[tuple[str, tuple[int, ...]]]:
    return [(one.change.words.strip(), one.by) for one in changes]


def credited(
    outcome: str, *wordings: str
) -> tuple[list[tuple[str, tuple[int, ...]]], list[tuple[str, tuple[int, ...]]]]:
    credits = credit(EXISTING, outcome, wordings)
    return told(credits.taken), told(credits.left)


def test_every_change_names_all_who_asked_for_it() -> None:
    outcome = merged(EXISTING, [LONGER, ELSEWHERE])
    assert credited(outcome, LONGER, ELSEWHERE, LONGER) == ([("šestdeset", (0, 2)), ("oglasni deski", (1,))], [])


def test_what_was_not_taken_is_told_with_those_who_asked_for_it() -> None:
    assert credited(LONGER, LONGER, MUCH_LONGER, ELSEWHERE) == (
        [("šestdeset", (0,))],
        [("devetdeset", (1,)), ("oglasni deski", (2,))],
    )


def test_what_an_editor_wrote_is_nobodys_demand() -> None:
    outcome = EXISTING.replace("trideset", "petinštirideset")
    assert credited(outcome, LONGER) == ([("petinštirideset", ())], [("šestdeset", (0,))])
    assert [one.words for one in credit(EXISTING, outcome, [LONGER]).own] == ["petinštirideset"]


def test_changes_side_by_side_are_told_as_they_were_asked_for() -> None:
    further = EXISTING.replace("trideset dni", "trideset delovnih dni")
    assert credited(merged(EXISTING, [LONGER, further]), further, LONGER) == (
        [("šestdeset", (1,)), ("delovnih", (0,))],
        [],
    )


def test_other_signs_and_other_case_are_the_same_demand() -> None:
    assert credited(EXISTING.replace("trideset", "ŠESTDESET"), LONGER) == ([("ŠESTDESET", (0,))], [])


def test_a_deleted_provision_is_credited_to_who_wanted_it_deleted() -> None:
    assert credited("", "", LONGER) == ([("", (0,))], [("šestdeset", (1,))])


def test_without_a_change_nothing_was_taken() -> None:
    assert credit(EXISTING, EXISTING, [EXISTING, OF_THE_DRAFT]).taken == ()


def test_texts_of_equal_words_are_explained_in_bounded_work() -> None:
    existing = "da " * 300
    wordings = [existing[: 3 * number] + existing[3 * number + 3 :] + f"konec {number}" for number in range(20)]
    credits = credit(existing, existing.replace("da da", "ne", 40), wordings)
    assert all_of(credits, len(wordings))


def all_of(credits: Credits, number: int) -> bool:
    return {place for one in (*credits.taken, *credits.left) for place in one.by} == set(range(number))


@given(DEMANDS, sentences)
def test_the_changes_make_the_outcome_and_nobody_is_lost(asked: Demands, outcome: str) -> None:
    existing, wordings = asked
    credits = credit(existing, outcome, wordings)
    assert replaced(existing, [one.change for one in credits.taken]) == outcome
    asking = {place for one in (*credits.taken, *credits.left) for place in one.by}
    assert asking == {place for place, wording in enumerate(wordings) if wording != existing}


@given(DEMANDS, st.data())
def test_all_that_a_merge_takes_is_credited(asked: Demands, data: st.DataObject) -> None:
    existing, wordings = asked
    weighing = weigh(existing, wordings)
    choices = [data.draw(st.sampled_from([one for one, _ in each.demanded])) for each in weighing.conflicts]
    credits = credit(existing, merge_as_chosen(existing, weighing, choices), wordings)
    assert credits.own == ()
    if not weighing.conflicts:
        assert credits.left == ()


@given(DEMANDS, sentences)
def test_the_order_of_demands_makes_no_difference(asked: Demands, outcome: str) -> None:
    existing, wordings = asked
    last = len(wordings) - 1
    credits, backwards = credit(existing, outcome, wordings), credit(existing, outcome, wordings[::-1])
    for one, other in ((credits.taken, backwards.taken), (credits.left, backwards.left)):
        assert [(each.change, {*each.by}) for each in one] == [
            (each.change, {last - place for place in each.by}) for each in other
        ]
