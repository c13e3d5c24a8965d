"""No act of an account can be set off from another site: A03 for this room."""

from __future__ import annotations

from typing import Any

import pytest
from accounts.people import PASSWORD, is_signed_in, person, sign_in
from flask import url_for
from sqlalchemy import func, select

from participation.foundation import outbox
from participation.foundation.audit import AuditEntry
from participation.foundation.database import session

ROOMS = ("security.", "accounts.")


def unsafe_addresses(app: Any) -> list[str]:
    with app.test_request_context():
        return [
            url_for(rule.endpoint, **{name: "x" for name in rule.arguments})
            for rule in app.url_map.iter_rules()
            if rule.endpoint.startswith(ROOMS) and "POST" in (rule.methods or set())
        ]


@pytest.mark.parametrize("token", [None, "", "izmišljen"], ids=["none", "empty", "wrong"])
def test_form_without_the_token_of_the_page_changes_nothing(app: Any, client: Any, token: str | None) -> None:
    ana = person(name="Ana Kos")
    sign_in(client, ana)
    app.config["WTF_CSRF_ENABLED"] = True
    form = {"email": "x@primer.example", "password": PASSWORD, "name": "Podtaknjeno", "language": "sl"}
    if token is not None:
        form["csrf_token"] = token
    answers = {address: client.post(address, data=form).status_code for address in unsafe_addresses(app)}
    assert len(answers) > 20
    assert set(answers.values()) == {400}
    assert is_signed_in(client)
    assert ana.name == "Ana Kos"
    assert session.scalar(select(func.count()).select_from(outbox.OutboxItem)) == 0
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == 0


def test_token_of_another_browser_is_refused(app: Any, client: Any, new_client: Any) -> None:
    sign_in(client, person())
    app.config["WTF_CSRF_ENABLED"] = True
    page = new_client().get("/login").text
    stranger = page.split('name="csrf_token" value="')[1].split('"')[0]
    assert client.post("/logout", data={"csrf_token": stranger}).status_code == 400
    assert is_signed_in(client)


def test_json_in_the_clothes_of_text_is_refused(app: Any, client: Any) -> None:
    sign_in(client, person())
    app.config["WTF_CSRF_ENABLED"] = True
    assert client.post("/profile", data='{"name": "x"}', content_type="text/plain").status_code == 400
    assert client.post("/profile", json={"name": "x", "language": "sl"}).status_code == 400
