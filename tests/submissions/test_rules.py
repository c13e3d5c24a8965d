"""Who may do what with submissions: tables of state x person."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from factories import (
    CommentFactory,
    OrganisationFactory,
    administrator,
    contributor,
    coordinator,
    council_representative,
    representative,
)
from submissions.making import (
    SubmissionFactory,
    consultation_in_cosigning,
    cosigned,
    frozen,
    opened_position,
    sent_quietly,
    submission_of,
)

from participation.accounts.models import Operator, Visitor
from participation.comments.models import CommentState
from participation.consultations.models import ConsultationState, Phase
from participation.foundation import clock
from participation.submissions import rules
from participation.web import Application

PEOPLE = {
    "visitor": Visitor,
    "contributor": contributor,
    "representative": representative,
    "administrator": administrator,
    "council": council_representative,
    "coordinator": coordinator,
    "operator": Operator,
}
NOBODY: set[str] = set()
ALL = set(PEOPLE)
LEADERS = {"council", "coordinator", "operator"}
STATES = ("compiled", "frozen", "sent")


def in_state(state: str) -> Any:
    author = coordinator()
    submission = submission_of(opened_position(consultation_in_cosigning(), author), author)
    if state != "compiled":
        frozen(submission)
    if state == "sent":
        sent_quietly(submission)
    return submission


TABLE = [
    (rules.may_see_submission, {"compiled": LEADERS, "frozen": LEADERS, "sent": ALL}),
    (rules.may_edit_submission, {"compiled": LEADERS, "frozen": NOBODY, "sent": NOBODY}),
    (rules.may_discard_submission, {"compiled": LEADERS, "frozen": LEADERS, "sent": NOBODY}),
    (rules.may_freeze_submission, {"compiled": LEADERS, "frozen": NOBODY, "sent": NOBODY}),
    (rules.may_produce_documents, {"compiled": NOBODY, "frozen": LEADERS, "sent": LEADERS}),
    (rules.may_download_document, {"compiled": NOBODY, "frozen": LEADERS, "sent": ALL}),
    (rules.may_send_submission, {"compiled": NOBODY, "frozen": LEADERS, "sent": NOBODY}),
    (rules.may_record_answers, {"compiled": NOBODY, "frozen": NOBODY, "sent": LEADERS}),
]


@pytest.mark.parametrize("state", STATES)
def test_who_may_do_what_in_each_state(app: Application, state: str) -> None:
    submission = in_state(state)
    people = {name: make() for name, make in PEOPLE.items()}
    got = {rule.__name__: {name for name, person in people.items() if rule(person, submission)} for rule, _ in TABLE}
    assert got == {rule.__name__: allowed[state] for rule, allowed in TABLE}


PHASES = {
    Phase.PREPARING: NOBODY,
    Phase.ANNOUNCED: NOBODY,
    Phase.OPEN: LEADERS,
    Phase.POSITIONS: LEADERS,
    Phase.COSIGNING: LEADERS,
    Phase.SUBMITTED: LEADERS,
    Phase.ANSWERED: LEADERS,
    Phase.CONCLUDED: NOBODY,
}


def consultation_in(phase: Phase) -> Any:
    day = clock.today()
    consultation = consultation_in_cosigning()
    if phase is Phase.PREPARING:
        consultation.state = ConsultationState.PREPARING
    if phase is Phase.ANNOUNCED:
        consultation.opens_on, consultation.internal_deadline_on = day + timedelta(days=1), day + timedelta(days=2)
    if phase is Phase.OPEN:
        consultation.internal_deadline_on = day
    if phase is Phase.POSITIONS:
        consultation.cosigning_from_on = day + timedelta(days=1)
    for reached, name in (
        (Phase.SUBMITTED, "submitted_on"),
        (Phase.ANSWERED, "answered_on"),
        (Phase.CONCLUDED, "concluded_on"),
    ):
        if phase is reached:
            setattr(consultation, name, day)
    assert consultation.phase is phase
    return consultation


@pytest.mark.parametrize("phase", list(Phase))
def test_submissions_are_compiled_from_the_opening_to_the_conclusion(app: Application, phase: Phase) -> None:
    consultation = consultation_in(phase)
    allowed = {name for name, make in PEOPLE.items() if rules.may_compile_submission(make(), consultation)}
    assert allowed == PHASES[phase]


def test_an_empty_submission_is_not_frozen(app: Application) -> None:
    author = coordinator()
    consultation = consultation_in_cosigning()
    submission = SubmissionFactory(consultation=consultation, compiled_by=author, addressees=[consultation.body])
    assert str(rules.may_freeze_submission(author, submission).reason) == (
        "Choose at least one position or comment before you freeze the submission."
    )


def test_a_submission_whose_only_comment_was_hidden_is_not_frozen(app: Application) -> None:
    author = coordinator()
    consultation = consultation_in_cosigning()
    comment = CommentFactory(consultation=consultation, organisation=OrganisationFactory())
    submission = SubmissionFactory(
        consultation=consultation, compiled_by=author, addressees=[consultation.body], comments=[comment]
    )
    assert rules.may_freeze_submission(author, submission)
    comment.state = CommentState.HIDDEN
    assert not rules.may_freeze_submission(author, submission)


def test_a_submission_without_addressee_is_not_frozen(app: Application) -> None:
    author = coordinator()
    submission = submission_of(opened_position(consultation_in_cosigning(), author), author, addressees=[])
    assert str(rules.may_freeze_submission(author, submission).reason) == (
        "Choose at least one addressee before you freeze the submission."
    )


def test_signing_in_helps_only_those_who_are_signed_out(app: Application) -> None:
    submission = in_state("frozen")
    assert rules.may_send_submission(Visitor(), submission).sign_in_helps
    assert not rules.may_send_submission(contributor(), submission).sign_in_helps


DAYS = [
    (0, None, [], ""),
    (0, 30, [], ""),
    (1, None, [], "This day is still to come. Record the submission on the day it is sent."),
    (-1, None, [], "The submission was frozen after this day, so it cannot have been sent then."),
    (0, -1, [], "The answer cannot be expected before the submission is sent."),
    (
        0,
        None,
        [("Društvo Lipa", 0)],
        "Since the submission was frozen, these organisations have withdrawn their co-signature: Društvo Lipa. "
        "Discard this submission and compile it anew without them.",
    ),
    # It had gone out before the signature was taken back.
    (0, None, [("Društvo Lipa", 1)], ""),
]


@pytest.mark.parametrize(("sent", "due", "withdrawn", "reason"), DAYS)
def test_on_which_day_a_submission_can_have_gone_out(
    app: Application, sent: int, due: int | None, withdrawn: list[tuple[str, int]], reason: str
) -> None:
    submission = in_state("frozen")

    def day(distance: int) -> date:
        return clock.today() + timedelta(days=distance)

    verdict = rules.day_for_sending(
        submission, day(sent), None if due is None else day(due), [(name, day(when)) for name, when in withdrawn]
    )
    assert str(verdict.reason) == reason
    assert bool(verdict) == (reason == "")


def test_a_signature_changes_nothing_about_who_may_freeze(app: Application) -> None:
    """Noise: an organisation that signed does not get to freeze."""
    author = coordinator()
    position = opened_position(consultation_in_cosigning(), author)
    signature = cosigned(position, OrganisationFactory())
    assert not rules.may_freeze_submission(signature.signer, submission_of(position, author))
