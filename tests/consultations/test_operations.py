"""Drafts come in, are mended, described, published, extended and concluded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from factories import CommentFactory, ConsultationFactory, PublicBodyFactory, UserFactory, coordinator
from sqlalchemy import func, select

from participation.accounts.models import Operator
from participation.consultations import operations, queries
from participation.consultations.events import consultation_published
from participation.consultations.models import (
    Attachment,
    Consultation,
    ConsultationState,
    Deadline,
    DeadlineChange,
    Phase,
    Provision,
    TextVersion,
    VersionState,
)
from participation.foundation import clock
from participation.foundation.access import Refused
from participation.foundation.audit import AuditEntry
from participation.foundation.database import Conflict, NotFound, session
from participation.foundation.files import StoredFile
from participation.submissions.events import submission_answered, submission_sent
from participation.submissions.models import Submission
from participation.texts.provisions import Doubt, Kind, Reading
from participation.texts.provisions import Provision as Read

TODAY = date(2026, 11, 23)
READING = Reading(
    "Odlok o parkih",
    "sl",
    (Doubt("article_repeats", "block 3", {"label": "1. člen", "times": "2"}),),
    (
        Read(Kind.CHAPTER, "I.", 2, "SPLOŠNO"),
        Read(Kind.ARTICLE, "1. člen", 4, "(namen)", "block 2"),
        Read(Kind.PARAGRAPH, "", 5, "Ta odlok ureja parke."),
        Read(Kind.PARAGRAPH, "", 5, "Parki so za vse."),
        Read(Kind.TABLE, "", 5, "a | b\nc | d"),
    ),
)


def uploaded(actor: Any = None, **values: Any) -> Consultation:
    actor = actor or coordinator()
    return operations.upload_draft(actor, READING, b"vsebina", "odlok.docx", "application/x", **values)


def texts(version: TextVersion) -> list[tuple[str, str, str]]:
    """What stands in the database, in reading order."""
    session.flush()
    rows = session.execute(
        select(Provision.kind, Provision.label, Provision.text)
        .where(Provision.version_id == version.id)
        .order_by(Provision.position)
    )
    return [tuple(row) for row in rows]


def count(entity: Any) -> int:
    return session.scalar(select(func.count()).select_from(entity)) or 0


@contextmanager
def heard(signal: Any) -> Iterator[list[Any]]:
    told: list[Any] = []

    def listen(sender: Any, **facts: Any) -> None:
        told.append(sender)

    with signal.connected_to(listen):
        yield told


def test_an_uploaded_draft_is_stored_as_it_was_read(app: Any, stopped_clock: Any) -> None:
    actor = coordinator()
    consultation = uploaded(actor)
    version = consultation.versions[0]
    assert (consultation.title, consultation.slug, consultation.state, consultation.created_by) == (
        "Odlok o parkih", "odlok-o-parkih", ConsultationState.PREPARING, actor,
    )  # fmt: skip
    assert (consultation.opens_on, consultation.internal_deadline_on) == (TODAY, TODAY + timedelta(days=14))
    assert (version.number, version.state, version.language) == (1, VersionState.PREPARING, "sl")
    assert version.doubts == [
        {"code": "article_repeats", "place": "block 3", "details": {"label": "1. člen", "times": "2"}}
    ]
    assert (version.file.name, version.file.content) == ("odlok.docx", b"vsebina")
    rows = "<tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>"
    assert [(one.position, one.path, one.html) for one in version.provisions] == [
        (1, "I. poglavje", "<p>SPLOŠNO</p>"),
        (2, "1. člen", "<p>(namen)</p>"),
        (3, "1. člen, 1. odstavek", "<p>Ta odlok ureja parke.</p>"),
        (4, "1. člen, 2. odstavek", "<p>Parki so za vse.</p>"),
        (5, "1. člen, 1. tabela", f"<table><tbody>{rows}</tbody></table>"),
    ]
    assert len({one.key for one in version.provisions}) == 5


def test_the_same_form_makes_one_consultation(app: Any) -> None:
    actor = coordinator()
    first, again = uploaded(actor, form_key="ena"), uploaded(actor, form_key="ena")
    other = uploaded(actor, form_key="dva")
    assert (first is again, first is other) == (True, False)
    assert (first.slug, other.slug) == ("odlok-o-parkih", "odlok-o-parkih-2")
    assert count(Consultation) == 2


def test_others_upload_nothing(app: Any) -> None:
    with pytest.raises(Refused):
        uploaded(UserFactory())
    assert count(Consultation) == 0


def test_discarding_leaves_only_the_log(app: Any) -> None:
    actor = coordinator()
    kept, gone = uploaded(actor), uploaded(actor)
    operations.attach_file(actor, gone, b"x", "karta.pdf", "application/pdf")
    operations.discard_consultation(actor, gone)
    assert session.scalars(select(Consultation)).all() == [kept]
    assert [count(one) for one in (TextVersion, Provision, Attachment, StoredFile)] == [1, 5, 0, 1]
    assert session.scalars(select(AuditEntry.action).where(AuditEntry.action == "consultation.discarded")).all() == [
        "consultation.discarded"
    ]


def mend(version: TextVersion, provision: Provision, **changes: Any) -> list[Provision]:
    values = {
        "kind": Kind(provision.kind), "label": provision.label, "level": provision.level, "text": provision.text,
        "revision": version.revision,
    }  # fmt: skip
    return operations.mend_provision(coordinator(), version, provision.key, **values | changes)


def test_an_edited_provision_keeps_its_identity(app: Any) -> None:
    version = uploaded().versions[0]
    provision, revision = version.provisions[2], version.revision
    key = provision.key
    mend(version, provision, text="Ta  odlok\x00 ureja\nparke in <drevesa>.", label="(1)")
    assert (provision.key, provision.text, provision.path, provision.html) == (
        key, "Ta odlok ureja parke in <drevesa>.", "1. člen, (1)", "<p>Ta odlok ureja parke in &lt;drevesa&gt;.</p>",
    )  # fmt: skip
    assert version.revision == revision + 1


@pytest.mark.parametrize("mark", ["\n\n", "\n---\n", "\n\n---\n\n", "\n-----\n\n", "\r\n\r\n"])
def test_a_provision_is_split_where_it_is_marked(app: Any, mark: str) -> None:
    version = uploaded().versions[0]
    made = mend(version, version.provisions[2], text=f"(1) Prvi.{mark}(2) Drugi.{mark}a) prva točka{mark}Zadnji.")
    assert len(made) == 4
    assert texts(version) == [
        ("chapter", "I.", "SPLOŠNO"),
        ("article", "1. člen", "(namen)"),
        ("paragraph", "", "(1) Prvi."),
        ("paragraph", "(2)", "Drugi."),
        ("point", "a)", "prva točka"),
        ("paragraph", "", "Zadnji."),
        ("paragraph", "", "Parki so za vse."),
        ("table", "", "a | b\nc | d"),
    ]
    assert [one.position for one in version.provisions] == list(range(1, 9))


def test_a_changed_kind_takes_its_usual_depth_unless_one_is_chosen(app: Any) -> None:
    version = uploaded().versions[0]
    provision = version.provisions[2]
    mend(version, provision, kind=Kind.POINT, level=None, label="1.")
    assert (provision.kind, provision.level, provision.path) == ("point", 6, "1. člen, 1. točka")
    mend(version, provision, kind=Kind.POINT, level=9)
    assert provision.level == 9


def test_the_rows_of_a_table_stay_rows(app: Any) -> None:
    version = uploaded().versions[0]
    mend(version, version.provisions[4], text="a | b\nc | d\ne | f")
    assert version.provisions[4].text == "a | b\nc | d\ne | f"


def test_a_merged_provision_goes_into_the_one_before(app: Any) -> None:
    version = uploaded().versions[0]
    kept = version.provisions[2]
    merged = operations.merge_provision(coordinator(), version, version.provisions[3].key, revision=version.revision)
    assert merged is kept
    assert texts(version) == [
        ("chapter", "I.", "SPLOŠNO"),
        ("article", "1. člen", "(namen)"),
        ("paragraph", "", "Ta odlok ureja parke. Parki so za vse."),
        ("table", "", "a | b\nc | d"),
    ]


def test_a_printed_number_is_not_lost_in_merging(app: Any) -> None:
    version = uploaded().versions[0]
    operations.merge_provision(coordinator(), version, version.provisions[1].key, revision=version.revision)
    assert texts(version)[0] == ("chapter", "I.", "SPLOŠNO 1. člen (namen)")


def test_the_first_provision_has_none_before_it(app: Any) -> None:
    version = uploaded().versions[0]
    with pytest.raises(Conflict):
        operations.merge_provision(coordinator(), version, version.provisions[0].key, revision=version.revision)


def test_dropping_one_and_dropping_all_alike(app: Any) -> None:
    actor = coordinator()
    header = Read(Kind.PARAGRAPH, "", 5, "Občina Primer")
    reading = Reading("O", "sl", (), (header, *READING.provisions[1:3], header, READING.provisions[3], header))
    version = operations.upload_draft(actor, reading, b"", "a.txt", "text/plain").versions[0]
    assert queries.repeated_texts(version) == {"Občina Primer"}
    dropped = operations.drop_repeated(actor, version, version.provisions[3].key, revision=version.revision)
    assert (dropped, [text for _k, _l, text in texts(version)]) == (
        3, ["(namen)", "Ta odlok ureja parke.", "Parki so za vse."],
    )  # fmt: skip
    operations.drop_provision(actor, version, version.provisions[0].key, revision=version.revision)
    assert [text for _k, _l, text in texts(version)] == ["Ta odlok ureja parke.", "Parki so za vse."]


def test_a_text_that_was_mended_meanwhile_is_a_conflict(app: Any) -> None:
    version = uploaded().versions[0]
    before, provision = version.revision, version.provisions[2]
    mend(version, provision, text="Nekdo drug.")
    with pytest.raises(Conflict) as conflict:
        mend(version, provision, text="Jaz.", revision=before)
    assert (provision.text, conflict.value.stored) == ("Nekdo drug.", "Nekdo drug.")
    for act in (operations.merge_provision, operations.drop_provision, operations.drop_repeated):
        with pytest.raises(Conflict):
            act(coordinator(), version, provision.key, revision=before)


def test_a_provision_that_is_gone_is_not_found(app: Any) -> None:
    version = uploaded().versions[0]
    with pytest.raises(NotFound):
        operations.drop_provision(coordinator(), version, "0" * 20, revision=version.revision)


def test_nothing_is_mended_after_the_first_comment(app: Any) -> None:
    consultation = ConsultationFactory()
    version = consultation.versions[0]
    mend(version, version.provisions[0], text="Še brez pripomb.")
    CommentFactory(consultation=consultation, provision=version.provisions[1])
    for act in (operations.merge_provision, operations.drop_provision, operations.drop_repeated):
        with pytest.raises(Refused):
            act(coordinator(), version, version.provisions[1].key, revision=version.revision)
    with pytest.raises(Refused):
        mend(version, version.provisions[0], text="Prepozno.")
    assert version.provisions[0].text == "Še brez pripomb."


def test_a_description_makes_its_html_when_it_is_saved(app: Any) -> None:
    consultation, body = uploaded(), PublicBodyFactory()
    operations.describe_consultation(
        coordinator(),
        consultation,
        {"summary": "**Pomembno**\u202e", "why_it_matters": "Ker.", "body_id": body.id, "title": "Šmartno"},
        revision=consultation.revision,
    )
    session.flush()
    assert (consultation.summary, consultation.summary_html, consultation.why_it_matters_html) == (
        "**Pomembno**", "<p><strong>Pomembno</strong></p>", "<p>Ker.</p>",
    )  # fmt: skip
    assert (consultation.slug, consultation.folded_title, consultation.body_id) == ("smartno", "smartno", body.id)


def test_a_published_consultation_keeps_its_address(app: Any) -> None:
    consultation = ConsultationFactory(title="Prej", slug="prej")
    operations.describe_consultation(coordinator(), consultation, {"title": "Potem"})
    assert (consultation.title, consultation.slug) == ("Potem", "prej")


def test_a_new_language_renames_the_provisions(app: Any) -> None:
    consultation = uploaded()
    operations.describe_consultation(coordinator(), consultation, {"language": "en"})
    assert consultation.versions[0].provisions[3].path == "1. člen, paragraph 2"


def test_describing_an_older_revision_is_a_conflict_unless_nothing_differs(app: Any) -> None:
    consultation = uploaded()
    before = consultation.revision
    operations.describe_consultation(coordinator(), consultation, {"contact": "Ana"}, revision=before)
    session.flush()
    operations.describe_consultation(coordinator(), consultation, {"contact": "Ana"}, revision=before)
    with pytest.raises(Conflict):
        operations.describe_consultation(coordinator(), consultation, {"contact": "Beno"}, revision=before)
    assert consultation.contact == "Ana"


def test_dates_of_a_published_consultation_are_not_described(app: Any) -> None:
    consultation = ConsultationFactory()
    with pytest.raises(ValueError, match="extended, not described"):
        operations.describe_consultation(coordinator(), consultation, {"official_deadline_on": None})


def test_publishing_tells_the_other_rooms_once(app: Any, stopped_clock: Any) -> None:
    consultation = uploaded()
    with heard(consultation_published) as told:
        operations.publish_consultation(coordinator(), consultation)
        operations.publish_consultation(coordinator(), consultation)
    assert told == [consultation]
    version = consultation.versions[0]
    assert (consultation.phase, version.state, version.published_at) == (
        Phase.OPEN, VersionState.PUBLISHED, clock.now(),
    )  # fmt: skip


def test_a_text_without_provisions_is_not_published(app: Any) -> None:
    consultation = ConsultationFactory(state=ConsultationState.PREPARING, articles=0)
    with pytest.raises(Refused):
        operations.publish_consultation(coordinator(), consultation)
    assert consultation.state == ConsultationState.PREPARING


def test_an_extension_is_logged_with_its_reason(app: Any, stopped_clock: Any) -> None:
    consultation = ConsultationFactory(
        internal_deadline_on=TODAY + timedelta(days=7), cosigning_from_on=None,
        official_deadline_on=TODAY + timedelta(days=20),
    )  # fmt: skip
    actor = coordinator()
    asked = {
        Deadline.INTERNAL: TODAY + timedelta(days=9),
        Deadline.COSIGNING: TODAY + timedelta(days=12),
        Deadline.OFFICIAL: TODAY + timedelta(days=20),
    }
    operations.extend_deadline(actor, consultation, asked, "Prazniki.", revision=consultation.revision)
    assert operations.extend_deadline(actor, consultation, asked, "Prazniki.", revision=1) == []
    session.flush()
    logged = session.scalars(select(DeadlineChange).order_by(DeadlineChange.id)).all()
    assert [(one.deadline, one.before_on, one.after_on, one.because, one.changed_by_id) for one in logged] == [
        ("internal", TODAY + timedelta(days=7), TODAY + timedelta(days=9), "Prazniki.", actor.id),
        ("cosigning", None, TODAY + timedelta(days=12), "Prazniki.", actor.id),
    ]
    around = queries.surroundings_of(consultation, actor)
    assert [(one.deadline, one.before_on, one.after_on, one.changed_at) for one in around.moved] == [
        (Deadline.INTERNAL, TODAY + timedelta(days=7), TODAY + timedelta(days=9), clock.now()),
        (Deadline.COSIGNING, None, TODAY + timedelta(days=12), clock.now()),
    ]


@pytest.mark.parametrize(
    ("deadline", "offset"),
    [(Deadline.INTERNAL, 6), (Deadline.INTERNAL, 21), (Deadline.OFFICIAL, 6), (Deadline.COSIGNING, 5)],
)
def test_a_deadline_is_not_brought_forward_nor_past_the_others(
    app: Any, stopped_clock: Any, deadline: Deadline, offset: int
) -> None:
    consultation = ConsultationFactory()
    with pytest.raises(ValueError):
        operations.extend_deadline(coordinator(), consultation, {deadline: TODAY + timedelta(days=offset)}, "Ker.")


def test_an_attachment_is_added_once_and_taken_away_before_publication(app: Any) -> None:
    actor, consultation = coordinator(), uploaded()
    first = operations.attach_file(actor, consultation, b"x", "karta.pdf", "application/pdf", form_key="ena")
    again = operations.attach_file(actor, consultation, b"x", "karta.pdf", "application/pdf", form_key="ena")
    assert (first is again, first.title, count(Attachment)) == (True, "karta.pdf", 1)
    operations.detach_file(actor, consultation, first)
    assert (count(Attachment), count(StoredFile)) == (0, 1)
    operations.publish_consultation(actor, consultation)
    late = operations.attach_file(actor, consultation, b"y", "popravek.pdf", "application/pdf", title="Popravek")
    with pytest.raises(Refused):
        operations.detach_file(actor, consultation, late)


def test_concluding_is_done_once(app: Any, stopped_clock: Any) -> None:
    consultation = ConsultationFactory(
        opens_on=TODAY - timedelta(days=9), internal_deadline_on=TODAY - timedelta(days=1)
    )
    operations.conclude_consultation(coordinator(), consultation)
    stopped_clock(clock.now() + timedelta(days=3))
    operations.conclude_consultation(coordinator(), consultation)
    assert (consultation.concluded_on, consultation.phase) == (TODAY, Phase.CONCLUDED)


def test_the_operator_leaves_no_name(app: Any) -> None:
    consultation = uploaded(Operator())
    operations.publish_consultation(Operator(), consultation)
    assert (consultation.created_by_id, consultation.is_public) == (None, True)
    assert set(session.scalars(select(AuditEntry.actor_id))) == {None}


def test_the_first_submission_and_the_last_answer_set_the_days(app: Any) -> None:
    consultation, other, later = ConsultationFactory(), ConsultationFactory(), TODAY + timedelta(days=2)
    submission = Submission(consultation=consultation, slug="o", title="Oddaja", compiled_by=coordinator())
    session.add(submission)
    for day in (TODAY, later):
        submission_sent.send(submission, on=day)
        submission_answered.send(submission, on=day)
    assert (consultation.submitted_on, consultation.answered_on) == (TODAY, later)
    assert (other.submitted_on, other.answered_on) == (None, None)
