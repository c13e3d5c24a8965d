"""Where a provision stands, as formulas name it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from participation.texts.provisions import Kind, Provision
from participation.texts.trees import Tree

_PRINTED = re.compile(r"\((\d{1,3})\)")


@dataclass(frozen=True)
class Place:
    """Where a provision stands, as formulas name it.

    `article` is its printed label, `heading` the whole heading where there is no article. `paragraph` is the printed
    number or counts from 1, and is 0 in an article of one paragraph; `points` are the printed labels of points from
    the outermost; `indent` counts from 1 and is 0 for what is no indent.
    """

    kind: Kind
    article: str = ""
    heading: str = ""
    paragraph: int = 0
    points: tuple[str, ...] = ()
    indent: int = 0


def place_of(provisions: Sequence[Provision], at: int) -> Place:
    """The place of a provision of a text."""
    return place_in(Tree(provisions), at)


def place_in(tree: Tree, at: int) -> Place:
    """The same, of a text that is known as a tree."""
    provisions = tree.provisions
    one = provisions[at]
    home = tree.home_of(at)
    if home is None:
        return Place(one.kind, paragraph=_ordinal(provisions, list(range(at + 1)), Kind.PARAGRAPH))
    within = [home, *tree.below[home]]
    chain = [place for place in (at, *tree.over(at)) if place in within][::-1]
    paragraphs = [place for place in within if provisions[place].kind is Kind.PARAGRAPH]
    paragraph = 0
    if len(paragraphs) > 1 and one.kind is not Kind.ARTICLE:
        before = [place for place in paragraphs if place <= at]
        # Where numbers are printed, they are the ones that a person counts by.
        printed = _PRINTED.fullmatch(provisions[before[-1]].label) if before else None
        paragraph = int(printed[1]) if printed else len(before)
    indent = 0
    if one.kind is Kind.INDENT:
        siblings = [place for place in within if place <= at and tree.above[place] == tree.above[at]]
        indent = _ordinal(provisions, siblings, Kind.INDENT)
    is_article = provisions[home].kind is Kind.ARTICLE
    return Place(
        one.kind,
        article=provisions[home].label if is_article else "",
        heading="" if is_article else f"{provisions[home].label} {provisions[home].text}".strip(),
        paragraph=paragraph,
        points=tuple(provisions[place].label for place in chain if provisions[place].kind is Kind.POINT),
        indent=indent,
    )


def _ordinal(provisions: Sequence[Provision], places: Sequence[int], kind: Kind) -> int:
    return sum(provisions[place].kind is kind for place in places)
