"""Pages for what goes wrong say what happened, give back what was typed, and lead on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from factories import ConsultationFactory, PositionFactory, contributor, coordinator
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import TooManyRequests

from participation.comments.models import Comment
from participation.foundation.database import db, session
from participation.web import Application

WORDS = "Predlagamo daljši rok, ker delamo prostovoljno & zvečer. " * 3
OWN = {"Origin": "http://localhost"}
FOREIGN = {"Origin": "https://zlo.example"}


@pytest.fixture
def guarded(client: Any, app: Application) -> Iterator[Any]:
    """A browser whose forms need their token, as in real life."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield client
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def breaking(client: Any, app: Application) -> Iterator[Any]:
    """A browser of a site where errors are answered and not raised, as in real life."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield client
    app.config["PROPAGATE_EXCEPTIONS"] = None


def textareas(page: str) -> list[str]:
    return re.findall(r"<textarea[^>]*>\r?\n?([^<]*)</textarea>", page)


def heading(page: str) -> list[str]:
    return [unescape(one) for one in re.findall("<h1>(.*?)</h1>", page)]


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def number_of_comments() -> int:
    return session.scalar(select(func.count(Comment.id))) or 0


def sent_late(guarded: Any, headers: dict[str, str]) -> tuple[str, Any]:
    consultation = ConsultationFactory()
    guarded.sign_in(contributor(language="en"))
    # Older browsers do not say whether the form is ours; then it is seen by where it came from.
    guarded.environ_base.pop("HTTP_SEC_FETCH_SITE")
    address = f"/consultations/{consultation.slug}/comments"
    fields = {"kind": "general", "source": WORDS, "form_key": "k" * 20, "provision_key": ""}
    return address, guarded.post(address, data={**fields, "csrf_token": "from yesterday"}, headers=headers)


@pytest.mark.parametrize(
    "headers", [OWN, {"Sec-Fetch-Site": "same-origin"}, {"Referer": "http://localhost/consultations/osnutek"}]
)
def test_a_form_from_an_earlier_visit_can_be_sent_again_with_one_button(
    guarded: Any, headers: dict[str, str]
) -> None:
    address, response = sent_late(guarded, headers)
    page = response.get_data(as_text=True)
    assert response.status_code == 400
    assert number_of_comments() == 0
    assert [text.replace("&amp;", "&").strip() for text in textareas(page)] == [WORDS.strip()]
    assert f'action="{address}"' in page


@pytest.mark.parametrize(
    "headers", [FOREIGN, {}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site", **OWN}, {"Referer": "http://[x"}]
)
def test_what_another_site_filled_in_is_shown_but_never_one_press_from_being_sent(
    guarded: Any, headers: dict[str, str]
) -> None:
    address, response = sent_late(guarded, headers)
    page = response.get_data(as_text=True)
    assert response.status_code == 400
    assert heading(page) == ["This form did not come from here"]
    assert WORDS.strip() in unescape(" ".join(textareas(page)))
    assert (f'action="{address}"' in page, "Send again" in page) == (False, False)
    assert page.count("readonly") == len(textareas(page))


def test_a_foreign_form_to_somebody_signed_out_is_not_offered_to_be_sent(client: Any) -> None:
    consultation = ConsultationFactory()
    address = f"/consultations/{consultation.slug}/comments"
    for site, offered in (("same-origin", True), ("cross-site", False)):
        response = client.post(address, data={"source": WORDS}, headers={"Sec-Fetch-Site": site})
        assert (response.status_code, f'action="{address}"' in response.get_data(as_text=True)) == (401, offered)


def test_what_is_sent_again_can_be_seen(guarded: Any) -> None:
    guarded.sign_in(coordinator())
    address = f"/desk/consultations/{ConsultationFactory().slug}/deadlines"
    fields = {"internal_deadline_on": "2026-12-24", "because": "Prazniki.", "csrf_token": "x"}
    page = guarded.post(address, data=fields, headers=OWN).get_data(as_text=True)
    assert "<li>2026-12-24</li>" in page
    assert "<li>Prazniki.</li>" in page


def test_nothing_secret_is_given_back(guarded: Any) -> None:
    fields = {"email": "a@b.example", "password": "modra-skodelica-na-polici" * 4}
    response = guarded.post("/login", data=fields, headers=OWN)
    assert response.status_code == 400
    page = response.get_data(as_text=True)
    assert ("modra-skodelica" in page, "Send again" in page) == (False, False)
    assert '<a href="/login">Open the form anew</a>' in page


def test_a_page_that_is_not_there_says_so_in_the_readers_language(client: Any) -> None:
    english = client.get("/nowhere", headers={"Accept-Language": "en"})
    slovenian = client.get("/nowhere", headers={"Accept-Language": "sl"})
    assert (english.status_code, slovenian.status_code) == (404, 404)
    assert heading(english.get_data(as_text=True)) == ["There is no such page"]
    assert heading(slovenian.get_data(as_text=True)) == ["Te strani ni"]


def test_a_page_that_is_not_there_leads_on(client: Any) -> None:
    page = client.get("/consultations/ni-me", headers={"Referer": "http://localhost/consultations"}).get_data(
        as_text=True
    )
    assert '<form class="find" method="get" action="/consultations"' in page
    ways = re.search(r'<nav class="ways-on".*?</nav>', page, re.S)
    assert ways
    assert re.findall(r'href="([^"]+)"', ways[0]) == ["/consultations", "/"]
    assert "http://localhost/nowhere" not in page
    foreign = client.get("/nowhere", headers={"Referer": "https://zlo.example/vaba"}).get_data(as_text=True)
    assert "zlo.example" not in foreign


def test_a_refusal_gives_the_reason_of_its_rule(client: Any) -> None:
    response = client.sign_in(contributor()).get("/desk/consultations")
    page = response.get_data(as_text=True)
    assert response.status_code == 403
    assert "Consultations are led by the network's coordinator and its council representatives." in text_of(page)
    assert '<a href="/desk">My desk</a>' in page
    assert re.search(r'href="mailto:[^"]+\?subject=Error%20403%2C%20', page)


def overtaken_position(client: Any) -> tuple[Any, Any]:
    """Two people have opened the same draft; the second sends last."""
    person = coordinator()
    position = PositionFactory(created_by=person, title="Naslov", summary="Prvi povzetek.", general="Splošno.")
    position.addressees.append(position.consultation.body)
    client.sign_in(person)
    session.commit()
    revision = position.revision
    position.summary, position.title = "Drugi povzetek, ki ga je nekdo shranil.", "Naslov"
    session.commit()
    fields = {
        "revision": revision, "title": "Naslov", "summary": "Prvi povzetek, ki sem ga pisala.", "general": "Splošno.",
        "addressees": [position.addressees[0].id],
    }  # fmt: skip
    return position, client.post(f"/positions/{position.slug}/edit", data=fields, headers=OWN)


def test_a_conflict_shows_both_texts_side_by_side_with_the_words_that_differ(client: Any) -> None:
    position, response = overtaken_position(client)
    page = response.get_data(as_text=True)
    assert response.status_code == 409
    assert re.findall(r"<h3>(.*?)</h3>", page) == ["Summary"]
    columns = re.findall(r"<h4>(.*?)</h4><div class=\"stored\">(.*?)</div>", page, re.S)
    assert [title for title, _ in columns] == ["Your text", "How it stands now"]
    assert "<ins>" in columns[0][1]
    assert "<del>" not in columns[0][1]
    assert "<del>" in columns[1][1]
    assert f'<a href="/positions/{position.slug}/edit">Keep what stands there now</a>' in page


def test_my_text_can_take_the_place_of_the_other_one(client: Any) -> None:
    position, response = overtaken_position(client)
    page = response.get_data(as_text=True)
    form = re.search(r'<section class="kept".*?</section>', page, re.S)
    assert form
    fields: dict[str, Any] = {
        name: unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form[0])
    }
    fields["summary"] = unescape(textareas(form[0])[0])
    answer = client.post(f"/positions/{position.slug}/edit", data=fields, headers=OWN)
    assert answer.status_code == 303
    assert position.summary == "Prvi povzetek, ki sem ga pisala."


def test_a_form_that_is_too_large_says_how_large_it_may_be(client: Any, app: Application) -> None:
    most = app.config["MAX_CONTENT_LENGTH"] // 1024 // 1024
    client.sign_in(contributor())
    file = (BytesIO(b"x" * ((most + 3) * 1024 * 1024)), "velika.pdf")
    response = client.post("/profile", data={"name": "A", "file": file})
    assert response.status_code == 413
    assert re.search(rf"You sent \d+ MB; this page accepts at most {most} MB in all", text_of(response.text))


@pytest.fixture
def answering(app: Application, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Gives an address that answers with this error, as a page with a mistake in it does."""

    def make(error: Exception) -> str:
        def view(**values: Any) -> str:
            raise error

        monkeypatch.setitem(app.view_functions, "comments.post", view)
        return "/consultations/osnutek/comments"

    return make


def test_too_many_tries_say_when_the_next_one_counts(client: Any, answering: Any, stopped_clock: Any) -> None:
    response = client.post(answering(TooManyRequests(retry_after=190)), data={"source": WORDS}, headers=OWN)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "190")
    words = text_of(response.text).replace("\xa0", " ")
    assert "You can try again in 4 minutes." in words
    assert "That is on 23 November 2026, 09:03" in words
    assert unescape(textareas(response.text)[0]).strip() == WORDS.strip()


def test_guesses_at_an_account_are_told_honestly_when_to_come_back(
    client: Any, app: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "RATELIMIT_ENABLED", True)
    fields = {"email": "nekdo-drug@b.example", "password": "ugibam"}
    answers = [client.post("/login", data=fields) for _ in range(11)]
    assert [answer.status_code for answer in answers[-2:]] == [422, 429]
    assert 15 * 60 - 30 <= int(answers[-1].headers["Retry-After"]) <= 15 * 60


def test_an_error_of_ours_has_a_number_that_the_log_has_too(
    breaking: Any, answering: Any, caplog: pytest.LogCaptureFixture
) -> None:
    breaking.sign_in(coordinator())
    response = breaking.post(answering(ZeroDivisionError("x")), data={"source": WORDS}, headers=OWN)
    page = response.text
    found = re.search(r'class="reference">([0-9A-F]{8})<', page)
    assert (response.status_code, heading(page)) == (500, ["Something broke on our side"])
    assert found
    assert f"unexpected error {found[1]} at POST" in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert "ZeroDivisionError" not in page
    assert unescape(textareas(page)[0]).strip() == WORDS.strip()
    assert response.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.fixture
def without_database(app: Application) -> Iterator[None]:
    """Every statement fails, as when the server of the database is gone."""

    def fail(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        raise OperationalError(statement, {}, OSError("the server is gone"))

    event.listen(db.engine, "before_cursor_execute", fail)
    yield
    event.remove(db.engine, "before_cursor_execute", fail)


def test_the_page_for_errors_stands_when_the_database_is_gone(breaking: Any, without_database: None) -> None:
    response = breaking.post("/consultations/osnutek/comments", data={"source": WORDS}, headers=OWN)
    page = response.text
    assert (response.status_code, heading(page)) == (500, ["Something broke on our side"])
    assert unescape(textareas(page)[0]).strip() == WORDS.strip()
    assert "the server is gone" not in page
    assert response.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_somebody_signed_in_sees_it_as_well_in_the_language_of_the_browser(
    breaking: Any, request: pytest.FixtureRequest
) -> None:
    breaking.sign_in(contributor())
    request.getfixturevalue("without_database")
    for address in ("/", "/consultations", "/nowhere"):
        response = breaking.get(address, headers={"Accept-Language": "sl"})
        assert response.status_code == 500
        assert '<html lang="sl">' in response.text
