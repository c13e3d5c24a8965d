"""From the findings in an edited file to what can be posted of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from participation.comments.queries import Place
from participation.consultations.models import Provision, TextVersion
from participation.foundation.language import _, force_locale
from participation.texts.markdown import MAXIMUM_CHARACTERS, normalise
from participation.texts.quoting import passages_of
from participation.texts.word.demands import DraftInWord
from participation.texts.word.findings import Findings, Left, Proposal, Reason, Said
from participation.texts.word.marking import mark

from .drafts import Spoken

# A passage longer than this is named by its provision alone.
LONGEST_QUOTE = 300


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
    organisation_id: int | None,
) -> Sorted:
    """What is new in a file, in reading order. What others had said already stays theirs."""
    known = _Known(draft, spoken, organisation_id)
    provisions = {one.key: one for one in version.provisions}
    order = {key: place for place, key in enumerate(provisions)}
    found: list[dict[str, Any]] = []
    left = list(findings.left)
    count = 0
    asked: list[Proposal | Said] = [*findings.proposals, *findings.said]
    for one in asked:
        if known.has(one):
            count += 1
        elif any(len(text) > MAXIMUM_CHARACTERS for text in _texts(one)):
            left.append(Left(Reason.UNPLACED, one.author, text=_texts(one)[0][:LONGEST_QUOTE] + "…"))
        else:
            found.append(_item(one, version, provisions.get(one.key), known))
    found.sort(key=lambda item: order.get(item["provision"], -1))
    for number, item in enumerate(found):
        item["number"] = number
    return Sorted(found, [asdict(one) for one in left], count)


def _texts(one: Proposal | Said) -> tuple[str, ...]:
    return (one.wording, one.reasons) if isinstance(one, Proposal) else (one.text,)


def _item(one: Proposal | Said, version: TextVersion, provision: Provision | None, known: _Known) -> dict[str, Any]:
    item: dict[str, Any] = {
        "provision": one.key,
        "path": provision.path if provision else "",
        "seen": Place(version, provision).seen,
        "existing": provision.text if provision else "",
        "author": one.author,
        "action": "",
        "wording": "",
        "quote": "",
    }
    flags = [] if one.author not in known.others else ["others"]
    if isinstance(one, Said):
        flags += ["answer"] if one.answers else []
        item["quote"] = _quote(one, item["existing"])
        return item | {"source": normalise(one.text), "flags": flags, "chosen": "others" not in flags}
    flags += [name for name in ("drifted", "moved", "untracked") if getattr(one, name)]
    with force_locale(version.consultation.language):
        reasons = normalise(one.reasons) or str(_("Proposed in a Word file, without a comment beside it."))
    item |= {"action": one.action.value, "wording": normalise(one.wording), "source": reasons, "flags": flags}
    return item | {"chosen": not {"others", "untracked"} & set(flags)}


def _quote(one: Said, existing: str) -> str:
    """The words that a comment stands on, where they are only a part of the provision."""
    is_part = bool(one.words) and len(one.words) < min(LONGEST_QUOTE, len(existing))
    return one.words if is_part and passages_of(existing, one.words) else ""


class _Known:
    """What has been said on the draft before, as a file that came from here would say it again."""

    def __init__(self, draft: DraftInWord, spoken: Sequence[Spoken], organisation_id: int | None) -> None:
        own = {one.speaker for one in spoken if one.organisation_id == organisation_id and organisation_id}
        self.others = {one.speaker for one in spoken if one.speaker} - own
        self._wordings = {
            (who, one.key, one.action.value, normalise(one.wording))
            for one in spoken
            if one.action
            for who in _names(one, organisation_id)
        }
        self._texts = {(who, normalise(one.source)) for one in spoken for who in _names(one, organisation_id)}
        marked = mark(draft.provisions, draft.keys, draft.demands)
        self._texts |= {(one.author, normalise(one.text)) for one in draft.notes}
        for one in marked:
            for demand in one.excluded:
                self._texts.add((demand.author, normalise(draft.excluded(demand))))

    def has(self, one: Proposal | Said) -> bool:
        """Whether it is there, in the name of the file's author or of the organisation that loads the file."""
        for who in (one.author, ""):
            if isinstance(one, Proposal):
                if (who, one.key, one.action.value, normalise(one.wording)) in self._wordings:
                    return True
            elif (who, normalise(one.text)) in self._texts:
                return True
        return False


def _names(one: Spoken, organisation_id: int | None) -> Iterator[str]:
    """Under whose name it counts as said; nobody's name is that of the organisation that loads a file."""
    if one.speaker:
        yield one.speaker
    if organisation_id is not None and one.organisation_id == organisation_id:
        yield ""
