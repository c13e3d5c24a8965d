"""Word diffs for people: which words of a text went, which came, and which stayed."""

import html
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal

from diff_match_patch import diff_match_patch

Change = Literal["same", "added", "removed"]

TOKEN = re.compile(r"\w+|\s|[^\w\s]")
_INSERTED = re.compile(r"<ins>.*?</ins>", re.DOTALL)
_DELETED = re.compile(r"<del>.*?</del>", re.DOTALL)
_WORD = re.compile(r"\w")
# With the words for screen readers that stand within.
_MARK = re.compile(r'</?(?:ins|del)>(?:<span class="visually-hidden">[^<]*</span>)?')
_CHANGED = re.compile(r"<(ins|del)>(<span[^>]*>[^<]*</span>)?([^<]*)</\1>")
_CONTEXT_WORDS = 4
_SURROGATES = range(0xD800, 0xE000)
_CODE_POINTS = 0x110000 - len(_SURROGATES)
_SENTENCE_ENDS = (".", ";", ":", "!", "?", "\n")
# Work is bounded by sizes and not by a clock, so that the same two texts differ alike on every machine.
_LARGEST_COMPARISON = 3_000_000
_LARGEST_SUM = 9_000_000
# Texts of one size differ cheaply or dearly by how much they have in common: this bounds the latter.
_MOST_STEPS = 400_000
_CHANGES: dict[int, Change] = {-1: "removed", 0: "same", 1: "added"}


def word_diff(old: str, new: str) -> list[tuple[Change, str]]:
    """What changed between two texts, in whole words and reading order, a removed passage before what replaces it.

    The same and the removed parts make the old text again, the same and the added parts the new one, to the
    character. Two long texts that have little in common come out as one removal and one addition where comparing
    would take long.
    """
    return list(_word_diff(old, new))


@lru_cache(maxsize=256)
def _word_diff(old: str, new: str) -> tuple[tuple[Change, str], ...]:
    """Kept by the process: who posts a wording has it compared for the preview, the page and the formula."""
    old_tokens, new_tokens = TOKEN.findall(old), TOKEN.findall(new)
    tokens = list(dict.fromkeys(old_tokens + new_tokens))
    if len(tokens) > _CODE_POINTS:
        return ("removed", old), ("added", new)
    code_of = {token: chr(_code_point(place)) for place, token in enumerate(tokens)}
    token_of = {code: token for token, code in code_of.items()}
    breaks = {code_of[token] for token in _SENTENCE_ENDS if token in code_of}
    old_codes, new_codes = ("".join(code_of[token] for token in side) for side in (old_tokens, new_tokens))
    parts = _Comparison(breaks).compare(old_codes, new_codes)
    return tuple(_tidy([(_CHANGES[sign], "".join(token_of[code] for code in codes)) for sign, codes in parts]))


def word_diff_html(old: str, new: str, labels: tuple[str, str] | None = None) -> str:
    """The word diff as escaped HTML with <ins> and <del>.

    `labels` are the words for "inserted" and "deleted"; given, they stand before each change in a visually hidden
    span, because most screen readers do not announce the two elements.
    """
    return "".join(_element(change, text, labels) for change, text in word_diff(old, new))


def side_by_side(difference: str) -> tuple[str, str]:
    """The HTML of a word diff as its two texts: the old one with what went marked, the new one with what came.

    Two texts that share no word come without marks, for a mark on every word says nothing.
    """
    before, after = _INSERTED.sub("", difference), _DELETED.sub("", difference)
    if not _WORD.search(html.unescape(_DELETED.sub("", before))):
        return _MARK.sub("", before), _MARK.sub("", after)
    return before, after


def diff_excerpt(difference: str, most: int) -> str:
    """The changes of a `word_diff_html` with a few words around each, as HTML of about `most` visible characters."""
    pieces: list[str] = []
    at = 0
    for found in _CHANGED.finditer(difference):
        tag, label, words = found[1], found[2] or "", html.unescape(found[3])
        between = _context(html.unescape(difference[at : found.start()]), has_before=bool(pieces), has_after=True)
        cut = words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + "…"
        pieces.append(f"{html.escape(between)}<{tag}>{label}{html.escape(cut)}</{tag}>")
        at, most = found.end(), most - len(between) - len(cut)
        if most <= 0:
            return "".join(pieces) + ("…" if at < len(difference) and not cut.endswith("…") else "")
    after = _context(html.unescape(difference[at:]), has_before=True, has_after=False)
    return ("".join(pieces) + html.escape(after)) if pieces else ""


def _context(text: str, *, has_before: bool, has_after: bool) -> str:
    """An unchanged passage without its middle; `has_before` and `has_after` say where a change adjoins it."""
    words = text.split(" ")
    if len(words) <= 2 * _CONTEXT_WORDS + 1:
        return text
    before = " ".join(words[:_CONTEXT_WORDS]) if has_before else ""
    after = " ".join(words[-_CONTEXT_WORDS:]) if has_after else ""
    return f"{before} … {after}" if before and after else f"{before}…{after}"


def _element(change: Change, text: str, labels: tuple[str, str] | None) -> str:
    escaped = html.escape(text)
    if change == "same":
        return escaped
    tag, label = ("ins", labels and labels[0]) if change == "added" else ("del", labels and labels[1])
    hidden = f'<span class="visually-hidden">{html.escape(label)} </span>' if label else ""
    return f"<{tag}>{hidden}{escaped}</{tag}>"


def _code_point(place: int) -> int:
    return place if place < _SURROGATES.start else place + len(_SURROGATES)


class _Differ(diff_match_patch):
    """Looks no further for what two texts have in common once it has taken its steps, however long that took."""

    def __init__(self) -> None:
        super().__init__()
        self.Diff_Timeout = 0
        self.steps = 0

    def diff_bisect(self, text1: str, text2: str, deadline: Any) -> list[tuple[int, str]]:
        parts: list[tuple[int, str]] = super().diff_bisect(text1, text2, _Steps(self))
        return parts


class _Steps:
    """Stands where the library expects a moment to stop at: each round is longer than the last by one step."""

    def __init__(self, differ: _Differ) -> None:
        self.differ = differ
        self.round = 0

    def __lt__(self, now: float) -> bool:
        self.round += 1
        self.differ.steps += self.round
        return self.differ.steps > _MOST_STEPS


class _Comparison:
    """Compares strings of codes, one code a token.

    Small ones at once; large ones between the sentences, then between the words, that stand exactly once in both.
    What is left is compared as far as the steps go: few changes are found in a text of any length.
    """

    def __init__(self, breaks: set[str]) -> None:
        self.breaks = breaks
        self.spent = 0
        self.differ = _Differ()

    def compare(self, old: str, new: str) -> list[tuple[int, str]]:
        start = self.differ.diff_commonPrefix(old, new)
        end = self.differ.diff_commonSuffix(old[start:], new[start:])
        middle = self._gap(old[start : len(old) - end], new[start : len(new) - end], (self._sentences, list))
        return [(0, old[:start]), *middle, (0, old[len(old) - end :])]

    def _gap(self, old: str, new: str, cuts: tuple[Callable[[str], list[str]], ...]) -> list[tuple[int, str]]:
        if not cuts or self._can_afford(len(old) * len(new)):
            parts = self.differ.diff_main(old, new, False)
            self.differ.diff_cleanupSemantic(parts)
            return parts
        parts = []
        for sign, old_part, new_part in _anchored(cuts[0](old), cuts[0](new)):
            parts += [(0, old_part)] if sign == 0 else self._gap(old_part, new_part, cuts[1:])
        return parts

    def _can_afford(self, work: int) -> bool:
        if work > _LARGEST_COMPARISON or self.spent + work > _LARGEST_SUM:
            return False
        self.spent += work
        return True

    def _sentences(self, codes: str) -> list[str]:
        ends = [place + 1 for place, code in enumerate(codes) if code in self.breaks]
        edges = [0, *ends, len(codes)]
        return [codes[first:last] for first, last in pairwise(edges) if first < last]


def _anchored(old: list[str], new: list[str]) -> Iterator[tuple[int, str, str]]:
    """Cuts two rows of units at those found once in each, in the same order: 0 is an anchor, 1 what lies between."""
    once_in_old, once_in_new = Counter(old), Counter(new)
    place_in_new = {unit: place for place, unit in enumerate(new) if once_in_new[unit] == 1}
    pairs = [
        (place, place_in_new[unit])
        for place, unit in enumerate(old)
        if once_in_old[unit] == 1 and unit in place_in_new
    ]
    old_from = new_from = 0
    for old_place, new_place in longest_rise(pairs):
        yield 1, "".join(old[old_from:old_place]), "".join(new[new_from:new_place])
        yield 0, old[old_place], new[new_place]
        old_from, new_from = old_place + 1, new_place + 1
    yield 1, "".join(old[old_from:]), "".join(new[new_from:])


def longest_rise(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that rises on both sides."""
    ends: list[int] = []
    ending: list[int] = []
    before: list[int | None] = []
    for place, (_, value) in enumerate(pairs):
        length = bisect_left(ends, value)
        ends[length : length + 1] = [value]
        ending[length : length + 1] = [place]
        before.append(ending[length - 1] if length else None)
    run = []
    place_now = ending[-1] if ending else None
    while place_now is not None:
        run.append(pairs[place_now])
        place_now = before[place_now]
    return run[::-1]


def _tidy(parts: list[tuple[Change, str]]) -> list[tuple[Change, str]]:
    """Joins neighbours of one kind and puts what was removed before what was added between two unchanged passages."""
    tidy: list[tuple[Change, str]] = []
    removed = added = ""
    for change, text in [*parts, ("same", "")]:
        if change == "removed":
            removed += text
        elif change == "added":
            added += text
        else:
            tidy += [("removed", removed)] if removed else []
            tidy += [("added", added)] if added else []
            removed = added = ""
            if text and tidy and tidy[-1][0] == "same":
                tidy[-1] = ("same", tidy[-1][1] + text)
            elif text:
                tidy.append(("same", text))
    return tidy
