"""The days up to the official deadline, counted backwards; and what is kept when they are too few."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from conftest import Client
from factories import ConsultationFactory, coordinator
from hypothesis import assume, given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from participation.consultations import operations
from participation.consultations.models import (
    Consultation,
    ConsultationState,
    Deadline,
    DeadlineChange,
    PeriodEvidence,
    TextVersion,
    VersionState,
    timetable_of,
)
from participation.foundation import clock
from participation.foundation.database import session
from participation.foundation.installation import OwnPeriods

ENGLISH = {"Accept-Language": "en"}
OWN = OwnPeriods(commenting=14, drafting=5, cosigning=7, sending=1)
MARCH = date(2026, 3, 1)


def day(number: int) -> date:
    """The n-th of March, counted on into April."""
    return MARCH + timedelta(days=number - 1)


def stages(*numbers: int | None) -> list[tuple[int, int, int]]:
    """(first, last, lacking) of each stage; the numbers are opens, official, internal, co-signing."""
    days = [None if number is None else day(number) for number in numbers]
    timetable = timetable_of(OWN, *days)  # type: ignore[arg-type]
    assert timetable is not None
    return [((one.first - MARCH).days + 1, (one.last - MARCH).days + 1, one.lacks) for one in timetable.stages]


class TestCounting:
    @pytest.mark.parametrize(
        ("numbers", "expected"),
        [
            # Just as many days as the rules ask for.
            ((1, 27), [(1, 14, 0), (15, 19, 0), (20, 26, 0), (27, 27, 0)]),
            # What is left over goes to commenting.
            ((1, 40), [(1, 27, 0), (28, 32, 0), (33, 39, 0), (40, 40, 0)]),
            # Half of them: all give way in proportion.
            ((1, 14), [(1, 7, 7), (8, 10, 2), (11, 14, 3), (14, 14, 1)]),
            # One day for everything.
            ((1, 1), [(1, 1, 13), (1, 1, 5), (1, 1, 7), (1, 1, 1)]),
            # A day that somebody has set stays; what is left over goes to drafting.
            ((1, 40, 10), [(1, 10, 4), (11, 32, 0), (33, 39, 0), (40, 40, 0)]),
            ((1, 40, 20, 25), [(1, 20, 0), (21, 24, 1), (25, 39, 0), (40, 40, 0)]),
            # Comments are taken until the very end.
            ((1, 20, 20), [(1, 20, 0), (20, 20, 5), (20, 20, 7), (20, 20, 1)]),
            # Co-signing begins on the day after comments close.
            ((1, 30, 14, 15), [(1, 14, 0), (14, 14, 5), (15, 29, 0), (30, 30, 0)]),
        ],
    )
    def test_each_stage_has_its_days(self, numbers: tuple[int, ...], expected: list[tuple[int, int, int]]) -> None:
        assert stages(*numbers) == expected

    @pytest.mark.parametrize("official", [None, day(0)])
    def test_there_is_none_without_an_end(self, official: date | None) -> None:
        assert timetable_of(OWN, day(1), official) is None

    @given(
        st.builds(OwnPeriods, *(st.integers(0, 30) for _ in range(4))),
        st.integers(0, 120),
        st.none() | st.integers(0, 120),
        st.none() | st.integers(1, 120),
    )
    def test_the_stages_follow_each_other_and_end_at_the_deadline(
        self, own: OwnPeriods, length: int, internal: int | None, later: int | None
    ) -> None:
        opens, official = day(1), day(1 + length)
        assume(internal is None or internal <= length)
        closes = None if internal is None else opens + timedelta(days=internal)
        signing = None if later is None else (closes or opens) + timedelta(days=later)
        assume(signing is None or signing <= official)
        timetable = timetable_of(own, opens, official, closes, signing)
        assert timetable is not None
        reached = opens
        for stage in timetable.stages:
            assert opens <= stage.first <= stage.last <= official
            if stage.days:
                assert stage.first == reached
                reached = stage.last + timedelta(days=1)
        assert sum(stage.days for stage in timetable.stages) == length + 1
        assert [stage.asked for stage in timetable.stages] == list(own.by_stage.values())
        assert timetable.is_too_short == (length + 1 < own.total)

    @given(st.integers(0, 60), st.integers(1, 400))
    def test_a_deadline_that_moves_with_the_first_day_moves_everything(self, length: int, by: int) -> None:
        before, after = (
            timetable_of(OWN, day(1), day(1 + length)),
            timetable_of(OWN, day(1 + by), day(1 + by + length)),
        )
        assert before is not None
        assert after is not None
        moved = [(one.first + timedelta(days=by), one.days) for one in before.stages]
        assert [(one.first, one.days) for one in after.stages] == moved


@pytest.mark.usefixtures("app", "stopped_clock")
class TestEvidence:
    def shortened(self, consultation: Consultation, days: int, **dates: date) -> list[DeadlineChange]:
        moved = {Deadline.OFFICIAL: clock.today() + timedelta(days=days)}
        moved |= {Deadline(name): on for name, on in dates.items()}
        return operations.extend_deadline(coordinator(), consultation, moved, "Tako je sporočila občina.")

    def kept(self) -> list[tuple[int, int, int | None]]:
        rows = session.scalars(select(PeriodEvidence).order_by(PeriodEvidence.id))
        return [(row.days, row.days_asked, row.minimum_days) for row in rows]

    def test_a_long_period_leaves_none(self) -> None:
        consultation = ConsultationFactory(opens_on=clock.today() - timedelta(days=9))
        self.shortened(consultation, 25)
        assert self.kept() == []

    def test_the_body_shortens_and_extends_and_what_was_found_stays(self) -> None:
        consultation = ConsultationFactory(
            published_by_body_on=clock.today() - timedelta(days=5), period_rule="government-regulation"
        )
        self.shortened(consultation, 15)
        assert self.kept() == [(20, 27, 30)]
        self.shortened(consultation, 15)
        operations.extend_deadline(
            coordinator(), consultation, {Deadline.COSIGNING: clock.today() + timedelta(days=12)}, "Ker."
        )
        assert self.kept() == [(20, 27, 30)]
        self.shortened(consultation, 24)
        assert self.kept() == [(20, 27, 30), (29, 27, 30)]  # Enough for the network, and not for the law.
        self.shortened(consultation, 60)
        assert self.kept() == [(20, 27, 30), (29, 27, 30)]
        found = session.scalars(select(PeriodEvidence).order_by(PeriodEvidence.id))
        assert [(one.lacks_by_law, one.lacks_by_own_rules) for one in found] == [(True, True), (True, False)]

    def test_publishing_keeps_it(self) -> None:
        consultation = ConsultationFactory(
            state=ConsultationState.PREPARING, official_deadline_on=clock.today() + timedelta(days=11)
        )
        session.scalars(select(TextVersion)).one().state = VersionState.PREPARING
        operations.publish_consultation(coordinator(), consultation)
        assert self.kept() == [(14, 27, None)]

    def test_nobody_changes_it(self) -> None:
        self.shortened(ConsultationFactory(), 12)
        with pytest.raises(DatabaseError), session.begin_nested():
            session.execute(text("update period_evidence set days_asked = 1"))
        assert self.kept() == [(15, 27, None)]

    def test_comments_close_earlier_only_with_the_body(self) -> None:
        consultation = ConsultationFactory()
        earlier = {"internal": clock.today() + timedelta(days=3), "cosigning": clock.today() + timedelta(days=4)}
        changes = self.shortened(consultation, 6, **earlier)
        assert [(change.deadline, change.after_on) for change in changes] == [
            ("official", clock.today() + timedelta(days=6)),
            ("internal", earlier["internal"]),
            ("cosigning", earlier["cosigning"]),
        ]
        with pytest.raises(ValueError, match="only where the body shortens"):
            operations.extend_deadline(coordinator(), consultation, {Deadline.INTERNAL: clock.today()}, "Ker.")

    def test_no_day_that_is_over(self) -> None:
        consultation = ConsultationFactory(opens_on=clock.today() - timedelta(days=9), cosigning_from_on=None)
        yesterday = clock.today() - timedelta(days=1)
        for dates in ({"internal": yesterday}, {"internal": yesterday, "official": yesterday}):
            with pytest.raises(ValueError, match="This day has passed"):
                self.shortened(consultation, 6, **dates)
        assert session.scalars(select(DeadlineChange)).all() == []


@pytest.mark.usefixtures("stopped_clock")
class TestPages:
    def test_readers_see_the_timetable_and_that_the_period_is_too_short(self, client: Client) -> None:
        consultation = ConsultationFactory(slug="osnutek")
        moved = {Deadline.OFFICIAL: clock.today() + timedelta(days=12)}
        operations.extend_deadline(coordinator(), consultation, moved, "Tako je sporočila občina.")
        session.commit()
        page = " ".join(client.get("/consultations/osnutek", headers=ENGLISH).text.split())
        for words in (
            "Timetable up to the official deadline",
            "there are fewer days than the network gives itself by its own rules",
            "The body gave 15 days.",
            "By its own rules the network needs 27 days to ask its members and to agree.",
        ):
            assert words in page
        assert "The law asks" not in page
        slovenian = client.get("/consultations/osnutek", headers={"Accept-Language": "sl"}).text
        assert "Organ je dal 15 dni." in slovenian

    @pytest.mark.parametrize(("open_for", "is_own_choice"), [(3, True), (10, False)])
    def test_a_long_period_is_no_matter_but_what_the_network_cut_short_is_said(
        self, client: Client, open_for: int, is_own_choice: bool
    ) -> None:
        ConsultationFactory(
            slug="dolg",
            opens_on=clock.today() - timedelta(days=open_for),
            official_deadline_on=clock.today() + timedelta(days=40),
            cosigning_from_on=None,
        )
        session.commit()
        page = client.get("/consultations/dolg", headers=ENGLISH).text
        assert "Timetable up to" in page
        assert ("days fewer than the network" in page, "there are fewer days" in page) == (is_own_choice, False)

    def test_nothing_to_come_needs_no_timetable(self, client: Client) -> None:
        ConsultationFactory(slug="oddan", submitted_on=clock.today())
        ConsultationFactory(slug="brez", official_deadline_on=None)
        session.commit()
        for slug in ("oddan", "brez"):
            assert "Timetable up to" not in client.get(f"/consultations/{slug}", headers=ENGLISH).text

    def test_empty_days_are_counted_backwards_from_the_official_deadline(self, client: Client) -> None:
        person = coordinator()
        consultation = ConsultationFactory(state=ConsultationState.PREPARING, slug="nov", created_by=person)
        session.commit()
        client.sign_in(person)
        address = "/desk/consultations/nov/fields"
        sent: dict[str, Any] = {
            "revision": "1", "title": "Novi odlok", "opens_on": "2026-11-23", "internal_deadline_on": "",
            "cosigning_from_on": "", "official_deadline_on": "2026-12-22", "audience": "members", "body_id": "0",
            "level": "municipal", "language": "sl", "period_rule": "",
        }  # fmt: skip
        answer = client.post(address, data=sent)
        assert answer.status_code == 303, answer.text
        session.refresh(consultation)
        assert (consultation.internal_deadline_on, consultation.cosigning_from_on) == (
            date(2026, 12, 9), date(2026, 12, 15),
        )  # fmt: skip
        page = client.get(answer.location, headers=ENGLISH).text
        assert "Counted backwards from the official deadline" in page
        address = f"/desk/consultations/{consultation.slug}/fields"
        refused = client.post(address, data=sent | {"official_deadline_on": "", "revision": "2"}, headers=ENGLISH)
        assert (refused.status_code, "Choose the last day for comments." in refused.text) == (422, True)
