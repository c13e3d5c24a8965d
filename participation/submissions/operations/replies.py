"""What a body does at its private address: it confirms receipt, writes its answers, and makes them public."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from participation.accounts.models import User, Visitor
from participation.bodies.models import PublicBody
from participation.foundation import audit, clock, mail
from participation.foundation.access import demand
from participation.foundation.database import Conflict, NotFound, keep_first, session
from participation.foundation.language import _, force_locale
from participation.texts.markdown import normalise, one_line

from .. import emails
from ..models import AnswerConfirmation, AnswerDraft, DeliveryKind, Outcome, PrivateLink, Submission
from ..queries import lock
from ..queries.deliveries import confirmation_by_form_key, deliveries_of, standing_deliveries
from ..queries.replies import Reply, drafts_of, office_of, replies_of, state_of_drafts
from ..rules import may_answer_by_link, may_reopen_answers
from .answers import GivenAnswer, keep_answers


@dataclass(frozen=True)
class DraftAnswer:
    """`revision` is that of the draft it was written from, 0 where there was none."""

    outcome: Outcome | None
    words: str
    revision: int


class DraftsDiverged(Exception):
    """Somebody else of the body saved other words to these points meanwhile; nothing was saved."""

    def __init__(self, theirs: list[Reply]) -> None:
        super().__init__([reply.point.number for reply in theirs])
        self.theirs = theirs


def confirm_receipt(link: PrivateLink, name: str) -> None:
    """The body says that it received what was sent to it. Saying so once more changes nothing."""
    _hold(link)
    demand(may_answer_by_link(link))
    _acknowledge(link, name)


def save_drafts(link: PrivateLink, given: Mapping[int, DraftAnswer]) -> int:
    """Keep what the body has written so far, by the numbers of the points' rows; gives how many changed.

    Nobody but the body sees it. Raises DraftsDiverged, and Conflict for a point that was confirmed meanwhile.
    """
    _hold(link)
    demand(may_answer_by_link(link))
    replies = {reply.point.id: reply for reply in replies_of(link.submission, link.body)}
    if not given.keys() <= replies.keys():
        raise NotFound
    changed = {number: new for number, new in given.items() if _differs(replies[number], new)}
    if any(replies[number].is_confirmed for number in changed):
        raise Conflict(_("Somebody else of your body has confirmed the answer to one of these points meanwhile."))
    diverged = [replies[number] for number, new in changed.items() if replies[number].revision != new.revision]
    if diverged:
        raise DraftsDiverged(diverged)
    drafts = drafts_of(link.submission, link.body)
    for number, new in changed.items():
        _keep(link.body, number, drafts.get(number), new)
    session.flush()
    return len(changed)


def confirm_answers(link: PrivateLink, *, name: str, function: str, seen: str, form_key: str) -> AnswerConfirmation:
    """Publish what the body has drafted, in the name of a person; points without an outcome stay open.

    `seen` is the `state_of_drafts` that the person read; Conflict when they say something else now.
    The same form confirms once. Those who took part, and the office, are told.
    """
    _hold(link)
    earlier = confirmation_by_form_key(form_key)
    if earlier is not None and earlier.link_id == link.id:
        return earlier
    demand(may_answer_by_link(link))
    drafts = drafts_of(link.submission, link.body)
    if seen != state_of_drafts(drafts):
        raise Conflict(_("The answers have changed since you read them. Please read them again before you confirm."))
    ready = {number: draft for number, draft in drafts.items() if draft.outcome}
    if not ready:
        raise Conflict(_("There is nothing new to confirm. Choose an answer to at least one point first."))
    numbers = {point.id: point.number for point in link.submission.points}
    confirmation = AnswerConfirmation(
        submission=link.submission,
        body=link.body,
        link_id=link.id,
        name=one_line(name),
        function=one_line(function),
        said=[
            {"number": numbers[number], "outcome": str(draft.outcome), "words": draft.words}
            for number, draft in sorted(ready.items(), key=lambda one: numbers[one[0]])
        ],
        form_key=form_key,
    )
    kept = keep_first(confirmation, lambda: confirmation_by_form_key(form_key))
    if kept is not confirmation:
        return kept
    given = {
        number: GivenAnswer(Outcome(draft.outcome or ""), draft.words, "", clock.today())
        for number, draft in ready.items()
    }
    for draft in ready.values():
        session.delete(draft)
    _acknowledge(link, name)
    audit.record(None, "answers.confirmed", confirmation, body=link.body_id, points=len(ready))
    keep_answers(Visitor(), link.submission, link.body, given, confirmation=confirmation, link=link)
    for person in office_of(link.submission):
        mail.send(emails.body_answered(person, link.submission, link.body, confirmation.id, confirmation.name))
    return confirmation


def reopen_answers(actor: User, confirmation: AnswerConfirmation, *, because: str) -> None:
    """Let the body correct what it confirmed. Its answers stay public until it confirms others."""
    lock(confirmation.submission)
    session.refresh(confirmation)
    demand(may_reopen_answers(actor, confirmation))
    confirmation.reopened_at, confirmation.reopened_by_id = clock.now(), actor.id
    confirmation.reopened_because = one_line(because)
    audit.record(actor, "answers.reopened", confirmation, because=confirmation.reopened_because)


def _hold(link: PrivateLink) -> None:
    """The whole submission is held, and with it the link and the drafts of all its bodies."""
    lock(link.submission)
    session.refresh(link)


def _differs(standing: Reply, new: DraftAnswer) -> bool:
    return (standing.outcome, standing.words) != (new.outcome, normalise(new.words))


def _keep(body: PublicBody, point_id: int, draft: AnswerDraft | None, new: DraftAnswer) -> None:
    if draft is None:
        draft = AnswerDraft(point_id=point_id, body_id=body.id, revision=0)
        session.add(draft)
    draft.outcome, draft.words = new.outcome, normalise(new.words)
    draft.revision += 1
    draft.saved_at = clock.now()


def _acknowledge(link: PrivateLink, name: str) -> None:
    submission: Submission = link.submission
    for delivery in standing_deliveries(deliveries_of(submission)).values():
        if delivery.body_id != link.body_id or delivery.acknowledged_at is not None:
            continue
        if delivery.kind == DeliveryKind.LINK:
            continue
        with force_locale(submission.language):
            how = str(_("at its private address"))
        delivery.acknowledged_at, delivery.acknowledged_by = clock.now(), one_line(name)
        delivery.acknowledged_how = how
        audit.record(None, "delivery.acknowledged", delivery, body=delivery.body_id, link=link.id)
