"""Saving by the open page, the page of unfinished texts, and what an accepted form leaves behind."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from factories import ConsultationFactory, UnfinishedTextFactory, UserFactory, contributor
from flask import url_for
from sqlalchemy import select

from participation.comments.models import Comment
from participation.comments.queries import place_in_text
from participation.foundation.database import new_key, session
from participation.unfinished.models import MOST_BYTES, MOST_FIELDS, MOST_TEXTS, MOST_VALUES, UnfinishedText

PLACE = "comments.post:odlok:draft"


def field(value: str = "Predlagamo daljši rok.") -> dict[str, Any]:
    return {"name": "source", "label": "Comment", "values": [value], "written": True}


def sent(user: Any, **values: Any) -> dict[str, Any]:
    form = {
        "user": user.id,
        "place": PLACE,
        "title": "Comment on Odlok",
        "address": "/consultations/odlok/comments?page=2",
        "base": "abc",
        "writer_key": "page-1",
        "revision": 0,
        "fields": json.dumps([field()]),
    }
    return form | values


def kept() -> list[UnfinishedText]:
    return list(session.scalars(select(UnfinishedText).order_by(UnfinishedText.id)))


def test_a_text_is_saved_and_shown_again(client: Any) -> None:
    ana = UserFactory()
    client.sign_in(ana)
    answer = client.post("/unfinished/save", data=sent(ana))
    assert answer.status_code == 200
    assert answer.json["revision"] == 1
    [text] = kept()
    assert (text.user_id, text.place, text.fields) == (ana.id, PLACE, [field()])
    assert text.address == "/consultations/odlok/comments?page=2"
    assert answer.json["at"] == text.saved_at.isoformat()

    shown = client.get(f"/unfinished/at/{PLACE}").json
    assert shown["user"] == ana.id
    assert shown["text"]["fields"] == [field()]
    assert shown["text"]["revision"] == 1
    assert shown["text"]["base"] == "abc"
    assert shown["text"]["writer"] == "page-1"


def test_nothing_is_shown_where_nothing_was_begun(client: Any) -> None:
    UnfinishedTextFactory(place=PLACE)
    client.sign_in(UserFactory())
    assert client.get(f"/unfinished/at/{PLACE}").json["text"] is None


def test_a_signed_out_page_is_told_so(client: Any) -> None:
    ana = UserFactory()
    answer = client.post("/unfinished/save", data=sent(ana))
    assert (answer.status_code, answer.json["reason"]) == (401, "You have been signed out.")
    assert client.get(f"/unfinished/at/{PLACE}").status_code == 401
    assert kept() == []


def test_a_page_of_somebody_else_saves_nothing(client: Any) -> None:
    ana, bor = UserFactory(), UserFactory()
    client.sign_in(bor)
    answer = client.post("/unfinished/save", data=sent(ana))
    assert answer.status_code == 403
    assert answer.json["reason"] == "Somebody else has signed in on this device meanwhile."
    assert kept() == []


def test_an_older_page_gets_the_newer_text(client: Any) -> None:
    ana = UserFactory()
    client.sign_in(ana)
    client.post("/unfinished/save", data=sent(ana))
    answer = client.post(
        "/unfinished/save", data=sent(ana, writer_key="page-2", fields=json.dumps([field("Drugo.")]))
    )
    assert answer.status_code == 409
    assert answer.json["stored"]["fields"] == [field()]
    assert [text.revision for text in kept()] == [1]


def test_a_text_that_is_too_long_is_refused_whole(client: Any) -> None:
    ana = UserFactory()
    client.sign_in(ana)
    answer = client.post("/unfinished/save", data=sent(ana, fields=json.dumps([field("a" * MOST_BYTES)])))
    assert answer.status_code == 413
    assert kept() == []


def test_there_is_room_for_so_many_texts_and_no_more(client: Any) -> None:
    ana = UserFactory()
    UnfinishedTextFactory.create_batch(MOST_TEXTS - 1, user_id=ana.id)
    UnfinishedTextFactory()
    client.sign_in(ana)
    assert client.post("/unfinished/save", data=sent(ana)).status_code == 200
    assert client.post("/unfinished/save", data=sent(ana, place="comments.post:odlok:other")).status_code == 403
    assert client.post("/unfinished/save", data=sent(ana, revision=1)).status_code == 200


@pytest.mark.parametrize(
    "broken",
    [
        {"place": ""},
        {"place": "../../etc"},
        {"place": "comments.post:" + "a" * 300},
        {"title": ""},
        {"title": "a" * 301},
        {"address": "/" + "a" * 500},
        {"writer_key": ""},
        {"revision": "-1"},
        {"revision": "9" * 30},
        {"user": "9" * 30},
        {"fields": ""},
        {"fields": "{"},
        {"fields": "[]"},
        {"fields": "[" * 50_000},
        {"fields": '{"name": "a"}'},
        {"fields": '[{"name": "a"}]'},
        {"fields": '["name"]'},
        {"fields": json.dumps([field()] * (MOST_FIELDS + 1))},
        {"fields": json.dumps([field() | {"name": ""}])},
        {"fields": json.dumps([field() | {"name": "a" * 101}])},
        {"fields": json.dumps([field() | {"values": "niz"}])},
        {"fields": json.dumps([field() | {"values": [1]}])},
        {"fields": json.dumps([field() | {"values": [""] * (MOST_VALUES + 1)}])},
        {"fields": json.dumps([field() | {"values": [""] * 3}] * (MOST_VALUES // 3 + 1))},
        {"fields": "1" * 10_000},
        {"fields": "[NaN]"},
        {"fields": "null"},
        {"fields": '[{"name": "a", "label": "", "values": ["\\ud800"], "written": true}]'},
    ],
)
def test_what_no_page_of_ours_sends_is_not_kept(client: Any, broken: dict[str, Any]) -> None:
    ana = UserFactory()
    client.sign_in(ana)
    assert client.post("/unfinished/save", data=sent(ana) | broken).status_code == 422
    assert kept() == []


def test_a_nul_is_left_out_and_the_rest_kept(client: Any) -> None:
    ana = UserFactory()
    client.sign_in(ana)
    assert client.post("/unfinished/save", data=sent(ana, fields=json.dumps([field("a\0b")]))).status_code == 200
    assert kept()[0].fields == [field("ab")]


@pytest.mark.parametrize("name", ["title", "base", "writer_key"])
def test_a_nul_is_left_out_of_what_the_page_says_too(client: Any, name: str) -> None:
    ana = UserFactory()
    client.sign_in(ana)
    assert client.post("/unfinished/save", data=sent(ana, **{name: "a\0b"})).status_code == 200
    assert getattr(kept()[0], name) == "ab"


@pytest.mark.parametrize("address", ["https://zlo.example/", "//zlo.example", "javascript:alert(1)"])
def test_the_way_back_leads_only_to_this_site(client: Any, address: str) -> None:
    ana = UserFactory()
    client.sign_in(ana)
    client.post("/unfinished/save", data=sent(ana, address=address))
    assert [text.address for text in kept()] == ["/"]


def test_saving_needs_the_key_of_the_page(app: Any, client: Any) -> None:
    ana = UserFactory()
    client.sign_in(ana)
    app.config["WTF_CSRF_ENABLED"] = True
    assert client.post("/unfinished/save", data=sent(ana)).status_code == 400
    token = client.get(f"/unfinished/at/{PLACE}").json["token"]
    answer = client.post("/unfinished/save", data=sent(ana), headers={"X-CSRFToken": token})
    assert answer.status_code == 200
    assert len(kept()) == 1


def test_a_door_that_needs_no_key_throws_no_text_away(app: Any, client: Any) -> None:
    ana = UserFactory()
    text = UnfinishedTextFactory(user_id=ana.id, place=PLACE)
    client.sign_in(ana)
    app.config["WTF_CSRF_ENABLED"] = True
    form = {"unfinished_place": PLACE, "unfinished_revision": "999999999"}
    assert client.post("/help/hints/desk/put-away", data=form).status_code == 303
    assert kept() == [text]


def test_the_page_shows_ones_own_words_and_discards_them(client: Any) -> None:
    ana = UserFactory()
    mine = UnfinishedTextFactory(user_id=ana.id, title="Pripomba <b>ena</b>", fields=[field("Moje & <i>besede</i>")])
    other = UnfinishedTextFactory(title="Tuja pripomba")
    client.sign_in(ana)
    page = client.get("/unfinished").text
    assert "Pripomba &lt;b&gt;ena&lt;/b&gt;" in page
    assert "Moje &amp; &lt;i&gt;besede&lt;/i&gt;" in page
    assert "Tuja pripomba" not in page
    answer = client.post(f"/unfinished/{mine.id}/discard", data={"revision": 1}, follow_redirects=True)
    assert "The text is discarded." in answer.text
    assert kept() == [other]


def test_discarding_without_having_seen_the_text_discards_nothing(client: Any) -> None:
    ana = UserFactory()
    text = UnfinishedTextFactory(user_id=ana.id, revision=2)
    client.sign_in(ana)
    for form in ({}, {"revision": 1}, {"revision": "x"}):
        assert client.post(f"/unfinished/{text.id}/discard", data=form).status_code == 409
    assert kept() == [text]


def test_a_hundred_texts_are_shown_a_few_at_a_time(client: Any) -> None:
    ana = UserFactory()
    UnfinishedTextFactory.create_batch(MOST_TEXTS, user_id=ana.id, fields=[field("Beseda.")] * 20)
    client.sign_in(ana)
    first, second = client.get("/unfinished").text, client.get("/unfinished?page=2").text
    assert first.count("<article") - 1 == second.count("<article") - 1 == 10
    assert 'rel="next" href="/unfinished?page=2"' in first
    assert 'rel="prev" href="/unfinished?page=1"' in second


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_takes_the_same_questions_for_one_and_for_thirty(
    client: Any, count_queries: Any, number: int
) -> None:
    ana = UserFactory()
    UnfinishedTextFactory.create_batch(number, user_id=ana.id)
    client.sign_in(ana)
    with count_queries() as statements:
        client.get("/unfinished")
    # How many there are, and those of this page.
    assert len([statement for statement in statements if "unfinished_texts" in statement]) == 2


def comment(consultation: Any, **values: Any) -> dict[str, Any]:
    seen = place_in_text(consultation, "").seen
    form = {"kind": "general", "source": "Pripomba na celoto.", "seen": seen, "form_key": new_key()}
    return form | values


@pytest.fixture
def begun(client: Any) -> Any:
    """A member's comment on the whole draft that was saved once and not sent."""
    ana, consultation = contributor(), ConsultationFactory(slug="odlok")
    text = UnfinishedTextFactory(user_id=ana.id, place=PLACE, fields=[field()], writer_key="page-1")
    UnfinishedTextFactory(place=PLACE)
    client.sign_in(ana)
    return text, consultation


def settled_by(page: str) -> Any:
    found = re.search(r"data-settled='([^']*)'", page)
    return json.loads(found[1]) if found else None


def test_an_accepted_form_takes_its_unfinished_text_with_it(client: Any, begun: Any) -> None:
    text, consultation = begun
    writer_id = text.user_id
    form = comment(consultation, unfinished_place=PLACE, unfinished_revision="1", unfinished_writer="page-1")
    assert client.post("/consultations/odlok/comments", data=form).status_code == 303
    assert len(list(session.scalars(select(Comment)))) == 1
    assert [row.user_id == writer_id for row in kept()] == [False]

    page = client.get("/consultations/odlok/comments").text
    assert settled_by(page) == {"texts": [[PLACE, "page-1"]], "user": writer_id}
    assert settled_by(client.get("/consultations/odlok/comments").text) is None


@pytest.mark.parametrize(
    "values",
    [
        {"source": " "},  # 422: the form comes back.
        {"unfinished_revision": "0"},  # Sent from a page that did not know of it.
        {"unfinished_revision": "x"},
        {"unfinished_place": ""},
        {"unfinished_place": "comments.post:odlok:other"},
    ],
    ids=str,
)
def test_what_was_not_accepted_or_not_known_stays(client: Any, begun: Any, values: dict[str, str]) -> None:
    text, consultation = begun
    form = comment(consultation, unfinished_place=PLACE, unfinished_revision="1", unfinished_writer="page-1")
    client.post("/consultations/odlok/comments", data=form | values)
    assert text in kept()


def test_when_comments_have_closed_the_reader_finds_the_words(client: Any, begun: Any, stopped_clock: Any) -> None:
    text, consultation = begun
    assert "What you began to write here" not in client.get("/consultations/odlok/comments").text
    consultation.internal_deadline_on = consultation.opens_on
    session.commit()
    form = comment(consultation, unfinished_place=PLACE, unfinished_revision="1")
    assert client.post("/consultations/odlok/comments", data=form).status_code == 403
    page = client.get("/consultations/odlok/comments").text
    assert "What you began to write here" in page
    assert "Predlagamo daljši rok." in page
    assert text in kept()


def test_nobody_else_finds_them(client: Any, begun: Any) -> None:
    _text, consultation = begun
    consultation.internal_deadline_on = consultation.opens_on
    session.commit()
    client.sign_in(contributor())
    assert "Predlagamo daljši rok." not in client.get("/consultations/odlok/comments").text


def test_the_page_after_signing_out_clears_the_device(app: Any, client: Any) -> None:
    ana = UserFactory()
    client.sign_in(ana)
    page = client.post("/logout", follow_redirects=True).text
    assert settled_by(page) == {"signedOut": ana.id}
    assert settled_by(client.get("/").text) is None


def test_forms_where_people_write_carry_the_place(client: Any, begun: Any, app: Any) -> None:
    with app.test_request_context():
        address = url_for("comments.index", slug="odlok")
    page = client.get(address).text
    assert f'data-autosave="{PLACE}"' in page
    assert f'name="unfinished_place" value="{PLACE}"' in page
    assert page.count("js/autosave.js") == 1
    assert "autosave" not in client.get("/consultations").text
