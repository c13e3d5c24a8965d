"""The language of a page: asked for, chosen, the person's, the browser's, the installation's."""

from __future__ import annotations

from typing import Any

import pytest
from factories import UserFactory


def language_of(client: Any, path: str = "/", **headers: str) -> str:
    page = client.get(path, headers=headers).get_data(as_text=True)
    return str(page.split('<html lang="', 1)[1].split('"', 1)[0])


@pytest.mark.parametrize(
    ("wish", "language"),
    [("", "sl"), ("en-GB", "en"), ("sl-SI,en;q=0.5", "sl"), ("de,en;q=0.7", "en"), ("de", "sl"), ("*", "sl")],
)
def test_the_browser_is_asked_first(client: Any, wish: str, language: str) -> None:
    assert language_of(client, **{"Accept-Language": wish}) == language


def test_a_choice_stays(client: Any) -> None:
    client.get("/language", query_string={"language": "en", "next": "/consultations"})
    assert language_of(client, **{"Accept-Language": "sl"}) == "en"


def test_a_person_reads_the_own_language(client: Any) -> None:
    client.sign_in(UserFactory(language="en"))
    assert language_of(client, **{"Accept-Language": "sl"}) == "en"


def test_an_address_can_name_a_language(client: Any) -> None:
    client.get("/language", query_string={"language": "sl", "next": "/"})
    assert language_of(client, "/?language=en") == "en"


def test_the_choice_is_offered_without_the_language_that_the_address_names(client: Any) -> None:
    page = client.get("/consultations?topic=youth&language=en").get_data(as_text=True)
    assert 'href="/language?language=sl&amp;next=/consultations?topic%3Dyouth"' in page


def test_an_unknown_language_is_no_choice(client: Any) -> None:
    client.get("/language", query_string={"language": "xx", "next": "/"})
    assert language_of(client, "/?language=tlh", **{"Accept-Language": "en"}) == "en"


@pytest.mark.parametrize(
    ("asked", "goes_to"),
    [
        ("/consultations?topic=youth", "/consultations?topic=youth"),
        ("", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/ok\r\nX: y", "/"),
    ],
)
def test_the_choice_leads_back_to_a_page_of_ours(client: Any, asked: str, goes_to: str) -> None:
    response = client.get("/language", query_string={"language": "en", "next": asked})
    assert (response.status_code, response.location) == (303, goes_to)
