"""Pages for what goes wrong give back what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from factories import ConsultationFactory, contributor
from sqlalchemy import func, select

from participation.comments.models import Comment
from participation.foundation.database import session
from participation.web import Application

WORDS = "Predlagamo daljši rok, ker delamo prostovoljno & zvečer. " * 3


@pytest.fixture
def guarded(client: Any, app: Application) -> Iterator[Any]:
    """A browser whose forms need their token, as in real life."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield client
    app.config["WTF_CSRF_ENABLED"] = False


def textareas(page: str) -> list[str]:
    return re.findall(r"<textarea[^>]*>\r?\n?([^<]*)</textarea>", page)


def number_of_comments() -> int:
    return session.scalar(select(func.count(Comment.id))) or 0


def test_a_form_from_an_earlier_visit_can_be_sent_again_with_one_button(guarded: Any) -> None:
    consultation = ConsultationFactory()
    guarded.sign_in(contributor(language="en"))
    address = f"/consultations/{consultation.slug}/comments"
    fields = {"kind": "general", "source": WORDS, "form_key": "k" * 20, "provision_key": ""}
    response = guarded.post(address, data={**fields, "csrf_token": "from yesterday"})
    page = response.get_data(as_text=True)
    assert response.status_code == 400
    assert number_of_comments() == 0
    assert [text.replace("&amp;", "&").strip() for text in textareas(page)] == [WORDS.strip()]
    assert f'action="{address}"' in page


def test_nothing_secret_is_given_back(guarded: Any) -> None:
    response = guarded.post("/login", data={"email": "a@b.example", "password": "modra-skodelica-na-polici" * 4})
    assert response.status_code == 400
    assert "modra-skodelica" not in response.get_data(as_text=True)


def test_a_page_that_is_not_there_says_so_in_the_readers_language(client: Any) -> None:
    english = client.get("/nowhere", headers={"Accept-Language": "en"})
    slovenian = client.get("/nowhere", headers={"Accept-Language": "sl"})
    assert (english.status_code, slovenian.status_code) == (404, 404)
    assert re.findall("<h1>(.*?)</h1>", english.get_data(as_text=True)) == ["There is no such page"]
    assert re.findall("<h1>(.*?)</h1>", slovenian.get_data(as_text=True)) == ["Te strani ni"]
