"""The pages of joint positions, as a browser gets them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from factories import CommentFactory, ConsultationFactory, contributor, coordinator, representative
from positions.making import drafted_position, fingerprint_of, opened_position, organisation_of, sign, version_of
from sqlalchemy import func, select

from participation.foundation import clock
from participation.foundation.database import session
from participation.foundation.mail import KIND
from participation.foundation.outbox import OutboxItem
from participation.organisations.models import MembershipState
from participation.positions.models import Cosignature, Position, PositionState, Remark
from participation.positions.operations import open_position, withdraw_cosignature

pytestmark = pytest.mark.usefixtures("stopped_clock")


def cosigning_form(position: Position, **values: Any) -> dict[str, Any]:
    return {
        "sha256_seen": version_of(position).sha256,
        "agree": "y",
        "statement": "",
        "form_key": "obrazec",
    } | values


def signatures() -> list[tuple[int, str]]:
    session.expire_all()
    rows = session.scalars(select(Cosignature).order_by(Cosignature.id))
    return [(row.organisation_id, row.state) for row in rows]


def text_in(page: str, pattern: str) -> list[str]:
    return re.findall(pattern, page)


def test_a_position_is_drafted_from_the_comments_that_were_ticked(client: Any) -> None:
    consultation = ConsultationFactory()
    provision = consultation.versions[0].provisions[0]
    chosen = CommentFactory(consultation=consultation, provision=provision, kind="provision", source="Izbrana.")
    other = CommentFactory(consultation=consultation, provision=provision, kind="provision", source="Druga.")
    hidden = CommentFactory(consultation=consultation, provision=provision, kind="provision", state="hidden")
    client.sign_in(representative())
    address = f"/consultations/{consultation.slug}/positions/new"
    page = client.get(address).text
    assert text_in(page, r'name="comments" value="(\d+)"') == [str(chosen.id), str(other.id)]
    form = {"title": "Stališče", "comments": [chosen.id, hidden.id], "form_key": "obrazec"}
    answers = [client.post(address, data=form) for _ in range(2)]
    assert [answer.location for answer in answers] == ["/positions/stalisce/edit"] * 2
    position = session.scalars(select(Position)).one()
    assert [[comment.id for comment in point.comments] for point in position.points] == [[chosen.id]]


def test_a_draft_without_a_title_comes_back_with_its_ticks(client: Any) -> None:
    consultation = ConsultationFactory()
    comment = CommentFactory(consultation=consultation)
    client.sign_in(coordinator())
    answer = client.post(
        f"/consultations/{consultation.slug}/positions/new", data={"title": " ", "comments": [comment.id]}
    )
    assert answer.status_code == 422
    assert text_in(answer.text, r'value="(\d+)" checked') == [str(comment.id)]


def test_the_public_does_not_learn_that_a_draft_exists(client: Any) -> None:
    draft = drafted_position(title="Tajni osnutek")
    shown = opened_position(title="Javno stališče")
    assert client.get(f"/positions/{draft.slug}").status_code == 404
    page = client.get("/positions").text
    assert text_in(page, r'href="/positions/([^"]+)"') == [shown.slug]


def test_the_network_reads_the_draft_and_its_discussion(client: Any) -> None:
    draft = drafted_position()
    client.sign_in(contributor())
    answer = client.post(f"/positions/{draft.slug}/remarks", data={"source": "Raje **deset**.", "form_key": "r"})
    [remark] = session.scalars(select(Remark))
    assert answer.location == f"/positions/{draft.slug}#remark-{remark.id}"
    assert "<p>Raje <strong>deset</strong>.</p>" in client.get(f"/positions/{draft.slug}").text


def test_an_empty_remark_comes_back(client: Any) -> None:
    draft = drafted_position()
    client.sign_in(contributor())
    assert client.post(f"/positions/{draft.slug}/remarks", data={"source": " "}).status_code == 422
    assert session.scalar(select(func.count(Remark.id))) == 0


def test_the_text_is_written_and_a_stale_form_keeps_what_was_typed(client: Any) -> None:
    draft = drafted_position()
    client.sign_in(draft.created_by)
    address = f"/positions/{draft.slug}/edit"
    form = {"revision": draft.revision, "title": "Naslov enega", "summary": "Zahteva", "general": "Splošno."}
    assert client.post(address, data=form).status_code == 303
    answer = client.post(
        address, data=form | {"title": "Naslov drugega", "general": "Moje besedilo, ki ne sme izginiti."}
    )
    assert answer.status_code == 409
    assert "Moje besedilo, ki ne sme izginiti." in answer.text
    unmarked = re.sub(r"<span[^>]*>[^<]*</span>|</?(?:ins|del)>", "", answer.text)
    assert re.findall(r'<div class="stored">(.*?)</div>', unmarked, re.S) == [
        "Naslov drugega", "Naslov enega", "Moje besedilo, ki ne sme izginiti.", "Splošno.",
    ]  # fmt: skip
    assert session.scalars(select(Position.title)).all() == ["Naslov enega"]


def test_a_point_needs_a_wording_unless_it_deletes(client: Any) -> None:
    draft = drafted_position()
    client.sign_in(draft.created_by)
    address = f"/positions/{draft.slug}/points/new"
    form = {"provisions-0": "", "action": "change", "demanded": "", "reasons": "Ker je tako."}
    answer = client.post(address, data=form)
    assert answer.status_code == 422
    assert "Ker je tako." in answer.text
    assert client.post(address, data=form | {"action": "delete"}).status_code == 303


def test_a_point_keeps_its_provisions_and_takes_one_more(client: Any) -> None:
    draft = drafted_position()
    client.sign_in(draft.created_by)
    [point] = draft.points
    provisions = draft.consultation.versions[0].provisions
    address = f"/positions/{draft.slug}/points/{point.id}/edit"
    assert text_in(client.get(address).text, r'<option selected value="([0-9a-f]*)">') == [provisions[0].key, ""]
    form = {
        "revision": point.revision,
        "provisions-0": provisions[0].key,
        "provisions-1": provisions[1].key,
        "action": "change",
        "demanded": "Novo.",
        "existing": "",
    }
    assert client.post(address, data=form).status_code == 303
    session.refresh(point)
    assert point.article == "1. člen; 2. člen"
    assert point.existing == "To je besedilo 1. člena.\nTo je besedilo 2. člena."


def test_the_page_before_opening_shows_the_fingerprint_that_is_then_frozen(client: Any) -> None:
    draft = drafted_position()
    client.sign_in(draft.created_by)
    address = f"/positions/{draft.slug}/open"
    page = client.get(address).text
    [seen] = set(text_in(page, r"\b[0-9a-f]{64}\b"))
    assert seen == fingerprint_of(draft)
    assert text_in(page, r'name="until"[^>]*value="([^"]+)"') == [
        # The day before the one on which the submission is sent.
        (clock.today() + timedelta(days=19)).isoformat()
    ]
    answer = client.post(address, data={"sha256_seen": seen, "until": clock.today().isoformat(), "agree": "y"})
    assert answer.status_code == 303
    assert version_of(draft).sha256 == seen


@pytest.mark.parametrize(
    "wrong", [{"agree": ""}, {"until": ""}, {"until": "2020-01-01"}, {"until": "2999-01-01"}, {"until": "jutri"}]
)
def test_opening_wants_a_tick_and_a_day_that_can_be(client: Any, wrong: dict[str, str]) -> None:
    draft = drafted_position()
    client.sign_in(draft.created_by)
    form = {"sha256_seen": fingerprint_of(draft), "until": clock.today().isoformat(), "agree": "y"} | wrong
    form = {name: value for name, value in form.items() if value}
    assert client.post(f"/positions/{draft.slug}/open", data=form).status_code == 422
    assert draft.state == PositionState.DRAFTED


def test_opening_twice_leaves_one_version_and_one_mail_each(client: Any) -> None:
    draft = drafted_position()
    client.sign_in(draft.created_by)
    form = {"sha256_seen": fingerprint_of(draft), "until": clock.today().isoformat(), "agree": "y"}
    answers = [client.post(f"/positions/{draft.slug}/open", data=form).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert len(draft.versions) == 1
    assert session.scalar(select(func.count(OutboxItem.id)).where(OutboxItem.kind == KIND)) == 1


def test_the_file_of_the_text_has_the_fingerprint_of_the_page(client: Any) -> None:
    position = opened_position()
    answer = client.get(f"/positions/{position.slug}/versions/1.json")
    assert hashlib.sha256(answer.data).hexdigest() == version_of(position).sha256
    page = re.sub(r"<[^>]+>", "", client.get(f"/positions/{position.slug}").text)
    assert set(text_in(page, r"\b[0-9a-f]{64}\b")) == {version_of(position).sha256}


def test_a_representative_signs_once_however_often_the_button_is_pressed(client: Any) -> None:
    position, person = opened_position(), representative()
    client.sign_in(person)
    address = f"/positions/{position.slug}/cosign"
    answers = [client.post(address, data=cosigning_form(position)).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert signatures() == [(organisation_of(person).id, "live")]


def test_a_second_form_is_told_that_the_organisation_has_signed(client: Any) -> None:
    position, person = opened_position(), representative(name="Ana Primer")
    sign(position, person, organisation_of(person))
    colleague = representative(organisation_of(person))
    client.sign_in(colleague)
    answer = client.post(f"/positions/{position.slug}/cosign", data=cosigning_form(position), follow_redirects=True)
    assert "already decided so" in answer.text
    assert "Ana Primer" in answer.text
    assert signatures() == [(organisation_of(person).id, "live")]


def test_the_box_is_not_ticked_and_must_be(client: Any) -> None:
    position, person = opened_position(), representative()
    client.sign_in(person)
    address = f"/positions/{position.slug}/cosign"
    [box] = text_in(client.get(address).text, r'<input[^>]*name="agree"[^>]*>')
    assert "checked" not in box
    form = cosigning_form(position, statement="Naša izjava.")
    del form["agree"]
    answer = client.post(address, data=form)
    assert answer.status_code == 422
    assert "Naša izjava." in answer.text
    assert signatures() == []


def test_a_statement_that_is_too_long_comes_back_whole(client: Any) -> None:
    position, person = opened_position(), representative()
    client.sign_in(person)
    statement = "č" * 1501
    answer = client.post(f"/positions/{position.slug}/cosign", data=cosigning_form(position, statement=statement))
    assert answer.status_code == 422
    assert statement in answer.text


def test_a_deadline_that_passes_while_the_page_is_open_keeps_the_statement(client: Any, stopped_clock: Any) -> None:
    position, person = opened_position(), representative()
    client.sign_in(person)
    stopped_clock(version_of(position).cosigning_until + timedelta(seconds=1))
    # The session is as fresh as before; only the deadline has passed.
    client.sign_in(person)
    answer = client.post(
        f"/positions/{position.slug}/cosign", data=cosigning_form(position, statement="Izjava, ki ostane.")
    )
    assert answer.status_code == 403
    assert "Izjava, ki ostane." in answer.text
    assert signatures() == []


def test_another_text_is_a_conflict_and_keeps_the_statement(client: Any) -> None:
    position, person = opened_position(), representative()
    client.sign_in(person)
    answer = client.post(
        f"/positions/{position.slug}/cosign",
        data=cosigning_form(position, sha256_seen="0" * 64, statement="Izjava, ki ostane."),
    )
    assert answer.status_code == 409
    assert "Izjava, ki ostane." in answer.text
    assert signatures() == []


def test_a_removed_representative_is_refused(client: Any) -> None:
    position, person = opened_position(), representative()
    client.sign_in(person)
    person.memberships[0].state = MembershipState.ENDED
    answer = client.post(f"/positions/{position.slug}/cosign", data=cosigning_form(position))
    assert answer.status_code == 403
    assert signatures() == []


def test_an_old_sign_in_is_asked_to_confirm_before_anything_is_typed(client: Any, stopped_clock: Any) -> None:
    position, person = opened_position(), representative()
    client.sign_in(person)
    stopped_clock(clock.now() + timedelta(minutes=11))
    address = f"/positions/{position.slug}/cosign"
    answer = client.get(address)
    assert answer.status_code == 303
    assert answer.location.endswith("next=/positions/" + position.slug + "/cosign")
    sent = client.post(address, data=cosigning_form(position, statement="Izjava, ki ostane."))
    assert sent.status_code == 401
    assert "Izjava, ki ostane." in sent.text
    assert signatures() == []


def test_a_signature_is_withdrawn_with_its_reason_and_the_page_says_so(client: Any) -> None:
    position, person = opened_position(), representative()
    sign(position, person, organisation_of(person))
    client.sign_in(person)
    address = f"/positions/{position.slug}/withdraw"
    assert client.get(address).status_code == 200
    answers = [client.post(address, data={"because": "Sklep odbora."}).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert signatures() == [(organisation_of(person).id, "withdrawn")]
    assert "Sklep odbora." in client.get(f"/positions/{position.slug}").text


def test_the_page_names_organisations_and_only_people_who_wish_it(client: Any) -> None:
    position = opened_position()
    shy = representative(name="Sramežljiva Oseba")
    open_person = representative(name="Javna Oseba", name_is_public=True)
    for person in (shy, open_person):
        sign(position, person, organisation_of(person), statement=f"Izjava {person.id}.")
    page = client.get(f"/positions/{position.slug}").text
    assert [name in page for name in ("Sramežljiva Oseba", "Javna Oseba")] == [False, True]
    for person in (shy, open_person):
        assert organisation_of(person).name in page
        assert f"Izjava {person.id}." in page
    assert "Co-signed by 2 of 3 member organisations." in page


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_costs_the_same_for_one_and_for_thirty(
    client: Any, count_queries: Callable[[], Any], number: int
) -> None:
    person = representative()
    for _ in range(number):
        opened_position(created_by=person)
        drafted_position(created_by=person)
    client.sign_in(person)
    client.get("/positions")
    with count_queries() as queries:
        assert client.get("/positions").status_code == 200
    assert len([query for query in queries if not query.startswith(("BEGIN", "SAVEPOINT"))]) <= 6


@pytest.mark.parametrize("number", [1, 30])
def test_a_position_costs_the_same_for_one_and_for_thirty_signatures(
    client: Any, count_queries: Callable[[], Any], number: int
) -> None:
    position, reader = opened_position(), representative()
    for _ in range(number):
        person = representative()
        sign(position, person, organisation_of(person))
    client.sign_in(reader)
    client.get(f"/positions/{position.slug}")
    with count_queries() as queries:
        assert client.get(f"/positions/{position.slug}").status_code == 200
    assert len([query for query in queries if not query.startswith(("BEGIN", "SAVEPOINT"))]) <= 13


def test_signing_costs_few_statements(client: Any, count_queries: Callable[[], Any]) -> None:
    """Six of them write the record of it into the ledger."""
    position, person = opened_position(), representative()
    address, form = f"/positions/{position.slug}/cosign", cosigning_form(position)
    client.sign_in(person)
    with count_queries() as queries:
        assert client.post(address, data=form).status_code == 303
    assert len([query for query in queries if not query.startswith(("BEGIN", "SAVEPOINT", "RELEASE"))]) <= 19


def titles_in(page: str) -> list[str]:
    return text_in(page, r'<h2 class="entry-title"><a href="/positions/([^"]+)"')


def test_the_list_is_narrowed_by_where_a_position_stands(client: Any, stopped_clock: Any) -> None:
    person = representative()
    ended = opened_position(days=1, slug="konec", created_by=person)
    stopped_clock(version_of(ended).cosigning_until + timedelta(seconds=1))
    opened_position(slug="odprto", created_by=person)
    delivered = opened_position(slug="oddano", created_by=person)
    delivered.state, delivered.delivered_at = PositionState.DELIVERED, clock.now()
    drafted_position(slug="osnutek", created_by=person)
    session.flush()
    found = {
        stage: titles_in(client.get(f"/positions?stage={stage}").text)
        for stage in ("open", "ended", "delivered", "drafted", "izmisljeno")
    }
    assert found == {
        "open": ["odprto"],
        "ended": ["konec"],
        "delivered": ["oddano"],
        "drafted": [],
        "izmisljeno": ["oddano", "odprto", "konec"],
    }
    client.sign_in(person)
    assert titles_in(client.get("/positions?stage=drafted").text) == ["osnutek"]


def test_the_list_is_narrowed_to_one_consultation(client: Any) -> None:
    wanted = opened_position()
    opened_position()
    draft = drafted_position()
    page = client.get(f"/positions?consultation={wanted.consultation.slug}").text
    assert titles_in(page) == [wanted.slug]
    assert draft.consultation.slug not in page
    assert "There is no joint position that fits these filters." in client.get("/positions?consultation=x").text


def test_the_page_shows_words_that_go_beside_words_that_come(client: Any) -> None:
    position = drafted_position()
    position.points[0].existing, position.points[0].demanded = "Rok je 30 dni.", "Rok je 60 dni."
    open_position(position.created_by, position, until=clock.today(), sha256_seen=fingerprint_of(position))
    page = client.get(f"/positions/{position.slug}").text
    wordings = [
        re.sub(r"<span[^>]*>[^<]*</span>", "", wording)
        for wording in text_in(page, r'<div class="wording"[^>]*>(.*?)</div>')
    ]
    assert wordings == ["Rok je <del>30</del> dni.", "Rok je <ins>60</ins> dni."]


def test_an_organisation_that_withdrew_reads_that_it_may_sign_again(client: Any) -> None:
    position, person = opened_position(), representative()
    withdraw_cosignature(person, sign(position, person, organisation_of(person)), "Premislili smo se.")
    client.sign_in(person)
    page = client.get(f"/positions/{position.slug}").text
    assert "withdrew its co-signature on" in page
    assert "Premislili smo se." in page
    assert f'class="button" href="/positions/{position.slug}/cosign"' in page
