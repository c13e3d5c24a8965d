"""Provisions that are to stand elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts.acts import VOICES, act, numbered

from participation.texts.moving import order_after_move, roots_among, with_all_below
from participation.texts.provisions import Kind, Provision
from participation.texts.trees import Tree

# 0 chapter I, 1 and 2 its article, 3 to 5 its second article, 6 chapter II, 7 and 8 its article.
TEXT = [
    *act(numbered([[VOICES[0]], [VOICES[1], VOICES[2]]]), chapter="I."),
    *act(numbered([[VOICES[3]]], 3), chapter="II."),
]


@pytest.mark.parametrize(
    ("chosen", "after", "order"),
    [
        ([1], 3, [0, 3, 4, 5, 1, 2, 6, 7, 8]),
        ([1], 8, [0, 3, 4, 5, 6, 7, 8, 1, 2]),
        ([1, 2], 7, [0, 3, 4, 5, 6, 7, 8, 1, 2]),
        ([5], 3, [0, 1, 2, 3, 4, 5, 6, 7, 8]),
        ([4], 5, [0, 1, 2, 3, 5, 4, 6, 7, 8]),
        ([7], 0, [0, 7, 8, 1, 2, 3, 4, 5, 6]),
        ([0], 6, [6, 7, 8, 0, 1, 2, 3, 4, 5]),
        ([6], None, [6, 7, 8, 0, 1, 2, 3, 4, 5]),
        ([0], None, [0, 1, 2, 3, 4, 5, 6, 7, 8]),
    ],
)
def test_what_is_moved_takes_along_what_is_below_it(chosen: list[int], after: int | None, order: list[int]) -> None:
    tree = Tree(TEXT)
    assert order_after_move(tree, roots_among(tree, chosen), after) == order


@pytest.mark.parametrize("after", [3, 4, 5])
def test_nothing_can_stand_after_itself(after: int) -> None:
    with pytest.raises(ValueError, match="after itself"):
        order_after_move(Tree(TEXT), [3], after)


@given(
    st.lists(st.integers(1, 6), min_size=1, max_size=12),
    st.sets(st.integers(0, 11), min_size=1),
    st.integers(-1, 11),
)
def test_nothing_is_lost_and_both_parts_keep_their_order(levels: list[int], chosen: set[int], after: int) -> None:
    tree = Tree([Provision(Kind.PARAGRAPH, "", level, f"Beseda {at}.") for at, level in enumerate(levels)])
    roots = roots_among(tree, {one for one in chosen if one < len(levels)})
    moving = with_all_below(tree, roots)
    if after >= len(levels) or after in moving or not roots:
        return
    order = order_after_move(tree, roots, None if after < 0 else after)
    assert sorted(order) == list(range(len(levels)))
    assert [one for one in order if one in moving] == moving
    staying = [one for one in order if one not in moving]
    assert staying == sorted(staying)
    if after >= 0:
        assert order.index(after) < order.index(roots[0])
