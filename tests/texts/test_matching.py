"""Which provision of a later text is which of an earlier one."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from texts.acts import VOICES, act, acts, numbered

from participation.texts.matching import Fate, match_provisions, resemblance
from participation.texts.provisions import Kind, Provision

A, B, C, D, E, F, G, H = VOICES


def heading_fates(old: list[Provision], new: list[Provision]) -> dict[str, tuple[str, list[str]]]:
    found = {}
    for match in match_provisions(old, new):
        for place in match.old:
            if old[place].kind is Kind.ARTICLE:
                found[old[place].label] = (match.fate.value, [new[at].label for at in match.new])
    return found


def test_the_same_text_is_kept_whole() -> None:
    text = act(numbered([[A, B], [C], [D]]), chapter="I.")
    matches = match_provisions(text, text)
    assert [(match.fate, match.old, match.new) for match in matches] == [
        (Fate.KEPT, (place,), (place,)) for place in range(len(text))
    ]
    assert resemblance(text, matches) == 1


def test_a_changed_paragraph_stays_itself() -> None:
    old, new = act(numbered([[A], [B], [C]])), act(numbered([[A], [B.replace("tridesetih", "petnajstih")], [C]]))
    (changed,) = [match for match in match_provisions(old, new) if match.fate is not Fate.KEPT]
    assert (changed.fate, changed.old, changed.new) == (Fate.CHANGED, (3,), (3,))
    assert 0.8 < changed.likeness < 1


def test_a_new_article_renumbers_all_and_changes_none() -> None:
    old, new = act(numbered([[A], [B], [C], [D]])), act(numbered([[H], [A], [B], [C], [D]]))
    assert heading_fates(old, new) == {
        "1. člen": ("kept", ["2. člen"]),
        "2. člen": ("kept", ["3. člen"]),
        "3. člen": ("kept", ["4. člen"]),
        "4. člen": ("kept", ["5. člen"]),
    }
    assert Counter(match.fate for match in match_provisions(old, new)) == {Fate.KEPT: 8, Fate.ADDED: 2}


def test_numbers_that_repeat_do_not_mislead() -> None:
    old = act([("1. člen", [A]), ("2. člen", [B]), ("1. člen", [C]), ("2. člen", [D])])
    new = act([("1. člen", [A]), ("1. člen", [C]), ("2. člen", [D])])
    assert [(match.old, match.new) for match in match_provisions(old, new) if match.old] == [
        ((0,), (0,)), ((1,), (1,)), ((2,), ()), ((3,), ()), ((4,), (2,)), ((5,), (3,)), ((6,), (4,)), ((7,), (5,)),
    ]  # fmt: skip


def test_a_chapter_that_moved_takes_its_articles_along() -> None:
    first, second, third = (
        act(numbered([[A], [B]]), "I."),
        act(numbered([[C], [D, "(črtan)"]], 3), "II."),
        act(numbered([[E], [F], [G]], 5), "III."),
    )
    old, new = [*first, *second, *third], [*first, *third, *second]
    found = heading_fates(old, new)
    assert {label: found[label] for label in ("3. člen", "4. člen")} == {
        "3. člen": ("moved", ["3. člen"]),
        "4. člen": ("moved", ["4. člen"]),
    }
    assert all(match.likeness == 1 and match.old and match.new for match in match_provisions(old, new))


def test_an_article_split_in_three_goes_to_all_three() -> None:
    old = act(numbered([[A], [B, C, D], [E]]))
    new = act(numbered([[A], [B], [C], [D], [E]]))
    assert heading_fates(old, new)["2. člen"] == ("split", ["2. člen", "3. člen", "4. člen"])
    assert heading_fates(old, new)["3. člen"] == ("kept", ["5. člen"])


def test_a_paragraph_split_in_three_goes_to_all_three() -> None:
    old, new = act(numbered([[A], [f"{B} {C} {D}"], [E]])), act(numbered([[A], [B, C, D], [E]]))
    (split,) = [match for match in match_provisions(old, new) if match.fate is Fate.SPLIT]
    assert (split.old, split.new, split.likeness) == ((3,), (3, 4, 5), 1)


def test_paragraphs_that_were_joined_come_from_all_of_them() -> None:
    old, new = act(numbered([[A], [B, C], [E]])), act(numbered([[A], [f"{B} {C}"], [E]]))
    (merged,) = [match for match in match_provisions(old, new) if match.fate is Fate.MERGED]
    assert (merged.old, merged.new, merged.likeness) == ((3, 4), (3,), 1)


def test_articles_that_were_joined_come_from_both() -> None:
    found = heading_fates(act(numbered([[A], [B], [C], [E]])), act(numbered([[A], [B, C], [E]])))
    assert found["2. člen"] == found["3. člen"] == ("merged", ["2. člen"])


def test_two_provisions_with_the_same_text_keep_their_order() -> None:
    old, new = act(numbered([[A, B], [A, C], [A, D]])), act(numbered([[A, B], [A, C], [E], [A, D]]))
    places = {match.old[0]: match.new[0] for match in match_provisions(old, new) if match.old and match.new}
    assert [places[place] for place in (1, 4, 7)] == [1, 4, 9]


def test_an_article_that_was_written_anew_is_known_by_its_neighbours_and_number() -> None:
    old, new = act(numbered([[A], [B], [C]])), act(numbered([[A], [H], [C]]))
    assert heading_fates(old, new)["2. člen"] == ("kept", ["2. člen"])
    assert [match.fate for match in match_provisions(old, new)][3:5] == [Fate.REMOVED, Fate.ADDED]


def test_the_same_number_elsewhere_is_not_the_same_article() -> None:
    found = heading_fates(act(numbered([[A], [B], [C]])), act([("2. člen", [C]), ("5. člen", [D])]))
    assert found["3. člen"][1] == ["2. člen"]
    assert found["2. člen"] == ("removed", [])


def test_what_was_removed_is_told_where_it_stood() -> None:
    old, new = act(numbered([[A], [B], [C]])), act([("1. člen", [A]), ("3. člen", [C])])
    told = [match.fate for match in match_provisions(old, new)]
    assert told == [Fate.KEPT, Fate.KEPT, Fate.REMOVED, Fate.REMOVED, Fate.KEPT, Fate.KEPT]


@pytest.mark.parametrize(("texts", "alike"), [([[E], [F], [G, H]], False), ([[A], [B], [C], [E]], True)])
def test_another_document_resembles_nothing(texts: list[list[str]], alike: bool) -> None:
    old = act(numbered([[A], [B], [C, D]]))
    found = resemblance(old, match_provisions(old, act(numbered(texts))))
    assert found > 0.6 if alike else found < 0.1


def test_an_empty_text_loses_all_and_brings_all() -> None:
    text = act(numbered([[A], [B]]))
    assert {match.fate for match in match_provisions(text, [])} == {Fate.REMOVED}
    assert {match.fate for match in match_provisions([], text)} == {Fate.ADDED}


@given(acts, acts)
def test_every_provision_has_one_fate(old: list[Provision], new: list[Provision]) -> None:
    matches = match_provisions(old, new)
    assert sorted(place for match in matches for place in match.old) == list(range(len(old)))
    assert sorted(place for match in matches for place in match.new) == list(range(len(new)))
    assert all(0 <= match.likeness <= 1 for match in matches)


@given(acts)
def test_any_text_is_itself(text: list[Provision]) -> None:
    assert {match.fate for match in match_provisions(text, text)} == {Fate.KEPT}
