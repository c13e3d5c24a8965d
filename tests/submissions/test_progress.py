"""While documents are being made their page says which are ready, which is next, and what failed."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from factories import coordinator
from sqlalchemy import select, update
from submissions.making import consultation_in_cosigning, frozen, opened_position, submission_of

from participation.foundation import clock, outbox
from participation.foundation.database import session
from participation.foundation.outbox import OutboxItem, State
from participation.submissions.models import DocumentFormat
from participation.submissions.models.documents import MADE_WHEN_FROZEN, Making, work_key
from participation.submissions.queries import documents_of

FORMATS = list(MADE_WHEN_FROZEN)


@pytest.fixture
def submission(stopped_clock: Any, app: Any) -> Any:
    author = coordinator()
    made = frozen(submission_of(opened_position(consultation_in_cosigning(), author), author, language="en"))
    session.commit()
    return made


def job(submission: Any, document_format: DocumentFormat, **values: Any) -> None:
    key = work_key(submission.id, document_format)
    session.execute(update(OutboxItem).where(OutboxItem.key == key).values(**values))
    session.commit()


def makings(submission: Any) -> list[str]:
    session.expire_all()
    return [line.making.value for line in documents_of(submission)]


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_each_document_says_where_it_stands(submission: Any) -> None:
    assert makings(submission) == ["waiting"] * len(FORMATS)
    assert outbox.work_once()
    moment = clock.now()
    job(submission, FORMATS[1], leased_until=moment + timedelta(minutes=4), attempts=1)
    job(submission, FORMATS[2], last_error="OSError: x", attempts=1, due_at=moment + timedelta(minutes=2))
    job(submission, FORMATS[3], state=State.DEAD, last_error="OSError: x")
    job(submission, FORMATS[4], leased_until=moment - timedelta(seconds=1), attempts=1)
    assert makings(submission) == [
        Making.MADE, Making.NOW, Making.FAILED, Making.GIVEN_UP, *[Making.WAITING] * (len(FORMATS) - 4),
    ]  # fmt: skip


def test_the_page_counts_what_is_ready_and_looks_again(submission: Any, client: Any) -> None:
    client.sign_in(coordinator())
    outbox.work_once()
    job(submission, FORMATS[1], last_error="OSError: secret path", attempts=1, due_at=clock.now())
    for address in (f"/submissions/{submission.slug}", f"/submissions/{submission.slug}/documents"):
        page = client.get(address).get_data(as_text=True)
        assert f'value="1" max="{len(FORMATS)}"' in page
        assert f"Documents ready: 1 of {len(FORMATS)}" in text_of(page)
        assert "did not succeed; it is tried again by itself at 23 November 2026" in text_of(page)
        assert "secret path" not in page
        assert f'data-progress="/submissions/{submission.slug}/documents"' in page
        assert page.count("data-unfinished") == 1
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page


def test_when_all_are_ready_nothing_moves_any_more(submission: Any, client: Any) -> None:
    client.sign_in(coordinator())
    while outbox.work_once():
        pass
    page = client.get(f"/submissions/{submission.slug}/documents").get_data(as_text=True)
    assert ("<progress" in page, "data-unfinished" in page, "http-equiv" in page) == (False, False, False)
    assert page.count("/documents/") == len(FORMATS)


def test_the_making_of_documents_is_asked_about_once(submission: Any, count_queries: Any) -> None:
    session.refresh(submission, ["documents"])
    with count_queries() as statements:
        documents_of(submission)
    assert len([one for one in statements if one.startswith("SELECT")]) == 1
    assert session.scalar(select(OutboxItem.id).limit(1)) is not None
