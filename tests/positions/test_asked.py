"""Who was asked about a text and what they answered: one answer each, and never more than were asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from conftest import Client
from factories import NilReturnFactory, OrganisationFactory, coordinator, representative
from hypothesis import given
from hypothesis import strategies as st
from positions.making import drafted_position, opened_position, organisation_of, sign, version_of

from participation.foundation import clock
from participation.foundation.database import session
from participation.organisations.models import OrganisationState
from participation.positions.models import Asked, Decision, Stance, answers_of_asked, tally
from participation.positions.operations import withdraw_cosignature
from participation.positions.queries import Coverage, coverage_of, live_cosignatures

ENGLISH = {"Accept-Language": "en"}


@pytest.mark.parametrize(
    ("stance", "has_no_comments", "answer"),
    [
        (Stance.SIGNS, False, Asked.SIGNED),
        (Stance.SIGNS, True, Asked.SIGNED),
        (Stance.SIGNS_EXCEPT, False, Asked.RESERVED),
        (Stance.SIGNS_IF, False, Asked.RESERVED),
        (Stance.NO_OBJECTION, False, Asked.NO_OBJECTION),
        (Stance.ABSTAINS, True, Asked.ABSTAINS),
        (Stance.OBJECTS, False, Asked.OBJECTS),
        (None, True, Asked.NIL),
        (None, False, Asked.SILENT),
    ],
)
def test_what_an_organisation_answered(stance: Stance | None, has_no_comments: bool, answer: Asked) -> None:
    decided = {} if stance is None else {7: stance}
    assert answers_of_asked([7], decided, {7} if has_no_comments else set()) == {7: answer}


@given(
    st.sets(st.integers(1, 40)),
    st.dictionaries(st.integers(1, 60), st.sampled_from(Stance)),
    st.sets(st.integers(1, 60)),
)
def test_each_that_was_asked_is_counted_once(asked: set[int], decided: dict[int, Stance], nil: set[int]) -> None:
    answers = answers_of_asked(asked, decided, nil)
    whole = tally("", answers.values())
    assert answers.keys() == asked
    assert whole.total == len(asked)
    assert whole.signed == sum(decided[one].is_signature for one in asked if one in decided)


@pytest.mark.usefixtures("app", "stopped_clock")
class TestAsking:
    def found(self, position: Any) -> Coverage:
        version = version_of(position)
        return coverage_of(position, version, live_cosignatures(version.id))

    def counts(self, position: Any) -> dict[str, int]:
        return {answer.value: number for answer, number in self.found(position).whole.counts.items()}

    def test_the_members_of_the_network_each_with_its_answer(self) -> None:
        position = opened_position(created_by=coordinator())
        decisions = (
            Decision(),
            Decision(Stance.OBJECTS),
            Decision(Stance.SIGNS_IF, conditions={1: "Drugače."}),
            None,
        )
        people = [representative() for _ in decisions]
        for person, decision in zip(people, decisions, strict=True):
            if decision is not None:
                sign(position, person, organisation_of(person), decision=decision)
        OrganisationFactory()
        OrganisationFactory(state=OrganisationState.APPLIED)
        NilReturnFactory(consultation=position.consultation, organisation=organisation_of(people[3]))
        NilReturnFactory(consultation=position.consultation, organisation=organisation_of(people[0]))
        NilReturnFactory(organisation=OrganisationFactory())  # Of another draft.
        assert self.counts(position) == {"signed": 1, "objects": 1, "reserved": 1, "nil": 1, "silent": 2}

    def test_who_came_later_was_not_asked_and_who_left_stays_with_its_decision(
        self, stopped_clock: Any, client: Client
    ) -> None:
        position = opened_position(days=2, created_by=coordinator())
        signer, silent = representative(), representative()
        sign(position, signer, organisation_of(signer))
        ended = version_of(position).cosigning_until
        stopped_clock(ended + timedelta(hours=1))
        OrganisationFactory(decided_at=clock.now())
        OrganisationFactory(decided_at=ended)
        for person in (signer, silent):
            organisation_of(person).state = OrganisationState.LEFT
        session.flush()
        assert self.counts(position) == {"signed": 1, "silent": 1}
        session.commit()
        page = client.get(f"/positions/{position.slug}", headers=ENGLISH).text
        assert "Co-signed by 1 of 2 member organisations." in page

    def test_a_signature_that_was_withdrawn_is_silence(self) -> None:
        position, person = opened_position(created_by=coordinator()), representative()
        withdraw_cosignature(person, sign(position, person, organisation_of(person)))
        assert self.counts(position) == {"silent": 1}

    def test_by_area_municipality_and_field(self) -> None:
        position = opened_position(created_by=coordinator())
        for municipality, fields in (
            ("SI-011", ["environment", "culture"]), ("SI-011", ["culture"]), ("SI-133", []), ("XX", ["gone"]),
        ):  # fmt: skip
            OrganisationFactory(municipality=municipality, fields_of_work=fields)
        found = self.found(position)
        for lines in (found.by_area, found.by_municipality):
            assert sum(line.total for line in lines) == found.whole.total == 4
            assert (lines[-1].name, lines[-1].total) == ("", 1)
        assert sorted(line.total for line in found.by_field if line.name) == [1, 2]
        assert [line.total for line in found.by_field if not line.name] == [2]

    @pytest.mark.parametrize("number", [1, 30])
    def test_the_page_takes_as_many_statements_for_one_as_for_thirty(
        self, client: Client, count_queries: Any, number: int
    ) -> None:
        position = opened_position(created_by=coordinator())
        for _ in range(number):
            person = representative()
            sign(position, person, organisation_of(person))
        session.commit()
        address = f"/positions/{position.slug}/coverage"
        client.get(address)
        with count_queries() as queries:
            assert client.get(address).status_code == 200
        assert len([one for one in queries if not one.startswith(("BEGIN", "SAVEPOINT", "PRAGMA"))]) <= 9


@pytest.mark.usefixtures("stopped_clock")
class TestPages:
    def test_everybody_reads_who_was_asked(self, client: Client) -> None:
        position, person = (
            opened_position(created_by=coordinator()),
            representative(OrganisationFactory(municipality="SI-011")),
        )
        sign(position, person, organisation_of(person))
        OrganisationFactory(municipality="SI-011")
        session.commit()
        page = client.get(f"/positions/{position.slug}/coverage", headers=ENGLISH).text
        for words in ("2 organisations were asked", "signed all of it", "silent", "By field of work", "Celje"):
            assert words in page
        assert "abstains" not in page
        assert f"/positions/{position.slug}/coverage" in client.get(f"/positions/{position.slug}").text

    def test_who_is_at_home_elsewhere_is_said_to_be(self, client: Client) -> None:
        position = opened_position(created_by=coordinator())
        OrganisationFactory(municipality="XX", fields_of_work=["culture"])
        session.commit()
        page = client.get(f"/positions/{position.slug}/coverage", headers=ENGLISH).text
        assert (page.count("outside the region"), "not known" in page) == (2, False)

    def test_the_table_holds_the_same_numbers(self, client: Client) -> None:
        position = opened_position(created_by=coordinator())
        OrganisationFactory(municipality="SI-011", fields_of_work=[])
        session.commit()
        answer = client.get(f"/positions/{position.slug}/coverage.csv", headers=ENGLISH)
        rows = [line.split(",") for line in answer.get_data(as_text=True).lstrip("\ufeff").splitlines()]
        assert rows[0][2:] == ['"Were asked"', *(f'"{answer.label}"' for answer in Asked)]
        assert ['"By municipality"', '"Celje"', '"1"', *['"0"'] * 6, '"1"'] in rows
        assert ['"By field of work"', '"not known"', '"1"', *['"0"'] * 6, '"1"'] in rows

    def test_nobody_was_asked_about_a_draft(self, client: Client) -> None:
        position = drafted_position()
        session.commit()
        client.sign_in(position.created_by)
        for end in ("coverage", "coverage.csv"):
            assert client.get(f"/positions/{position.slug}/{end}").status_code == 404
