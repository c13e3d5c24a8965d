"""What every answer says about itself."""

from __future__ import annotations

from typing import Any

import pytest
from factories import UserFactory


@pytest.mark.parametrize("path", ["/", "/consultations", "/nowhere"])
def test_a_page_may_load_only_what_is_ours(client: Any, path: str) -> None:
    policy = client.get(path).headers["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


def test_a_page_is_what_it_says_it_is(client: Any) -> None:
    headers = client.get("/").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Content-Type"] == "text/html; charset=utf-8"


def test_pages_of_signed_in_people_are_kept_nowhere(client: Any) -> None:
    client.sign_in(UserFactory())
    assert client.get("/").headers["Cache-Control"] == "no-store"


def test_pages_differ_by_cookie_and_language(client: Any) -> None:
    varies = {value.strip() for value in client.get("/").headers["Vary"].split(",")}
    assert varies == {"Cookie", "Accept-Language", "Accept-Encoding"}


def test_a_page_that_a_visitor_reads_sets_no_cookie(client: Any) -> None:
    assert client.get("/").headers.getlist("Set-Cookie") == []
    assert client.get("/consultations").headers.getlist("Set-Cookie") == []


def test_the_stylesheet_is_addressed_by_its_content(client: Any) -> None:
    page = client.get("/").get_data(as_text=True)
    address = page.split('rel="stylesheet" href="', 1)[1].split('"', 1)[0]
    path, _mark, version = address.partition("?v=")
    assert path == "/style.css"
    assert len(version) == 12
