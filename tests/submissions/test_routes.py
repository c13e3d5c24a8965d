"""The pages of submissions."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from factories import CommentFactory, OrganisationFactory, PublicBodyFactory, coordinator, representative
from positions.making import sign
from sqlalchemy import func, select
from submissions.making import (
    SubmissionFactory,
    consultation_in_cosigning,
    cosigned,
    frozen,
    handed_over,
    opened_position,
    sent_quietly,
    submission_of,
)

from participation.accounts.models import Operator
from participation.foundation import clock
from participation.foundation.database import session
from participation.ledger.operations import sign_checkpoint
from participation.positions.models import CosignatureState
from participation.submissions.models import (
    Answer,
    DocumentFormat,
    Outcome,
    Submission,
    SubmissionState,
    preview_fingerprint,
)
from participation.submissions.operations import GivenAnswer, MadeDocument, produce_documents, record_answers
from participation.submissions.queries import answers_of, contents_now, state_of_answers

ENGLISH = {"Accept-Language": "en"}
SITE = "http://localhost:8000/submissions/"


@pytest.fixture
def lead(app: Any) -> Any:
    return coordinator()


@pytest.fixture
def office(client: Any, lead: Any) -> Any:
    return client.sign_in(lead)


@pytest.fixture
def position(lead: Any) -> Any:
    return opened_position(consultation_in_cosigning(slug="osnutek"), lead, points=2, slug="stalisce")


def words(answer: Any) -> str:
    """The text of a page in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def compile_form(position: Any, **values: Any) -> dict[str, Any]:
    return {
        "form_key": "the-key",
        "title": "Pripombe k osnutku",
        "language": "en",
        "positions": [position.id],
        "addressees": [position.consultation.body_id],
        "cover": "Spoštovani.",
    } | values


def test_pressing_the_button_twice_compiles_once(office: Any, position: Any) -> None:
    answers = [office.post("/consultations/osnutek/submissions/new", data=compile_form(position)) for _ in range(2)]
    assert [(answer.status_code, answer.location) for answer in answers] == [
        (303, "/submissions/pripombe-k-osnutku/preview")
    ] * 2
    assert session.scalar(select(func.count(Submission.id))) == 1


def test_a_new_submission_begins_with_all_positions_and_the_body_that_prepares_the_draft(
    office: Any, position: Any
) -> None:
    other = opened_position(position.consultation, position.created_by)
    other.addressees = [PublicBodyFactory(name="Ministrstvo")]
    PublicBodyFactory(name="Neudeležena občina")
    page = office.get("/consultations/osnutek/submissions/new").text
    checked = re.findall(r'<input checked id="\S+" name="(\w+)" type="checkbox" value="(\d+)">', page)
    bodies = sorted([position.consultation.body_id, other.addressees[0].id])
    assert sorted(checked) == sorted(
        [("positions", str(position.id)), ("positions", str(other.id))]
        + [("addressees", str(body)) for body in bodies]
    )


BAD_FORMS = [
    ({"title": ""}, "Title: This field is required."),
    ({"title": "a" * 501}, "Title: Field cannot be longer than 500 characters."),
    ({"addressees": []}, "Addressees: Choose at least one addressee."),
    ({"positions": []}, "Joint positions: Choose at least one position or comment."),
    ({"cover": "a" * 30_001}, "Cover letter: Field cannot be longer than 30000 characters."),
    ({"language": "xx"}, "Language of the submission: Not a valid choice."),
]


@pytest.mark.parametrize(("values", "words_"), BAD_FORMS)
def test_a_bad_form_says_what_is_wrong_and_keeps_what_was_typed(
    office: Any, position: Any, values: dict[str, Any], words_: str
) -> None:
    form = compile_form(position, summary="Prva\nDruga zahteva") | values
    answer = office.post("/consultations/osnutek/submissions/new", data=form, headers=ENGLISH)
    assert answer.status_code == 422
    assert words_ in words(answer)
    assert "Prva\nDruga zahteva" in answer.text.replace("\r\n", "\n")
    assert session.scalar(select(func.count(Submission.id))) == 0


def test_positions_and_comments_of_another_consultation_cannot_be_compiled(office: Any, position: Any) -> None:
    elsewhere = opened_position(consultation_in_cosigning(), position.created_by)
    comment = CommentFactory(consultation=elsewhere.consultation, organisation=OrganisationFactory())
    for values in ({"positions": [elsewhere.id]}, {"comments": [comment.id]}, {"positions": ["x"]}):
        answer = office.post("/consultations/osnutek/submissions/new", data=compile_form(position, **values))
        assert answer.status_code == 422
    assert session.scalar(select(func.count(Submission.id))) == 0


def test_an_edit_of_an_older_text_gets_both_texts(office: Any, position: Any, lead: Any) -> None:
    submission = submission_of(position, lead, slug="oddaja", title="Prvotni naslov", language="en")
    seen = submission.revision
    saved = compile_form(position, title="Naslov prvega", revision=seen)
    assert office.post("/submissions/oddaja/edit", data=saved).status_code == 303
    late = office.post("/submissions/oddaja/edit", data=saved | {"title": "Naslov drugega"}, headers=ENGLISH)
    assert late.status_code == 409
    unmarked = re.sub(r"<span[^>]*>[^<]*</span>|</?(?:ins|del)>", "", late.text)
    assert re.findall(r'<div class="stored">(.*?)</div>', unmarked) == ["Naslov drugega", "Naslov prvega"]
    assert submission.title == "Naslov prvega"


def test_the_preview_says_what_the_document_will_say(office: Any, position: Any, lead: Any) -> None:
    cosigned(position, OrganisationFactory(name="Društvo Vrba"))
    submission = submission_of(position, lead, slug="oddaja", language="en")
    page = office.get("/submissions/oddaja/preview", headers=ENGLISH)
    said = contents_now(submission, SITE + "oddaja")
    assert f'value="{preview_fingerprint(said)}"' in page.text
    expected = ("Razlog 2.", "Joint position. Signatories: Društvo Vrba", "Signed by 1 organisation")
    assert [phrase for phrase in expected if phrase not in words(page)] == []


def test_the_preview_says_that_the_last_signature_is_not_under_a_checkpoint_yet(
    office: Any, position: Any, lead: Any
) -> None:
    person = representative(OrganisationFactory())
    sign(position, person, person.memberships[0].organisation)
    submission_of(position, lead, slug="oddaja")
    session.commit()
    notice = "The last signature is so new"
    assert notice in words(office.get("/submissions/oddaja/preview", headers=ENGLISH))
    sign_checkpoint(Operator())
    session.commit()
    assert notice not in words(office.get("/submissions/oddaja/preview", headers=ENGLISH))


def seen_fingerprint(page: Any) -> str:
    found = re.search(r'name="sha256_seen" type="hidden" value="([0-9a-f]{64})"', page.text)
    assert found
    return found[1]


def test_what_was_previewed_is_frozen_however_often_the_button_is_pressed(
    office: Any, position: Any, lead: Any
) -> None:
    submission = submission_of(position, lead, slug="oddaja")
    seen = seen_fingerprint(office.get("/submissions/oddaja/preview"))
    answers = [office.post("/submissions/oddaja/freeze", data={"sha256_seen": seen}) for _ in range(2)]
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, "/submissions/oddaja")] * 2
    assert (submission.state, submission.sha256) == (SubmissionState.FROZEN, seen)
    page = words(office.get("/submissions/oddaja", headers=ENGLISH))
    assert "Documents ready: 0 of 7" in page


def test_a_signature_after_the_preview_asks_to_read_again(office: Any, position: Any, lead: Any) -> None:
    submission_of(position, lead, slug="oddaja")
    seen = seen_fingerprint(office.get("/submissions/oddaja/preview"))
    cosigned(position, OrganisationFactory())
    answer = office.post("/submissions/oddaja/freeze", data={"sha256_seen": seen}, headers=ENGLISH)
    assert (answer.status_code, "Please read the preview again" in words(answer)) == (409, True)


@pytest.mark.parametrize(("state", "act"), [("compiled", "freeze"), ("frozen", "send")])
def test_binding_acts_ask_for_a_fresh_sign_in(office: Any, position: Any, lead: Any, state: str, act: str) -> None:
    submission = submission_of(position, lead, slug="oddaja")
    if state == "frozen":
        frozen(submission)
    with office.session_transaction() as cookie:
        cookie["fs_paa"] = clock.now().timestamp() - 3600
    assert office.post(f"/submissions/oddaja/{act}", data={"sent_on": "2026-01-01"}).status_code == 401
    assert submission.state == state


def test_an_unsent_submission_is_nowhere_to_be_seen(client: Any, position: Any, lead: Any) -> None:
    frozen(submission_of(position, lead, slug="oddaja", title="Tajna oddaja"))
    addresses = ["", "/text.json", "/documents/pdf", "/preview", "/send"]
    assert [client.get(f"/submissions/oddaja{address}").status_code for address in addresses] == [404] * 5
    assert "Tajna oddaja" not in client.get("/submissions").text


def test_sending_publishes_the_page(client: Any, office: Any, new_client: Any, position: Any, lead: Any) -> None:
    body = position.consultation.body
    frozen(submission_of(position, lead, slug="oddaja", language="en"))
    form = handed_over(body, **{"ways-0-register_number": "354-1"})
    answers = [office.post("/submissions/oddaja/send", data=form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    page = words(new_client().get("/submissions/oddaja", headers=ENGLISH)).replace("\u00a0", " ")
    day = f"{clock.today():%-d %B %Y}"
    assert f"sent Sent on {day} by post. The body's register number: 354-1." in page
    assert f"{body.name} : handed over {day} , by post" in page
    assert "The submission has 2 points. None has been answered yet." in page


def test_a_day_that_cannot_be_is_said_beside_the_field(office: Any, position: Any, lead: Any) -> None:
    gone = cosigned(position, OrganisationFactory(name="Odstopilo"))
    submission = frozen(submission_of(position, lead, slug="oddaja"))
    body = position.consultation.body
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    bad = [
        ({"ways-0-handed_over_on": tomorrow}, "This day is still to come."),
        ({"ways-0-handed_over_on": ""}, "Say on which day it was handed over."),
        ({"ways-0-handed_over_on": "2020-01-01"}, "The submission was frozen after this day"),
        ({"ways-0-handed_over_on": "včeraj"}, "Not a valid date value."),
        ({"ways-0-channel": "golob"}, "Not a valid choice."),
        ({"ways-0-way": "link", "ways-0-email": "x"}, "Give the address of one mailbox"),
        ({"ways-0-way": "documents", "ways-0-email": "a@b.example"}, "The documents are still being made."),
        ({"answer_due_on": "2020-01-01"}, "This day has passed."),
        ({"ways-0-body_id": "0"}, "Please open it again."),
    ]
    for values, said in bad:
        form = handed_over(body, **{"ways-0-register_number": "354-1"}) | values
        answer = office.post("/submissions/oddaja/send", data=form, headers=ENGLISH)
        assert (answer.status_code, said in words(answer)) == (422, True), values
        assert 'value="354-1"' in answer.text or values.get("ways-0-body_id")
    gone.state, gone.withdrawn_at = CosignatureState.WITHDRAWN, clock.now()
    answer = office.post("/submissions/oddaja/send", data=handed_over(body), headers=ENGLISH)
    assert (answer.status_code, "withdrawn their co-signature: Odstopilo." in words(answer)) == (422, True)
    assert submission.state == SubmissionState.FROZEN


@pytest.fixture
def sent(position: Any, lead: Any) -> Submission:
    submission = frozen(submission_of(position, lead, slug="oddaja", language="en"))
    return sent_quietly(submission)


def answers_form(submission: Submission, **values: Any) -> dict[str, Any]:
    body = submission.addressees[0]
    form = {"seen": state_of_answers(answers_of(submission, body)), "source": "", "answered_on": ""}
    for place, point in enumerate(submission.points):
        form |= {f"points-{place}-{name}": "" for name in ("outcome", "words", "source", "answered_on")}
        form[f"points-{place}-point_id"] = str(point.id)
    return form | values


def test_answers_are_recorded_on_one_page_and_shown_to_the_public(
    office: Any, new_client: Any, sent: Submission
) -> None:
    today = clock.today()
    form = answers_form(
        sent,
        source="dopis št. 7",
        answered_on=today.isoformat(),
        **{"points-0-outcome": "accepted", "points-0-words": "Se **strinjamo**."},
    )
    answer = office.post("/submissions/oddaja/answers", data=form)
    assert (answer.status_code, answer.location) == (303, "/submissions/oddaja#answers")
    rows = session.scalars(select(Answer)).all()
    assert [(row.point_id, row.outcome, row.source, row.answered_on) for row in rows] == [
        (sent.points[0].id, "accepted", "dopis št. 7", today)
    ]
    page = new_client().get("/submissions/oddaja", headers=ENGLISH)
    assert "1 answer is still missing. Answers: accepted: 1." in words(page)
    assert "Se <strong>strinjamo</strong>." in page.text


@pytest.mark.parametrize(
    "values",
    [
        {"source": "dopis št. 7 z dne {day}"},
        {"source": "dopis", "points-0-source": "zapisnik seje {day}"},
        {"source": "zapisnik", "answered_on": "{iso}"},
    ],
)
def test_no_date_is_asked_for_where_the_source_names_it(
    office: Any, sent: Submission, values: dict[str, str]
) -> None:
    today = clock.today()
    named = {
        name: value.format(day=f"{today.day}. {today.month}. {today.year}", iso=today.isoformat())
        for name, value in values.items()
    }
    answer = office.post(
        "/submissions/oddaja/answers", data=answers_form(sent, **({"points-0-outcome": "accepted"} | named))
    )
    assert answer.status_code == 303
    assert session.scalars(select(Answer.answered_on)).all() == [today]


BAD_ANSWERS = [
    ({"points-0-outcome": "accepted"}, "Point 1: Say where the answer stands, here or once for all points above."),
    (
        {"points-0-outcome": "accepted", "source": "dopis"},
        "Point 1: Say when the body answered, here or once for all points above.",
    ),
    (
        {"points-0-outcome": "accepted", "source": "odgovor na vlogo z dne 1. 1. 2001"},
        "Point 1: Say when the body answered, here or once for all points above.",
    ),
    ({"points-1-words": "Da."}, "Point 2: Say how the body answered, since its words are here."),
    ({"points-0-outcome": "morda"}, "Point 1: Not a valid choice."),
    ({"answered_on": "2999-01-01"}, "Date of the answer: This day is still to come."),
    ({"points-1-answered_on": "2001-01-01"}, "Point 2: The submission was sent after this day."),
    ({"points-0-words": "a" * 30_001}, "Point 1: Field cannot be longer than 30000 characters."),
]


@pytest.mark.parametrize(("values", "complaint"), BAD_ANSWERS)
def test_bad_answers_are_said_and_everything_typed_is_kept(
    office: Any, sent: Submission, values: dict[str, str], complaint: str
) -> None:
    form = answers_form(sent, **({"points-1-source": "stran 12"} | values))
    answer = office.post("/submissions/oddaja/answers", data=form, headers=ENGLISH)
    assert answer.status_code == 422
    assert complaint in words(answer)
    assert 'value="stran 12"' in answer.text
    assert session.scalar(select(func.count(Answer.id))) == 0


def test_two_people_who_record_different_answers_get_a_conflict(office: Any, sent: Submission) -> None:
    form = answers_form(sent, source="dopis", answered_on=clock.today().isoformat())
    first = office.post("/submissions/oddaja/answers", data=form | {"points-0-outcome": "accepted"})
    same = office.post("/submissions/oddaja/answers", data=form | {"points-0-outcome": "accepted"})
    other = office.post("/submissions/oddaja/answers", data=form | {"points-0-outcome": "rejected"})
    assert [answer.status_code for answer in (first, same, other)] == [303, 303, 409]
    assert session.scalars(select(Answer.outcome)).all() == ["accepted"]


def test_answers_of_a_body_that_is_no_addressee_are_not_found(office: Any, sent: Submission) -> None:
    other = PublicBodyFactory(slug="druga-obcina")
    assert office.get(f"/submissions/oddaja/answers?body={other.slug}").status_code == 404


def test_the_page_leads_back_along_the_thread(client: Any, position: Any, lead: Any) -> None:
    comment = CommentFactory(consultation=position.consultation, organisation=OrganisationFactory())
    signatory = OrganisationFactory(slug="podpisnica")
    cosigned(position, signatory)
    sent_quietly(frozen(submission_of(position, lead, slug="oddaja", comments=[comment])))
    page = client.get("/submissions/oddaja").text
    wanted = ["/consultations/osnutek", "/positions/stalisce", f"/comments/{comment.id}", "/organisations/podpisnica"]
    assert [address for address in wanted if f'href="{address}"' not in page] == []


def test_what_people_wrote_is_shown_and_never_run(client: Any, position: Any, lead: Any) -> None:
    attack = "<script>alert(1)</script>"
    signed = cosigned(position, OrganisationFactory(name=f"O {attack}"), statement=attack)
    comment = CommentFactory(
        consultation=position.consultation, organisation=signed.organisation, source=attack, html="<p>neškodljivo</p>"
    )
    position.consultation.title = position.consultation.body.name = attack
    sent_quietly(
        frozen(submission_of(position, lead, slug="oddaja", title=attack, summary=attack, comments=[comment]))
    )
    for address in ("/submissions/oddaja", "/submissions"):
        page = client.get(address).text
        assert (attack in page, "alert(1)" in page) == (False, True)


def test_a_document_comes_as_a_file_with_its_name(client: Any, sent: Submission, lead: Any) -> None:
    made = MadeDocument(DocumentFormat.CSV, b"a;b\r\n")
    produce_documents(lead, sent, [made])
    answer = client.get("/submissions/oddaja/documents/csv")
    assert (answer.status_code, answer.data) == (200, b"a;b\r\n")
    assert answer.headers["Content-Disposition"] == "attachment; filename=oddaja.csv"
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    again = client.get("/submissions/oddaja/documents/csv", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_document_that_is_not_there_yet_asks_to_wait(client: Any, sent: Submission) -> None:
    answer = client.get("/submissions/oddaja/documents/pdf", headers=ENGLISH)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "This document is still being made." in words(answer)


def test_anybody_can_check_the_fingerprint(client: Any, sent: Submission) -> None:
    answer = client.get("/submissions/oddaja/text.json")
    assert hashlib.sha256(answer.data).hexdigest() == sent.sha256
    assert sent.sha256 in re.sub(r"<[^>]+>", "", client.get("/submissions/oddaja").text)


@pytest.mark.parametrize("address", ["?year=abcd", "?year=0000", "?year=99999", "?page=-1", "?page=x"])
def test_odd_filters_are_no_mistake(client: Any, sent: Submission, address: str) -> None:
    assert client.get(f"/submissions{address}").status_code == 200


def many_sent(number: int, lead: Any) -> None:
    position = opened_position(consultation_in_cosigning(), lead)
    bodies = [position.consultation.body, PublicBodyFactory()]
    for _ in range(number):
        submission = SubmissionFactory(
            consultation=position.consultation, compiled_by=lead, addressees=bodies, positions=[position]
        )
        sent_quietly(frozen(submission))


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_takes_seven_statements(
    client: Any, new_client: Any, lead: Any, count_queries: Callable[[], Any], number: int
) -> None:
    many_sent(number, lead)
    for browser in (client, new_client().sign_in(lead)):
        browser.get("/submissions")
        with count_queries() as queries:
            assert browser.get("/submissions").status_code == 200
        assert len([query for query in queries if not query.startswith("BEGIN")]) <= 7, queries


def answered(points: int, lead: Any) -> str:
    position = opened_position(consultation_in_cosigning(), lead, points=points)
    for _ in range(points):
        cosigned(position, OrganisationFactory())
    submission = sent_quietly(frozen(submission_of(position, lead)))
    record_answers(
        lead,
        submission,
        position.consultation.body,
        {point.id: GivenAnswer(Outcome.NO_REPLY) for point in submission.points},
        seen=state_of_answers({}),
    )
    return submission.slug


def test_the_page_takes_as_many_statements_for_thirty_points_as_for_one(
    client: Any, lead: Any, count_queries: Callable[[], Any]
) -> None:
    counts = []
    for points in (1, 30):
        slug = answered(points, lead)
        client.get(f"/submissions/{slug}")
        with count_queries() as queries:
            assert client.get(f"/submissions/{slug}").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14
