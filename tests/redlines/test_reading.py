"""An edited file is read by the worker, while its sender looks at a page that waits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from consultations.reading_in import work
from factories import contributor
from redlines.making import ADDRESS, FIRST, SECOND, read, send, stored
from sqlalchemy import func, select
from texts.word.edited import comment, docx, gone, ins, on, p, t

from participation.accounts.models import Operator
from participation.consultations.models import ImportState
from participation.foundation import clock
from participation.foundation.access import Refused
from participation.foundation.database import new_key, session
from participation.foundation.files import StoredFile
from participation.foundation.outbox import OutboxItem, State
from participation.redlines import operations
from participation.redlines.models import EditedFile

FILE = docx(
    p(t("Rok za pripombe je "), on(1, gone("Ana", "petnajst") + ins("Ana", "trideset")), t(" dni od objave.")),
    p(t(SECOND)),
    comments=(comment(1, "Ana", "Prekratko."),),
)


def files() -> int:
    return session.scalar(select(func.count()).select_from(StoredFile)) or 0


def test_before_the_worker_comes_the_page_waits_and_looks_again(consultation: Any, lipa: Any, client: Any) -> None:
    client.sign_in(contributor(lipa))
    address = send(client, FILE).location
    page = client.get(address).text
    assert "The file is being read" in page
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert f'data-progress="{address}" data-unfinished' in page
    assert client.post(address, data={"chosen": ["0"]}).status_code == 422


def test_once_it_is_read_the_file_is_gone_and_the_preview_there(consultation: Any, lipa: Any, client: Any) -> None:
    client.sign_in(contributor(lipa))
    page = read(client, FILE).text
    assert "trideset</ins>" in page
    assert "data-unfinished" not in page
    assert (files(), stored().state) == (0, ImportState.READ)


def test_a_refused_file_is_gone_and_its_form_may_be_sent_again(consultation: Any, lipa: Any, client: Any) -> None:
    client.sign_in(contributor(lipa))
    key = new_key()
    refused = read(client, b"Rok.", key=key).location
    assert (files(), stored().state) == (0, ImportState.REFUSED)
    again = read(client, FILE, key=key)
    assert again.location != refused
    assert "trideset</ins>" in again.text


def test_a_worker_that_comes_twice_reads_once(consultation: Any, lipa: Any, client: Any) -> None:
    client.sign_in(contributor(lipa))
    read(client, FILE)
    before = stored().items
    item = session.scalars(select(OutboxItem).where(OutboxItem.kind == "redlines.read-file")).one()
    item.state = State.WAITING
    work()
    assert stored().items == before


def test_what_is_posted_meanwhile_is_left_out(consultation: Any, lipa: Any, client: Any, new_client: Any) -> None:
    """The draft is compared as it stands when the file is read, not when it was sent."""
    client.sign_in(contributor(lipa))
    first = read(client, FILE).location
    other = new_client().sign_in(contributor(lipa))
    second = send(other, FILE).location
    client.post(first, data={"chosen": ["0"]})
    work()
    assert "Everything in this file has been posted already." in other.get(second).text


def test_what_is_read_after_the_deadline_is_refused(
    consultation: Any, lipa: Any, client: Any, stopped_clock: Any
) -> None:
    client.sign_in(contributor(lipa))
    send(client, FILE)
    stopped_clock(clock.now() + timedelta(days=400))
    work()
    assert (stored().state, stored().refusal) == (ImportState.REFUSED, "not_allowed")


def test_a_file_that_is_too_large_is_not_kept(
    consultation: Any, lipa: Any, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("participation.redlines.routes.files.MAXIMUM_BYTES", 1_000_000)
    client.sign_in(contributor(lipa))
    answer = send(client, FILE + b"\0" * 1_000_000)
    assert answer.status_code == 413
    assert "The file is larger than" in answer.text
    assert (files(), session.scalar(select(func.count()).select_from(EditedFile))) == (0, 0)


def test_a_reading_that_broke_off_says_so(consultation: Any, lipa: Any, client: Any) -> None:
    client.sign_in(contributor(lipa))
    address = send(client, FILE).location
    item = session.scalars(select(OutboxItem).where(OutboxItem.kind == "redlines.read-file")).one()
    item.state = State.DEAD
    session.commit()
    page = client.get(address).text
    assert "data-unfinished" not in page
    assert f'href="{ADDRESS}"' in page


def test_files_that_nobody_read_are_forgotten_with_the_rest(
    consultation: Any, lipa: Any, client: Any, stopped_clock: Any
) -> None:
    client.sign_in(contributor(lipa))
    first = send(client, FILE).location
    stored().created_at = clock.now() - timedelta(days=15)
    session.commit()
    send(client, FILE)
    assert client.get(first).status_code == 404
    assert files() == 1


def test_only_the_worker_reports(consultation: Any, lipa: Any, client: Any) -> None:
    person = contributor(lipa)
    client.sign_in(person)
    send(client, FILE)
    with pytest.raises(Refused):
        operations.refuse_redline(person, stored(), "truncated", {})
    operations.refuse_redline(Operator(), stored(), "truncated", {})
    assert stored().refusal == "truncated"


def test_a_file_of_the_draft_itself_is_untouched(consultation: Any, lipa: Any, client: Any) -> None:
    client.sign_in(contributor(lipa))
    assert "There are no tracked changes" in read(client, docx(p(t(FIRST)), p(t(SECOND)))).text
