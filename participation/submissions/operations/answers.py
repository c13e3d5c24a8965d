"""Recording what a body answered, point by point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from participation.accounts.models import User, Viewer
from participation.bodies.models import PublicBody
from participation.foundation import audit, clock, mail
from participation.foundation.access import demand
from participation.foundation.database import Conflict, NotFound, session
from participation.foundation.language import _
from participation.texts.markdown import normalise, one_line, to_html

from .. import emails
from ..events import submission_answered
from ..models import Answer, AnswerConfirmation, Outcome, PrivateLink, Submission
from ..queries import answers_of, lock, overall_count, state_of_answers
from ..queries.people import concerned_by
from ..rules import may_answer_by_link, may_record_answers


@dataclass(frozen=True)
class GivenAnswer:
    """`words` is Markdown; `source` says where the words stand. A missing reply has neither, nor a day."""

    outcome: Outcome
    words: str = ""
    source: str = ""
    answered_on: date | None = None


def record_answers(
    actor: User, submission: Submission, body: PublicBody, answers: Mapping[int, GivenAnswer | None], *, seen: str
) -> int:
    """Record the answers of one body, by the numbers of the points' rows; gives how many changed.

    None takes a recorded answer away. Points that are not named keep what they have. `seen`
    is the `state_of_answers` that the actor had before the eyes; Conflict when they have
    changed since, unless they are already as given. Those who took part are told, once a day.
    """
    lock(submission)
    demand(may_record_answers(actor, submission))
    if body not in submission.addressees or not answers.keys() <= {point.id for point in submission.points}:
        raise NotFound(body.slug)
    before = answers_of(submission, body)
    changed = {point_id: given for point_id, given in answers.items() if _differs(before.get(point_id), given)}
    if not changed:
        return 0
    if seen != state_of_answers(before):
        raise Conflict(
            _("Somebody else has recorded answers of this body since you opened the page."),
            stored="\n".join(_in_words(submission, answer) for answer in before.values()),
        )
    if any(before[number].is_confirmed for number in changed if number in before):
        raise Conflict(
            _(
                "The body itself has confirmed the answer to one of these points. Let it correct that answer, on the "
                "page of the letters and private addresses."
            )
        )
    keep_answers(actor, submission, body, changed)
    return len(changed)


def keep_answers(
    actor: Viewer,
    submission: Submission,
    body: PublicBody,
    given: Mapping[int, GivenAnswer | None],
    *,
    confirmation: AnswerConfirmation | None = None,
    link: PrivateLink | None = None,
) -> None:
    """Make these answers public and tell everybody concerned. The submission is held by whoever calls.

    They are the office's record, or with `confirmation` what the body itself confirmed at its `link`.
    """
    demand(may_answer_by_link(link) if link is not None else may_record_answers(actor, submission))
    before = answers_of(submission, body)
    was_complete = _is_complete(submission)
    for point_id, answer in given.items():
        _keep(actor, body, point_id, before.get(point_id), answer, confirmation)
    session.flush()
    session.expire(submission, ["points"])
    audit.record(actor, "submission.answers-recorded", submission, body=body.id, points=sorted(given))
    if not was_complete and _is_complete(submission):
        submission_answered.send(submission, on=clock.today())
    _tell(submission, body, given)


def _tell(submission: Submission, body: PublicBody, given: Mapping[int, GivenAnswer | None]) -> None:
    """Everybody reads what was answered to the own points; who asked for none of these is not written to."""
    answers = {number: answer for number, answer in answers_of(submission, body).items() if given.get(number)}
    for one in concerned_by(submission):
        own = [answers[point.id] for point in one.points if point.id in answers]
        if own:
            mail.send(emails.answers_recorded(one.person, submission, body, own))


def _differs(standing: Answer | None, given: GivenAnswer | None) -> bool:
    return _said(standing) != (None if given is None else _normal(given))


def _said(answer: Answer | None) -> GivenAnswer | None:
    if answer is None:
        return None
    return GivenAnswer(Outcome(answer.outcome), answer.words, answer.source, answer.answered_on)


def _normal(given: GivenAnswer) -> GivenAnswer:
    if given.outcome == Outcome.NO_REPLY:
        return GivenAnswer(Outcome.NO_REPLY)
    return GivenAnswer(given.outcome, normalise(given.words), one_line(given.source), given.answered_on)


def _keep(
    actor: Viewer,
    body: PublicBody,
    point_id: int,
    standing: Answer | None,
    given: GivenAnswer | None,
    confirmation: AnswerConfirmation | None,
) -> None:
    if standing is not None:
        audit.record(actor, "answer.corrected", standing, point=point_id, body=body.id, before=_as_json(standing))
    if given is None:
        session.delete(standing)
        return
    answer = standing or Answer(point_id=point_id, body_id=body.id)
    normal = _normal(given)
    answer.outcome, answer.words, answer.source = normal.outcome, normal.words, normal.source
    answer.words_html = to_html(normal.words)
    answer.answered_on = normal.answered_on
    answer.recorded_by_id, answer.recorded_at = actor.id, clock.now()
    answer.confirmation = confirmation
    session.add(answer)


def _as_json(answer: Answer) -> dict[str, Any]:
    return {
        "outcome": str(answer.outcome),
        "words": answer.words,
        "source": answer.source,
        "answered_on": answer.answered_on.isoformat() if answer.answered_on else None,
        "recorded_by": answer.recorded_by_id,
        "confirmation": answer.confirmation_id,
        "recorded_at": answer.recorded_at.isoformat(),
    }


def _in_words(submission: Submission, answer: Answer) -> str:
    numbers = {point.id: point.number for point in submission.points}
    return f"{numbers[answer.point_id]}. {Outcome(answer.outcome).label}. {answer.words}".strip()


def _is_complete(submission: Submission) -> bool:
    given, expected = overall_count(submission)
    return given == expected
