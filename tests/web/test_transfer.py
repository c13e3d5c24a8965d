"""A visitor's page is sparing with the line; a person's own page is never compressed by us."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from factories import CommentFactory, ConsultationFactory, UserFactory

from participation.comments.models import CommentState
from participation.consultations.models import ConsultationState

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


def test_what_is_kept_tells_apart_what_came_compressed(client: Any) -> None:
    etag = client.get("/consultations").headers["ETag"]
    again = client.get("/consultations", headers={"If-None-Match": etag, "Accept-Encoding": "gzip"})
    assert again.status_code == 304
    assert {"Cookie", "Accept-Language", "Accept-Encoding"} <= set(again.vary)
    assert again.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("known", ["ETAG", "*"])
def test_what_may_no_longer_be_read_is_not_confirmed_from_memory(client: Any, known: str) -> None:
    consultation = ConsultationFactory(slug="odlok")
    etag = client.get("/consultations/odlok").headers["ETag"]
    consultation.state, consultation.published_at = ConsultationState.PREPARING, None
    answer = client.get("/consultations/odlok", headers={"If-None-Match": known.replace("ETAG", etag)})
    assert answer.status_code == 404


def test_a_comment_that_was_hidden_is_not_confirmed_from_memory(client: Any) -> None:
    consultation = ConsultationFactory(slug="odlok")
    comment = CommentFactory(consultation=consultation, source="Beseda, ki bo skrita.")
    page = client.get("/consultations/odlok/comments")
    assert "Beseda, ki bo skrita." in page.text
    comment.state, comment.hidden_because = CommentState.HIDDEN, "Žaljivo."
    again = client.get("/consultations/odlok/comments", headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 200
    assert "Beseda, ki bo skrita." not in again.text


def test_what_a_visitor_knows_never_answers_for_a_person(client: Any) -> None:
    etag = client.get("/consultations").headers["ETag"]
    client.sign_in(UserFactory())
    for known in (etag, "*"):
        page = client.get("/consultations", headers={"If-None-Match": known})
        assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")


def test_a_hint_that_was_put_away_makes_another_page(client: Any) -> None:
    ConsultationFactory()
    etag = client.get("/").headers["ETag"]
    client.set_cookie("hints", "front-page")
    assert client.get("/", headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize(
    "wished", ["gzip;q=0", "*;q=0", "gzip;q=-1", ",,;;q", "gzip;q=nan", "GZIP;q=0.0", "\x7f", "gzip" * 2000]
)
def test_odd_wishes_get_the_page_plain(client: Any, wished: str) -> None:
    page = client.get("/consultations", headers={"Accept-Encoding": wished})
    assert page.status_code == 200
    assert "Content-Encoding" not in page.headers
    assert "</html>" in page.text
