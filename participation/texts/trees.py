"""A text as a tree: what stands above and below each provision, and the words of each."""

import re
from collections.abc import Iterator, Sequence

from participation.texts.provisions import HEADINGS, Kind, Provision

_WORD = re.compile(r"\w+")


class Tree:
    """Provisions by their places in reading order.

    `above` is the place of a provision's parent or None, `below` the places of all its descendants; `words` are in
    small letters and without signs; `worded` are the places that have any; `weights` count the words of a provision
    and of all below it; `labels` are without spaces and in small letters.
    """

    def __init__(self, provisions: Sequence[Provision]) -> None:
        self.provisions = provisions
        self.words = [tuple(_WORD.findall(one.text.casefold())) for one in provisions]
        self.labels = ["".join(one.label.casefold().split()) for one in provisions]
        self.above = _above(provisions)
        self.below: list[list[int]] = [[] for _ in provisions]
        self.weights = [len(words) for words in self.words]
        for place in range(len(provisions)):
            for over in self.over(place):
                self.below[over].append(place)
                self.weights[over] += len(self.words[place])
        self.worded = [place for place, words in enumerate(self.words) if words]
        self.headings = [place for place in range(len(provisions)) if self.is_heading(place)]

    def is_heading(self, place: int) -> bool:
        return self.provisions[place].kind in HEADINGS

    def over(self, place: int) -> Iterator[int]:
        """What stands above a provision, the nearest first."""
        at = self.above[place]
        while at is not None:
            yield at
            at = self.above[at]

    def headings_of(self, place: int) -> Iterator[int]:
        """The headings that a provision belongs to, the nearest first; a heading belongs to itself."""
        for at in (place, *self.over(place)):
            if self.is_heading(at):
                yield at

    def home_of(self, place: int) -> int | None:
        """The article that holds a provision; where there is none, the nearest heading, or None."""
        headings = list(self.headings_of(place))
        articles = [at for at in headings if self.provisions[at].kind is Kind.ARTICLE]
        return next(iter(articles or headings), None)


def _above(provisions: Sequence[Provision]) -> list[int | None]:
    above: list[int | None] = []
    open_above: list[int] = []
    for place, one in enumerate(provisions):
        while open_above and provisions[open_above[-1]].level >= one.level:
            open_above.pop()
        above.append(open_above[-1] if open_above else None)
        open_above.append(place)
    return above
