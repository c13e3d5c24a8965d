"""Links from one page of a list to the next."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from factories import ConsultationFactory


def next_page(text: str) -> str:
    found = re.search(r'rel="next" href="([^"]*)"', text)
    assert found is not None
    return unescape(found[1])


def test_the_next_page_keeps_the_filters(client: Any) -> None:
    ConsultationFactory.create_batch(30)
    page = client.get("/consultations?topic=&words=&page=1")
    assert next_page(page.text) == "/consultations?topic=&words=&page=2"


@pytest.mark.parametrize(
    "asked",
    ["_scheme=javascript&_external=1", "_anchor=%22%3E", "_method=POST", "endpoint=desk", "self=1", "slug=1", "v=1"],
)
def test_words_that_mean_something_to_the_program_are_only_words_in_an_address(client: Any, asked: str) -> None:
    ConsultationFactory.create_batch(30)
    page = client.get(f"/consultations?{asked}")
    assert page.status_code == 200
    assert next_page(page.text) == f"/consultations?{asked}&page=2"
