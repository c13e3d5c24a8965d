"""Who is told of answers, how often, and in which words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from factories import (
    CommentFactory,
    MembershipFactory,
    OrganisationFactory,
    PublicBodyFactory,
    UserFactory,
    contributor,
    coordinator,
    representative,
)
from sqlalchemy import select
from submissions.making import (
    consultation_in_cosigning,
    cosigned,
    frozen,
    opened_position,
    sent_quietly,
    submission_of,
)

from participation.foundation import clock, outbox
from participation.foundation.database import session
from participation.organisations.models import MembershipState
from participation.submissions.models import Outcome
from participation.submissions.operations import GivenAnswer, record_answers
from participation.submissions.queries import answers_of, people_to_tell, state_of_answers
from participation.web import Application
from participation.web.mailing import letter_of


def record(submission: Any, body: Any, outcome: Outcome) -> None:
    record_answers(
        submission.compiled_by,
        submission,
        body,
        {submission.points[0].id: GivenAnswer(outcome, "Da.", "dopis", clock.today())},
        seen=state_of_answers(answers_of(submission, body)),
    )


def mails() -> list[outbox.OutboxItem]:
    return list(session.scalars(select(outbox.OutboxItem).where(outbox.OutboxItem.kind == "mail")))


def test_those_who_took_part_are_told_and_nobody_else(app: Application) -> None:
    author = coordinator()
    position = opened_position(consultation_in_cosigning(), author)
    signatory = OrganisationFactory()
    signature = cosigned(position, signatory)
    contributor(signatory)  # Signing is not a contributor's.
    former = MembershipFactory(organisation=signatory, role="representative", state=MembershipState.ENDED)
    representative()  # Of an organisation that did not sign.
    values = {"consultation": position.consultation, "organisation": OrganisationFactory()}
    taken_up, by_itself, left_out = (CommentFactory(author=UserFactory(), **values) for _ in range(3))
    gone = CommentFactory(author=UserFactory(active=False), **values)
    position.points[0].comments = [taken_up, gone]
    submission = sent_quietly(frozen(submission_of(position, author, comments=[by_itself])))
    told = people_to_tell(submission)
    assert {person.id for person in told} == {signature.signer.id, taken_up.author.id, by_itself.author.id}
    assert len(told) == 3
    assert not {former.user_id, left_out.author_id} & {person.id for person in told}


def test_a_person_is_told_once_a_body_and_day(app: Application, stopped_clock: Any) -> None:
    author = coordinator()
    position = opened_position(consultation_in_cosigning(), author)
    cosigned(position, OrganisationFactory())
    first, second = position.consultation.body, PublicBodyFactory()
    submission = sent_quietly(frozen(submission_of(position, author, addressees=[first, second])))
    for outcome in (Outcome.ACCEPTED, Outcome.PARTLY):
        record(submission, first, outcome)
    assert len(mails()) == 1
    record(submission, second, Outcome.REJECTED)
    assert len(mails()) == 2
    stopped_clock(stopped_clock.now + timedelta(days=1))
    record(submission, first, Outcome.REJECTED)
    assert len(mails()) == 3


def test_the_mail_names_the_body_and_leads_to_the_answers(app: Application) -> None:
    author = coordinator()
    position = opened_position(consultation_in_cosigning(), author)
    cosigned(position, OrganisationFactory(), language="en")
    body = position.consultation.body
    body.name = "Občina Primer"
    submission = sent_quietly(frozen(submission_of(position, author, title="Naše pripombe", slug="nase-pripombe")))
    record(submission, body, Outcome.ACCEPTED)
    letter = letter_of(mails()[0].payload)
    assert letter.subject == "Občina Primer has answered: Naše pripombe"
    assert letter.text.strip().split("\n\n")[1:4] == [
        'you or your organisation took part in the submission "Naše pripombe". The answer of Občina Primer to it '
        "has been recorded today.",
        "Read what was answered to each point:\nhttp://localhost:8000/submissions/nase-pripombe",
        "Network of NGOs of the Savinja Region\nhttp://localhost:8000/",
    ]
