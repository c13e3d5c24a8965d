"""Error pages give back what was sent as words, never as part of the page, and tell nothing of the program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from factories import PositionFactory, UserFactory, representative
from flask import abort

from participation.web import Application

MARKUP = "\"'></textarea></title><img src=x onerror=alert(1)>{{7*191}}"
OWN = {"Origin": "http://localhost"}


@pytest.fixture
def breaking(client: Any, app: Application) -> Iterator[Any]:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield client
    app.config["PROPAGATE_EXCEPTIONS"] = None


def alive(page: str) -> list[str]:
    """What became part of the page: tags of ours have none of these."""
    return re.findall(r"<img|\son[a-z]+=\w+\([^<]*>|1337", re.sub(r"&lt;.*?&gt;", "", page))


def test_both_texts_of_a_conflict_stay_words(client: Any) -> None:
    member = representative()
    position = PositionFactory(created_by=member, title=f"Prej {MARKUP}", general=f"Staro {MARKUP}")
    client.sign_in(member)
    fields = {"revision": 0, "title": f"Potem {MARKUP}", "general": f"Novo {MARKUP}\n{MARKUP}", MARKUP: MARKUP}
    answer = client.post(f"/positions/{position.slug}/edit", data=fields)
    assert answer.status_code == 409
    assert "Both texts" in answer.text
    assert alive(answer.text) == []
    assert answer.text.count("&lt;img") >= 6


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 415, 429, 500])
def test_what_was_sent_stays_words_on_every_error_page(
    breaking: Any, app: Application, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    def broken() -> None:
        if status == 500:
            raise RuntimeError("secret-of-the-program")
        abort(status, "secret-of-the-program")

    monkeypatch.setitem(app.view_functions, "organisations.act", broken)
    breaking.sign_in(UserFactory())
    fields = {MARKUP: MARKUP, "because": MARKUP * 3, "password": "modra-skodelica", "recovery_code": "123456"}
    answer = breaking.post(f"/acting?a={MARKUP}", data=fields, headers=OWN)
    assert answer.status_code == status
    assert alive(answer.text) == []
    for secret in ("secret-of-the-program", "modra-skodelica", "123456", "Traceback", "RuntimeError"):
        assert secret not in answer.text
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_an_address_that_leads_nowhere_stays_words(client: Any) -> None:
    answer = client.get(f"/{MARKUP}?{MARKUP}", headers={"Referer": f"http://localhost/{MARKUP}"})
    assert answer.status_code == 404
    assert alive(answer.text) == []


@pytest.mark.parametrize("path", ["/\\zlo.example/", "//zlo.example/", "/\\/zlo.example"])
def test_the_way_back_leads_to_no_other_site(client: Any, path: str) -> None:
    page = client.get("/nowhere", headers={"Referer": f"http://localhost{path}"})
    assert "zlo.example" not in page.text
