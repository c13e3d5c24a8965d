"""A hint is shown until it is dismissed, and the dismissal is remembered with the person or in the browser."""

from __future__ import annotations

from typing import Any

import pytest
from accounts.people import person, sign_in
from factories import (
    ConsultationFactory,
    UserFactory,
    contributor,
    coordinator,
    council_representative,
    representative,
)
from flask import render_template_string
from flask_login import login_user
from sqlalchemy import select

from participation.accounts.models import Visitor
from participation.foundation.access import Refused
from participation.foundation.database import session
from participation.help.models import DismissedHint, GuideName, Hint, cookie_of, hints_in
from participation.help.operations import dismiss_hint
from participation.help.queries import dismissed_hints, own_guide

TEMPLATE = '{% from "components/hint.html" import hint %}'


@pytest.mark.parametrize(
    ("cookie", "hints"),
    [
        ("", set()),
        ("desk", {Hint.DESK}),
        ("desk.front-page", {Hint.DESK, Hint.FRONT_PAGE}),
        ("desk.nonsense.<script>.front-page", {Hint.DESK, Hint.FRONT_PAGE}),
        ("DESK", set()),
        ("x" * 5_000 + ".desk", set()),
    ],
)
def test_a_cookie_says_only_what_we_wrote(cookie: str, hints: set[Hint]) -> None:
    assert hints_in(cookie) == hints


def test_the_longest_cookie_is_read_again() -> None:
    assert hints_in(cookie_of(Hint)) == set(Hint)
    assert len(cookie_of(Hint)) < 200


def test_dismissed_hint_is_remembered_once_and_for_this_person_alone(app: Any) -> None:
    ana, bor = UserFactory(), UserFactory()
    dismiss_hint(ana, Hint.DESK)
    dismiss_hint(ana, Hint.DESK)
    dismiss_hint(bor, Hint.PREVIEW)
    assert dismissed_hints(ana) == {Hint.DESK}
    assert dismissed_hints(bor) == {Hint.PREVIEW}
    assert dismissed_hints(Visitor()) == set()


def test_a_visitor_dismisses_nothing_for_good(app: Any) -> None:
    with pytest.raises(Refused):
        dismiss_hint(Visitor(), Hint.DESK)  # type: ignore[arg-type]


def test_posted_dismissal_is_kept_and_leads_back(client: Any) -> None:
    ana = UserFactory()
    client.sign_in(ana)
    answer = client.post("/help/hints/desk/dismiss", data={"next": "/consultations?page=2"})
    assert (answer.status_code, answer.location) == (303, "/consultations?page=2")
    assert session.scalars(select(DismissedHint.hint)).all() == [Hint.DESK]


def test_a_dismissed_hint_stays_away_from_the_next_page_and_after_the_next_sign_in(client: Any) -> None:
    ana = person()
    sign_in(client, ana)
    assert "/help/hints/desk/dismiss" in client.get("/desk").text
    client.post("/help/hints/desk/dismiss")
    assert "/help/hints/" not in client.get("/desk").text
    client.post("/logout")
    sign_in(client, ana)
    assert "/help/hints/" not in client.get("/desk").text


def test_a_page_asks_the_database_for_no_hint(client: Any, count_queries: Any) -> None:
    client.sign_in(UserFactory())
    with count_queries() as statements:
        assert "/help/hints/desk/dismiss" in client.get("/desk").text
    assert [statement for statement in statements if "dismissed_hints" in statement] == []


def test_another_site_cannot_dismiss_a_persons_hint(app: Any, client: Any) -> None:
    client.sign_in(UserFactory())
    app.config["WTF_CSRF_ENABLED"] = True
    assert client.post("/help/hints/desk/dismiss").status_code == 400
    assert session.scalars(select(DismissedHint)).all() == []


def test_a_visitors_browser_remembers_without_a_token(app: Any, client: Any) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    client.set_cookie("hints", "co-signing.nonsense")
    answer = client.post("/help/hints/front-page/put-away", data={"next": "//evil.example/"})
    assert (answer.status_code, answer.location) == (303, "/")
    cookie = client.get_cookie("hints")
    assert cookie.value == "front-page.co-signing"
    assert (cookie.http_only, cookie.same_site, cookie.max_age) == (True, "Lax", 365 * 24 * 3600)
    assert client.get_cookie("soglasje") is None


def shown(app: Any, names: str, *, user: Any = None, cookie: str = "") -> str:
    """What the macro prints when a page calls it with each of these names."""
    headers = {"Cookie": f"hints={cookie}"} if cookie else {}
    with app.test_request_context("/consultations?page=2", headers=headers):
        if user is not None:
            login_user(user)
        calls = "{% for name in names %}{{ hint(name) }}{% endfor %}"
        return render_template_string(TEMPLATE + calls, names=names.split())


def test_a_visitor_sees_the_hint_without_a_token(app: Any) -> None:
    page = shown(app, "reading-a-draft")
    assert page.count("<aside") == 1
    assert 'action="/help/hints/reading-a-draft/put-away"' in page
    assert 'name="next" value="/consultations?page=2"' in page
    assert "csrf_token" not in page


def test_who_is_signed_in_gets_the_token(app: Any) -> None:
    page = shown(app, "reading-a-draft", user=UserFactory())
    assert 'action="/help/hints/reading-a-draft/dismiss"' in page
    assert 'name="csrf_token"' in page


def test_a_dismissed_hint_stays_away(app: Any) -> None:
    ana = UserFactory()
    dismiss_hint(ana, Hint.DESK)
    session.commit()
    assert "<aside" not in shown(app, "desk", user=ana)
    assert "<aside" not in shown(app, "desk", cookie="desk")
    assert "<aside" not in shown(app, "desk", user=UserFactory(), cookie="desk")
    assert "<aside" in shown(app, "desk", user=UserFactory(), cookie="preview")


def test_a_page_shows_one_hint_at_most(app: Any) -> None:
    page = shown(app, "front-page desk")
    assert page.count("<aside") == 1
    assert "hints/front-page/" in page
    assert "<aside" not in shown(app, "front-page desk", cookie="front-page")


def test_reading_a_page_with_a_hint_sets_no_cookie(client: Any) -> None:
    ConsultationFactory(slug="parki")
    answer = client.get("/consultations/parki")
    assert "/help/hints/reading-a-draft/put-away" in answer.text
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" in answer.headers["Vary"]


def test_each_person_is_led_to_their_guide(app: Any) -> None:
    people = {
        GuideName.READER: Visitor(),
        GuideName.CONTRIBUTOR: contributor(),
        GuideName.REPRESENTATIVE: representative(),
        GuideName.COUNCIL_REPRESENTATIVE: council_representative(),
        GuideName.COORDINATOR: coordinator(),
    }
    assert {name: own_guide(person) for name, person in people.items()} == {name: name for name in people}
    assert own_guide(UserFactory()) is GuideName.CONTRIBUTOR
