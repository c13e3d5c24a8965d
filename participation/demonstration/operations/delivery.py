"""Submissions of the demonstration: compiled, frozen, sent, answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from participation.bodies.models import PublicBody
from participation.bodies.queries import body_by_name
from participation.foundation import clock
from participation.foundation.database import new_key, session
from participation.submissions.models import Channel, Outcome, Submission, preview_fingerprint
from participation.submissions.models.comparing import findings_of
from participation.submissions.operations import (
    GivenAnswer,
    SubmissionContent,
    compile_submission,
    confirm_uptake,
    correct_uptake,
    freeze_submission,
    keep_uptake,
    record_answers,
    send_submission,
)
from participation.submissions.queries import answers_of, contents_now, state_of_answers
from participation.submissions.queries.uptake import comparison_of_points, uptakes_of
from participation.texts.uptake import Verdict

from ..queries import entries
from .agreement import Agreement

if TYPE_CHECKING:
    from .loading import Demonstration


class Delivery:
    """The submissions while they go out and come back."""

    def __init__(self, network: Demonstration, agreement: Agreement) -> None:
        self.network = network
        self.agreement = agreement
        self.time = network.time
        self.submissions: dict[str, Submission] = {}

    def plan(self) -> None:
        for entry in entries("submissions.toml", "submission"):
            self._plan_submission(entry)

    def _plan_submission(self, entry: dict[str, Any]) -> None:
        sent = self.time.day(entry["sent_in"]) + timedelta(hours=3)
        self.time.at(sent - timedelta(hours=1), lambda: self._compile(entry))
        self.time.at(sent, lambda: self._send(entry))
        for moment in sorted(
            {self._answered(answer) for answer in entry.get("answer", []) if self._is_dated(answer)}
        ):
            self.time.at(moment, lambda moment=moment: self._record(entry, moment))  # type: ignore[misc]
        consultation = self._consultation(entry)
        if "answered_in" in consultation:
            last = self.time.day(consultation["answered_in"]) + timedelta(hours=4)
            self.time.at(last, lambda: self._note_silence(entry))
        if "checked_in" in entry:
            self.time.at(self.time.day(entry["checked_in"]), lambda: self._check(entry))

    @staticmethod
    def _is_dated(answer: dict[str, Any]) -> bool:
        return "answered_days_ago" in answer

    def _answered(self, answer: dict[str, Any]) -> datetime:
        return self.time.day(-answer["answered_days_ago"]) + timedelta(hours=2)

    def _consultation(self, entry: dict[str, Any]) -> dict[str, Any]:
        position = next(row for row in entries("positions.toml", "position") if row["key"] == entry["positions"][0])
        key = position["consultation"]
        return next(row for row in entries("consultations.toml", "consultation") if row["key"] == key)

    def _compile(self, entry: dict[str, Any]) -> None:
        actor = self.network.people[entry["compiled_by"]]
        submission = compile_submission(
            actor,
            self.network.consultations[self._consultation(entry)["key"]],
            SubmissionContent(
                title=entry["title"],
                language="sl",
                cover=entry["letter"].strip(),
                summary=entry["summary"].strip(),
                addressees=_bodies(entry["bodies"]),
                copies=_bodies(entry["copies"]),
                positions=[self.agreement.positions[key] for key in entry["positions"]],
            ),
            form_key=new_key(),
        )
        session.flush()
        address = self.network.address_of(submission.slug)
        seen = preview_fingerprint(contents_now(submission, address))
        freeze_submission(actor, submission, sha256_seen=seen, address=address)
        self.submissions[entry["key"]] = submission

    def _send(self, entry: dict[str, Any]) -> None:
        send_submission(
            self.network.people[entry["compiled_by"]],
            self.submissions[entry["key"]],
            sent_on=clock.today(),
            channel=Channel(entry["channel"]),
            register_number=entry["register_number"],
            answer_due_on=clock.local(self.time.now).date() + timedelta(days=entry["answer_due_in"]),
        )

    def _record(self, entry: dict[str, Any], moment: datetime) -> None:
        """The answers that came on that day, body by body."""
        for body in _bodies(entry["bodies"]):
            given = {
                self._row(entry, answer): GivenAnswer(
                    outcome=Outcome(answer["outcome"]),
                    words=answer["words"],
                    source=answer["source"],
                    answered_on=clock.today(),
                )
                for answer in entry["answer"]
                if self._is_dated(answer) and self._answered(answer) == moment and answer["body"] == body.name
            }
            self._save(entry, body, given)

    def _note_silence(self, entry: dict[str, Any]) -> None:
        """Whatever a body has not answered by then stays without a reply."""
        submission = self.submissions[entry["key"]]
        for body in _bodies(entry["bodies"]):
            answered = answers_of(submission, body)
            silent = {
                point.id: GivenAnswer(outcome=Outcome.NO_REPLY)
                for point in submission.points
                if point.id not in answered
            }
            self._save(entry, body, silent)

    def _check(self, entry: dict[str, Any]) -> None:
        """What the worker finds in the adopted text, and what a person says of it."""
        actor, submission = self.network.people[entry["compiled_by"]], self.submissions[entry["key"]]
        adopted = submission.consultation.adopted_text
        if adopted is None:
            raise LookupError(f"no adopted text for {submission.slug}")
        keep_uptake(
            self.network.operator, submission, adopted, findings_of(comparison_of_points(submission, adopted))
        )
        uptakes = {uptake.point.number: uptake for uptake in uptakes_of(submission).values()}
        for said in entry.get("uptake", []):
            uptake = uptakes[said["point"]]
            if "verdict" in said:
                correct_uptake(actor, submission, uptake.id, Verdict(said["verdict"]), said["reason"], seen=0)
            else:
                confirm_uptake(actor, submission, [uptake.id])

    def _save(self, entry: dict[str, Any], body: PublicBody, given: dict[int, GivenAnswer]) -> None:
        submission = self.submissions[entry["key"]]
        seen = state_of_answers(answers_of(submission, body))
        record_answers(self.network.people[entry["compiled_by"]], submission, body, given, seen=seen)
        session.flush()

    def _row(self, entry: dict[str, Any], answer: dict[str, Any]) -> int:
        """The row of a point that the content calls by its position and its number there."""
        position = self.agreement.positions[answer["position"]]
        own = [point.id for point in position.points]
        wanted = own[answer["point"] - 1]
        points = self.submissions[entry["key"]].points
        return next(point.id for point in points if point.point_id == wanted)


def _bodies(names: list[str]) -> list[PublicBody]:
    return [body for name in names if (body := body_by_name(name)) is not None]
