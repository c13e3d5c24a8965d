"""Submissions in each state for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from factories import ConsultationFactory, Factory, PositionFactory, representative
from factory import LazyFunction, Sequence

from participation.foundation import clock
from participation.foundation.database import new_key, session
from participation.organisations.models import Organisation
from participation.positions.models import (
    Cosignature,
    Point,
    Position,
    PositionState,
    PositionVersion,
    difference_html,
)
from participation.positions.models import canonical_bytes as canonical_bytes_of_position
from participation.submissions.models import (
    Channel,
    Enclosure,
    Submission,
    SubmissionState,
    fingerprint,
    preview_fingerprint,
)
from participation.submissions.operations import Way, deliver_submission, freeze_submission
from participation.submissions.queries import contents_now

SITE = "https://mreza.example/submissions/"


class SubmissionFactory(Factory):
    """A submission that is being compiled; give it a consultation, who compiles it, and what it carries."""

    class Meta:
        model = Submission

    title = Sequence(lambda n: f"Pripombe mreže {n}")
    slug = Sequence(lambda n: f"pripombe-mreze-{n}")
    language = "sl"
    summary = "Prva zahteva\nDruga zahteva"
    form_key = LazyFunction(new_key)


def add_submissions(world: Any) -> None:
    """One submission in each state, of the position that is open for co-signing.

    The position stays open, so that other rooms' tests can still sign it.
    """
    values = {
        "consultation": world.cosigning_consultation,
        "compiled_by": world.people["coordinator"],
        "addressees": [world.body],
        "positions": [world.opened_position],
    }
    world.compiled_submission = SubmissionFactory(slug="sestavljena-oddaja", **values)
    world.frozen_submission = frozen(SubmissionFactory(slug="zamrznjena-oddaja", **values))
    world.sent_submission = sent_quietly(frozen(SubmissionFactory(slug="poslana-oddaja", **values)))


def fingerprint_now(submission: Submission) -> str:
    """The fingerprint of what the preview shows."""
    return preview_fingerprint(contents_now(submission, SITE + submission.slug))


def frozen(submission: Submission) -> Submission:
    freeze_submission(
        submission.compiled_by,
        submission,
        sha256_seen=fingerprint_now(submission),
        address=SITE + submission.slug,
    )
    return submission


def sent_quietly(submission: Submission, day: Any = None) -> Submission:
    """Sent, without telling the rooms that listen to it."""
    submission.state = SubmissionState.SENT
    submission.sent_on = day or clock.today()
    submission.channel = Channel.EMAIL
    submission.answer_due_on = submission.sent_on + timedelta(days=30)
    session.flush()
    return submission


def opened_position(consultation: Any, author: Any, *, points: int = 1, **values: Any) -> Position:
    """A position whose text is frozen, with so many points, open for signatures until next week."""
    position: Position = PositionFactory(
        consultation=consultation, created_by=author, state=PositionState.OPENED, with_point=False, **values
    )
    provisions = consultation.versions[0].provisions
    for number in range(1, points + 1):
        provision = provisions[(number - 1) % len(provisions)]
        position.points.append(
            Point(
                number=number,
                existing=provision.text,
                demanded=f"Novo besedilo {number}.",
                difference_html=difference_html("change", provision.text, f"Novo besedilo {number}."),
                reasons=f"Razlog {number}.",
                reasons_html=f"<p>Razlog {number}.</p>",
                provisions=[provision],
            )
        )
    session.flush()
    canonical = canonical_bytes_of_position(position, 1)
    position.versions.append(
        PositionVersion(
            number=1,
            canonical=canonical,
            sha256=fingerprint(canonical),
            opened_at=clock.now(),
            opened_by_id=author.id,
            cosigning_until=clock.end_of(clock.today() + timedelta(days=7)),
        )
    )
    session.flush()
    return position


def cosigned(position: Position, organisation: Organisation, *, statement: str = "", **person: Any) -> Cosignature:
    """A live signature of the organisation, by a representative of its own."""
    signer = representative(organisation, **person)
    signature = Cosignature(
        version=position.versions[-1],
        organisation=organisation,
        signer=signer,
        membership_id=signer.memberships[0].id,
        sha256_seen=position.versions[-1].sha256,
        statement=statement,
        form_key=new_key(),
    )
    session.add(signature)
    session.flush()
    return signature


def consultation_in_cosigning(**values: Any) -> Any:
    """A consultation whose comments closed the day before yesterday, with ten more days to the official deadline."""
    day = clock.today()
    return ConsultationFactory(
        opens_on=day - timedelta(days=20),
        internal_deadline_on=day - timedelta(days=2),
        cosigning_from_on=day - timedelta(days=1),
        official_deadline_on=day + timedelta(days=10),
        **values,
    )


def submission_of(position: Position, by: Any, **values: Any) -> Submission:
    """Compiled from one position, for the body that prepares the draft."""
    made: Submission = SubmissionFactory(
        consultation=position.consultation,
        compiled_by=by,
        **({"addressees": [position.consultation.body], "positions": [position]} | values),
    )
    return made


def handed_over(*bodies: Any, **values: Any) -> dict[str, Any]:
    """The form of the page that sends a submission, when it was handed over to each body today."""
    form: dict[str, Any] = {"form_key": "the-form-of-sending"}
    for number, body in enumerate(bodies):
        form[f"ways-{number}-body_id"] = body.id
        form[f"ways-{number}-way"] = "otherwise"
        form[f"ways-{number}-channel"] = "post"
        form[f"ways-{number}-handed_over_on"] = clock.today().isoformat()
    return form | values


def mailed(*bodies: Any, enclosed: str = "link", **values: Any) -> dict[str, Any]:
    """The form of the page that sends a submission, when each body gets it by email."""
    form: dict[str, Any] = {"form_key": "the-form-of-sending"}
    for number, body in enumerate(bodies):
        form[f"ways-{number}-body_id"] = body.id
        form[f"ways-{number}-way"] = enclosed
        form[f"ways-{number}-email"] = f"body-{body.id}@obcina.example"
        form[f"ways-{number}-channel"] = "post"
    return form | values


def delivered(submission: Submission, *, enclosed: Enclosure = Enclosure.LINK, key: str = "delivered") -> Submission:
    """Sent by email to every body; the mails wait in the outbox."""
    bodies = [*submission.addressees, *submission.copies]
    ways = [Way(body, Channel.EMAIL, enclosed, f"body-{body.id}@obcina.example") for body in bodies]
    deliver_submission(
        submission.compiled_by,
        submission,
        ways,
        form_key=key,
        answer_due_on=clock.today() + timedelta(days=30),
    )
    session.flush()
    return submission
