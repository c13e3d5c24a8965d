"""Provisions that are to stand elsewhere: what goes with them, and the order that comes of it."""

from collections.abc import Collection, Sequence

from participation.texts.provisions import Kind
from participation.texts.trees import Tree


def roots_among(tree: Tree, places: Collection[int]) -> list[int]:
    """Those of the places that stand below none of the others, in reading order."""
    chosen = set(places)
    return sorted(place for place in chosen if not chosen & set(tree.over(place)))


def with_all_below(tree: Tree, roots: Sequence[int]) -> list[int]:
    """What moves with the roots, in reading order."""
    return sorted({place for root in roots for place in (root, *tree.below[root])})


def last_before(tree: Tree, root: int, after: int) -> int:
    """The place right behind which a root comes when it is to stand after another provision.

    That is behind all that belongs to the other; but below a heading that ranks higher, it comes first.
    """
    is_higher = tree.is_heading(after) and tree.provisions[after].kind is not Kind.ARTICLE
    is_lower = tree.provisions[root].level > tree.provisions[after].level
    return after if is_higher and is_lower else max([after, *tree.below[after]])


def order_after_move(tree: Tree, roots: Sequence[int], after: int | None) -> list[int]:
    """The places in their new order; `after` None is the beginning. What stands there already gives the old order.

    Raises ValueError where the roots are to stand after one of themselves or of what is below them.
    """
    moving = with_all_below(tree, roots)
    if after in moving:
        raise ValueError("Nothing can stand after itself.")
    gone = set(moving)
    staying = [place for place in range(len(tree.provisions)) if place not in gone]
    if after is None:
        return moving + staying
    last = last_before(tree, roots[0], after)
    cut = sum(place <= last for place in staying)
    return staying[:cut] + moving + staying[cut:]
