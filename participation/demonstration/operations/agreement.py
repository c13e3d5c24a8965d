"""Positions of the demonstration: drafted, discussed, opened, signed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from participation.bodies.queries import body_by_name
from participation.comments.models import WordingAction
from participation.foundation import clock
from participation.foundation.database import new_key, session
from participation.positions.models import Decision, OmissionKind, Position, Stance, canonical_bytes, fingerprint
from participation.positions.operations import (
    PointContent,
    Why,
    add_point,
    cosign_position,
    draft_position,
    edit_position,
    leave_out_comments,
    open_position,
    post_remark,
)

from ..queries import entries

if TYPE_CHECKING:
    from .loading import Demonstration


class Agreement:
    """The positions while they come to be."""

    def __init__(self, network: Demonstration) -> None:
        self.network = network
        self.time = network.time
        self.positions: dict[str, Position] = {}

    def plan(self) -> None:
        for entry in entries("positions.toml", "position"):
            self._plan_position(entry)

    def _plan_position(self, entry: dict[str, Any]) -> None:
        drafted = self.time.hours_ago(entry["drafted_hours_ago"])
        self.time.at(drafted, lambda: self._draft(entry))
        for remark in entry.get("remark", []):
            self.time.at(
                max(self.time.hours_ago(remark["hours_ago"]), drafted),
                lambda remark=remark: self._remark(entry, remark),  # type: ignore[misc]
            )
        if entry["state"] == "drafted":
            return
        opened = max(self._opening(entry), drafted + timedelta(minutes=5))
        self.time.at(opened, lambda: self._open(entry))
        for signature in entry.get("cosignature", []):
            self.time.at(
                max(self.time.hours_ago(signature["hours_ago"]), opened + timedelta(minutes=5)),
                lambda signature=signature: self._cosign(entry, signature),  # type: ignore[misc]
            )

    def _opening(self, entry: dict[str, Any]) -> datetime:
        return self.time.day(self._consultation(entry)["cosigning_opens_in"])

    @staticmethod
    def _consultation(entry: dict[str, Any]) -> dict[str, Any]:
        return next(
            row for row in entries("consultations.toml", "consultation") if row["key"] == entry["consultation"]
        )

    def _draft(self, entry: dict[str, Any]) -> None:
        author = self.network.people[entry["drafted_by"]]
        position = draft_position(
            author,
            self.network.consultations[entry["consultation"]],
            title=entry["title"],
            comments=[],
            form_key=new_key(),
        )
        for point in entry["point"]:
            self._add_point(entry, position, point)
        session.flush()
        edit_position(
            author,
            position,
            revision=position.revision,
            title=entry["title"],
            summary=entry["summary"].strip(),
            general=entry["general"].strip(),
            addressees=[body for name in entry["addressees"] if (body := body_by_name(name)) is not None],
        )
        self.positions[entry["key"]] = position
        for omission in entry.get("omission", []):
            comments = [self.network.comments[key].id for key in omission["comments"]]
            why = Why(OmissionKind(omission["kind"]), omission["words"])
            leave_out_comments(author, position, comments, why, seen=0)

    def _add_point(self, entry: dict[str, Any], position: Position, point: dict[str, Any]) -> None:
        labels = self.network.labels[entry["consultation"]]
        added = add_point(
            self.network.people[entry["drafted_by"]],
            position,
            PointContent(
                action=WordingAction(point["action"]),
                provisions=[labels.find(path) for path in point["provisions"]],
                existing=point["existing"],
                demanded=point["demanded"],
                reasons=point["reasons"],
            ),
            form_key=new_key(),
        )
        added.comments = [self.network.comments[key] for key in point.get("comments", [])]

    def _remark(self, entry: dict[str, Any], remark: dict[str, Any]) -> None:
        post_remark(
            self.network.people[remark["author"]],
            self.positions[entry["key"]],
            self.network.organisations.get(remark["organisation"]),
            source=remark["body"],
            form_key=new_key(),
        )

    def _open(self, entry: dict[str, Any]) -> None:
        position = self.positions[entry["key"]]
        session.expire(position, ["points"])
        until = clock.local(self.time.now).date() + timedelta(days=self._consultation(entry)["cosigning_deadline_in"])
        open_position(
            self.network.people[entry["drafted_by"]],
            position,
            until=until,
            sha256_seen=fingerprint(canonical_bytes(position, 1)),
        )

    def _cosign(self, entry: dict[str, Any], signature: dict[str, Any]) -> None:
        position = self.positions[entry["key"]]
        version = position.versions[-1]
        cosign_position(
            self.network.people[signature["person"]],
            version,
            self.network.organisations[signature["organisation"]],
            sha256_seen=version.sha256,
            decision=_decision(signature),
            form_key=new_key(),
        )


def _decision(signature: dict[str, Any]) -> Decision:
    conditions = {int(number): wording for number, wording in signature.get("conditions", {}).items()}
    return Decision(
        Stance(signature.get("stance", "signs")),
        tuple(signature.get("excepted", ())),
        conditions,
        signature["statement"],
    )
