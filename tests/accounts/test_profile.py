"""The profile, and the tasks that an account itself gives."""

from __future__ import annotations

from typing import Any

import pytest
from accounts.people import person, sign_in
from factories import MembershipFactory, OrganisationFactory, coordinator, representative
from flask import session as cookie_session

from participation.accounts.queries import waiting_for
from participation.accounts.routes import ask_to_sign_in_again, recent_sign_in
from participation.foundation import clock
from participation.foundation.database import session
from participation.organisations.models import MembershipState, OrganisationState


def test_visitor_is_asked_to_sign_in_first(client: Any) -> None:
    assert client.get("/profile").location == "/login?next=/profile"
    answer = client.post("/profile", data={"name": "Nekdo", "language": "sl"})
    assert answer.status_code == 401
    assert "Nekdo" in answer.text


def test_profile_is_changed(client: Any) -> None:
    ana = person(name="Ana Kos")
    client.sign_in(ana)
    answer = client.post("/profile", data={"name": " Ana  Kos Lipnik\u202e", "language": "sl", "name_is_public": "y"})
    assert (answer.status_code, answer.location) == (303, "/profile")
    assert (ana.name, ana.language, ana.name_is_public) == ("Ana Kos Lipnik", "sl", True)
    client.post("/profile", data={"name": "Ana", "language": "en"})
    assert (ana.name, ana.language, ana.name_is_public) == ("Ana", "en", False)


def test_chosen_language_holds_at_once(client: Any) -> None:
    client.sign_in(person(language="en"))
    client.post("/language", data={"language": "en"})
    client.post("/profile", data={"name": "Ana", "language": "sl"})
    assert '<html lang="sl">' in client.get("/profile").text


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"name": "", "language": "sl"}, "Enter your name."),
        ({"name": "A" * 121, "language": "sl"}, "A name has 2 to 120 characters."),
        ({"name": "Ana", "language": "xx"}, "Not a valid choice."),
    ],
)
def test_bad_profile_is_refused_and_kept(client: Any, form: dict[str, str], message: str) -> None:
    ana = person(name="Ana Kos")
    client.sign_in(ana)
    answer = client.post("/profile", data=form)
    assert answer.status_code == 422
    assert message in answer.text
    assert f'value="{form["name"]}"' in answer.text
    assert ana.name == "Ana Kos"


def test_profile_tells_for_whom_the_person_acts(client: Any) -> None:
    ana = coordinator()
    MembershipFactory(user=ana, organisation=OrganisationFactory(name="Društvo za lipe"))
    left = OrganisationFactory(name="Društvo, ki je odšlo", state=OrganisationState.LEFT)
    MembershipFactory(user=ana, organisation=left)
    wished = OrganisationFactory(name="Društvo v željah")
    MembershipFactory(user=ana, organisation=wished, state=MembershipState.REQUESTED)
    client.sign_in(ana)
    page = client.get("/profile").text
    assert "Društvo za lipe" in page
    assert "coordinator" in page
    assert "Društvo, ki je odšlo" not in page
    assert "Društvo v željah" not in page


@pytest.mark.parametrize("places", [1, 30])
def test_profile_costs_the_same_however_many_organisations(client: Any, count_queries: Any, places: int) -> None:
    ana = person()
    for _place in range(places):
        MembershipFactory(user=ana)
    client.sign_in(ana)
    with count_queries() as queries:
        assert client.get("/profile").status_code == 200
    assert len([query for query in queries if not query.startswith(("BEGIN", "PRAGMA"))]) <= 6


def test_who_binds_others_is_advised_a_second_step(client: Any) -> None:
    ana = representative()
    assert [task.endpoint for task in waiting_for(ana, None)] == ["security.two_factor_setup"]
    ana.tf_primary_method, ana.tf_totp_secret = "authenticator", "skrito"
    assert waiting_for(ana, None) == []
    assert waiting_for(MembershipFactory().user, None) == []
    assert [task.endpoint for task in waiting_for(coordinator(), None)] == ["security.two_factor_setup"]


@pytest.mark.parametrize(
    ("age", "minutes", "is_recent"),
    [(0, 10, True), (9.9, 10, True), (10.1, 10, False), (10.1, 15, True), (-5, 10, False)],
)
def test_sign_in_is_recent_for_some_minutes(app: Any, age: float, minutes: int, is_recent: bool) -> None:
    with app.test_request_context():
        cookie_session["fs_paa"] = clock.now().timestamp() - age * 60
        assert recent_sign_in(minutes) is is_recent


@pytest.mark.parametrize("value", [None, "včeraj", [1]])
def test_sign_in_without_a_moment_is_not_recent(app: Any, value: Any) -> None:
    with app.test_request_context():
        cookie_session["fs_paa"] = value
        assert not recent_sign_in()


def test_page_is_asked_for_again_after_the_password(app: Any) -> None:
    with app.test_request_context("/positions/lipa/cosign?x=1"):
        answer = ask_to_sign_in_again()
    assert (answer.status_code, answer.location) == (303, "/verify?next=/positions/lipa/cosign?x%3D1")


def test_act_is_kept_while_the_password_is_given(app: Any) -> None:
    form = {"statement": "Podpiramo v celoti."}
    own = {"Sec-Fetch-Site": "same-origin"}
    with app.test_request_context("/positions/lipa/cosign", method="POST", data=form, headers=own):
        page, status = ask_to_sign_in_again()
    assert status == 401
    assert "Podpiramo v celoti." in page
    assert 'action="/positions/lipa/cosign"' in page


def test_name_in_a_page_is_only_text(client: Any) -> None:
    ana = person()
    ana.name = "<script>alert(1)</script>"
    session.commit()
    sign_in(client, ana)
    page = client.get("/profile").text
    assert "<script>alert" not in page
