"""Delivering a submission to every body in one act, and recording what becomes of the letters.

A mail leaves through the outbox. The outbox promises that it leaves, and that it has the same Message-ID
however often it leaves: when the mail server breaks off after it was given the mail (after DATA) and before it
said so, nobody can know whether it took it, so it is given again. The body may then get the letter twice;
its mail program can tell by the Message-ID that it is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from participation.accounts.models import User
from participation.bodies.models import PublicBody
from participation.foundation import audit, clock, files, mail
from participation.foundation.access import Verdict, demand, first_refusal
from participation.foundation.database import session
from participation.ledger.models import Kind
from participation.ledger.operations import append_record
from participation.texts.markdown import normalise, one_line

from .. import emails
from ..models import (
    Channel,
    Delivery,
    DeliveryKind,
    Enclosure,
    Erratum,
    PrivateLink,
    Submission,
    contents_from,
)
from ..queries import lock
from ..queries.deliveries import was_delivered_by
from ..rules import (
    TO_SEND,
    may_acknowledge_delivery,
    may_deliver_again,
    may_follow_delivery,
    may_lead_submissions,
    may_return_delivery,
    may_send_submission,
    way_for_delivery,
)
from .links import link_for
from .sending import send_submission


@dataclass(frozen=True)
class Scan:
    content: bytes
    name: str
    media_type: str


@dataclass(frozen=True)
class Way:
    """How a letter goes to one body: by email to `to_email`, or it was handed over on a day."""

    body: PublicBody
    channel: Channel = Channel.EMAIL
    enclosed: Enclosure = Enclosure.NOTHING
    to_email: str = ""
    handed_over_on: date | None = None
    register_number: str = ""
    scan: Scan | None = None


def deliver_submission(
    actor: User,
    submission: Submission,
    ways: Sequence[Way],
    *,
    form_key: str,
    note: str = "",
    answer_due_on: date | None = None,
    answer_due_rule: str = "",
) -> None:
    """Publish the submission and send each body its letter, in one act. Irreversible.

    The same form delivers once. The submission counts as sent on the first of the days.
    """
    lock(submission)
    if was_delivered_by(submission, form_key):
        demand(may_lead_submissions(actor))
        return
    demand(first_refusal(may_send_submission(actor, submission), *(_judged(submission, way) for way in ways)))
    if {way.body.id for way in ways} != {body.id for body in (*submission.addressees, *submission.copies)}:
        raise ValueError("Each body needs exactly one way.")
    first = min(ways, key=lambda way: way.handed_over_on or clock.today())
    submission.answer_due_rule = answer_due_rule
    send_submission(
        actor,
        submission,
        sent_on=first.handed_over_on or clock.today(),
        channel=first.channel,
        register_number=next((way.register_number for way in ways if way.register_number), ""),
        answer_due_on=answer_due_on,
    )
    for way in ways:
        _deliver(actor, submission, way, form_key=form_key, note=note)


def deliver_again(actor: User, delivery: Delivery, way: Way, *, form_key: str, note: str = "") -> None:
    """A second letter in the place of one that could not be sent or came back; the first stays in the record."""
    submission = delivery.submission
    lock(submission)
    if was_delivered_by(submission, form_key):
        demand(may_lead_submissions(actor))
        return
    demand(first_refusal(may_deliver_again(actor, delivery), _judged(submission, way)))
    if delivery.kind == DeliveryKind.SUBMISSION:
        _deliver(actor, submission, way, form_key=form_key, note=note)
        return
    covering = emails.Covering(delivery.subject, delivery.letter)
    kind, erratum = DeliveryKind(delivery.kind), delivery.erratum
    keep_delivery(actor, submission, way, covering, form_key=form_key, kind=kind, erratum=erratum)


def acknowledge_delivery(actor: User, delivery: Delivery, *, name: str, how: str) -> None:
    """Record that the body received it; said once."""
    lock(delivery.submission)
    session.refresh(delivery)
    demand(may_acknowledge_delivery(actor, delivery))
    delivery.acknowledged_at, delivery.acknowledged_by = clock.now(), one_line(name)
    delivery.acknowledged_how = one_line(how)
    audit.record(actor, "delivery.acknowledged", delivery, body=delivery.body_id)


def return_delivery(actor: User, delivery: Delivery, *, because: str) -> None:
    """Record that a mail came back although the mail server had taken it."""
    lock(delivery.submission)
    session.refresh(delivery)
    demand(may_return_delivery(actor, delivery))
    delivery.returned_at, delivery.returned_because = clock.now(), one_line(because)
    audit.record(actor, "delivery.returned", delivery, body=delivery.body_id)


def keep_delivery(
    actor: User,
    submission: Submission,
    way: Way,
    covering: emails.Covering,
    *,
    form_key: str,
    kind: DeliveryKind,
    erratum: Erratum | None = None,
) -> Delivery:
    """Write down one letter to one body and hand its mail to the outbox; the submission is sent by then."""
    demand(first_refusal(may_follow_delivery(actor, submission), _judged(submission, way)))
    link = _link(actor, submission, way)
    message = None
    if way.channel == Channel.EMAIL:
        attached = [one.file_id for one in submission.documents if one.format in TO_SEND]
        message = emails.letter_to_body(
            f"{form_key}-{way.body.id}",
            submission,
            way.to_email,
            covering,
            link,
            attached if way.enclosed is Enclosure.DOCUMENTS else (),
        )
    delivery = Delivery(
        submission=submission,
        body=way.body,
        kind=kind,
        erratum=erratum,
        channel=way.channel,
        enclosed=way.enclosed,
        to_email=way.to_email,
        subject=covering.subject,
        letter=covering.whole,
        delivered_by=actor,
        form_key=form_key,
        mail_key=message.key if message is not None else None,
        handed_over_on=way.handed_over_on,
        register_number=one_line(way.register_number),
        scan=files.store(way.scan.content, way.scan.name, way.scan.media_type) if way.scan is not None else None,
    )
    session.add(delivery)
    audit.record(actor, f"{kind}.delivered", delivery, body=way.body.id, channel=way.channel, enclosed=way.enclosed)
    if message is not None:
        mail.send(message)
    if kind is DeliveryKind.SUBMISSION:
        append_record(Kind.DELIVERED, submission.thread, delivery.facts)
    return delivery


def _judged(submission: Submission, way: Way) -> Verdict:
    return way_for_delivery(submission, way.channel, way.enclosed, way.to_email, way.handed_over_on)


def _deliver(actor: User, submission: Submission, way: Way, *, form_key: str, note: str) -> None:
    contents = contents_from(submission.canonical or b"")
    covering = emails.covering_letter(
        submission,
        contents,
        way.body,
        enclosed=way.enclosed,
        answer_due_on=submission.answer_due_on,
        note=normalise(note),
    )
    keep_delivery(actor, submission, way, covering, form_key=form_key, kind=DeliveryKind.SUBMISSION)


def _link(actor: User, submission: Submission, way: Way) -> PrivateLink | None:
    """Only a body that is to answer gets a private address."""
    if way.channel != Channel.EMAIL or way.body not in submission.addressees:
        return None
    return link_for(actor, submission, way.body)
