"""The name of a file is somebody else's words: it is shown as what it is, and leads nowhere."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from consultations import files
from consultations.reading_in import followed
from factories import ConsultationFactory, coordinator
from sqlalchemy import select

from participation.consultations.models import Attachment, Consultation, DraftImport
from participation.foundation.database import session
from participation.web.limits import limiter

TURNED = "priloga\u202efdp.docx"
NAMES = {
    TURNED: "prilogafdp.docx",
    "..\\..\\zlo/../../etc/priloga.docx": "priloga.docx",
    "pri\u200blo\u2066ga .docx": "priloga .docx",
    "'><img src=x onerror=alert(1)>.docx": "'><img src=x onerror=alert(1)>.docx",
}


def file(name: str) -> tuple[BytesIO, str]:
    return BytesIO(files.docx("1. člen", "Besedilo člena.")), name


@pytest.mark.parametrize("name", NAMES)
def test_an_attachment_has_a_name_that_can_be_trusted(client: Any, name: str) -> None:
    ConsultationFactory(slug="odlok")
    client.sign_in(coordinator())
    answer = client.post("/desk/consultations/odlok/attachments", data={"file": file(name), "form_key": "a"})
    assert answer.status_code == 303
    attachment = session.scalars(select(Attachment)).one()
    assert (attachment.title, attachment.file.name) == (NAMES[name], NAMES[name])
    taken = client.get(f"/consultations/odlok/attachments/{attachment.id}")
    assert taken.headers["Content-Disposition"].startswith("attachment; filename=")
    assert taken.headers["X-Content-Type-Options"] == "nosniff"
    assert "<img" not in client.get("/consultations/odlok").text


@pytest.mark.parametrize("name", NAMES)
def test_a_draft_has_a_name_that_can_be_trusted(client: Any, stopped_clock: Any, name: str) -> None:
    client.sign_in(coordinator())
    answer = client.post("/desk/consultations/new", data={"file": file(name), "title": TURNED, "form_key": "a"})
    assert "<img" not in client.get(answer.location).text
    assert session.scalars(select(DraftImport.filename)).all() == [NAMES[name]]
    followed(client, answer)
    consultation = session.scalars(select(Consultation)).one()
    assert consultation.title == NAMES[TURNED]
    assert consultation.versions[0].file is not None
    assert consultation.versions[0].file.name == NAMES[name]


def test_a_title_that_grows_when_it_is_tidied_is_refused_beside_its_field(client: Any) -> None:
    # In its canonical form each of these letters is two.
    ConsultationFactory(slug="odlok")
    client.sign_in(coordinator())
    page = client.post(
        "/desk/consultations/odlok/attachments",
        data={"file": file("priloga.docx"), "title": "\u0958" * 200, "form_key": "a"},
    )
    assert page.status_code == 422
    assert "The title is longer than 300 characters." in page.text
    assert session.scalars(select(Attachment)).all() == []


@pytest.mark.parametrize("door", ["drafts.upload", "attachments.attach"])
def test_nobody_fills_the_disk_in_an_hour(app: Any, door: str) -> None:
    limits = limiter.limit_manager.decorated_limits(
        f"participation.consultations.desk.{door}.{door.partition('.')[2]}"
    )
    assert [str(one.limit) for one in limits] == ["60 per 1 hour"]
    assert [one.methods for one in limits] == [("post",)]
