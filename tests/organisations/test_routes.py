"""The pages: what is shown to whom, what is kept when something is wrong, and what it costs."""

from __future__ import annotations

from collections.abc import Callable
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
from organisations.doors import APPLICATION
from organisations.pages import find, only, page_of, texts, words
from sqlalchemy import func, select

from participation.foundation.database import session
from participation.foundation.outbox import OutboxItem
from participation.organisations import operations
from participation.organisations.forms import WEB_ADDRESS
from participation.organisations.models import (
    Invitation,
    Membership,
    MembershipRole,
    MembershipState,
    Organisation,
    OrganisationState,
)

LIST_BUDGET = 6


def statements(queries: list[str]) -> list[str]:
    return [query for query in queries if not query.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE"))]


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize("signed_in", [False, True])
def test_the_directory_stays_within_its_budget(
    client: Any, count_queries: Callable[[], Any], number: int, signed_in: bool
) -> None:
    for _time in range(number):
        OrganisationFactory()
    if signed_in:
        client.sign_in(representative())
    client.get("/organisations")
    with count_queries() as queries:
        response = client.get("/organisations")
    assert response.status_code == 200
    assert len(statements(queries)) <= LIST_BUDGET


@pytest.mark.parametrize("number", [1, 30, 60])
def test_the_people_stay_within_their_budget(client: Any, count_queries: Callable[[], Any], number: int) -> None:
    organisation = OrganisationFactory()
    manager = representative(organisation)
    for index in range(number):
        contributor(organisation)
        MembershipFactory(organisation=organisation, state=MembershipState.REQUESTED)
        operations.invite_person(
            manager, organisation, f"nova{index}@primer.example", MembershipRole.CONTRIBUTOR, str(index)
        )
    client.sign_in(manager)
    with count_queries() as queries:
        response = client.get(f"/organisations/{organisation.slug}/people")
    assert response.status_code == 200
    assert len(statements(queries)) <= LIST_BUDGET + 1


@pytest.mark.parametrize(("number", "on_the_last_page"), [(1, 1), (30, 10), (60, 20)])
def test_the_people_come_in_pages(client: Any, number: int, on_the_last_page: int) -> None:
    organisation = OrganisationFactory()
    client.sign_in(representative(organisation))
    for _time in range(number - 1):
        contributor(organisation)
    address = f"/organisations/{organisation.slug}/people"
    pages = [client.get(f"{address}?page={page}").get_data(as_text=True) for page in range(1, -(-number // 20) + 1)]
    # The act that is offered for everybody else, and for oneself, tells the lines apart.
    lines = [page.count('<div class="acts entry-whole">') for page in pages]
    assert sum(lines) == number
    assert lines[-1] == on_the_last_page
    assert ('rel="next"' in pages[0]) == (number > 20)


def test_a_decision_comes_back_to_its_page_of_the_people(client: Any) -> None:
    organisation = OrganisationFactory()
    client.sign_in(representative(organisation))
    place = contributor(organisation).memberships[0]
    response = client.post(f"/organisations/{organisation.slug}/people/{place.id}/remove?page=2")
    assert response.headers["Location"].endswith(f"/organisations/{organisation.slug}/people?page=2")


def test_of_many_requests_the_oldest_are_shown_first(client: Any) -> None:
    organisation = OrganisationFactory()
    client.sign_in(representative(organisation))
    for _time in range(23):
        MembershipFactory(organisation=organisation, state=MembershipState.REQUESTED)
    page = client.get(f"/organisations/{organisation.slug}/people?language=en").get_data(as_text=True)
    assert page.count("Accept the request") == 20
    assert "3 more people ask to join" in page


@pytest.mark.parametrize("number", [1, 30])
def test_the_applications_stay_within_their_budget(
    client: Any, count_queries: Callable[[], Any], number: int
) -> None:
    for _time in range(number):
        OrganisationFactory(state=OrganisationState.APPLIED)
    client.sign_in(coordinator())
    with count_queries() as queries:
        response = client.get("/desk/applications")
    assert response.status_code == 200
    assert len(find(page_of(response), ".entries > li")) == number
    assert len(statements(queries)) <= LIST_BUDGET


def test_the_directory_is_searched_and_says_how_many_it_found(client: Any) -> None:
    OrganisationFactory(name="Zavod Žarek")
    OrganisationFactory(name="Društvo Hrast")
    response = client.get("/organisations?words=zarek&language=en")
    found = page_of(response)
    assert texts(found, ".directory h2") == ["Zavod Žarek"]
    assert words(only(found, "p[role=status]")) == "Found: 1 organisation"
    assert only(found, "input[name=words]").get("value") == "zarek"


@pytest.mark.parametrize(
    "query", ["?page=0", "?page=999999999", "?page=x", "?words=%F0%9F%A6%A9", "?field=a&field=b"]
)
def test_odd_addresses_of_the_directory_still_answer(client: Any, query: str) -> None:
    assert client.get(f"/organisations{query}").status_code == 200


def test_the_public_page_shows_the_contact_only_by_choice(client: Any) -> None:
    shown = OrganisationFactory(email="javno@primer.example", contact_is_public=True)
    kept = OrganisationFactory(email="zasebno@primer.example", contact_is_public=False, phone="03 555")
    assert "javno@primer.example" in client.get(f"/organisations/{shown.slug}").text
    hidden = client.get(f"/organisations/{kept.slug}").text
    assert "zasebno@primer.example" not in hidden
    assert "03 555" not in hidden
    client.sign_in(contributor(kept))
    assert "zasebno@primer.example" in client.get(f"/organisations/{kept.slug}").text


def test_the_public_page_keeps_numbers_and_mandate_to_itself(client: Any) -> None:
    organisation = OrganisationFactory(
        registration_number="1732803000", tax_number="50223054", mandate_statement="Predsednica."
    )
    text = client.get(f"/organisations/{organisation.slug}").text
    assert [secret for secret in ("1732803", "50223054", "Predsednica") if secret in text] == []


def test_a_name_is_shown_as_text(client: Any) -> None:
    organisation = OrganisationFactory(name="<script>alert(1)</script>", description="<b>Krepko</b>")
    text = client.get(f"/organisations/{organisation.slug}").text
    assert "<script>alert" not in text
    assert "<b>Krepko" not in text


class TestApplying:
    def test_it_leads_to_how_the_application_stands(self, client: Any) -> None:
        client.sign_in(UserFactory())
        response = client.post("/organisations/apply", data=APPLICATION)
        assert (response.status_code, response.location) == (303, "/organisations/drustvo-jelka/application")
        standing = page_of(client.get(response.location))
        assert words(only(standing, "h1")) == "Application: Društvo Jelka"
        assert words(only(standing, ".badge")) == "application waits for the office"

    def test_the_form_sent_twice_makes_one_organisation(self, client: Any) -> None:
        client.sign_in(UserFactory())
        answers = [client.post("/organisations/apply", data=APPLICATION | {"form_key": "isti"}) for _time in range(2)]
        assert [(answer.status_code, answer.location) for answer in answers] == [
            (303, "/organisations/drustvo-jelka/application")
        ] * 2
        assert session.scalar(select(func.count(Organisation.id))) == 1

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"name": "  "}, "name"),
            ({"name": "…"}, "name"),
            ({"name": "a" * 201}, "name"),
            ({"legal_form": "state"}, "legal_form"),
            ({"municipality": "SI-061"}, "municipality"),
            ({"presence": "shadow"}, "presence"),
            ({"fields_of_work": []}, "fields_of_work"),
            ({"fields_of_work": ["alchemy"]}, "fields_of_work"),
            ({"registration_number": "123456"}, "registration_number"),
            ({"tax_number": "1234567"}, "tax_number"),
            ({"email": "brez afne"}, "email"),
            ({"email": "dve@primer.example,tri@primer.example"}, "email"),
            ({"website": "javascript://alert(1)"}, "website"),
            ({"website": "brez pike"}, "website"),
            ({"description": "a" * 5001}, "description"),
            ({"mandate_statement": ""}, "mandate_statement"),
        ],
    )
    def test_what_is_wrong_is_said_beside_its_field_and_the_rest_is_kept(
        self, client: Any, wrong: dict[str, Any], field: str
    ) -> None:
        client.sign_in(UserFactory())
        response = client.post("/organisations/apply", data=APPLICATION | {"short_name": "Jelkice"} | wrong)
        assert response.status_code == 422
        shown = page_of(response)
        assert [link.get("href") for link in find(shown, ".error-summary a")] == [f"#{field}"]
        assert len(find(shown, f"#{field}-error")) == 1
        assert only(shown, "#short_name").get("value") == "Jelkice"
        assert session.scalar(select(func.count(Organisation.id))) == 0

    def test_control_characters_and_direction_marks_are_dropped(self, client: Any) -> None:
        client.sign_in(UserFactory())
        client.post("/organisations/apply", data=APPLICATION | {"name": "Društvo\x00 \u202eJelka\u200b  "})
        assert session.scalars(select(Organisation.name)).one() == "Društvo Jelka"

    def test_a_taken_name_is_said_beside_the_name(self, client: Any) -> None:
        client.sign_in(UserFactory())
        client.post("/organisations/apply", data=APPLICATION)
        client.sign_in(UserFactory())
        response = client.post("/organisations/apply", data=APPLICATION | {"name": "DRUŠTVO  JELKA"})
        assert response.status_code == 422
        assert [link.get("href") for link in find(page_of(response), ".error-summary a")] == ["#name"]

    def test_an_asked_back_application_is_completed_in_place(self, client: Any) -> None:
        applicant = UserFactory()
        client.sign_in(applicant)
        client.post("/organisations/apply", data=APPLICATION)
        organisation = session.scalars(select(Organisation)).one()
        operations.ask_back_organisation(coordinator(), organisation, "Dopišite davčno številko.")
        form = page_of(client.get("/organisations/drustvo-jelka/application"))
        assert only(form, "#name").get("value") == "Društvo Jelka"
        assert [box.get("value") for box in find(form, "#fields_of_work input[checked]")] == ["youth"]
        assert words(only(form, ".notice .organisation-words")) == "Dopišite davčno številko."
        completed = APPLICATION | {"tax_number": "50223054"}
        response = client.post("/organisations/drustvo-jelka/application", data=completed)
        assert response.status_code == 303
        assert (organisation.state, organisation.tax_number) == ("applied", "50223054")

    def test_visitors_lose_nothing_they_typed(self, client: Any) -> None:
        response = client.post("/organisations/apply", data=APPLICATION)
        assert response.status_code == 401
        shown = page_of(response)
        kept = [field.get("value") for field in find(shown, ".kept input")] + texts(shown, ".kept textarea")
        assert [value for value in ("Društvo Jelka", "Sem predsednica društva.") if value not in kept] == []


class TestTheOffice:
    def test_it_reads_doubts_and_decides_with_a_reason(self, client: Any) -> None:
        organisation = OrganisationFactory(
            state=OrganisationState.APPLIED, warnings=["tax-number-unsound", "unknown-to-this-version"]
        )
        client.sign_in(coordinator())
        shown = page_of(client.get(f"/desk/applications/{organisation.slug}"))
        assert texts(shown, ".notice-warning li") == [
            "The check digit of the tax number does not fit: it may be mistyped."
        ]
        client.post(f"/desk/applications/{organisation.slug}/decline", data={"reason": "Ni NVO."})
        assert (organisation.state, organisation.decision_reason) == ("declined", "Ni NVO.")

    @pytest.mark.parametrize("act", ["ask-back", "decline"])
    @pytest.mark.parametrize("reason", ["", "  \u200b", "a" * 5001])
    def test_a_decision_needs_a_reason_of_reasonable_length(self, client: Any, act: str, reason: str) -> None:
        organisation = OrganisationFactory(state=OrganisationState.APPLIED)
        client.sign_in(coordinator())
        response = client.post(f"/desk/applications/{organisation.slug}/{act}", data={"reason": reason})
        assert response.status_code == 422
        assert texts(page_of(response), "details[open] textarea") == [reason.strip(" \u200b")]
        assert organisation.state == "applied"

    def test_decided_applications_are_found_by_their_state(self, client: Any) -> None:
        OrganisationFactory(name="Zavod Bor", state=OrganisationState.DECLINED)
        OrganisationFactory(name="Zavod Jelša", state=OrganisationState.APPLIED)
        client.sign_in(coordinator())
        for state, names in (("declined", ["Zavod Bor"]), ("", ["Zavod Jelša"]), ("nonsense", ["Zavod Jelša"])):
            shown = page_of(client.get(f"/desk/applications?state={state}"))
            assert texts(shown, ".entries h2") == names


class TestPeople:
    def test_a_removed_person_loses_access_on_the_next_request(
        self, client: Any, new_client: Callable[[], Any]
    ) -> None:
        organisation = OrganisationFactory()
        manager, person = representative(organisation), contributor(organisation)
        theirs = new_client().sign_in(person)
        assert theirs.get(f"/organisations/{organisation.slug}/people").status_code == 200
        place = session.scalars(select(Membership).where(Membership.user_id == person.id)).one()
        client.sign_in(manager)
        assert client.post(f"/organisations/{organisation.slug}/people/{place.id}/remove").status_code == 303
        assert theirs.get(f"/organisations/{organisation.slug}/people").status_code == 403
        assert theirs.post("/acting", data={"organisation_id": organisation.id}).status_code == 403

    def test_the_only_representative_reads_why_nothing_can_be_done(self, client: Any) -> None:
        organisation = OrganisationFactory()
        client.sign_in(representative(organisation))
        shown = page_of(client.get(f"/organisations/{organisation.slug}/people"))
        assert texts(shown, ".why-not") == [
            "This is the only representative of the organisation. Make somebody else a representative first."
        ]

    def test_a_wrong_address_is_kept_and_nobody_is_invited(self, client: Any) -> None:
        organisation = OrganisationFactory()
        client.sign_in(representative(organisation))
        response = client.post(
            f"/organisations/{organisation.slug}/people", data={"email": "nova primer", "role": "contributor"}
        )
        assert response.status_code == 422
        assert only(page_of(response), "#email").get("value") == "nova primer"
        assert session.scalar(select(func.count(Invitation.id))) == 0

    def test_an_unknown_role_changes_nothing(self, client: Any) -> None:
        organisation = OrganisationFactory()
        client.sign_in(representative(organisation))
        person = contributor(organisation)
        place = session.scalars(select(Membership).where(Membership.user_id == person.id)).one()
        response = client.post(f"/organisations/{organisation.slug}/people/{place.id}/role", data={"role": "owner"})
        assert (response.status_code, place.role) == (422, "contributor")

    def test_people_of_another_organisation_are_out_of_reach(self, client: Any) -> None:
        own, other = OrganisationFactory(), OrganisationFactory()
        client.sign_in(representative(own))
        place = MembershipFactory(organisation=other)
        assert client.post(f"/organisations/{own.slug}/people/{place.id}/remove").status_code == 404
        assert client.post(f"/organisations/{other.slug}/people/{place.id}/remove").status_code == 403
        assert place.state == "live"

    def test_a_request_is_asked_and_accepted_in_the_browser(self, client: Any, new_client: Callable[[], Any]) -> None:
        organisation, person = OrganisationFactory(), UserFactory(name="Maja Novak")
        theirs = new_client().sign_in(person)
        for _time in range(2):
            assert theirs.post(f"/organisations/{organisation.slug}/requests").status_code == 303
        client.sign_in(representative(organisation))
        shown = page_of(client.get(f"/organisations/{organisation.slug}/people"))
        assert texts(shown, "[aria-labelledby=requests] li strong") == ["Maja Novak"]
        assert client.post(find(shown, "[aria-labelledby=requests] form")[0].get("action")).status_code == 303
        assert theirs.get(f"/organisations/{organisation.slug}/people").status_code == 200


class TestInvitations:
    @pytest.fixture
    def token(self) -> str:
        organisation = OrganisationFactory(name="Društvo Lipa")
        operations.invite_person(
            representative(organisation), organisation, "nova@primer.example", MembershipRole.CONTRIBUTOR, "kljuc"
        )
        return str(session.scalars(select(OutboxItem)).one().payload["values"]["token"])

    def test_opening_the_link_accepts_nothing_and_leaves_a_clean_address(self, client: Any, token: str) -> None:
        client.sign_in(UserFactory(email="nova@primer.example"))
        for method in ("HEAD", "GET", "GET"):
            response = client.open(f"/invitations/{token}", method=method)
            assert (response.status_code, response.location) == (303, "/invitations")
        assert session.scalars(select(Invitation.accepted_at)).one() is None

    def test_the_invited_person_accepts_with_a_button(self, client: Any, token: str) -> None:
        client.sign_in(UserFactory(email="nova@primer.example"))
        shown = page_of(client.get(f"/invitations/{token}", follow_redirects=True))
        assert texts(shown, "main h2") == ["Društvo Lipa"]
        action = only(shown, "main form[method=post]").get("action")
        assert client.post(action).status_code == 303
        assert client.post(action).status_code == 403
        assert words(only(page_of(client.get("/organisations")), ".acting")) == "You act for Društvo Lipa."

    def test_a_visitor_is_shown_where_to_sign_in(self, client: Any, token: str) -> None:
        shown = page_of(client.get(f"/invitations/{token}", follow_redirects=True))
        assert texts(shown, "main h2") == ["Društvo Lipa"]
        assert find(shown, "main form[method=post]") == []
        assert find(shown, "main .acts a")[0].get("href") == "/login?next=/invitations"

    def test_another_person_is_told_why_the_link_is_not_theirs(self, client: Any, token: str) -> None:
        client.sign_in(UserFactory(email="druga@primer.example"))
        shown = page_of(client.get(f"/invitations/{token}", follow_redirects=True))
        assert texts(shown, "main .why-not") == [
            "The invitation was sent to another email address than that of your account."
        ]

    def test_the_invited_person_finds_the_invitation_without_the_link(self, client: Any, token: str) -> None:
        client.sign_in(UserFactory(email="nova@primer.example"))
        shown = page_of(client.get("/invitations"))
        assert texts(shown, "main h2") == ["Društvo Lipa"]


class TestActing:
    def test_the_first_live_place_is_taken_and_another_can_be_chosen(self, client: Any) -> None:
        first, second = OrganisationFactory(name="Društvo Lipa"), OrganisationFactory(name="Zavod Hrast")
        person = representative(first)
        MembershipFactory(user=person, organisation=second)
        MembershipFactory(user=person, organisation=OrganisationFactory(state=OrganisationState.LEFT))
        client.sign_in(person)
        shown = page_of(client.get("/organisations"))
        assert texts(shown, ".acting option") == ["Društvo Lipa", "Zavod Hrast"]
        assert words(only(shown, ".acting option[selected]")) == "Društvo Lipa"
        response = client.post("/acting", data={"organisation_id": second.id, "next": "/organisations?page=1"})
        assert (response.status_code, response.location) == (303, "/organisations?page=1")
        shown = page_of(client.get("/organisations"))
        assert words(only(shown, ".acting option[selected]")) == "Zavod Hrast"

    def test_a_choice_that_no_longer_lives_falls_back(self, client: Any) -> None:
        first, second = OrganisationFactory(name="Društvo Lipa"), OrganisationFactory(name="Zavod Hrast")
        person = representative(first)
        place = MembershipFactory(user=person, organisation=second)
        client.sign_in(person)
        client.post("/acting", data={"organisation_id": second.id})
        place.state = MembershipState.ENDED
        assert words(only(page_of(client.get("/organisations")), ".acting")) == "You act for Društvo Lipa."

    @pytest.mark.parametrize("asked", ["", "x", "-1", "999999", "9" * 30, "１"])
    def test_an_organisation_that_does_not_exist_is_not_found(self, client: Any, asked: str) -> None:
        client.sign_in(representative())
        assert client.post("/acting", data={"organisation_id": asked}).status_code == 404

    @pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "/\\evil.example"])
    def test_choosing_leads_nowhere_else(self, client: Any, address: str) -> None:
        organisation = OrganisationFactory()
        client.sign_in(representative(organisation))
        response = client.post("/acting", data={"organisation_id": organisation.id, "next": address})
        assert (response.status_code, response.location) == (303, "/")


@pytest.mark.parametrize("website", ["https://" + "a." * 100_000, "https://" + "." * 100_000, "a." * 100_000 + " x"])
def test_endless_address_of_a_website_is_refused_without_searching_it_over_and_over(website: str) -> None:
    assert WEB_ADDRESS.match(website + "<") is None
