"""A draft on its way in: its page tells the truth at every moment, and nothing that was sent is lost."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from datetime import timedelta
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from consultations import files
from consultations.reading_in import followed, read_in, work
from factories import contributor, coordinator, council_representative
from sqlalchemy import func, select, update

from participation.accounts.models import Operator
from participation.consultations.models import Consultation, DraftImport, ImportState
from participation.consultations.models.imports import Sent
from participation.consultations.models.progress import steps_of
from participation.consultations.operations import note_progress, refuse_import, start_import
from participation.foundation import clock
from participation.foundation.access import Refused
from participation.foundation.database import db, session
from participation.foundation.files import StoredFile
from participation.foundation.outbox import OutboxItem, State

NEW = "/desk/consultations/new"


@pytest.fixture
def lead(client: Any, stopped_clock: Any) -> Any:
    return client.sign_in(coordinator())


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def sent_in(person: Any = None, **wished: Any) -> DraftImport:
    content = wished.pop("content", files.ACT.encode())
    sent = Sent(content=content, filename="odlok.txt", media_type="text/plain", **wished)
    return start_import(person or coordinator(), sent, form_key="kljuc")


def count(entity: Any) -> int:
    return session.scalar(select(func.count()).select_from(entity)) or 0


def test_before_the_worker_comes_the_page_says_what_was_received_and_looks_again(lead: Any) -> None:
    answer = lead.post(NEW, data={"file": (BytesIO(files.ACT.encode()), "odlok.txt"), "title": "Parki"})
    page = lead.get(answer.location).get_data(as_text=True)
    assert "Receiving the draft, done 1 kB" in re.sub(" ,", ",", text_of(page))
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert page.count('<li class="is-ahead"') == 3
    assert page.count('<li class="is-now" aria-current="step">') == 1
    assert f'data-progress="{answer.location}" data-unfinished' in page
    desk = lead.get("/desk/consultations").get_data(as_text=True)
    assert f'<a href="{answer.location}">Parki</a>' in desk


def test_the_page_shows_the_numbers_of_the_reading(lead: Any) -> None:
    found = sent_in()
    note_progress(
        Operator(), found.id, {"recognised": {"format": "pdf"}, "read": {"done": 12, "of": 40, "unit": "page"}}
    )
    page = lead.get(f"/desk/consultations/imports/{found.key}").get_data(as_text=True)
    assert '<progress aria-label="Reading the text" value="12" max="40"></progress>' in page
    assert "PDF with text" in page
    assert "12 of 40 pages" in page
    assert [step.state for step in steps_of(found)] == ["done", "done", "now", "ahead", "ahead"]


def test_when_it_is_read_the_page_says_what_was_found_and_leads_on(lead: Any) -> None:
    answer = lead.post(NEW, data={"file": (BytesIO(files.ACT.encode()), "odlok.txt"), "title": "Parki"})
    page = followed(lead, answer)
    assert 'data-next="/desk/consultations/parki/text"' in page
    assert "data-unfinished" not in page
    assert "chapters: 0, articles: 2, provisions in all: 5" in text_of(page)
    assert "nothing doubtful" in text_of(page)
    assert lead.get(answer.location).status_code == 200
    assert "Drafts on their way in" not in lead.get("/desk/consultations").get_data(as_text=True)


def test_a_published_express_draft_stays_on_the_page_that_says_so(lead: Any) -> None:
    found = sent_in(title="Seja", is_express=True, internal_deadline_on=clock.today())
    work()
    page = lead.get(f"/desk/consultations/imports/{found.key}").get_data(as_text=True)
    assert "The consultation is published. Members can comment from now on" in text_of(page)
    assert f'data-next="/desk/consultations/imports/{found.key}"' in page


def test_an_express_draft_that_is_read_after_its_deadline_waits_for_its_sender(lead: Any, stopped_clock: Any) -> None:
    found = sent_in(title="Seja", is_express=True, internal_deadline_on=clock.today())
    stopped_clock(clock.now() + timedelta(days=1))
    work()
    assert found.state is ImportState.READ
    assert found.consultation is not None
    assert not found.consultation.is_public


def test_who_may_no_longer_lead_gets_no_consultation_from_the_worker(app: Any) -> None:
    person = coordinator()
    found = sent_in(person)
    person.roles.clear()
    work()
    assert (found.state, found.refusal) == (ImportState.REFUSED, "not_allowed")
    assert (count(Consultation), count(StoredFile)) == (0, 0)


def test_only_those_who_lead_start_and_follow_imports(client: Any) -> None:
    with pytest.raises(Refused):
        sent_in(contributor())
    found = sent_in()
    address = f"/desk/consultations/imports/{found.key}"
    assert client.sign_in(contributor()).get(address).status_code == 403
    assert client.sign_in(council_representative()).get(address).status_code == 200
    assert client.get("/desk/consultations/imports/0123456789abcdef0123").status_code == 404


def test_a_refusal_waits_on_the_desk_until_its_sender_tries_again(lead: Any, new_client: Any) -> None:
    refused = lead.post(NEW, data={"file": (BytesIO(b"x"), "odlok.docx"), "title": "Parki"}).location
    work()
    desk = lead.get("/desk/consultations").get_data(as_text=True)
    assert re.search(rf'<a href="{refused}">Parki</a> <span class="meta">could not be read</span>', desk)
    other = new_client().sign_in(coordinator())
    assert refused not in other.get("/desk/consultations").get_data(as_text=True)
    read_in(lead, lead.post(NEW, data={"text": files.ACT}))
    assert refused not in lead.get("/desk/consultations").get_data(as_text=True)


def test_a_discarded_consultation_takes_its_import_along(lead: Any) -> None:
    answer = lead.post(NEW, data={"text": files.ACT})
    text = read_in(lead, answer)
    assert lead.post(text.replace("/text", "/discard")).status_code == 303
    assert (count(DraftImport), count(StoredFile)) == (0, 0)
    assert lead.get(answer.location).status_code == 404


def test_a_pasted_text_that_was_refused_is_kept_for_a_month(lead: Any, stopped_clock: Any) -> None:
    found = sent_in(content=b"!!!", is_pasted=True)
    work()
    assert (found.state, count(StoredFile)) == (ImportState.REFUSED, 1)
    stopped_clock(clock.now() + timedelta(days=31))
    sent_in()
    assert session.scalars(select(DraftImport.state)).all() == [ImportState.READING]
    assert count(StoredFile) == 1


def test_what_has_ended_is_not_written_over_by_a_late_worker(app: Any) -> None:
    found = sent_in()
    refuse_import(Operator(), found, "timeout", {})
    session.commit()
    note_progress(Operator(), found.id, {"read": {"done": 1, "of": 2, "unit": "page"}})
    session.commit()
    assert found.progress == {}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "Other work is being done first. Your draft waits for its turn."),
        (
            {"last_error": "OSError", "attempts": 1},
            "The reading broke off because of a mistake of ours. What you sent is kept; "
            "it is tried again at 09:00 by itself.",
        ),
        (
            {"attempts": 1, "leased_until": timedelta(minutes=3)},
            "This takes longer than it should. What you sent is kept; "
            "if the reading broke off, it begins anew by itself at 09:04 at the latest.",
        ),
        ({"state": State.DEAD, "attempts": 7}, "The reading broke off several times because of a mistake of ours."),
    ],
    ids=["queued", "failed", "slow", "given up"],
)
def test_a_reading_that_stands_still_says_why(
    values: dict[str, Any], words: str, lead: Any, stopped_clock: Any
) -> None:
    found = sent_in()
    item = session.scalars(select(OutboxItem)).one()
    stopped_clock(clock.now() + timedelta(minutes=1))
    for name, value in values.items():
        setattr(item, name, clock.now() + value if name == "leased_until" else value)
    page = lead.get(f"/desk/consultations/imports/{found.key}").get_data(as_text=True)
    assert words in text_of(page)
    assert ("http-equiv" in page) is (values.get("state") is not State.DEAD)


# A worker of its own process that tells when the reading has told something, and then waits.
WORKER = """
import sys, time
from pathlib import Path
from participation import create_app
from participation.consultations.receivers import imports
from participation.foundation import outbox

class Waiting(imports.Diary):
    def note(self, reached):
        super().note(reached)
        if reached["step"] == "read":
            print("in the middle", flush=True)
            time.sleep(60)

imports.Diary = Waiting
app = create_app(Path(sys.argv[1]), environment="testing", database=sys.argv[2])
with app.app_context():
    outbox.work_once()
"""


def test_a_worker_that_is_killed_while_it_reads_loses_nothing(app: Any, tmp_path: Path) -> None:
    found = sent_in(title="Parki")
    session.commit()
    address = db.engine.url.render_as_string(hide_password=False)
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(tmp_path), address],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == "in the middle\n"
    session.expire_all()
    assert (found.state, list(found.progress)) == (ImportState.READING, ["recognised", "read"])
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait(10)
    worker.stdout.close()
    session.rollback()
    time.sleep(0.2)

    work()
    assert found.state is ImportState.READING
    session.execute(update(OutboxItem).values(leased_until=clock.now() - timedelta(seconds=1)))
    work()
    assert (found.state, count(Consultation), count(StoredFile)) == (ImportState.READ, 1, 1)
    assert [item.state for item in session.scalars(select(OutboxItem))] == [State.DONE]
