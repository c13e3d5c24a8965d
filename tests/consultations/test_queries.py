"""Lists and phases: SQL and the model agree, and nothing is found that must not be."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from factories import CommentFactory, ConsultationFactory, PositionFactory, PublicBodyFactory, coordinator, user_with
from sqlalchemy import select

from participation.accounts.models import NetworkRole, Visitor
from participation.comments.models import CommentState
from participation.consultations import queries
from participation.consultations.models import Consultation, ConsultationState, Phase, VersionState
from participation.consultations.queries import Filter
from participation.foundation import clock
from participation.foundation.database import NotFound, session

DAY = date(2026, 11, 23)


def days(*offsets: int | None) -> list[date | None]:
    return [None if offset is None else DAY + timedelta(days=offset) for offset in offsets]


def test_the_phase_in_sql_is_the_phase_of_the_model(app: Any, stopped_clock: Any) -> None:
    """Every order of the dates around today."""
    owner, body = coordinator(), PublicBodyFactory()
    combinations = product(
        list(ConsultationState), [(-2, -1), (-1, 0), (0, 0), (0, 1), (1, 2)], days(None, 0, 1), days(None, -1, 0, 1),
        days(None, 0, 1), days(None, -1, 1),
    )  # fmt: skip
    for number, (state, (opens, closes), cosigning, submitted, answered, concluded) in enumerate(combinations):
        session.add(
            Consultation(
                title="Odlok",
                slug=f"odlok-{number}",
                state=state,
                created_by=owner,
                body=body,
                opens_on=DAY + timedelta(days=opens),
                internal_deadline_on=DAY + timedelta(days=closes),
                cosigning_from_on=cosigning,
                submitted_on=submitted,
                answered_on=answered,
                concluded_on=concluded,
            )
        )
    session.flush()
    found = session.execute(select(Consultation, queries.phase_on(DAY))).all()
    assert len(found) == 2 * 5 * 3 * 4 * 3 * 3
    assert [(one.slug, phase) for one, phase in found] == [(one.slug, one.phase_on(DAY).value) for one, _ in found]


def titles(**asked: str) -> list[str]:
    return [one.title for one in queries.published_consultations(Filter(**asked), 1).items]


@pytest.fixture
def three(app: Any, stopped_clock: Any) -> None:
    """Three that differ in everything, and one in preparation that nothing may find."""
    celje = PublicBodyFactory(name="Mestna občina Celje", slug="celje")
    ConsultationFactory(
        title="Odlok o šolah", body=celje, level="municipal", topics=["youth"], municipalities=["SI-011"]
    )
    ConsultationFactory(
        title="Program varstva okolja", level="regional", topics=["environment", "nature"], municipalities=[],
        opens_on=DAY - timedelta(days=9), internal_deadline_on=DAY - timedelta(days=1),
    )  # fmt: skip
    ConsultationFactory(
        title="Zakon o 100 % popustu", level="national", topics=["youth-work"], municipalities=["SI-120"],
        opens_on=DAY + timedelta(days=1),
    )  # fmt: skip
    ConsultationFactory(title="Odlok o šolah v pripravi", topics=["youth"], state=ConsultationState.PREPARING)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Odlok o šolah", "Zakon o 100 % popustu", "Program varstva okolja"]),
        ({"phase": "open"}, ["Odlok o šolah"]),
        ({"phase": "positions"}, ["Program varstva okolja"]),
        ({"phase": "preparing"}, []),
        ({"phase": "nonsense"}, ["Odlok o šolah", "Zakon o 100 % popustu", "Program varstva okolja"]),
        ({"topic": "youth"}, ["Odlok o šolah"]),
        ({"topic": "nature"}, ["Program varstva okolja"]),
        ({"municipality": "SI-011"}, ["Odlok o šolah", "Program varstva okolja"]),
        ({"level": "national"}, ["Zakon o 100 % popustu"]),
        ({"body": "celje"}, ["Odlok o šolah"]),
        ({"body": "nikjer"}, []),
        ({"words": "SOLAH odlok"}, ["Odlok o šolah"]),
        ({"words": "ŠOL"}, ["Odlok o šolah"]),
        ({"words": "100 %"}, ["Zakon o 100 % popustu"]),
        ({"words": "1_0"}, []),
        ({"level": "municipal", "topic": "nature"}, []),
    ],
)
def test_filters_find_what_was_asked_and_nothing_else(three: None, asked: dict[str, str], found: list[str]) -> None:
    assert titles(**asked) == found


def test_what_closes_first_stands_first(app: Any, stopped_clock: Any) -> None:
    for name, closes in (("pozneje", 9), ("danes", 0), ("kmalu", 2)):
        ConsultationFactory(title=name, internal_deadline_on=DAY + timedelta(days=closes))
    assert titles() == ["danes", "kmalu", "pozneje"]


def test_counts_leave_out_hidden_comments_and_replies(app: Any) -> None:
    consultation, other = ConsultationFactory(), ConsultationFactory()
    seen = CommentFactory(consultation=consultation)
    CommentFactory(consultation=consultation, state=CommentState.HIDDEN)
    CommentFactory(consultation=consultation, parent=seen)
    CommentFactory(consultation=other)
    assert queries.comment_counts([consultation]) == {consultation.id: 1}


def test_a_consultation_in_preparation_is_not_found_by_others(app: Any) -> None:
    prepared = ConsultationFactory(state=ConsultationState.PREPARING)
    prepared.versions[0].state = VersionState.PREPARING
    session.flush()
    with pytest.raises(NotFound):
        queries.consultation_by_slug(prepared.slug, Visitor())
    with pytest.raises(NotFound):
        queries.reading_of(prepared.slug, None, Visitor())
    assert queries.consultation_by_slug(prepared.slug, coordinator()) is prepared
    assert queries.reading_of(prepared.slug, None, coordinator()) == (prepared, prepared.versions[0])


def test_provisions_are_found_by_their_key_within_their_text(app: Any) -> None:
    one, other = ConsultationFactory(), ConsultationFactory()
    version = queries.published_version(one)
    assert version is one.versions[0]
    first, second = queries.provisions_of(version)
    assert (first.position, second.position) == (1, 2)
    assert queries.provision_by_key(version, second.key) is second
    with pytest.raises(NotFound):
        queries.provision_by_key(version, other.versions[0].provisions[0].key)


def test_a_text_is_answered_by_a_comment_even_a_hidden_one_or_by_a_position(app: Any) -> None:
    quiet, commented, demanded = ConsultationFactory(), ConsultationFactory(), ConsultationFactory()
    CommentFactory(consultation=commented, state=CommentState.HIDDEN)
    PositionFactory(consultation=demanded)
    assert [queries.is_answered(one.versions[0]) for one in (quiet, commented, demanded)] == [False, True, True]


def test_what_stands_around_the_text_is_only_what_the_reader_may_see(app: Any) -> None:
    consultation, other = ConsultationFactory(), ConsultationFactory()
    drafted = PositionFactory(consultation=consultation, title="Osnovano")
    PositionFactory(consultation=other, title="Drugje")
    around = queries.surroundings_of(consultation, Visitor())
    assert (around.positions, around.submissions, around.versions) == ([], [], [1])
    seen = queries.surroundings_of(consultation, coordinator())
    assert [position.slug for position in seen.positions] == [drafted.slug]


def test_tasks_wait_only_for_those_who_lead(app: Any, stopped_clock: Any) -> None:
    past = {
        "opens_on": DAY - timedelta(days=20),
        "internal_deadline_on": DAY - timedelta(days=5),
        "cosigning_from_on": DAY - timedelta(days=4),
    }
    ConsultationFactory(title="odprto")
    ConsultationFactory(title="v pripravi", state=ConsultationState.PREPARING, opens_on=DAY)
    ConsultationFactory(title="rok je blizu", official_deadline_on=DAY + timedelta(days=3), **past)
    ConsultationFactory(title="rok je daleč", official_deadline_on=DAY + timedelta(days=8), **past)
    ConsultationFactory(title="odgovorjeno", answered_on=DAY, submitted_on=DAY, official_deadline_on=DAY, **past)
    council = user_with(NetworkRole.COUNCIL_REPRESENTATIVE)
    tasks = {task.title: (task.endpoint, task.urgency) for task in queries.waiting_for(council, None)}
    assert tasks == {
        "v pripravi": ("consultations_desk.text", 2),
        "rok je blizu": ("consultations.show", 1),
        "odgovorjeno": ("consultations_desk.conclude", 0),
    }
    assert queries.waiting_for(Visitor(), None) == []


def test_headings_count_the_comments_below_them() -> None:
    lines = queries.reading.with_depths(
        queries.Line(number, str(number), kind, "", level, "", "", "")
        for number, (kind, level) in enumerate(
            [("chapter", 2), ("article", 4), ("paragraph", 5), ("article", 4), ("chapter", 2), ("article", 4)]
        )
    )
    assert [line.depth for line in lines] == [3, 4, 0, 4, 3, 4]
    counted = queries.contents_of(lines, {0: 1, 2: 5, 3: 2, 5: 7})
    assert [(line.key, count) for line, count in counted] == [("0", 8), ("1", 5), ("3", 2), ("4", 7), ("5", 7)]


def test_today_is_the_day_in_the_region(app: Any, stopped_clock: Any) -> None:
    consultation = ConsultationFactory(internal_deadline_on=clock.today())
    stopped_clock(clock.end_of(clock.today()))
    assert (consultation.phase, titles(phase="open")) == (Phase.OPEN, [consultation.title])
    stopped_clock(clock.end_of(clock.today()) + timedelta(microseconds=1))
    assert (consultation.phase, titles(phase="open")) == (Phase.POSITIONS, [])
