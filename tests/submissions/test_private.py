"""The private page of a body: opened by anybody, changed by nobody who only opens it, and answered point by point."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from factories import OrganisationFactory, coordinator
from sqlalchemy import func, select
from submissions.making import (
    consultation_in_cosigning,
    cosigned,
    delivered,
    frozen,
    opened_position,
    submission_of,
)

from participation import create_app
from participation.foundation import clock, outbox
from participation.foundation.audit import AuditEntry
from participation.foundation.database import Conflict, db, session
from participation.foundation.sealing import seal
from participation.submissions.models import (
    PURPOSE,
    Answer,
    AnswerConfirmation,
    AnswerDraft,
    DeliveryState,
    Outcome,
    PrivateLink,
    Submission,
)
from participation.submissions.operations import (
    GivenAnswer,
    issue_link_anew,
    record_answers,
    reopen_answers,
    revoke_link,
)
from participation.submissions.queries import answers_of, state_of_answers
from participation.submissions.queries.deliveries import deliveries_of, live_link
from participation.web.limits import limiter


@pytest.fixture
def lead(app: Any) -> Any:
    return coordinator(language="en")


@pytest.fixture
def sent(lead: Any) -> Submission:
    position = opened_position(consultation_in_cosigning(), lead, points=3)
    cosigned(position, OrganisationFactory(), language="en")
    return delivered(frozen(submission_of(position, lead, slug="oddaja", language="en")))


@pytest.fixture
def link(sent: Submission) -> PrivateLink:
    found = live_link(sent, sent.addressees[0])
    assert found is not None
    return found


@pytest.fixture
def address(link: PrivateLink) -> str:
    return f"/answer/{link.key}.{seal(PURPOSE, link.key)}"


def words(answer: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def replies(sent: Submission, *given: tuple[str, str], revision: int = 0) -> dict[str, Any]:
    """The form as it is sent: an outcome and words for each point."""
    form: dict[str, Any] = {}
    for number, (outcome, said) in enumerate(given):
        form |= {
            f"points-{number}-point_id": sent.points[number].id,
            f"points-{number}-revision": revision,
            f"points-{number}-outcome": outcome,
            f"points-{number}-words": said,
        }
    return form


def confirmation(client: Any, address: str, **values: Any) -> dict[str, Any]:
    """The form of the page of confirmation as it is offered now."""
    page = client.get(f"{address}/confirm").text
    fields = {name: re.search(rf'name="{name}" type="hidden" value="([^"]*)"', page) for name in ("seen", "form_key")}
    found = {name: match[1] for name, match in fields.items() if match}
    return found | {"name": "Ana Novak", "function": "Head of environment"} | values


def rows() -> list[Any]:
    """How many rows each table has."""
    session.commit()
    return [
        (table.name, session.scalar(select(func.count()).select_from(table))) for table in db.metadata.sorted_tables
    ]


def test_opening_changes_nothing_however_often_and_by_whatever(client: Any, sent: Submission, address: str) -> None:
    before = rows()
    for method in ("GET", "HEAD", "OPTIONS", "GET"):
        for path in (address, f"{address}/confirm"):
            answer = client.open(path, method=method, headers={"User-Agent": "Mail scanner"})
            assert answer.status_code == 200
    assert rows() == before
    session.expire_all()
    assert {one.state for one in deliveries_of(sent)} == {DeliveryState.QUEUED}


def test_the_address_leaves_in_no_referrer_cache_index_or_link(client: Any, address: str) -> None:
    for path in (address, f"{address}/confirm", f"{address}x"):
        answer = client.get(path)
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]
    page = client.get(address).text
    away = [one for one in re.findall(r'href="([^"]+)"', page) if not one.startswith(("/static", "#", "mailto:"))]
    assert {one.partition("?")[0] for one in away if address in one} <= {address, f"{address}/table"}
    assert {one for one in away if one.startswith("http")} == {"https://mreza.example/submissions/oddaja"}


def test_what_is_guessed_or_changed_opens_nothing(client: Any, address: str, link: PrivateLink) -> None:
    proof = seal(PURPOSE, link.key)
    other = seal("another purpose", link.key)
    halves = [("", ""), (link.key, ""), (link.key, other), (link.key, proof[:-1]), (link.key, f"{proof}A"),
              (f"{link.key[1:]}g", proof), (proof, link.key), ("č", "ž"), (link.key, "č" * 43)]  # fmt: skip
    bad = ["", *(f"{key}.{said}" for key, said in halves)]
    assert [client.get(f"/answer/{one}").status_code for one in bad] == [404] * len(bad)


def test_guessing_ends_after_some_tries(tmp_path: Any) -> None:
    """In an installation that counts, which the tests' own does not."""
    strict = create_app(tmp_path, environment="embedded", database=f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    try:
        client = strict.test_client()
        tried = [client.get(f"/answer/{number}.guess").status_code for number in range(25)]
    finally:
        limiter.enabled = False
    assert tried == [404] * 20 + [429] * 5


def test_a_revoked_address_says_whom_to_ask(
    client: Any, sent: Submission, lead: Any, link: Any, address: str
) -> None:
    revoke_link(lead, link, because="Forwarded to a mailing list.")
    before = rows()
    tries = [
        client.get(address),
        client.get(f"{address}/confirm"),
        client.post(address, data=replies(sent, ("accepted", "Yes."))),
        client.post(f"{address}/received", data={"name": "Ana"}),
        client.post(f"{address}/confirm", data={"name": "Ana", "function": "x"}),
    ]
    assert [one.status_code for one in tries] == [410] * 5
    assert "ask for a new address" in words(tries[0])
    assert "Forwarded to a mailing list" not in tries[0].text
    assert rows() == before


def test_the_receipt_is_confirmed_by_a_button_and_a_name(client: Any, sent: Submission, address: str) -> None:
    assert client.post(f"{address}/received", data={"name": ""}).status_code == 422
    for name in ("Ana Novak", "Bor Kovač"):
        assert client.post(f"{address}/received", data={"name": name}).status_code == 303
    session.expire_all()
    [letter] = deliveries_of(sent)
    assert (letter.state, letter.acknowledged_by) == (DeliveryState.ACKNOWLEDGED, "Ana Novak")
    assert "receipt confirmed" in words(client.get(address))


def test_half_an_answer_is_kept_and_nobody_else_sees_it(
    client: Any, new_client: Any, sent: Any, address: str
) -> None:
    form = replies(sent, ("accepted", "Yes, gladly."), ("", "Not decided."), ("", "")) | {"at": "1"}
    answer = client.post(address, data=form)
    assert (answer.status_code, answer.location) == (303, f"{address}#point-1")
    page = words(new_client().get(address))
    assert "1 of 3 points answered" in page
    assert "Not decided." in page
    assert "Yes, gladly." not in new_client().get("/submissions/oddaja").text
    assert session.scalar(select(func.count(Answer.id))) == 0
    # Sending the same once more changes nothing, whatever it was written from.
    assert client.post(address, data=form).status_code == 303


def test_the_script_gets_the_new_revisions(client: Any, sent: Submission, address: str) -> None:
    form = replies(sent, ("accepted", "Yes."))
    saved = client.post(address, data=form, headers={"Accept": "application/json"})
    assert saved.get_json() == {"revisions": {"points-0-revision": 1}, "given": 1}


def test_two_people_at_once_get_both_texts(client: Any, new_client: Any, sent: Submission, address: str) -> None:
    first, second = client, new_client()
    assert first.post(address, data=replies(sent, ("accepted", "The first text."))).status_code == 303
    late = second.post(address, data=replies(sent, ("rejected", "The second text."), ("noted", "Fine.")))
    assert late.status_code == 409
    unmarked = re.sub(r"<span[^>]*>[^<]*</span>|</?(?:ins|del)>", "", late.text)
    assert re.findall(r'<div class="stored">(.*?)</div>', unmarked) == ["The second text.", "The first text."]
    assert 'name="points-0-revision" value="1"' in late.text
    assert 'name="points-1-words"' in late.text
    assert session.scalars(select(AnswerDraft.words)).all() == ["The first text."]
    again = replies(sent, ("rejected", "The second text."), ("noted", "Fine.")) | {"points-0-revision": 1}
    assert second.post(address, data=again).status_code == 303
    assert set(session.scalars(select(AnswerDraft.words))) == {"The second text.", "Fine."}


def test_what_is_confirmed_is_public_told_and_can_only_be_read(
    client: Any, new_client: Any, sent: Submission, address: str, lead: Any
) -> None:
    client.post(address, data=replies(sent, ("accepted", "Yes."), ("", "Later."), ("", "")))
    form = confirmation(client, address)
    answers = [client.post(f"{address}/confirm", data=form) for _press in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    page = words(new_client().get("/submissions/oddaja"))
    assert "accepted Confirmed by Ana Novak, Head of environment" in page.replace("Yes. ", "")
    assert session.scalar(select(func.count(AnswerConfirmation.id))) == 1
    [answer] = session.scalars(select(Answer))
    assert (answer.outcome, answer.words, answer.recorded_by_id) == (Outcome.ACCEPTED, "Yes.", None)
    told = [item.payload.get("template") for item in session.scalars(select(outbox.OutboxItem).order_by("id"))]
    assert told.count("submissions/emails/body_answered.txt") == 1
    assert told.count("submissions/emails/answers_recorded.txt") == 1
    assert session.scalar(select(func.count()).where(AuditEntry.action == "answers.confirmed")) == 1
    # The confirmed point is closed, the others go on.
    late = client.post(address, data=replies(sent, ("rejected", "No.")))
    assert late.status_code == 409
    page = client.get(address).text
    assert page.count('name="points-') == 4 * 2
    client.post(address, data={f"points-1-{name}": value for name, value in {
        "point_id": sent.points[1].id, "revision": 1, "outcome": "noted", "words": "Later."}.items()})  # fmt: skip
    assert client.post(f"{address}/confirm", data=confirmation(client, address)).status_code == 303
    assert session.scalar(select(func.count(Answer.id))) == 2


def test_what_changed_since_it_was_read_is_not_confirmed(client: Any, sent: Submission, address: str) -> None:
    client.post(address, data=replies(sent, ("accepted", "Yes.")))
    form = confirmation(client, address)
    client.post(address, data=replies(sent, ("rejected", "No."), revision=1))
    assert client.post(f"{address}/confirm", data=form).status_code == 409
    assert session.scalar(select(func.count(Answer.id))) == 0


@pytest.mark.parametrize("missing", ["name", "function"])
def test_nothing_is_confirmed_without_name_and_function(
    client: Any, sent: Submission, address: str, missing: str
) -> None:
    client.post(address, data=replies(sent, ("accepted", "Yes.")))
    assert client.post(f"{address}/confirm", data=confirmation(client, address, **{missing: " "})).status_code == 422
    assert session.scalar(select(func.count(Answer.id))) == 0


def test_nothing_is_confirmed_where_nothing_is_answered(client: Any, sent: Submission, address: str) -> None:
    assert "There is nothing new to confirm." in words(client.get(f"{address}/confirm"))
    form = {"name": "Ana", "function": "x", "seen": "", "form_key": "k"}
    assert client.post(f"{address}/confirm", data=form).status_code == 409


def test_the_office_opens_what_was_confirmed_and_the_correction_is_a_new_record(
    client: Any, sent: Submission, address: str, lead: Any
) -> None:
    client.post(address, data=replies(sent, ("accepted", "Yes.")))
    client.post(f"{address}/confirm", data=confirmation(client, address))
    [made] = session.scalars(select(AnswerConfirmation))
    reopen_answers(lead, made, because="A slip of the pen.")
    assert client.post(address, data=replies(sent, ("rejected", "No."))).status_code == 303
    [answer] = session.scalars(select(Answer))
    assert answer.outcome == Outcome.ACCEPTED  # It stays public until another one is confirmed.
    client.post(f"{address}/confirm", data=confirmation(client, address))
    session.expire_all()
    assert answer.outcome == Outcome.REJECTED
    assert [one.said for one in session.scalars(select(AnswerConfirmation).order_by("id"))] == [
        [{"number": 1, "outcome": "accepted", "words": "Yes."}],
        [{"number": 1, "outcome": "rejected", "words": "No."}],
    ]


BAD = [
    ({"points-0-outcome": "no-reply"}, 422),
    ({"points-0-outcome": "maybe"}, 422),
    ({"points-0-point_id": "999999"}, 404),
    ({"points-0-point_id": "x"}, 422),
    ({"points-0-revision": "x"}, 422),
    ({"points-0-words": "a" * 30_001}, 422),
    ({"points-²-words": "a"}, 303),
]


@pytest.mark.parametrize(("values", "status"), BAD)
def test_odd_forms_are_no_error_of_ours(
    client: Any, sent: Submission, address: str, values: dict[str, Any], status: int
) -> None:
    form = replies(sent, ("accepted", "Yes.")) | values
    assert client.post(address, data=form).status_code == status


def test_a_forged_form_is_refused(app: Any, client: Any, sent: Submission, address: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        for path in (address, f"{address}/received", f"{address}/confirm"):
            assert client.post(path, data={"name": "Ana"} | replies(sent, ("accepted", "Yes."))).status_code == 400
        # A form of ours is taken without any referrer, over a secure connection as well.
        page = client.get(address, base_url="https://localhost").text
        sent_token = re.search(r'name="csrf_token" type="hidden" value="([^"]+)"', page)
        assert sent_token
        form = replies(sent, ("accepted", "Yes.")) | {"csrf_token": sent_token[1]}
        assert client.post(address, data=form, base_url="https://localhost").status_code == 303
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


def test_the_page_is_in_the_language_of_the_submission_with_a_switch(client: Any, lead: Any) -> None:
    position = opened_position(consultation_in_cosigning(), lead)
    submission = delivered(frozen(submission_of(position, lead, slug="slovenska", language="sl")))
    link = live_link(submission, submission.addressees[0])
    assert link is not None
    address = f"/answer/{link.key}.{seal(PURPOSE, link.key)}"
    assert '<html lang="sl">' in client.get(address, headers={"Accept-Language": "en"}).text
    assert '<html lang="en">' in client.get(f"{address}?language=en").text
    assert client.post(f"{address}?language=en", data={}).location == f"{address}?language=en"


def test_a_page_of_many_points_asks_no_more_than_one_of_few(client: Any, lead: Any, count_queries: Any) -> None:
    counts = []
    for points in (1, 30):
        position = opened_position(consultation_in_cosigning(), lead, points=points)
        submission = delivered(frozen(submission_of(position, lead)), key=f"key {points}")
        link = live_link(submission, submission.addressees[0])
        assert link is not None
        address = f"/answer/{link.key}.{seal(PURPOSE, link.key)}"
        client.get(address)
        with count_queries() as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_error_of_ours_does_not_write_the_address_into_the_log(
    app: Any, client: Any, address: str, caplog: Any, monkeypatch: Any
) -> None:
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setitem(app.view_functions, "submissions.private", lambda token: 1 / 0)
    assert client.get(address).status_code == 500
    [said] = [record.getMessage() for record in caplog.records if "unexpected error" in record.getMessage()]
    assert said.endswith("at GET /answer/…")


def test_the_office_records_the_rest_and_leaves_what_the_body_confirmed(
    client: Any, sent: Submission, address: str, lead: Any
) -> None:
    client.post(address, data=replies(sent, ("accepted", "Yes.")))
    client.post(f"{address}/confirm", data=confirmation(client, address))
    office = client.sign_in(lead)
    page = office.get("/submissions/oddaja/answers").text
    assert [f'value="{point.id}"' in page for point in sent.points] == [False, True, True]
    seen = re.search(r'name="seen" type="hidden" value="([0-9a-f]+)"', page)
    assert seen
    form = {"seen": seen[1], "source": "letter", "answered_on": clock.today().isoformat(),
            "points-0-point_id": sent.points[1].id, "points-0-outcome": "noted"}  # fmt: skip
    assert office.post("/submissions/oddaja/answers", data=form).status_code == 303
    given = {answer.point.number: answer.outcome for answer in session.scalars(select(Answer))}
    assert given == {1: Outcome.ACCEPTED, 2: Outcome.NOTED}
    with pytest.raises(Conflict):
        record_answers(
            lead, sent, sent.addressees[0],
            {sent.points[0].id: GivenAnswer(Outcome.REJECTED, "No.", "letter", clock.today())},
            seen=state_of_answers(answers_of(sent, sent.addressees[0])),
        )  # fmt: skip


def test_many_letters_are_listed_with_no_more_statements_than_one(
    client: Any, sent: Submission, lead: Any, count_queries: Any
) -> None:
    office = client.sign_in(lead)
    office.get("/submissions/oddaja/deliveries")
    with count_queries() as few:
        office.get("/submissions/oddaja/deliveries")
    for number in range(30):
        issue_link_anew(lead, sent, sent.addressees[0], f"a{number}@b.example", form_key=f"k{number}")
    session.commit()
    with count_queries() as many:
        office.get("/submissions/oddaja/deliveries")
    assert len(many) == len(few)
