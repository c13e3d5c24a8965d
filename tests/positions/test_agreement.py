"""Who is on board for which text: rules as a table, and the search against trying everything."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.positions.models import Decision, Stance
from participation.positions.models.agreement import (
    Text,
    Voice,
    on_board,
    strongest_text,
    widest_text,
    with_conditions_met,
)

ALL = Decision()
NOT_2 = Decision(Stance.SIGNS_EXCEPT, excepted=(2,))
IF_2 = Decision(Stance.SIGNS_IF, conditions={2: "drugače"})


@pytest.mark.parametrize(
    ("decision", "text", "is_signed"),
    [
        (ALL, Text((1, 2)), True),
        (ALL, Text((1,)), True),
        (ALL, Text((1, 2), {2: "drugače"}), False),  # it has not seen that wording
        (NOT_2, Text((1, 2)), False),
        (NOT_2, Text((1,)), True),
        (NOT_2, Text((1, 2), {2: "drugače"}), False),
        (IF_2, Text((1, 2)), False),
        (IF_2, Text((1,)), True),
        (IF_2, Text((1, 2), {2: "drugače"}), True),
        (IF_2, Text((1, 2), {2: "spet drugače"}), False),
        (Decision(Stance.NO_OBJECTION), Text((1,)), False),
        (Decision(Stance.ABSTAINS), Text((1,)), False),
        (Decision(Stance.OBJECTS), Text((1,)), False),
        (Decision(Stance.OBJECTS), Text(()), False),
    ],
)
def test_who_signs_a_text(decision: Decision, text: Text, is_signed: bool) -> None:
    assert text.is_signed_by(decision) is is_signed


def voices(*decisions: Decision) -> list[Voice]:
    return [Voice(number, decision, "ab"[number % 2]) for number, decision in enumerate(decisions)]


def excepting(*numbers: int) -> Decision:
    return Decision(Stance.SIGNS_EXCEPT, excepted=numbers) if numbers else ALL


def test_the_widest_text_leaves_out_every_reservation_and_no_other_point() -> None:
    said = voices(ALL, excepting(2), IF_2, excepting(4), Decision(Stance.OBJECTS))
    proposal = widest_text((1, 2, 3, 4), said)
    assert (proposal.text.points, proposal.on_board, proposal.left_behind) == ((1, 3), (0, 1, 2, 3), ())


def test_the_strongest_text_keeps_the_points_that_enough_sign() -> None:
    said = voices(ALL, ALL, excepting(2), excepting(2, 3), excepting(4))
    strongest = [strongest_text((1, 2, 3, 4), said, at_least=number) for number in range(1, 6)]
    assert [proposal.text.points for proposal in strongest if proposal] == [
        (1, 2, 3, 4), (1, 2, 3, 4), (1, 3, 4), (1, 3), (1,),
    ]  # fmt: skip
    assert strongest_text((1, 2, 3, 4), said, at_least=6) is None
    assert strongest_text((1, 2, 3, 4), said, at_least=0) is None


def test_the_strongest_text_of_an_area_counts_that_area_and_names_all_who_are_on_board() -> None:
    said = voices(ALL, excepting(1), ALL, excepting(1))  # organisations 1 and 3 are of area b
    proposal = strongest_text((1, 2), said, at_least=2, area="b")
    assert proposal is not None
    assert (proposal.text.points, proposal.on_board) == ((2,), (0, 1, 2, 3))
    assert strongest_text((1, 2), said, at_least=3, area="b") is None


def test_a_wording_is_taken_where_it_brings_more_on_board_than_it_loses() -> None:
    others = [Decision(Stance.SIGNS_IF, conditions={2: "drugače"}) for _ in range(3)]
    met = with_conditions_met(Text((1, 2)), voices(ALL, *others))
    assert (met.points, dict(met.wordings)) == ((1, 2), {2: "drugače"})
    kept = with_conditions_met(Text((1, 2)), voices(ALL, ALL, ALL, others[0]))
    assert dict(kept.wordings) == {}


POINTS = (1, 2, 3, 4, 5)
decisions = st.one_of(
    st.just(ALL),
    st.sets(st.sampled_from(POINTS), min_size=1, max_size=4).map(lambda chosen: excepting(*sorted(chosen))),
    st.dictionaries(st.sampled_from(POINTS), st.sampled_from(["a", "b"]), min_size=1, max_size=3).map(
        lambda asked: Decision(Stance.SIGNS_IF, conditions=asked)
    ),
    st.sampled_from([Decision(Stance.OBJECTS), Decision(Stance.ABSTAINS), Decision(Stance.NO_OBJECTION)]),
)


@given(st.lists(decisions, max_size=9), st.integers(1, 9), st.sampled_from([None, "a", "b"]))
def test_the_search_finds_what_trying_every_choice_finds(
    said: list[Decision], at_least: int, area: str | None
) -> None:
    heard = voices(*said)
    proposal = strongest_text(POINTS, heard, at_least=at_least, area=area)
    counted = [voice for voice in heard if area is None or voice.area == area]
    best = None
    for size in range(len(POINTS), -1, -1):
        aboard = [len(on_board(Text(chosen), counted)) for chosen in combinations(POINTS, size)]
        if aboard and max(aboard) >= at_least:
            best = (size, max(aboard))
            break
    if best is None:
        assert proposal is None
        return
    assert proposal is not None
    assert proposal.is_exact
    found = len(on_board(proposal.text, counted))
    assert (len(proposal.text.points), found) == best


@given(st.lists(decisions, max_size=9))
def test_everyone_who_signs_is_on_board_of_the_widest_text_and_no_point_could_be_added(said: list[Decision]) -> None:
    heard = voices(*said)
    proposal = widest_text(POINTS, heard)
    assert proposal.left_behind == ()
    signing = len(proposal.on_board)
    for number in set(POINTS) - set(proposal.text.points):
        wider = Text(tuple(sorted({*proposal.text.points, number})))
        assert len(on_board(wider, heard)) < signing


def test_a_search_that_would_take_too_long_gives_what_it_found_and_says_so() -> None:
    said = voices(*(excepting(*((n * k) % 199 + 1 for k in range(1, 9))) for n in range(1, 500)))
    proposal = strongest_text(range(1, 201), said, at_least=60)
    assert proposal is not None
    assert len(on_board(proposal.text, said)) >= 60
    assert not proposal.is_exact


def test_many_organisations_with_few_kinds_of_exceptions_are_answered_exactly() -> None:
    kinds = [(), (3,), (3, 17), (40, 41), (99,), (150, 3), (7, 8, 9)]
    said = voices(*(excepting(*kinds[n % len(kinds)]) for n in range(500)))
    proposal = strongest_text(range(1, 201), said, at_least=300)
    assert proposal is not None
    assert proposal.is_exact
    assert len(proposal.on_board) >= 300
