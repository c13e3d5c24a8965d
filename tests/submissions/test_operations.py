"""Compiling, freezing, sending and answering."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from factories import CommentFactory, OrganisationFactory, PublicBodyFactory, coordinator, representative
from positions.making import sign
from sqlalchemy import func, select
from submissions.making import (
    SITE,
    consultation_in_cosigning,
    cosigned,
    fingerprint_now,
    frozen,
    opened_position,
    sent_quietly,
    submission_of,
)

from participation.accounts.models import Operator
from participation.consultations.models import Phase
from participation.foundation import clock
from participation.foundation.access import Refused
from participation.foundation.audit import AuditEntry
from participation.foundation.database import Conflict, NotFound, session
from participation.foundation.files import StoredFile
from participation.foundation.outbox import OutboxItem
from participation.ledger.operations import sign_checkpoint
from participation.positions.models import CosignatureState, PositionState
from participation.submissions.models import (
    Answer,
    Channel,
    DocumentFormat,
    Outcome,
    Submission,
    SubmissionDocument,
    SubmissionPoint,
    SubmissionState,
    contents_from,
    fingerprint,
)
from participation.submissions.models.documents import MADE_WHEN_FROZEN
from participation.submissions.operations import (
    GivenAnswer,
    MadeDocument,
    SubmissionContent,
    compile_submission,
    discard_submission,
    edit_submission,
    freeze_submission,
    produce_documents,
    record_answers,
    send_submission,
)
from participation.submissions.queries import answers_of, state_of_answers, withdrawals_since_freezing
from participation.texts.markdown import TooLong
from participation.web import Application


def content(position: Any, **values: Any) -> SubmissionContent:
    return SubmissionContent(
        **(
            {
                "title": "Pripombe k odloku",
                "language": "sl",
                "cover": "Spoštovani, **to** je vse.",
                "summary": "",
                "addressees": [position.consultation.body],
                "positions": [position],
            }
            | values
        )
    )


@pytest.fixture
def position(app: Application) -> Any:
    return opened_position(consultation_in_cosigning(), coordinator(), points=2, summary="Ena\nDve")


def count(model: Any) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def audited(action: str) -> list[AuditEntry]:
    return list(session.scalars(select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.id)))


def test_a_compiled_submission_takes_the_demands_of_its_positions(position: Any) -> None:
    body = PublicBodyFactory()
    submission = compile_submission(
        coordinator(),
        position.consultation,
        content(position, copies=[body, position.consultation.body], title="  Ena \n zadeva "),
        form_key="k",
    )
    assert (submission.title, submission.slug, submission.state) == (
        "Ena zadeva", "ena-zadeva", SubmissionState.COMPILED,
    )  # fmt: skip
    assert submission.key_demands == ["Ena", "Dve"]
    assert submission.cover_html == "<p>Spoštovani, <strong>to</strong> je vse.</p>"
    assert submission.copies == [body]  # An addressee gets no copy as well.


def test_the_same_form_makes_one_submission(position: Any) -> None:
    author = coordinator()
    first = compile_submission(author, position.consultation, content(position), form_key="k")
    second = compile_submission(author, position.consultation, content(position, title="Druga"), form_key="k")
    other = compile_submission(author, position.consultation, content(position), form_key="another")
    assert second is first
    assert (other.slug, count(Submission)) == ("pripombe-k-odloku-2", 2)


def test_who_leads_nothing_compiles_nothing(position: Any) -> None:
    with pytest.raises(Refused):
        compile_submission(representative(), position.consultation, content(position), form_key="k")
    assert count(Submission) == 0


def test_a_cover_letter_that_is_too_long_is_refused(position: Any) -> None:
    with pytest.raises(TooLong):
        compile_submission(coordinator(), position.consultation, content(position, cover="a" * 30_001), form_key="k")


def test_an_edit_of_an_older_text_is_a_conflict_that_shows_the_newer_one(position: Any) -> None:
    author = coordinator()
    submission = compile_submission(author, position.consultation, content(position), form_key="k")
    seen = submission.revision
    edit_submission(author, submission, content(position, title="Novi naslov", summary="Ena zahteva"), revision=seen)
    with pytest.raises(Conflict) as conflict:
        edit_submission(author, submission, content(position, title="Moj naslov"), revision=seen)
    assert conflict.value.stored == "Novi naslov\n\nEna zahteva\n\nSpoštovani, **to** je vse."
    assert submission.title == "Novi naslov"


def test_freezing_copies_what_the_submission_says(position: Any) -> None:
    author = coordinator()
    organisation = OrganisationFactory(name="Društvo Vrba", municipality="SI-011")
    cosigned(position, organisation, statement="Nujno.")
    submission = frozen(submission_of(position, author))
    assert [(row.number, row.article, row.demanded, row.point_id) for row in submission.points] == [
        (1, "1. člen", "Novo besedilo 1.", position.points[0].id),
        (2, "2. člen", "Novo besedilo 2.", position.points[1].id),
    ]
    assert [(s.name, s.seat, s.area, s.statement, s.organisation_id) for s in submission.signatories] == [
        ("Društvo Vrba", "Celje", "Osrednje Celjsko", "Nujno.", organisation.id)
    ]
    assert submission.canonical is not None
    assert submission.sha256 == hashlib.sha256(submission.canonical).hexdigest()
    assert (submission.state, submission.is_frozen) == (SubmissionState.FROZEN, True)


def test_what_is_frozen_stays_when_the_world_changes(position: Any) -> None:
    organisation = OrganisationFactory(name="Društvo Vrba")
    signature = cosigned(position, organisation)
    submission = frozen(submission_of(position, coordinator()))
    session.commit()
    before = (submission.canonical, [vars_of(row) for row in (*submission.points, *submission.signatories)])
    organisation.name = "Preimenovano društvo"
    signature.state, signature.withdrawn_at = CosignatureState.WITHDRAWN, clock.now()
    position.points[0].demanded = "Nekaj čisto drugega."
    position.consultation.title = "Drug naslov"
    submission.addressees[0].name = "Preimenovana občina"
    session.commit()
    session.expire_all()
    assert (submission.canonical, [vars_of(row) for row in (*submission.points, *submission.signatories)]) == before


def vars_of(row: Any) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in row.__table__.columns}


def test_freezing_asks_for_one_job_a_format(position: Any) -> None:
    author = coordinator()
    submission = frozen(submission_of(position, author))
    jobs = session.scalars(select(OutboxItem).where(OutboxItem.kind == "submissions.produce-document"))
    assert [job.payload for job in jobs] == [
        {"submission_id": submission.id, "format": document_format, "actor_id": author.id}
        for document_format in MADE_WHEN_FROZEN
    ]


def test_freezing_twice_is_freezing_once(position: Any) -> None:
    author = coordinator()
    submission = submission_of(position, author)
    seen = fingerprint_now(submission)
    for _ in range(2):
        freeze_submission(author, submission, sha256_seen=seen, address=SITE + submission.slug)
    assert (len(submission.points), len(audited("submission.frozen")), count(OutboxItem)) == (2, 1, 7)


def test_a_signature_after_the_preview_makes_freezing_a_conflict(position: Any) -> None:
    submission = submission_of(position, coordinator())
    seen = fingerprint_now(submission)
    cosigned(position, OrganisationFactory())
    with pytest.raises(Conflict):
        freeze_submission(submission.compiled_by, submission, sha256_seen=seen, address=SITE + submission.slug)
    assert (submission.state, submission.canonical, count(SubmissionPoint)) == (SubmissionState.COMPILED, None, 0)


def test_a_checkpoint_that_is_signed_after_the_preview_is_no_conflict(position: Any) -> None:
    """It is signed by itself within a minute of the last signature; nobody who reads the preview notices."""
    person = representative(OrganisationFactory())
    sign(position, person, person.memberships[0].organisation)
    submission = submission_of(position, coordinator())
    seen = fingerprint_now(submission)
    sign_checkpoint(Operator())
    freeze_submission(submission.compiled_by, submission, sha256_seen=seen, address=SITE + submission.slug)
    assert submission.canonical is not None
    frozen_contents = contents_from(submission.canonical)
    assert frozen_contents.log_root
    assert submission.sha256 == fingerprint(submission.canonical)
    freeze_submission(submission.compiled_by, submission, sha256_seen=seen, address=SITE + submission.slug)
    assert len(audited("submission.frozen")) == 1


def test_a_frozen_submission_is_not_edited(position: Any) -> None:
    submission = frozen(submission_of(position, coordinator()))
    with pytest.raises(Refused, match="nobody can change it"):
        edit_submission(submission.compiled_by, submission, content(position), revision=submission.revision)


def test_documents_are_kept_once_a_format(position: Any) -> None:
    submission = frozen(submission_of(position, coordinator()))
    first = MadeDocument(DocumentFormat.PDF, b"%PDF-1", "PDF/A-2a, PDF/UA-1")
    produce_documents(submission.compiled_by, submission, [first])
    produce_documents(
        submission.compiled_by,
        submission,
        [MadeDocument(DocumentFormat.PDF, b"%PDF-2"), MadeDocument(DocumentFormat.JSON, b"{}")],
    )
    rows = session.scalars(select(SubmissionDocument).order_by(SubmissionDocument.id))
    assert [(row.format, row.standard, row.file.content, row.file.name) for row in rows] == [
        ("pdf", "PDF/A-2a, PDF/UA-1", b"%PDF-1", f"{submission.slug}.pdf"),
        ("json", "", b"{}", f"{submission.slug}.json"),
    ]
    assert count(StoredFile) == 2


def test_sending_publishes_and_delivers(position: Any) -> None:
    author = coordinator()
    other = opened_position(position.consultation, author, slug="druga")
    submission = frozen(submission_of(position, author))
    day = clock.today()
    send_submission(
        author, submission, sent_on=day, channel=Channel.POST, register_number=" 354-1 ",
        answer_due_on=day + timedelta(days=30),
    )  # fmt: skip
    assert (submission.state, submission.sent_on, submission.channel, submission.register_number) == (
        SubmissionState.SENT, day, Channel.POST, "354-1",
    )  # fmt: skip
    assert (position.state, other.state) == (PositionState.DELIVERED, PositionState.OPENED)
    assert position.consultation.phase is Phase.SUBMITTED


def test_recording_the_sending_twice_is_recording_it_once(position: Any) -> None:
    submission = frozen(submission_of(position, coordinator()))
    facts = {"sent_on": clock.today(), "channel": Channel.EMAIL, "register_number": "7"}
    for _ in range(2):
        send_submission(submission.compiled_by, submission, **facts)
    assert len(audited("submission.sent")) == 1
    with pytest.raises(Refused, match="sent already"):
        send_submission(submission.compiled_by, submission, **(facts | {"register_number": "8"}))
    assert submission.register_number == "7"


def test_what_goes_out_does_not_name_those_who_withdrew(position: Any) -> None:
    stays, gone = (cosigned(position, OrganisationFactory(name=name)) for name in ("Ostane", "Gre"))
    submission = frozen(submission_of(position, coordinator()))
    assert withdrawals_since_freezing(submission) == []
    gone.state, gone.withdrawn_at = CosignatureState.WITHDRAWN, clock.now()
    session.flush()
    assert withdrawals_since_freezing(submission) == [("Gre", clock.today())]
    with pytest.raises(Refused, match="withdrawn their co-signature: Gre"):
        send_submission(submission.compiled_by, submission, sent_on=clock.today(), channel=Channel.EMAIL)
    cosigned(position, gone.organisation)
    assert withdrawals_since_freezing(submission) == []
    assert stays.is_live


def test_a_discarded_submission_leaves_its_sources_and_a_line_in_the_log(position: Any) -> None:
    comment = CommentFactory(consultation=position.consultation, organisation=OrganisationFactory())
    kept = frozen(submission_of(position, coordinator()))
    submission = frozen(submission_of(position, kept.compiled_by, comments=[comment], title="Napačna"))
    produce_documents(submission.compiled_by, submission, [MadeDocument(DocumentFormat.JSON, b"{}")])
    sha256 = submission.sha256
    discard_submission(submission.compiled_by, submission)
    session.commit()
    assert [row.id for row in session.scalars(select(Submission))] == [kept.id]
    assert (count(StoredFile), count(SubmissionDocument), count(SubmissionPoint)) == (0, 0, 2)
    assert (position.state, comment.state) == (PositionState.OPENED, "visible")
    assert [(entry.details["title"], entry.details["sha256"]) for entry in audited("submission.discarded")] == [
        ("Napačna", sha256)
    ]


def test_a_sent_submission_is_not_discarded(position: Any) -> None:
    submission = sent_quietly(frozen(submission_of(position, coordinator())))
    with pytest.raises(Refused, match="stays published"):
        discard_submission(submission.compiled_by, submission)


@pytest.fixture
def sent(position: Any) -> Submission:
    return sent_quietly(frozen(submission_of(position, coordinator())))


def accepted(**values: Any) -> GivenAnswer:
    return GivenAnswer(**({"outcome": Outcome.ACCEPTED, "words": "**Da.**", "source": "dopis",
                           "answered_on": clock.today()} | values))  # fmt: skip


def record(submission: Submission, answers: dict[int, Any], body: Any = None, seen: str | None = None) -> int:
    body = body or submission.addressees[0]
    standing = state_of_answers(answers_of(submission, body))
    return record_answers(submission.compiled_by, submission, body, answers, seen=standing if seen is None else seen)


def test_answers_are_recorded_point_by_point(sent: Submission) -> None:
    first, second = sent.points
    assert record(sent, {first.id: accepted()}) == 1
    assert record(sent, {second.id: GivenAnswer(Outcome.NO_REPLY, words="ne šteje")}) == 1
    rows = session.scalars(select(Answer).order_by(Answer.id))
    assert [(row.point_id, row.outcome, row.words, row.words_html, row.source, row.answered_on) for row in rows] == [
        (first.id, "accepted", "**Da.**", "<p><strong>Da.</strong></p>", "dopis", clock.today()),
        (second.id, "no-reply", "", "", "", None),
    ]


def test_the_same_answers_again_change_nothing_even_from_an_older_page(sent: Submission) -> None:
    point = sent.points[0]
    before = state_of_answers({})
    assert record(sent, {point.id: accepted()}, seen=before) == 1
    assert record(sent, {point.id: accepted()}, seen=before) == 0
    assert len(audited("submission.answers-recorded")) == 1


def test_answers_that_somebody_else_recorded_meanwhile_are_a_conflict(sent: Submission) -> None:
    point = sent.points[0]
    before = state_of_answers({})
    record(sent, {point.id: accepted(words="Prvi.")}, seen=before)
    with pytest.raises(Conflict) as conflict:
        record(sent, {point.id: accepted(words="Drugi.")}, seen=before)
    assert conflict.value.stored == "1. accepted. Prvi."


def test_a_correction_keeps_the_old_words_in_the_log(sent: Submission) -> None:
    point = sent.points[0]
    record(sent, {point.id: accepted(words="Prvi.")})
    record(sent, {point.id: accepted(outcome=Outcome.PARTLY, words="Drugi.")})
    record(sent, {point.id: None})
    assert count(Answer) == 0
    assert [(e.details["before"]["outcome"], e.details["before"]["words"]) for e in audited("answer.corrected")] == [
        ("accepted", "Prvi."),
        ("partly", "Drugi."),
    ]


def test_only_addressees_answer_and_only_own_points(sent: Submission) -> None:
    with pytest.raises(NotFound):
        record(sent, {sent.points[0].id: accepted()}, body=PublicBodyFactory())
    with pytest.raises(NotFound):
        record(sent, {sent.points[-1].id + 1000: accepted()})
    assert count(Answer) == 0


def test_the_consultation_is_answered_when_every_body_has_answered_every_point(position: Any) -> None:
    other = PublicBodyFactory()
    author = coordinator()
    submission = frozen(submission_of(position, author, addressees=[position.consultation.body, other]))
    send_submission(author, submission, sent_on=clock.today(), channel=Channel.EMAIL)
    first, second = (point.id for point in submission.points)
    phases = []
    for body, answers in (
        (position.consultation.body, {first: accepted(), second: accepted()}),
        (other, {first: accepted()}),
        (other, {second: GivenAnswer(Outcome.NO_REPLY)}),
    ):
        record(submission, answers, body=body)
        phases.append(position.consultation.phase)
    assert phases == [Phase.SUBMITTED, Phase.SUBMITTED, Phase.ANSWERED]


def test_nothing_is_answered_before_it_is_sent(position: Any) -> None:
    submission = frozen(submission_of(position, coordinator()))
    with pytest.raises(Refused, match="once the submission has been sent"):
        record(submission, {submission.points[0].id: accepted()})
