"""`flask drafts compare` and `flask drafts carry`: what a new version does to the one before, without a database."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from participation.foundation.language import _
from participation.texts.anchoring import AnchorState, Carrier, Quote
from participation.texts.differing import word_diff
from participation.texts.matching import Fate, Match, match_provisions, resemblance
from participation.texts.provisions import Provision

from ..models.fates import ANOTHER_DOCUMENT, words_of_fate
from ..models.paths import paths_of
from .drafts import FILE, bytes_of, drafts, fail, read_file

_SIGNS = {
    Fate.KEPT: " ",
    Fate.CHANGED: "~",
    Fate.MOVED: "^",
    Fate.SPLIT: "<",
    Fate.MERGED: ">",
    Fate.ADDED: "+",
    Fate.REMOVED: "-",
}
_MARKS = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}


@drafts.command("compare")
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def compare(old: Path, new: Path, as_json: bool) -> None:
    """Say which provision of NEW is which of OLD, and what changed; nothing is stored."""
    old_reading, new_reading = read_file(old), read_file(new)
    before, after = old_reading.provisions, new_reading.provisions
    matches = match_provisions(before, after)
    alike = resemblance(before, matches)
    if as_json:
        click.echo(json.dumps(_as_json(before, after, matches, alike), ensure_ascii=False, indent=2))
        return
    click.echo(", ".join(f"{words_of_fate(fate)}: {number}" for fate, number in _counts(matches).items() if number))
    if alike < ANOTHER_DOCUMENT:
        click.echo(_("! These seem to be two different documents: hardly any words are in both."), err=True)
    names = list(paths_of(before, old_reading.language))
    new_names = list(paths_of(after, new_reading.language))
    for match in matches:
        if match.fate is not Fate.KEPT:
            click.echo(f"{_SIGNS[match.fate]} {words_of_fate(match.fate)}: {_name(match, names, new_names)}")
            click.echo(f"    {_difference(match, before, after)}")


@drafts.command("carry")
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.option(
    "--quotes", "quotes_file", type=FILE, required=True, help="JSON: id, label, exact, prefix, suffix of each."
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def carry(old: Path, new: Path, quotes_file: Path, as_json: bool) -> None:
    """Say where passages that were quoted from OLD stand in NEW; nothing is stored."""
    quotes = _quotes(quotes_file)
    carrier = Carrier(read_file(old).provisions, read_file(new).provisions)
    found = [(number, carrier.carry(quote)) for number, quote in quotes]
    if as_json:
        rows = [
            {"id": number, "state": one.state.value, "label": one.label, "exact": one.exact, "score": one.score}
            for number, one in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    counts = Counter(one.state for _number, one in found)
    click.echo(", ".join(f"{state.value}: {counts[state]}" for state in AnchorState))
    for number, one in found:
        click.echo(f"{number}\t{one.state.value}\t{one.label}\t{one.exact}")


def _counts(matches: Sequence[Match]) -> dict[Fate, int]:
    found = Counter(match.fate for match in matches)
    return {fate: found[fate] for fate in Fate}


def _as_json(
    before: Sequence[Provision], after: Sequence[Provision], matches: Sequence[Match], alike: float
) -> dict[str, Any]:
    def named(provisions: Sequence[Provision], places: Sequence[int]) -> list[dict[str, Any]]:
        found = [(place, provisions[place]) for place in places]
        return [
            {"place": place, "kind": one.kind.value, "label": one.label, "text": one.text} for place, one in found
        ]

    return {
        "resemblance": round(alike, 3),
        "counts": {fate.value: number for fate, number in _counts(matches).items()},
        "provisions": [
            {
                "fate": match.fate.value,
                "likeness": round(match.likeness, 3),
                "old": named(before, match.old),
                "new": named(after, match.new),
            }
            for match in matches
        ],
    }


def _name(match: Match, names: Sequence[str], new_names: Sequence[str]) -> str:
    before, after = (
        " + ".join(row) for row in ([names[at] for at in match.old], [new_names[at] for at in match.new])
    )
    return before if before == after or not after else after if not before else f"{before} → {after}"


def _difference(match: Match, before: Sequence[Provision], after: Sequence[Provision]) -> str:
    old = " ".join(before[place].text for place in match.old)
    new = " ".join(after[place].text for place in match.new)
    return "".join(_MARKS[change].format(text) for change, text in word_diff(old, new))


def _quotes(file: Path) -> list[tuple[Any, Quote]]:
    try:
        rows = json.loads(bytes_of(file))
        # Half a sign, which JSON can name, is no text that could be printed.
        json.dumps(rows, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        fail(_("%(file)s is not JSON.", file=file.name))
    if not isinstance(rows, list):
        fail(_("%(file)s must hold a list of quotes.", file=file.name))
    return [_quote(row, at, file) for at, row in enumerate(rows, 1)]


def _quote(row: Any, at: int, file: Path) -> tuple[Any, Quote]:
    values = (
        {name: row.get(name, "") for name in ("exact", "label", "prefix", "suffix")} if isinstance(row, dict) else {}
    )
    is_right = bool(values.get("exact")) and all(isinstance(value, str) for value in values.values())
    if not is_right or "id" not in row:
        fail(_("Quote %(number)s of %(file)s needs an id and the words in “exact”.", number=at, file=file.name))
    return row["id"], Quote(**values)
