"""Finding what was delivered to whom, and the private addresses of bodies."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from participation.bodies.models import PublicBody
from participation.foundation.database import NotFound, session
from participation.foundation.outbox import OutboxItem, State
from participation.foundation.sealing import is_seal

from ..models import (
    PURPOSE,
    Answer,
    AnswerConfirmation,
    Delivery,
    DeliveryKind,
    Erratum,
    PrivateLink,
    Submission,
    SubmissionPoint,
)

# Between the half of a private address that finds its row and the half that proves it.
BETWEEN_HALVES = "."


def deliveries_of(submission: Submission) -> list[Delivery]:
    """All letters, oldest first, with what the outbox made of them. One statement."""
    found = session.scalars(
        select(Delivery)
        .where(Delivery.submission_id == submission.id)
        .options(joinedload(Delivery.item), joinedload(Delivery.body), joinedload(Delivery.delivered_by))
        .order_by(Delivery.id)
    )
    return list(found)


def standing_deliveries(deliveries: Iterable[Delivery]) -> dict[tuple[int, DeliveryKind, int | None], Delivery]:
    """The latest letter of each kind to each body: a second try stands for the first."""
    return {(one.body_id, DeliveryKind(one.kind), one.erratum_id): one for one in deliveries}


def mails_that_arrived(deliveries: Iterable[Delivery]) -> list[Delivery]:
    """The latest mail with the submission to each body, where it did not come back."""
    latest = {one.body_id: one for one in deliveries if one.kind == DeliveryKind.SUBMISSION}
    return [one for one in latest.values() if one.is_mail and not one.state.needs_help]


def delivery_of(submission: Submission, number: int) -> Delivery:
    """Raises NotFound."""
    delivery = session.get(Delivery, number, populate_existing=True, options=[joinedload(Delivery.item)])
    if delivery is None or delivery.submission_id != submission.id:
        raise NotFound(number)
    return delivery


def was_delivered_by(submission: Submission, form_key: str) -> bool:
    """Whether this very form has been acted upon."""
    return session.scalar(
        select(exists().where(Delivery.submission_id == submission.id, Delivery.form_key == form_key))
    ) is True  # fmt: skip


def letters_in_trouble() -> list[Delivery]:
    """Letters that could not be sent or came back, and that nobody has sent again. One statement."""
    later = aliased(Delivery)
    sent_again = exists().where(
        later.submission_id == Delivery.submission_id,
        later.body_id == Delivery.body_id,
        later.kind == Delivery.kind,
        later.erratum_id.is_not_distinct_from(Delivery.erratum_id),
        later.id > Delivery.id,
    )
    found = session.scalars(
        select(Delivery)
        .outerjoin(OutboxItem, OutboxItem.key == Delivery.mail_key)
        .where(
            Delivery.acknowledged_at.is_(None),
            or_(Delivery.returned_at.is_not(None), and_(OutboxItem.id.is_not(None), OutboxItem.state == State.DEAD)),
            ~sent_again,
        )
        .options(joinedload(Delivery.submission), joinedload(Delivery.body), joinedload(Delivery.item))
        .order_by(Delivery.id)
    )
    return list(found)


def errata_of(submission: Submission) -> list[Erratum]:
    """Oldest first."""
    found = session.scalars(
        select(Erratum).where(Erratum.submission_id == submission.id).order_by(Erratum.added_at, Erratum.id)
    )
    return list(found)


def erratum_by_form_key(form_key: str) -> Erratum | None:
    return session.scalar(select(Erratum).where(Erratum.form_key == form_key))


def links_of(submission: Submission) -> list[PrivateLink]:
    """All that were issued, oldest first."""
    found = session.scalars(
        select(PrivateLink)
        .where(PrivateLink.submission_id == submission.id)
        .options(joinedload(PrivateLink.body), joinedload(PrivateLink.issued_by))
        .order_by(PrivateLink.id)
    )
    return list(found)


def live_link(submission: Submission, body: PublicBody) -> PrivateLink | None:
    return session.scalar(
        select(PrivateLink).where(
            PrivateLink.submission_id == submission.id,
            PrivateLink.body_id == body.id,
            PrivateLink.revoked_at.is_(None),
        )
    )


def link_of(submission: Submission, number: int) -> PrivateLink:
    """Raises NotFound."""
    link = session.get(PrivateLink, number)
    if link is None or link.submission_id != submission.id:
        raise NotFound(number)
    return link


def link_by_token(token: str) -> PrivateLink:
    """The private address that these words prove, also when it has been revoked; NotFound for any others."""
    key, _between, proof = token.partition(BETWEEN_HALVES)
    if not proof or not is_seal(PURPOSE, key, proof):
        raise NotFound
    link = session.scalar(
        select(PrivateLink)
        .where(PrivateLink.key == key)
        .options(
            joinedload(PrivateLink.body),
            joinedload(PrivateLink.submission).undefer(Submission.canonical),
            joinedload(PrivateLink.submission)
            .selectinload(Submission.points)
            .selectinload(SubmissionPoint.answers)
            .joinedload(Answer.confirmation),
            joinedload(PrivateLink.submission).selectinload(Submission.addressees),
        )
    )
    if link is None:
        raise NotFound
    return link


def confirmations_of(submission: Submission) -> list[AnswerConfirmation]:
    """Every confirmation of every body, oldest first."""
    found = session.scalars(
        select(AnswerConfirmation)
        .where(AnswerConfirmation.submission_id == submission.id)
        .options(joinedload(AnswerConfirmation.body), selectinload(AnswerConfirmation.submission))
        .order_by(AnswerConfirmation.id)
    )
    return list(found)


def confirmation_of(submission: Submission, number: int) -> AnswerConfirmation:
    """Raises NotFound."""
    found = session.get(AnswerConfirmation, number)
    if found is None or found.submission_id != submission.id:
        raise NotFound(number)
    return found


def confirmation_by_form_key(form_key: str) -> AnswerConfirmation | None:
    return session.scalar(select(AnswerConfirmation).where(AnswerConfirmation.form_key == form_key))
