"""From the findings in an edited file to what can be posted of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from participation.comments.queries import Place
from participation.consultations.models import Provision, TextVersion
from participation.foundation.language import _, force_locale
from participation.texts.markdown import MAXIMUM_CHARACTERS, normalise, to_html
from participation.texts.quoting import passages_of
from participation.texts.word.demands import DraftInWord
from participation.texts.word.findings import Findings, Left, Proposal, Reason, Said

from .answering import Answering
from .known import Known
from .spoken import Spoken

# So much of what is too long to be posted says what it is.
LONGEST_LEFT = 300


@dataclass(frozen=True)
class Sorted:
    """`items` and `left` as EditedFile keeps them; `known` counts what stands on the page already."""

    items: list[dict[str, Any]]
    left: list[dict[str, Any]]
    known: int


def sorted_findings(
    findings: Findings,
    version: TextVersion,
    draft: DraftInWord,
    spoken: Sequence[Spoken],
    hidden: Sequence[Spoken],
    organisation_id: int | None,
) -> Sorted:
    """What is new in a file, in reading order. What others had said already stays theirs."""
    known = Known(draft, spoken, hidden, organisation_id)
    provisions = {one.key: one for one in version.provisions}
    order = {key: place for place, key in enumerate(provisions)}
    new: list[Proposal | Said] = []
    left = list(findings.left)
    count = 0
    asked: list[Proposal | Said] = [*findings.proposals, *findings.said]
    for one in asked:
        if known.number_of(one):
            count += 1
        elif any(len(text) > MAXIMUM_CHARACTERS for text in _texts(one)):
            left.append(Left(Reason.UNPLACED, one.author, text=_texts(one)[0][:LONGEST_LEFT] + "…"))
        else:
            new.append(one)
    new.sort(key=lambda one: order.get(one.key, -1))
    made = _Items(version, provisions, known, Answering(findings, known), new)
    return Sorted([made.item(number, one) for number, one in enumerate(new)], [asdict(one) for one in left], count)


def _texts(one: Proposal | Said) -> tuple[str, ...]:
    return (one.wording, one.reasons) if isinstance(one, Proposal) else (one.text,)


class _Items:
    """Makes the items of a file in the terms of EditedFile."""

    def __init__(
        self,
        version: TextVersion,
        provisions: dict[str, Provision],
        known: Known,
        answering: Answering,
        new: Sequence[Proposal | Said],
    ) -> None:
        self._version, self._provisions = version, provisions
        self._known, self._answering = known, answering
        self._numbers = {one.remark: number for number, one in enumerate(new) if one.remark}

    def item(self, number: int, one: Proposal | Said) -> dict[str, Any]:
        provision = self._provisions.get(one.key)
        item: dict[str, Any] = {
            "number": number,
            "provision": one.key,
            "path": provision.path if provision else "",
            "seen": Place(self._version, provision).seen,
            "existing": provision.text if provision else "",
            "author": one.author,
            "action": "",
            "wording": "",
            "after": "",
            "after_path": "",
            "quote": "",
            "quote_at": 0,
            "answers": {},
        }
        flags = [] if one.author not in self._known.others else ["others"]
        own = self._of_comment(one, item) if isinstance(one, Said) else self._of_proposal(one)
        flags += own.pop("flags")
        own["html"] = to_html(own["source"])
        return item | own | {"flags": flags, "chosen": not {"others", "untracked", "reworded"} & set(flags)}

    def _of_comment(self, one: Said, item: dict[str, Any]) -> dict[str, Any]:
        answers = self._answering.answered(one, self._numbers)
        flags = ["reworded"] if self._known.is_reworded(one) else []
        flags += ["answers_none"] if one.answers_remark and not answers else []
        quote = {"quote": _quote(one, item["existing"]), "quote_at": one.start}
        return {**quote, "source": normalise(one.text), "answers": answers, "flags": flags}

    def _of_proposal(self, one: Proposal) -> dict[str, Any]:
        with force_locale(self._version.consultation.language):
            reasons = normalise(one.reasons) or str(_("Proposed in a Word file, without a comment beside it."))
        after = self._provisions.get(one.after)
        return {
            "action": one.action.value,
            "wording": normalise(one.wording),
            "after": one.after,
            "after_path": (after.path or after.label) if after else "",
            "source": reasons,
            "flags": [name for name in ("drifted", "inexact", "untracked") if getattr(one, name)],
        }


def _quote(one: Said, existing: str) -> str:
    """The words that a comment stands on, where they are only a part of the provision."""
    is_part = bool(one.words) and len(one.words) < len(existing)
    return one.words if is_part and passages_of(existing, one.words) else ""
