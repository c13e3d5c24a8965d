"""A visitor's page is sparing with the line; a person's own page is never compressed by us."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from factories import ConsultationFactory, UserFactory

PATHS = ["/", "/consultations", "/positions", "/submissions", "/organisations"]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_compressed_for_browsers_that_ask(client: Any, path: str) -> None:
    plain = client.get(path)
    compressed = client.get(path, headers={"Accept-Encoding": "gzip, deflate, br"})
    assert "Content-Encoding" not in plain.headers
    assert compressed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(compressed.data) == plain.data


@pytest.mark.parametrize("path", PATHS)
def test_a_page_that_the_reader_has_is_not_sent_again(client: Any, path: str) -> None:
    etag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")


def test_a_page_that_changed_is_sent(client: Any) -> None:
    etag = client.get("/consultations").headers["ETag"]
    ConsultationFactory()
    assert client.get("/consultations", headers={"If-None-Match": etag}).status_code == 200


def test_another_language_is_another_page(client: Any) -> None:
    etag = client.get("/?language=sl").headers["ETag"]
    assert client.get("/?language=en", headers={"If-None-Match": etag}).status_code == 200


def test_a_page_with_a_token_is_left_alone(client: Any) -> None:
    page = client.get("/login", headers={"Accept-Encoding": "gzip"})
    assert "csrf_token" in page.get_data(as_text=True)
    assert "Content-Encoding" not in page.headers
    assert "ETag" not in page.headers


def test_a_page_of_a_person_who_signed_in_is_left_alone(client: Any) -> None:
    client.sign_in(UserFactory())
    page = client.get("/consultations", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in page.headers
    assert page.headers["Cache-Control"] == "no-store"
