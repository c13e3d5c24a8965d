"""Which comment a reply in a file answers: one on the page, or a new one of the same file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from participation.texts.word.findings import Findings, Proposal, Said

from .known import Known

# So much of a comment says which one is meant.
LONGEST_BEGINNING = 160


class Answering:
    """Finds what each comment of a file answers, as the comment that begins the thread: replies go one level deep."""

    def __init__(self, findings: Findings, known: Known) -> None:
        self._known = known
        asked: Sequence[Proposal | Said] = (*findings.proposals, *findings.said)
        self._by_remark: dict[int, Proposal | Said] = {one.remark: one for one in asked if one.remark}

    def answered(self, one: Said, items: Mapping[int, int]) -> dict[str, Any]:
        """What an item says of the one it answers: {"comment"} by its number on the page, or {"item"} by its number
        among the items, with {"whom", "words"}; nothing for what answers none that is there.

        `items` are the numbers of items by those of the comments in the file that they were made of.
        """
        number, remark = self._top(one)
        spoken = self._known.top_of(number)
        if spoken is not None:
            return {"comment": spoken.number, "item": -1, "whom": spoken.speaker, "words": _beginning(spoken.source)}
        if remark not in items:
            return {}
        new = self._by_remark[remark]
        words = new.reasons if isinstance(new, Proposal) else new.text
        return {"comment": 0, "item": items[remark], "whom": new.author, "words": _beginning(words)}

    def _top(self, one: Said) -> tuple[int, int]:
        """The number on the page (0 for none) and in the file of the comment that begins the thread."""
        number, remark = one.answers_known, one.answers_remark
        seen: set[int] = set()
        while remark not in seen:
            seen.add(remark)
            answered = self._by_remark.get(remark)
            if answered is None or self._known.top_of(number) is not None:
                break
            number = self._known.number_of(answered) or number
            if not isinstance(answered, Said) or not answered.answers_remark or number:
                break
            number, remark = answered.answers_known, answered.answers_remark
        return number, remark


def _beginning(words: str) -> str:
    return words if len(words) <= LONGEST_BEGINNING else words[: LONGEST_BEGINNING - 1].rstrip() + "…"
