"""How organisations join and leave, and how people come and go."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from factories import (
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    contributor,
    coordinator,
    representative,
)
from sqlalchemy import func, select

from participation.accounts.events import user_registered
from participation.accounts.models import Operator
from participation.foundation import clock
from participation.foundation.access import Refused
from participation.foundation.audit import AuditEntry
from participation.foundation.database import Conflict, session
from participation.foundation.mail import KIND
from participation.foundation.outbox import OutboxItem
from participation.organisations import operations, queries, rules
from participation.organisations.models import (
    Doubt,
    Invitation,
    Membership,
    MembershipRole,
    MembershipState,
    Organisation,
    OrganisationState,
    Presentation,
    Profile,
    skeleton_of,
)

pytestmark = pytest.mark.usefixtures("app")

NOT_DECLINED = [state for state in OrganisationState if state is not OrganisationState.DECLINED]
NOT_ADMITTED = [state for state in OrganisationState if state is not OrganisationState.ADMITTED]
JELKA = Profile(
    name="Društvo Jelka",
    legal_form="association",
    municipality="SI-011",
    email="pisarna@jelka.example",
    fields_of_work=("youth", "culture"),
    registration_number="1732803",
    tax_number="SI50223054",
    mandate_statement="Sem predsednica.",
)


def mails_to(email: str) -> list[str]:
    """The templates of the mails that wait for an address, in the order in which they were queued."""
    items = session.scalars(select(OutboxItem).where(OutboxItem.kind == KIND).order_by(OutboxItem.id))
    return [
        item.payload["template"].rpartition("/")[2].removesuffix(".txt")
        for item in items
        if item.payload["to"] == email
    ]


def token_sent_to(email: str) -> str:
    items = session.scalars(select(OutboxItem).where(OutboxItem.kind == KIND).order_by(OutboxItem.id.desc()))
    return next(item.payload["values"]["token"] for item in items if item.payload["to"] == email)


def actions() -> list[str]:
    return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def place(person: Any, organisation: Organisation) -> Membership:
    return session.scalars(
        select(Membership).where(Membership.user_id == person.id, Membership.organisation_id == organisation.id)
    ).one()


class TestApplying:
    def test_the_office_is_told_and_nobody_may_act_yet(self) -> None:
        office, applicant = coordinator(), UserFactory()
        organisation = operations.apply_for_admission(applicant, JELKA, "kljuc")
        assert organisation.state == OrganisationState.APPLIED
        assert organisation.slug == "drustvo-jelka"
        assert (organisation.registration_number, organisation.tax_number) == ("1732803000", "50223054")
        assert organisation.fields_of_work == ["youth", "culture"]
        assert organisation.warnings == []
        assert mails_to(office.email) == ["application_received"]
        assert not rules.acts_for(applicant, organisation)
        assert actions() == ["organisation.applied"]

    def test_the_same_form_sent_twice_is_one_application(self) -> None:
        office, applicant = coordinator(), UserFactory()
        first = operations.apply_for_admission(applicant, JELKA, "kljuc")
        again = operations.apply_for_admission(applicant, JELKA, "kljuc")
        assert again is first
        assert session.scalar(select(func.count(Organisation.id))) == 1
        assert mails_to(office.email) == ["application_received"]

    @pytest.mark.parametrize(
        ("change", "doubts"),
        [
            ({"registration_number": "", "tax_number": ""},
             [Doubt.REGISTRATION_NUMBER_MISSING, Doubt.TAX_NUMBER_MISSING]),
            ({"registration_number": "9331320", "tax_number": "50223055"},
             [Doubt.REGISTRATION_NUMBER_UNSOUND, Doubt.TAX_NUMBER_UNSOUND]),
            ({"name": "Društvо Jelka"}, [Doubt.NAME_MIXES_ALPHABETS]),
        ],
    )  # fmt: skip
    def test_doubts_are_kept_for_the_office_and_refuse_nothing(self, change: Any, doubts: list[Doubt]) -> None:
        organisation = operations.apply_for_admission(UserFactory(), replace(JELKA, **change), "kljuc")
        assert organisation.warnings == [doubt.value for doubt in doubts]

    @pytest.mark.parametrize(
        "change",
        [
            {"name": "DRUSTVO  JE1KA", "registration_number": "", "tax_number": ""},
            {"name": "Društvo Bor", "tax_number": ""},
            {"name": "Društvo Bor", "registration_number": ""},
        ],
    )
    @pytest.mark.parametrize("state", NOT_DECLINED)
    def test_a_taken_name_or_number_is_refused(self, change: Any, state: OrganisationState) -> None:
        operations.apply_for_admission(UserFactory(), JELKA, "prvi").state = state
        with pytest.raises(Conflict):
            operations.apply_for_admission(UserFactory(), replace(JELKA, **change), "drugi")

    def test_a_declined_application_leaves_its_name_free_and_the_office_is_warned(self) -> None:
        operations.apply_for_admission(UserFactory(), JELKA, "prvi").state = OrganisationState.DECLINED
        again = operations.apply_for_admission(UserFactory(), JELKA, "drugi")
        assert again.slug == "drustvo-jelka-2"
        assert again.warnings == [Doubt.NAME_WAS_DECLINED.value]

    def test_no_organisation_takes_the_address_of_a_page(self) -> None:
        organisation = operations.apply_for_admission(UserFactory(), replace(JELKA, name="Apply"), "kljuc")
        assert organisation.slug == "apply-2"

    def test_the_command_line_cannot_apply(self) -> None:
        with pytest.raises(Refused):
            operations.apply_for_admission(Operator(), JELKA, "kljuc")  # type: ignore[arg-type]


class TestDeciding:
    def test_the_applicant_of_an_admitted_organisation_represents_it(self) -> None:
        applicant = UserFactory(language="sl")
        organisation = operations.apply_for_admission(applicant, JELKA, "kljuc")
        operations.admit_organisation(coordinator(), organisation)
        assert organisation.is_member
        assert rules.represents(applicant, organisation)
        assert mails_to(applicant.email) == ["admitted"]
        assert actions() == ["organisation.applied", "organisation.admitted"]

    def test_an_application_goes_back_and_forth_until_it_is_decided(self) -> None:
        office, applicant = coordinator(), UserFactory()
        organisation = operations.apply_for_admission(applicant, JELKA, "kljuc")
        operations.ask_back_organisation(office, organisation, "Manjka davčna številka.")
        assert (organisation.state, organisation.decision_reason) == ("asked-back", "Manjka davčna številka.")
        completed = replace(JELKA, tax_number="", name="Društvo Jelka Celje")
        operations.complete_application(applicant, organisation, completed)
        assert (organisation.state, organisation.name) == ("applied", "Društvo Jelka Celje")
        assert organisation.name_skeleton == skeleton_of("Društvo Jelka Celje")
        assert organisation.warnings == [Doubt.TAX_NUMBER_MISSING.value]
        operations.decline_organisation(office, organisation, "Ni nevladna organizacija.")
        assert organisation.state == "declined"
        assert mails_to(applicant.email) == ["asked_back", "declined"]
        log = session.execute(select(AuditEntry.action, AuditEntry.because).order_by(AuditEntry.id))
        assert list(log) == [
            ("organisation.applied", ""),
            ("organisation.asked-back", "Manjka davčna številka."),
            ("organisation.completed", ""),
            ("organisation.declined", "Ni nevladna organizacija."),
        ]

    def test_what_was_decided_is_not_decided_again(self) -> None:
        office = coordinator()
        organisation = operations.apply_for_admission(UserFactory(), JELKA, "kljuc")
        operations.decline_organisation(office, organisation, "Ni nevladna organizacija.")
        for act in (
            lambda: operations.admit_organisation(office, organisation),
            lambda: operations.ask_back_organisation(office, organisation, "Zakaj?"),
            lambda: operations.decline_organisation(office, organisation, "Še enkrat."),
        ):
            with pytest.raises(Refused):
                act()
        assert organisation.decision_reason == "Ni nevladna organizacija."

    def test_completing_cannot_take_the_name_of_another(self) -> None:
        applicant = UserFactory()
        OrganisationFactory(name="Zavod Bor", name_skeleton=skeleton_of("Zavod Bor"))
        organisation = operations.apply_for_admission(applicant, JELKA, "kljuc")
        operations.ask_back_organisation(coordinator(), organisation, "Popravite ime.")
        with pytest.raises(Conflict):
            operations.complete_application(applicant, organisation, replace(JELKA, name="Zavod  BOR"))

    def test_people_of_an_organisation_that_left_may_not_act_until_it_is_back(self) -> None:
        office, organisation = coordinator(), OrganisationFactory()
        first, other = representative(organisation), contributor(organisation)
        operations.release_organisation(office, organisation, "Izstopila je.")
        assert not rules.acts_for(first, organisation)
        assert not rules.acts_for(other, organisation)
        assert (mails_to(first.email), mails_to(other.email)) == (["left"], [])
        operations.admit_organisation(office, organisation)
        assert rules.represents(first, organisation)
        assert rules.acts_for(other, organisation)
        assert not rules.acts_for(organisation.applicant, organisation)

    def test_the_directory_entry_is_mended_and_the_rest_stays(self) -> None:
        organisation = OrganisationFactory(name="Zavod Bor")
        mended = Presentation(email="novo@bor.example", contact_is_public=False)
        operations.edit_organisation(representative(organisation), organisation, mended)
        assert (organisation.name, organisation.email, organisation.contact_is_public) == (
            "Zavod Bor",
            "novo@bor.example",
            False,
        )
        assert session.scalars(select(AuditEntry.details)).one() == {"changed": ["email", "contact_is_public"]}


class TestInviting:
    def test_an_invitation_is_kept_as_a_hash_and_makes_a_place_once(self) -> None:
        organisation = OrganisationFactory()
        invited = UserFactory(email="nova@primer.example")
        operations.invite_person(
            representative(organisation), organisation, "Nova@primer.example", MembershipRole.REPRESENTATIVE, "kljuc"
        )
        token = token_sent_to("Nova@primer.example")
        invitation = queries.invitation_by_token(token)
        assert token not in str(session.execute(select(Invitation.__table__)).all())
        operations.accept_invitation(invited, invitation)
        assert rules.represents(invited, organisation)
        with pytest.raises(Refused, match="used already"):
            operations.accept_invitation(invited, invitation)

    def test_the_same_form_sent_twice_is_one_invitation(self) -> None:
        organisation = OrganisationFactory()
        inviter = representative(organisation)
        for _time in range(2):
            operations.invite_person(inviter, organisation, "nova@primer.example", MembershipRole.CONTRIBUTOR, "k")
        assert mails_to("nova@primer.example") == ["invitation"]
        assert session.scalar(select(func.count(Invitation.id))) == 1

    def test_a_new_invitation_voids_the_one_before(self) -> None:
        organisation, invited = OrganisationFactory(), UserFactory(email="nova@primer.example")
        inviter = representative(organisation)
        first = operations.invite_person(inviter, organisation, invited.email, MembershipRole.REPRESENTATIVE, "prva")
        second = operations.invite_person(inviter, organisation, invited.email, MembershipRole.CONTRIBUTOR, "druga")
        assert queries.open_invitations(organisation) == [second]
        with pytest.raises(Refused, match="taken back"):
            operations.accept_invitation(invited, first)

    def test_an_invitation_lasts_fourteen_days(self, stopped_clock: Any) -> None:
        organisation, invited = OrganisationFactory(), UserFactory(email="nova@primer.example")
        invitation = operations.invite_person(
            representative(organisation), organisation, invited.email, MembershipRole.CONTRIBUTOR, "kljuc"
        )
        stopped_clock(clock.now() + timedelta(days=14))
        with pytest.raises(Refused, match="expired"):
            operations.accept_invitation(invited, invitation)

    def test_whoever_belongs_already_is_not_invited(self) -> None:
        organisation = OrganisationFactory()
        with pytest.raises(Conflict, match="belongs to this organisation already"):
            operations.invite_person(
                representative(organisation),
                organisation,
                contributor(organisation).email.upper(),
                MembershipRole.CONTRIBUTOR,
                "kljuc",
            )

    def test_an_invitation_answers_a_request_that_waits(self) -> None:
        organisation, person = OrganisationFactory(), UserFactory()
        asked = operations.request_membership(person, organisation)
        invitation = operations.invite_person(
            representative(organisation), organisation, person.email, MembershipRole.REPRESENTATIVE, "kljuc"
        )
        assert operations.accept_invitation(person, invitation) is asked
        assert (asked.state, asked.role) == ("live", "representative")

    def test_a_taken_back_invitation_gives_no_place(self) -> None:
        organisation, invited = OrganisationFactory(), UserFactory()
        inviter = representative(organisation)
        invitation = operations.invite_person(inviter, organisation, invited.email, MembershipRole.CONTRIBUTOR, "k")
        operations.revoke_invitation(inviter, invitation)
        with pytest.raises(Refused, match="taken back"):
            operations.accept_invitation(invited, invitation)


class TestPeople:
    def test_a_request_is_told_to_each_representative_and_accepted_as_contributor(self) -> None:
        organisation, person = OrganisationFactory(), UserFactory()
        first, second, third = representative(organisation), representative(organisation), contributor(organisation)
        asked = operations.request_membership(person, organisation)
        assert not rules.acts_for(person, organisation)
        assert [mails_to(reader.email) for reader in (first, second, third)] == [
            ["membership_requested"],
            ["membership_requested"],
            [],
        ]
        operations.accept_request(first, asked)
        assert rules.acts_for(person, organisation)
        assert not rules.represents(person, organisation)
        assert mails_to(person.email) == ["membership_accepted"]
        with pytest.raises(Refused, match="decided already"):
            operations.decline_request(second, asked)

    def test_asking_twice_is_asking_once_and_a_declined_person_may_ask_again(self) -> None:
        organisation, person = OrganisationFactory(), UserFactory()
        asked = operations.request_membership(person, organisation)
        assert operations.request_membership(person, organisation) is asked
        operations.decline_request(representative(organisation), asked)
        assert mails_to(person.email) == ["membership_declined"]
        assert operations.request_membership(person, organisation) is not asked

    def test_a_removed_person_can_do_nothing_more(self) -> None:
        organisation = OrganisationFactory()
        manager, person = representative(organisation), contributor(organisation)
        operations.remove_person(manager, place(person, organisation))
        assert not rules.acts_for(person, organisation)
        assert place(person, organisation).state == MembershipState.ENDED
        assert mails_to(person.email) == ["membership_ended"]

    def test_whoever_leaves_by_themselves_gets_no_mail(self) -> None:
        organisation = OrganisationFactory()
        person = contributor(organisation)
        operations.remove_person(person, place(person, organisation))
        assert (rules.acts_for(person, organisation), mails_to(person.email)) == (False, [])

    def test_of_two_representatives_one_may_go_and_the_other_stays(self) -> None:
        organisation = OrganisationFactory()
        first, second = representative(organisation), representative(organisation)
        operations.remove_person(first, place(second, organisation))
        with pytest.raises(Refused, match="only representative"):
            operations.remove_person(first, place(first, organisation))
        with pytest.raises(Refused, match="only representative"):
            operations.change_role(first, place(first, organisation), MembershipRole.CONTRIBUTOR)

    def test_representatives_elsewhere_do_not_count(self) -> None:
        organisation = OrganisationFactory()
        only = representative(organisation)
        representative()
        MembershipFactory(organisation=organisation, role=MembershipRole.REPRESENTATIVE, state=MembershipState.ENDED)
        with pytest.raises(Refused, match="only representative"):
            operations.remove_person(coordinator(), place(only, organisation))

    def test_a_contributor_becomes_representative(self) -> None:
        organisation = OrganisationFactory()
        person = contributor(organisation)
        manager = representative(organisation)
        operations.change_role(manager, place(person, organisation), MembershipRole.REPRESENTATIVE)
        assert rules.represents(person, organisation)

    def test_a_representative_of_another_organisation_changes_nothing_here(self) -> None:
        organisation, stranger = OrganisationFactory(), representative()
        person = contributor(organisation)
        with pytest.raises(Refused):
            operations.remove_person(stranger, place(person, organisation))
        with pytest.raises(Refused):
            operations.change_role(stranger, place(person, organisation), MembershipRole.REPRESENTATIVE)
        assert rules.acts_for(person, organisation)


class TestRegistering:
    def test_a_registered_person_asks_the_chosen_organisation(self) -> None:
        organisation, person = OrganisationFactory(), UserFactory()
        user_registered.send(user=person, organisation_id=organisation.id)
        assert place(person, organisation).state == MembershipState.REQUESTED

    @pytest.mark.parametrize("state", NOT_ADMITTED)
    def test_an_organisation_that_is_no_member_is_not_asked(self, state: OrganisationState) -> None:
        organisation = OrganisationFactory(state=state)
        user_registered.send(user=UserFactory(), organisation_id=organisation.id)
        assert session.scalar(select(func.count(Membership.id))) == 0

    @pytest.mark.parametrize("organisation_id", [None, 404])
    def test_no_organisation_is_asked_when_none_was_chosen(self, organisation_id: int | None) -> None:
        user_registered.send(user=UserFactory(), organisation_id=organisation_id)
        assert session.scalar(select(func.count(Membership.id))) == 0
