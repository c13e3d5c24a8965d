"""Copies of a text are found among many others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts.acts import VOICES, sentences

from participation.texts.grouping import group_alike

CAMPAIGN = (
    "Spoštovani, prosimo vas, da v odloku ohranite prepoved sečnje dreves v mestnih parkih, "
    "ker drevesa poleti hladijo naselja in dajejo senco otrokom na igriščih. Lep pozdrav, Ana Novak"
)


def test_copies_with_another_name_below_are_one_group() -> None:
    copies = [CAMPAIGN, CAMPAIGN.replace("Ana Novak", "Borut Kos"), CAMPAIGN.upper(), CAMPAIGN.replace(",", " ,")]
    texts = [VOICES[0], *copies[:2], VOICES[1], *copies[2:]]
    assert group_alike(texts) == [[1, 2, 4, 5], [0], [3]]


@pytest.mark.parametrize(
    "other",
    [
        CAMPAIGN.replace("ohranite prepoved", "odpravite nesmiselno in škodljivo prepoved").replace(
            "ker drevesa", "saj"
        ),
        " ".join(CAMPAIGN.split()[:12]),
        " ".join(reversed(CAMPAIGN.split())),
        VOICES[4],
    ],
)
def test_what_only_resembles_a_copy_stays_alone(other: str) -> None:
    assert group_alike([CAMPAIGN, other]) == [[0], [1]]


@pytest.mark.parametrize(
    ("one", "other"), [("Se strinjamo.", "Se ne strinjamo."), ("Proti", "Za"), ("?", "!"), ("", "!")]
)
def test_short_texts_are_alike_only_when_they_are_the_same(one: str, other: str) -> None:
    assert group_alike([one, other, one]) == [[0, 2], [1]]


def test_a_group_does_not_grow_by_copies_of_copies() -> None:
    words = [f"beseda{number}" for number in range(40)]
    steps = [" ".join(["nova"] * changed + words[changed:]) for changed in (0, 3, 6, 9)]
    groups = group_alike(steps)
    assert groups[0][:2] == [0, 1]
    assert all(not {0, 3} <= set(group) for group in groups)


def test_thousands_that_share_a_paragraph_and_end_in_their_own_words_stay_apart() -> None:
    shared = " ".join(f"skupna{number}" for number in range(240))
    texts = [f"{shared} {' '.join(f'lastna{nth}x{number}' for number in range(60))}" for nth in range(4_000)]
    copies = [f"{texts[at]} Ana" for at in (7, 3_900)]
    assert group_alike([*texts, *copies])[:3] == [[7, 4_000], [3_900, 4_001], [0]]


def test_nothing_makes_no_group() -> None:
    assert group_alike([]) == []


@given(st.lists(sentences, max_size=20))
def test_every_text_is_in_one_group_and_copies_are_together(texts: list[str]) -> None:
    groups = group_alike(texts)
    assert sorted(place for group in groups for place in group) == list(range(len(texts)))
    assert [len(group) for group in groups] == sorted((len(group) for group in groups), reverse=True)
    group_of = {place: at for at, group in enumerate(groups) for place in group}
    assert all(
        group_of[one] == group_of[other]
        for one in range(len(texts))
        for other in range(len(texts))
        if texts[one].casefold() == texts[other].casefold()
    )
