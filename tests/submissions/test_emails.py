"""Who is told of answers, how often, and in which words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from factories import (
    CommentFactory,
    MembershipFactory,
    OrganisationFactory,
    PublicBodyFactory,
    SupportFactory,
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
    assert letter.text.strip().split("\n\n")[1:] == [
        'Občina Primer has answered the submission "Naše pripombe". These are the answers to the points that you '
        "or your organisation asked for, supported or signed:",
        f"Point 1, {submission.points[0].article}: accepted\n“Da.”",
        "Read what was answered to each point:\nhttp://localhost:8000/submissions/nase-pripombe#answers",
        "Network of NGOs of the Savinja Region\nhttp://localhost:8000/",
    ]


def test_each_person_is_told_of_the_own_points_only(app: Application) -> None:
    """Of what one asked for, supported or signed; who is concerned by none of the answered points gets no mail."""
    author = coordinator()
    position = opened_position(consultation_in_cosigning(), author, points=3)
    other = opened_position(position.consultation, author)
    signer = cosigned(position, OrganisationFactory(), language="en").signer
    elsewhere = cosigned(other, OrganisationFactory()).signer
    values = {"consultation": position.consultation, "organisation": OrganisationFactory()}
    asked = CommentFactory(author=UserFactory(language="en"), **values)
    position.points[1].comments = [asked]
    giver = UserFactory(language="sl")
    supporting = SupportFactory(comment=asked, user_id=giver.id)
    fellow = representative(supporting.organisation, language="en")
    submission = sent_quietly(frozen(submission_of(position, author, positions=[position, other])))
    body = submission.addressees[0]
    given = {
        point.id: GivenAnswer(Outcome.REJECTED, f"Ne {point.number}.", "dopis", clock.today())
        for point in submission.points[:3]
    }
    record_answers(author, submission, body, given, seen=state_of_answers({}))
    told = {
        item.payload["to"]: [answer["number"] for answer in item.payload["values"]["answers"]] for item in mails()
    }
    assert told == {
        signer.email: [1, 2, 3],
        asked.author.email: [2],
        giver.email: [2],
        fellow.email: [2],
    }
    assert elsewhere.email not in told
    outcomes = {item.payload["language"]: item.payload["values"]["answers"][0]["outcome"] for item in mails()}
    assert outcomes["en"] == "rejected"


def test_a_point_that_is_answered_later_on_the_same_day_is_told_as_well(app: Application) -> None:
    author = coordinator()
    position = opened_position(consultation_in_cosigning(), author, points=2)
    cosigned(position, OrganisationFactory())
    submission = sent_quietly(frozen(submission_of(position, author)))
    body = submission.addressees[0]
    for point in submission.points:
        given = {point.id: GivenAnswer(Outcome.NOTED, "Da.", "dopis", clock.today())}
        record_answers(author, submission, body, given, seen=state_of_answers(answers_of(submission, body)))
    assert [[one["number"] for one in item.payload["values"]["answers"]] for item in mails()] == [[1], [2]]
