"""What the mails of this room say, and where they lead."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from factories import MembershipFactory, OrganisationFactory, UserFactory, representative
from sqlalchemy import select

from participation.foundation import clock, mail
from participation.foundation.database import session
from participation.foundation.outbox import OutboxItem
from participation.organisations import emails, operations
from participation.organisations.models import Membership, MembershipRole, MembershipState, Organisation
from participation.web.mailing import Letter, letter_of

pytestmark = pytest.mark.usefixtures("app")


def letter(message: mail.Message) -> Letter:
    mail.send(message)
    session.flush()
    item = session.scalars(select(OutboxItem).order_by(OutboxItem.id.desc()).limit(1)).one()
    return letter_of(item.payload)


def lines(written: Letter) -> list[str]:
    return [line for line in written.text.splitlines() if line]


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory(
        name="Društvo Lipa & Hrast", slug="lipa", decided_at=clock.now(), decision_reason="Manjka <podpis>."
    )


@pytest.fixture
def place(organisation: Organisation) -> Membership:
    return MembershipFactory(
        organisation=organisation,
        user=UserFactory(name="Maja Novak", email="maja@primer.example"),
        state=MembershipState.REQUESTED,
    )


def test_the_office_learns_of_an_application(organisation: Organisation) -> None:
    written = letter(emails.application_received(organisation, UserFactory(email="pisarna@mreza.example")))
    assert (written.to, written.subject) == (
        "pisarna@mreza.example",
        "Application for membership: Društvo Lipa & Hrast",
    )
    assert lines(written)[2] == "http://localhost:8000/desk/applications/lipa"


@pytest.mark.parametrize(
    ("write", "subject", "path"),
    [
        (
            emails.asked_back,
            "Please complete the application: Društvo Lipa & Hrast",
            "/organisations/lipa/application",
        ),
        (emails.declined, "The application was declined: Društvo Lipa & Hrast", "/organisations/apply"),
    ],
)
def test_the_applicant_reads_the_reason_and_where_to_go_on(
    organisation: Organisation, write: Any, subject: str, path: str
) -> None:
    written = letter(write(organisation))
    assert (written.to, written.subject) == (organisation.applicant.email, subject)
    assert lines(written)[2] == "Manjka <podpis>."
    assert lines(written)[4] == f"http://localhost:8000{path}"
    assert "Manjka &lt;podpis&gt;." in written.html


def test_the_applicant_of_an_admitted_organisation_is_welcomed(organisation: Organisation) -> None:
    written = letter(emails.admitted(organisation))
    assert written.subject == "Welcome to the network: Društvo Lipa & Hrast"
    assert lines(written)[3] == "http://localhost:8000/organisations/lipa/people"


def test_representatives_learn_that_the_organisation_left(organisation: Organisation) -> None:
    person = representative(organisation)
    written = letter(emails.left(organisation, person))
    assert (written.to, lines(written)[2]) == (person.email, "Manjka <podpis>.")


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (MembershipRole.CONTRIBUTOR, "Ana Kovač invites you to contribute to the network for Zavod Bor."),
        (MembershipRole.REPRESENTATIVE, "Ana Kovač invites you to represent Zavod Bor in the network."),
    ],
)
def test_an_invitation_says_who_invites_to_what(role: MembershipRole, words: str) -> None:
    bor = OrganisationFactory(name="Zavod Bor")
    operations.invite_person(representative(bor, name="Ana Kovač"), bor, "nova@primer.example", role, "kljuc")
    payload = session.scalars(select(OutboxItem)).one().payload
    written = letter_of(payload)
    assert (written.subject, lines(written)[1]) == ("Invitation to join: Zavod Bor", words)
    assert lines(written)[3] == f"http://localhost:8000/invitations/{payload['values']['token']}"


def test_an_invitation_is_in_the_language_of_the_account_else_of_the_inviter() -> None:
    bor = OrganisationFactory(name="Zavod Bor")
    inviter = representative(bor, language="sl")
    UserFactory(email="known@primer.example", language="en")
    for number, address in enumerate(("known@primer.example", "new@primer.example")):
        operations.invite_person(inviter, bor, address, MembershipRole.CONTRIBUTOR, str(number))
    languages = {item.payload["to"]: item.payload["language"] for item in session.scalars(select(OutboxItem))}
    assert languages == {"known@primer.example": "en", "new@primer.example": "sl"}


def test_a_representative_learns_who_asks(place: Membership) -> None:
    person = representative(place.organisation)
    written = letter(emails.membership_requested(place, person))
    assert (written.to, written.subject) == (person.email, "Maja Novak asks to join Društvo Lipa & Hrast")
    assert lines(written)[2] == "http://localhost:8000/organisations/lipa/people"


@pytest.mark.parametrize(
    ("write", "subject"),
    [
        (emails.membership_accepted, "You now belong to Društvo Lipa & Hrast"),
        (emails.membership_declined, "Your request was declined: Društvo Lipa & Hrast"),
        (emails.membership_ended, "You no longer act for Društvo Lipa & Hrast"),
    ],
)
def test_a_person_learns_what_was_decided(place: Membership, write: Any, subject: str) -> None:
    written = letter(write(place))
    assert (written.to, written.subject) == ("maja@primer.example", subject)


def test_the_same_fact_is_told_once_and_a_new_one_again(organisation: Organisation, stopped_clock: Any) -> None:
    first = emails.asked_back(organisation)
    assert emails.asked_back(organisation) == first
    stopped_clock(stopped_clock.now + timedelta(minutes=1))
    organisation.decided_at = clock.now()
    assert emails.asked_back(organisation).about != first.about
