"""Comparing what a submission demanded with the adopted text: what is asked, and what is found of each point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from participation.texts.uptake import Adopted, Demand, Finding, Verdict, find_uptake


@dataclass(frozen=True)
class Asked:
    """One wording that a point demands of the text version with this number of a row."""

    point_id: int
    draft_id: int
    demand: Demand


@dataclass(frozen=True)
class Comparison:
    """All that is needed to compare, as plain values: it takes a while, and no transaction stays open meanwhile."""

    asked: Sequence[Asked]
    drafts: Mapping[int, Sequence[Adopted]]
    adopted: Sequence[Adopted]


def findings_of(comparison: Comparison) -> dict[int, Finding]:
    """What became of each point, by the numbers of their rows."""
    found: dict[int, list[tuple[Demand, Finding]]] = {}
    for draft_id, draft in comparison.drafts.items():
        own = [one for one in comparison.asked if one.draft_id == draft_id]
        findings = find_uptake([one.demand for one in own], draft, comparison.adopted)
        for one, finding in zip(own, findings, strict=True):
            found.setdefault(one.point_id, []).append((one.demand, finding))
    return {point_id: _together(findings) for point_id, findings in found.items()}


def _together(found: Sequence[tuple[Demand, Finding]]) -> Finding:
    """Of a point that asks for several wordings: all of them, some of them, none, or the opposite of one."""
    findings = [finding for _demand, finding in found]
    if len(findings) == 1:
        return findings[0]
    weights = [max(len((demand.demanded or demand.existing).split()), 1) for demand, _finding in found]
    share = sum(weight * one.share for weight, one in zip(weights, findings, strict=True)) / sum(weights)
    return Finding(
        _verdict_of_all({one.verdict for one in findings}),
        tuple(passage for one in findings for passage in one.taken),
        tuple(passage for one in findings for passage in one.missing),
        tuple(dict.fromkeys(key for one in findings for key in one.keys)),
        share,
    )


def _verdict_of_all(verdicts: set[Verdict]) -> Verdict:
    if len(verdicts) == 1:
        return next(iter(verdicts))
    if verdicts & {Verdict.VERBATIM, Verdict.PART}:
        return Verdict.PART
    return Verdict.OPPOSITE
