"""What a person should check in a reading before it is trusted."""

import re
from collections import Counter

from participation.texts.provisions import Doubt, Kind, Provision
from participation.texts.reading import signs

LONGEST_PROVISION = 6_000
_MOST_OF_A_CODE = 20


def review(provisions: list[Provision]) -> list[Doubt]:
    """Doubts about the numbers and the cut of the provisions, in reading order."""
    found = [*_repeats(provisions), *_gaps(provisions), *_long_ones(provisions)]
    if not any(one.kind is Kind.ARTICLE for one in provisions):
        found.append(Doubt("no_articles"))
    return found


def _repeats(provisions: list[Provision]) -> list[Doubt]:
    articles = [one for one in provisions if one.kind is Kind.ARTICLE]
    times = Counter(_normal(one.label) for one in articles)
    doubts, seen = [], set()
    for one in articles:
        label = _normal(one.label)
        if times[label] > 1 and label in seen:
            doubts.append(Doubt("article_repeats", one.place, {"label": one.label, "times": str(times[label])}))
        seen.add(label)
    return doubts[:_MOST_OF_A_CODE]


def _gaps(provisions: list[Provision]) -> list[Doubt]:
    doubts: list[Doubt] = []
    before = 0
    for one in provisions:
        if signs.opens_tail(one.text):
            # Amending acts keep their own numbers, of which only a few are printed.
            break
        if one.kind is not Kind.ARTICLE:
            continue
        number = _number(one.label)
        if number > before + 1:
            missing = str(before + 1) if number == before + 2 else f"{before + 1}–{number - 1}"
            doubts.append(Doubt("article_missing", one.place, {"missing": missing, "before": one.label}))
        before = number
    return doubts[:_MOST_OF_A_CODE]


def _long_ones(provisions: list[Provision]) -> list[Doubt]:
    return [
        Doubt("long_provision", one.place, {"label": one.label, "characters": str(len(one.text))})
        for one in provisions
        if len(one.text) > LONGEST_PROVISION and one.kind is not Kind.TABLE
    ][:_MOST_OF_A_CODE]


def _normal(label: str) -> str:
    return re.sub(r"\s+", "", label).casefold()


def _number(label: str) -> int:
    match = re.search(r"\d+", label)
    return int(match[0]) if match else 0
