"""The way of a draft through the desk, as a browser without JavaScript walks it."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from html import unescape
from io import BytesIO
from threading import Barrier
from typing import Any

import pytest
from consultations import files
from consultations.reading_in import read_in, work
from factories import CommentFactory, ConsultationFactory, PublicBodyFactory, coordinator, council_representative
from flask.testing import FlaskClient
from sqlalchemy import func, select

from participation.consultations.models import (
    Attachment,
    Consultation,
    ConsultationState,
    DeadlineChange,
    Phase,
    Provision,
    VersionState,
)
from participation.foundation.database import session

TODAY = date(2026, 11, 23)


@pytest.fixture
def lead(client: Any, stopped_clock: Any) -> Any:
    return client.sign_in(coordinator())


def prepared() -> Consultation:
    """A consultation in preparation with three paragraphs."""
    consultation = ConsultationFactory(state=ConsultationState.PREPARING, published_at=None, articles=0)
    version = consultation.versions[0]
    version.state = VersionState.PREPARING
    for number in (1, 2, 3):
        version.provisions.append(
            Provision(position=number, kind="paragraph", level=5, text=f"Odstavek {number}.", html="", path="")
        )
    session.flush()
    return consultation


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def texts() -> list[str]:
    return list(session.scalars(select(Provision.text).order_by(Provision.position)))


def test_a_draft_goes_from_file_to_publication(lead: Any) -> None:
    answer = lead.post(
        "/desk/consultations/new", data={"file": (BytesIO(files.ACT.encode()), "odlok.txt"), "title": "Parki"}
    )
    location = read_in(lead, answer)
    assert location == "/desk/consultations/parki/text"
    page = text_of(lead.get(location).get_data(as_text=True))
    assert "article: 2, paragraph: 3." in page
    body = PublicBodyFactory()
    fields = {
        "revision": "1", "title": "Parki za vse", "summary": "Kratko.", "opens_on": "2026-11-23",
        "internal_deadline_on": "2026-12-01", "official_deadline_on": "2026-12-10", "audience": "registered",
        "body_id": str(body.id), "level": "municipal", "language": "sl", "period_rule": "environment-regulation",
        "published_by_body_on": "2026-11-20", "topics": ["environment"], "municipalities": ["SI-011", "SI-120"],
        "links": "Občina https://obcina.example/parki", "eva": "2026-1",
    }  # fmt: skip
    answer = lead.post("/desk/consultations/parki/fields", data=fields)
    assert (answer.status_code, answer.location) == (303, "/desk/consultations/parki-za-vse/publish")
    page = text_of(lead.get(answer.location).get_data(as_text=True))
    assert "The body gave 20 days. That is shorter than the law allows." in page
    assert "By law at least 30 days (Environmental Protection Act (ZVO-2), Article 70)." in page
    answer = lead.post(answer.location)
    assert (answer.status_code, answer.location) == (303, "/consultations/parki-za-vse")
    made = session.scalars(select(Consultation)).one()
    assert (made.phase, made.title, made.summary_html, made.audience, made.body_id, made.topics) == (
        Phase.OPEN, "Parki za vse", "<p>Kratko.</p>", "registered", body.id, ["environment"],
    )  # fmt: skip
    assert (made.municipalities, made.links, made.identifiers) == (
        ["SI-011", "SI-120"], [{"title": "Občina", "address": "https://obcina.example/parki"}], {"eva": "2026-1"},
    )  # fmt: skip


def test_a_council_representative_may_do_the_same(client: Any, stopped_clock: Any) -> None:
    client.sign_in(council_representative())
    answer = client.post("/desk/consultations/new", data={"text": files.ACT})
    assert read_in(client, answer) == "/desk/consultations/odlok-o-parkih/text"


def test_an_express_consultation_is_published_from_one_screen(lead: Any) -> None:
    sent = {
        "file": (BytesIO(files.ACT.encode()), "odlok.txt"), "title": "Dopisna seja", "is_express": "y",
        "internal_deadline_on": "2026-11-24",
    }  # fmt: skip
    answer = lead.post("/desk/consultations/new", data=sent)
    assert read_in(lead, answer) == "/consultations/dopisna-seja"
    made = session.scalars(select(Consultation)).one()
    assert (made.phase, made.internal_deadline_on, made.is_express) == (Phase.OPEN, date(2026, 11, 24), True)


def test_a_doubtful_express_draft_is_looked_at_first(lead: Any) -> None:
    sent = {
        "text": files.ACT + "\n2. člen\n\nŠe enkrat.", "title": "Seja", "is_express": "y",
        "internal_deadline_on": "2026-11-23",
    }  # fmt: skip
    answer = lead.post("/desk/consultations/new", data=sent)
    location = read_in(lead, answer)
    assert location == "/desk/consultations/seja/text"
    page = text_of(lead.get(location).get_data(as_text=True))
    assert "“2. člen” occurs 2 times. That may be right, or an article was read twice." in page
    assert session.scalars(select(Consultation)).one().phase is Phase.PREPARING


def test_sending_the_form_twice_makes_one_consultation(lead: Any) -> None:
    sent = {"text": files.ACT, "form_key": "kljuc"}
    first, second = (lead.post("/desk/consultations/new", data=sent) for _ in range(2))
    assert (first.status_code, second.status_code, first.location) == (303, 303, second.location)
    read_in(lead, first)
    third = lead.post("/desk/consultations/new", data=sent)
    assert (third.status_code, third.location) == (303, first.location)
    assert session.scalar(select(func.count()).select_from(Consultation)) == 1


def test_the_same_form_sent_at_the_same_moment_makes_one_consultation(lead: Any, new_client: Any) -> None:
    leader = coordinator()
    browsers = [new_client().sign_in(leader) for _ in range(4)]
    session.commit()
    start = Barrier(len(browsers))

    def press(browser: Any) -> tuple[int, str]:
        start.wait()
        # Without the commit that a browser of the tests makes first: it belongs to the thread of the test.
        answer = FlaskClient.open(
            browser, "/desk/consultations/new", method="POST", data={"text": files.ACT, "form_key": "kljuc"}
        )
        return answer.status_code, answer.location

    with ThreadPoolExecutor(len(browsers)) as pool:
        answers = list(pool.map(press, browsers))
    assert {status for status, _ in answers} == {303}
    assert len({location for _, location in answers}) == 1
    work()
    assert session.scalar(select(func.count()).select_from(Consultation)) == 1


def test_the_text_is_mended_with_forms_alone(lead: Any) -> None:
    consultation = prepared()
    address = f"/desk/consultations/{consultation.slug}/text"
    first, second, third = consultation.versions[0].provisions
    keys = [first.key, second.key, third.key]

    def press(act: str, **sent: str) -> Any:
        page = lead.get(address).get_data(as_text=True)
        revision = re.search(r'name="revision" value="(\d+)"', page)
        assert revision
        return lead.post(f"{address}/{act}", data={"revision": revision[1], **sent})

    opened = lead.get(f"{address}?mend={keys[0]}").get_data(as_text=True)
    assert re.search(r"<textarea[^>]*>\s*Odstavek 1\.</textarea>", opened)
    answer = press("mend", key=keys[0], kind="paragraph", label="(1)", text="Prvi.\n\n(2) Drugi.")
    assert (answer.status_code, answer.location) == (303, f"{address}?page=1#p-{keys[0]}")
    assert texts() == ["Prvi.", "Drugi.", "Odstavek 2.", "Odstavek 3."]
    assert press("merge", key=keys[2]).status_code == 303
    assert texts() == ["Prvi.", "Drugi.", "Odstavek 2. Odstavek 3."]
    assert press("drop", key=keys[1]).status_code == 303
    assert texts() == ["Prvi.", "Drugi."]
    assert press("drop-repeated", key=keys[0]).status_code == 303
    assert texts() == ["Drugi."]
    assert press("drop", key=keys[0]).status_code == 404


def test_an_overtaken_mending_keeps_what_was_typed_and_shows_what_stands(lead: Any) -> None:
    consultation = prepared()
    version = consultation.versions[0]
    key, revision = version.provisions[0].key, str(version.revision)
    address = f"/desk/consultations/{consultation.slug}/text/mend"
    sent = {"key": key, "revision": revision, "kind": "paragraph", "label": ""}
    assert lead.post(address, data=sent | {"text": "Prvi je hitrejši."}).status_code == 303
    answer = lead.post(address, data=sent | {"text": "Drugi je počasnejši."})
    page = re.sub(r"<span[^>]*>[^<]*</span>|</?(?:ins|del)>", "", answer.get_data(as_text=True))
    assert answer.status_code == 409
    assert re.findall(r'<div class="stored">(.*?)</div>', page) == ["Drugi je počasnejši.", "Prvi je hitrejši."]
    assert texts()[0] == "Prvi je hitrejši."


def test_an_empty_provision_is_not_saved(lead: Any) -> None:
    consultation = prepared()
    key = consultation.versions[0].provisions[0].key
    sent = {"key": key, "revision": "1", "kind": "paragraph", "label": "", "text": "\n---\n", "level": "99"}
    answer = lead.post(f"/desk/consultations/{consultation.slug}/text/mend", data=sent)
    page = text_of(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert "Nothing is left. To leave the provision out, drop it." in page
    assert "The depth is a number from 1 (outermost) to 12." in page


def test_after_the_first_comment_the_page_says_why_nothing_is_mended(lead: Any) -> None:
    consultation = ConsultationFactory()
    CommentFactory(consultation=consultation)
    address = f"/desk/consultations/{consultation.slug}/text"
    page = lead.get(address).get_data(as_text=True)
    assert "A correction is a new version of the text" in page
    assert "Mend or split" not in page
    key = consultation.versions[0].provisions[0].key
    answer = lead.post(f"{address}/drop", data={"key": key, "revision": "1"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": " "}, "Give the consultation a title."),
        ({"internal_deadline_on": "2026-11-22"}, "Comments would close before they open."),
        ({"official_deadline_on": "2026-11-25"}, "The official deadline lies before the deadline for comments."),
        (
            {"cosigning_from_on": "2026-12-01"},
            "Co-signing can begin on the day after comments close at the earliest.",
        ),
        ({"cosigning_from_on": "2027-01-01"}, "Co-signing would begin after the official deadline."),
        ({"links": "kar nekaj"}, "Write a title and then an address that begins with https://. Not so: kar nekaj"),
        # So many spaces once kept the server searching for the end of the title.
        (
            {"links": f"kar{' ' * 4_900}nekaj"},
            "Write a title and then an address that begins with https://. Not so: kar nekaj",
        ),
        ({"published_at_address": "javascript://x"}, "An address on the web begins with https://."),
    ],
)
def test_wrong_fields_are_said_in_words_and_kept(lead: Any, changed: dict[str, str], words: str) -> None:
    consultation = prepared()
    sent = {
        "revision": "1", "title": "Novi naslov", "opens_on": "2026-11-23", "internal_deadline_on": "2026-12-01",
        "official_deadline_on": "2026-12-20", "audience": "members", "body_id": "0", "level": "regional",
        "language": "sl", "period_rule": "", "summary": "Povzetek, ki ostane.",
    }  # fmt: skip
    answer = lead.post(f"/desk/consultations/{consultation.slug}/fields", data=sent | changed)
    page = text_of(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert words in page
    assert "Povzetek, ki ostane." in page
    session.refresh(consultation)
    assert consultation.title != "Novi naslov"


def test_fields_of_an_older_form_are_a_conflict_that_keeps_them(lead: Any) -> None:
    consultation = ConsultationFactory()
    address = f"/desk/consultations/{consultation.slug}/fields"
    sent = {
        "revision": "1", "title": consultation.title, "audience": "members", "body_id": "0", "level": "regional",
        "language": "sl", "period_rule": "",
    }  # fmt: skip
    assert lead.post(address, data=sent | {"summary": "Prvi."}).status_code == 303
    assert lead.post(address, data=sent | {"summary": "Prvi."}).status_code == 303
    answer = lead.post(address, data=sent | {"summary": "Drugi, ki ostane."})
    assert answer.status_code == 409
    assert "Drugi, ki ostane." in answer.get_data(as_text=True)


def test_an_extension_is_shown_to_everybody_with_its_reason(lead: Any, new_client: Any) -> None:
    consultation = ConsultationFactory(cosigning_from_on=None, official_deadline_on=None)
    address = f"/desk/consultations/{consultation.slug}/deadlines"
    sent = {"revision": "1", "internal_deadline_on": "2026-12-05", "because": "Občina je objavila prilogo <pozneje>."}
    for _ in range(2):
        answer = lead.post(address, data=sent)
        assert (answer.status_code, answer.location) == (303, f"/consultations/{consultation.slug}")
    assert session.scalar(select(func.count()).select_from(DeadlineChange)) == 1
    page = text_of(new_client().get(f"/consultations/{consultation.slug}?language=en").get_data(as_text=True))
    assert "deadline for comments moved from 30 November 2026 to 5 December 2026" in page
    assert "Občina je objavila prilogo <pozneje>." in page


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"because": ""}, "Say why: the reason is published beside the new date."),
        ({"internal_deadline_on": "2026-11-29"}, "is brought forward only where the body shortens its own."),
        ({"internal_deadline_on": "2026-11-30"}, "No date is different from the present one."),
        ({"official_deadline_on": ""}, "Choose the official deadline of the body."),
        (
            {"internal_deadline_on": "2026-11-22", "official_deadline_on": "2026-12-06"},
            "This day has passed. Choose today or a later day.",
        ),
        ({"cosigning_from_on": ""}, "Choose the day on which co-signing begins."),
    ],
)
def test_a_wrong_extension_is_said_in_words(lead: Any, changed: dict[str, str], words: str) -> None:
    consultation = ConsultationFactory()
    sent = {
        "revision": "1", "internal_deadline_on": "2026-12-01", "cosigning_from_on": "2026-12-03",
        "official_deadline_on": "2026-12-13", "because": "Razlog.",
    }  # fmt: skip
    unchanged = {"cosigning_from_on": str(TODAY + timedelta(days=10))}
    answer = lead.post(f"/desk/consultations/{consultation.slug}/deadlines", data=sent | unchanged | changed)
    page = text_of(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert words in page
    assert session.scalar(select(func.count()).select_from(DeadlineChange)) == 0


def test_attachments_are_added_once_and_downloaded_never_shown(lead: Any, new_client: Any) -> None:
    consultation = ConsultationFactory()
    address = f"/desk/consultations/{consultation.slug}/attachments"
    for _ in range(2):
        sent = {"file": (BytesIO(b"<script>x</script>"), "karta.html"), "title": "Karta", "form_key": "ena"}
        assert lead.post(address, data=sent).status_code == 303
    made = session.scalars(select(Attachment)).one()
    answer = new_client().get(f"/consultations/{consultation.slug}/attachments/{made.id}")
    assert (answer.status_code, answer.data) == (200, b"<script>x</script>")
    assert answer.headers["Content-Disposition"] == "attachment; filename=karta.html"
    other = ConsultationFactory()
    assert new_client().get(f"/consultations/{other.slug}/attachments/{made.id}").status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "status", "words"),
    [
        (b"", "karta.pdf", 422, "The file is empty. Choose another one."),
        (b"MZ", "program.exe", 422, "Files of this kind cannot be attached: choose a document, table or picture."),
        (b"x" * (25 * 1024 * 1024 + 1), "karta.pdf", 413, "The file is larger than 25 MB."),
    ],
    ids=["empty", "a program", "too large"],
)
def test_a_bad_attachment_is_refused(lead: Any, content: bytes, name: str, status: int, words: str) -> None:
    consultation = ConsultationFactory()
    sent = {"file": (BytesIO(content), name), "title": "Naslov ostane"}
    answer = lead.post(f"/desk/consultations/{consultation.slug}/attachments", data=sent)
    page = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert words in text_of(page)
    assert 'value="Naslov ostane"' in page


def test_a_discarded_draft_is_gone(lead: Any) -> None:
    consultation = prepared()
    slug = consultation.slug
    assert lead.post(f"/desk/consultations/{slug}/discard").location == "/desk/consultations"
    assert lead.get(f"/desk/consultations/{slug}/text").status_code == 404
    assert texts() == []


def test_a_concluded_consultation_stays_readable(lead: Any, new_client: Any) -> None:
    consultation = ConsultationFactory(
        opens_on=TODAY - timedelta(days=9), internal_deadline_on=TODAY - timedelta(days=1)
    )
    address = f"/desk/consultations/{consultation.slug}/conclude"
    assert [lead.post(address).status_code for _ in range(2)] == [303, 303]
    assert consultation.phase is Phase.CONCLUDED
    assert new_client().get(f"/consultations/{consultation.slug}").status_code == 200
    assert lead.get(f"/desk/consultations/{consultation.slug}/fields").status_code == 403


@pytest.mark.parametrize("number", [1, 30])
def test_the_desk_lists_stay_within_their_queries(number: int, lead: Any, count_queries: Any) -> None:
    for _ in range(number):
        CommentFactory()
    session.commit()
    with count_queries() as statements:
        assert lead.get("/desk/consultations").status_code == 200
    assert len([one for one in statements if not one.startswith("BEGIN")]) == 6


def test_a_doubt_leads_to_the_provision_that_it_is_about(lead: Any) -> None:
    text = "Odlok o parkih\n\n1. člen\n\nTa odlok ureja parke.\n\n3. člen\n\nPark je zelena površina.\n"
    address = read_in(lead, lead.post("/desk/consultations/new", data={"text": text}))
    page = lead.get(address).get_data(as_text=True)
    third = session.scalars(select(Provision).where(Provision.label == "3. člen")).one()
    assert re.search(rf'number 2 was expected.*?<a href="[^"]*#{third.anchor}">Look at it', page)
