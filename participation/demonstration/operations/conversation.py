"""Comments of the demonstration: written, answered, supported, hidden; and who has none."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from participation.comments.models import CommentKind, WordingAction, WordingChange
from participation.comments.operations import (
    give_nil_return,
    hide_comment,
    post_comment,
    reply_to_comment,
    support_comment,
)
from participation.comments.queries import place_in_text
from participation.consultations.models import Provision
from participation.foundation import clock
from participation.foundation.database import new_key
from participation.texts.quoting import passages_of

from ..queries import entries

if TYPE_CHECKING:
    from .loading import Demonstration


class Conversation:
    """The comments while they come to be."""

    def __init__(self, network: Demonstration) -> None:
        self.network = network
        self.time = network.time

    def plan(self) -> None:
        for entry in entries("comments.toml", "comment"):
            self._plan_comment(entry)
        for entry in entries("comments.toml", "nil_return"):
            moment = self._while_open(entry["consultation"], self.time.hours_ago(entry["hours_ago"]))
            self.time.at(moment, lambda entry=entry: self._give_nil_return(entry))  # type: ignore[misc]

    def _plan_comment(self, entry: dict[str, Any]) -> None:
        moment = self._while_open(entry["consultation"], self.time.hours_ago(entry["hours_ago"]))
        self.time.at(moment, lambda: self._post(entry))
        for reply in entry.get("reply", []):
            later = self._while_open(entry["consultation"], self.time.hours_ago(reply["hours_ago"]))
            self.time.at(max(later, moment), lambda reply=reply: self._reply(entry, reply))  # type: ignore[misc]
        if "hidden" in entry:
            hidden = entry["hidden"]
            self.time.at(
                max(self.time.hours_ago(hidden["hours_ago"]), moment),
                lambda: hide_comment(
                    self.network.people[hidden["by"]], self.network.comments[entry["key"]], hidden["reason"]
                ),
            )

    def _give_nil_return(self, entry: dict[str, Any]) -> None:
        person, organisation = self.network.speaker(entry["organisation"])
        give_nil_return(person, organisation, self.network.consultations[entry["consultation"]])

    def _while_open(self, consultation: str, moment: datetime) -> datetime:
        """The moment, or the nearest one at which the consultation took comments."""
        entry = next(row for row in entries("consultations.toml", "consultation") if row["key"] == consultation)
        today = clock.local(self.time.now).date()
        first = clock.start_of(today + timedelta(days=entry["opens_in"])) + timedelta(minutes=2)
        last = min(clock.end_of(today + timedelta(days=entry["internal_deadline_in"])), self.time.now)
        return max(first, min(moment, last))

    def _post(self, entry: dict[str, Any]) -> None:
        consultation = self.network.consultations[entry["consultation"]]
        labels = entry["provision"]
        place = place_in_text(consultation, self._provision(entry, labels).key if labels else "")
        is_wording = entry["kind"] == CommentKind.WORDING
        source = "\n\n".join(text for text in (entry["body"].strip(), entry.get("reasons", "").strip()) if text)
        comment = post_comment(
            self.network.people[entry["author"]],
            self.network.organisations.get(entry["organisation"]),
            consultation,
            place,
            kind=CommentKind(entry["kind"]),
            source=source,
            wording_action=WordingAction(entry["action"]) if is_wording else None,
            wording=entry.get("wording", ""),
            after=self._after(entry, entry),
            further=[self._further(entry, further) for further in entry.get("further", [])],
            passage=passages_of(place.text, entry["quote"])[0] if "quote" in entry else None,
            seen=place.seen,
            form_key=new_key(),
        )
        self.network.comments[entry["key"]] = comment
        for organisation in entry.get("supports", []):
            support_comment(*self.network.speaker(organisation), comment)

    def _provision(self, entry: dict[str, Any], labels: list[str]) -> Provision:
        return self.network.labels[entry["consultation"]].find(labels)

    def _after(self, entry: dict[str, Any], change: dict[str, Any]) -> Provision | None:
        return self._provision(entry, change["after"]) if "after" in change else None

    def _further(self, entry: dict[str, Any], further: dict[str, Any]) -> WordingChange:
        return WordingChange(
            self._provision(entry, further["provision"]),
            WordingAction(further["action"]),
            further["wording"],
            self._after(entry, further),
        )

    def _reply(self, entry: dict[str, Any], reply: dict[str, Any]) -> None:
        reply_to_comment(
            self.network.people[reply["author"]],
            self.network.organisations.get(reply["organisation"]),
            self.network.comments[entry["key"]],
            source=reply["body"],
            form_key=new_key(),
        )
