"""What changes between two wordings, each change with as much around it as makes it stand once."""

import re
from dataclasses import dataclass

from participation.texts.differing import Change, word_diff

WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Edit:
    """`removed` and `added` words; either may be empty. `after` are those before an insertion, "" at the beginning.

    What is cited takes the characters from `start` to `stop` of the old wording, and stands there once.
    """

    start: int
    stop: int
    removed: str
    added: str
    after: str = ""


def edits_of(old: str, new: str) -> list[Edit]:
    """What changes between two wordings with single spaces, each with as much around it as makes it stand once."""
    edits = []
    at = 0
    for change, removed, added in _joined(word_diff(old, new)):
        start, at = at, at + len(removed)
        if change == "edit":
            edits.append(_replacement(old, start, at, added) if removed.strip() else _insertion(old, start, added))
    return edits


def _replacement(old: str, start: int, stop: int, added: str) -> Edit:
    first, last = start, stop
    while old.count(old[first:last].strip()) > 1 and (first > 0 or last < len(old)):
        if first > 0:
            first = old[:first].rstrip().rfind(" ") + 1
        else:
            ends = old.find(" ", last + 1)
            last = ends if ends >= 0 else len(old)
    put = old[first:start] + added + old[stop:last]
    return Edit(first, last, old[first:last].strip(), put.strip())


def _insertion(old: str, at: int, added: str) -> Edit:
    first = at
    while first > 0 and (first == at or old.count(old[first:at].strip()) > 1):
        first = old[:first].rstrip().rfind(" ") + 1
    return Edit(first, at, "", added.strip(), old[first:at].strip())


def _joined(parts: list[tuple[Change, str]]) -> list[tuple[str, str, str]]:
    """("same", text, text) and ("edit", removed, added): edits with hardly a word between them are one."""
    found: list[tuple[str, str, str]] = []
    for at, (change, text) in enumerate(parts):
        is_between = 0 < at < len(parts) - 1 and len(WORD.findall(text)) <= 1
        if change == "same" and not (is_between and found and found[-1][0] == "edit"):
            found.append(("same", text, text))
            continue
        removed = text if change in ("removed", "same") else ""
        added = text if change in ("added", "same") else ""
        if found and found[-1][0] == "edit":
            found[-1] = ("edit", found[-1][1] + removed, found[-1][2] + added)
        else:
            found.append(("edit", removed, added))
    return found
