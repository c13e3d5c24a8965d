"""An organisation says that it has no comments: an answer that stands until it comments after all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from comments.test_operations import first_place, own_organisation, posted
from conftest import Client
from factories import (
    CommentFactory,
    ConsultationFactory,
    NilReturnFactory,
    OrganisationFactory,
    UserFactory,
    contributor,
    coordinator,
    representative,
)
from sqlalchemy import insert, select

from participation.accounts.models import Visitor
from participation.comments.models import Comment, CommentState, NilReturn
from participation.comments.operations import give_nil_return, reply_to_comment, withdraw_nil_return
from participation.comments.queries import (
    nil_return_of,
    nil_returns_on,
    organisations_without_comments,
    waiting_for,
)
from participation.comments.rules import may_give_nil_return, may_withdraw_nil_return
from participation.consultations.models import Consultation
from participation.foundation import clock
from participation.foundation.access import Refused
from participation.foundation.audit import AuditEntry
from participation.foundation.database import new_key, session
from participation.organisations.models import OrganisationState

ENGLISH = {"Accept-Language": "en"}

pytestmark = pytest.mark.usefixtures("app", "stopped_clock")


@pytest.fixture
def consultation() -> Consultation:
    return ConsultationFactory(slug="osnutek", title="Odlok")


def given(person: Any, consultation: Consultation) -> NilReturn:
    return give_nil_return(person, own_organisation(person), consultation)


class TestRules:
    @pytest.mark.parametrize(
        ("who", "words"),
        [
            (representative, ""),
            (contributor, "Only a person with the mandate"),
            (coordinator, "you do not act for one"),
            (UserFactory, "you do not act for one"),
            (Visitor, "Sign in"),
        ],
    )
    def test_who_says_it(self, consultation: Consultation, who: Callable[[], Any], words: str) -> None:
        person = who()
        places = list(person.memberships)
        organisation = places[0].organisation if places else None
        for verdict in (
            may_give_nil_return(person, consultation, organisation, has_commented=False),
            may_withdraw_nil_return(person, consultation, organisation),
        ):
            assert (bool(verdict), words in verdict.reason) == (not words, True)

    @pytest.mark.parametrize(
        ("dates", "words"),
        [
            ({"opens_on": 1}, "Comments are not open yet"),
            ({"internal_deadline_on": 0}, ""),
            ({"internal_deadline_on": -1}, "The deadline for comments has passed"),
        ],
    )
    def test_while_comments_are_taken(self, dates: dict[str, int], words: str) -> None:
        days = {name: clock.today() + timedelta(days=number) for name, number in dates.items()}
        consultation, person = ConsultationFactory(**days), representative()
        verdict = may_give_nil_return(person, consultation, own_organisation(person), has_commented=False)
        assert (bool(verdict), words in verdict.reason) == (not words, True)

    def test_not_for_another_organisation_nor_for_one_that_left(self, consultation: Consultation) -> None:
        person = representative()
        other = OrganisationFactory()
        assert not may_give_nil_return(person, consultation, other, has_commented=False)
        own_organisation(person).state = OrganisationState.LEFT
        assert not may_give_nil_return(person, consultation, own_organisation(person), has_commented=False)


class TestGiving:
    def test_it_stands_once_and_is_in_the_audit_log(self, consultation: Consultation) -> None:
        person, colleague = representative(), None
        first = given(person, consultation)
        colleague = representative(own_organisation(person))
        assert given(colleague, consultation) is first
        assert (first.given_by_id, first.given_at) == (person.id, clock.now())
        assert organisations_without_comments(consultation.id) == {own_organisation(person).id}
        actions = session.scalars(select(AuditEntry.action).where(AuditEntry.thing == "NilReturn"))
        assert list(actions) == ["nil_return.given"]

    def test_two_at_the_same_moment_are_one(self, consultation: Consultation) -> None:
        person = representative()
        values = {"consultation_id": consultation.id, "organisation_id": own_organisation(person).id}
        session.execute(insert(NilReturn).values(given_by_id=person.id, given_at=clock.now(), **values))
        assert given(person, consultation).given_by_id == person.id
        assert len(nil_returns_on(consultation)) == 1

    @pytest.mark.parametrize(
        ("noise", "is_comment"),
        [
            ({}, True),
            ({"state": CommentState.HIDDEN}, False),
            ({"organisation": None}, False),
            ({"consultation": None}, False),
        ],
    )
    def test_who_has_commented_has_comments(
        self, consultation: Consultation, noise: dict[str, Any], is_comment: bool
    ) -> None:
        person = representative()
        values = {"consultation": consultation, "organisation": own_organisation(person)} | noise
        if values["consultation"] is None:
            values["consultation"] = ConsultationFactory()
        CommentFactory(**values)
        if is_comment:
            with pytest.raises(Refused, match="has commented on this draft"):
                given(person, consultation)
        else:
            assert given(person, consultation) is not None

    def test_taking_it_back_leaves_the_row_and_it_can_be_said_again(
        self, consultation: Consultation, stopped_clock: Any
    ) -> None:
        person = representative()
        first = given(person, consultation)
        stopped_clock(stopped_clock.now + timedelta(hours=1))
        withdraw_nil_return(person, own_organisation(person), consultation)
        withdraw_nil_return(person, own_organisation(person), consultation)
        assert (first.withdrawn_at, organisations_without_comments(consultation.id)) == (clock.now(), set())
        second = given(person, consultation)
        assert second is not first
        assert list(session.scalars(select(NilReturn).order_by(NilReturn.id))) == [first, second]

    def test_a_comment_of_the_organisation_ends_it_and_another_ones_does_not(
        self, consultation: Consultation
    ) -> None:
        person, other = representative(), representative()
        first, second = given(person, consultation), given(other, consultation)
        posted(contributor(own_organisation(person)), consultation, first_place(consultation))
        assert (first.withdrawn_at is None, second.withdrawn_at is None) == (False, True)

    def test_a_reply_to_others_does_not_end_it(self, consultation: Consultation) -> None:
        person = representative()
        first = given(person, consultation)
        comment: Comment = CommentFactory(consultation=consultation)
        reply_to_comment(person, own_organisation(person), comment, source="Drži.", form_key=new_key())
        assert first.withdrawn_at is None


class TestFinding:
    def test_only_those_of_this_draft_that_stand(self, consultation: Consultation) -> None:
        first, second = NilReturnFactory(consultation=consultation), NilReturnFactory(consultation=consultation)
        NilReturnFactory(consultation=consultation, withdrawn_at=clock.now())
        NilReturnFactory()
        assert nil_returns_on(consultation) == [first, second]
        assert nil_return_of(consultation, first.organisation_id) is first
        assert nil_return_of(ConsultationFactory(), first.organisation_id) is None

    @pytest.mark.parametrize("number", [1, 30])
    def test_the_page_takes_the_same_statements_however_many_said_so(
        self, consultation: Consultation, client: Client, count_queries: Any, number: int
    ) -> None:
        NilReturnFactory.create_batch(number, consultation=consultation)
        session.commit()
        client.get("/consultations/osnutek/comments/overview")
        session.expire_all()
        with count_queries() as queries:
            page = client.get("/consultations/osnutek/comments/overview", headers=ENGLISH)
        assert page.text.count('<li><a href="/organisations/') == number
        assert len([query for query in queries if "nil_returns" in query]) == 1

    def test_a_draft_that_closes_soon_waits_no_longer(self) -> None:
        closing = ConsultationFactory(internal_deadline_on=clock.today() + timedelta(days=2))
        person = representative()
        assert [task.title for task in waiting_for(person, person.memberships[0])] == [closing.title]
        given(person, closing)
        assert waiting_for(person, person.memberships[0]) == []
        withdraw_nil_return(person, own_organisation(person), closing)
        assert len(waiting_for(person, person.memberships[0])) == 1


class TestPages:
    def test_a_representative_says_so_and_takes_it_back(self, consultation: Consultation, client: Client) -> None:
        person = representative(OrganisationFactory(name="Društvo Vrba"))
        session.commit()
        client.sign_in(person)
        assert "#no-comments" in client.get("/consultations/osnutek").text
        said = client.post("/consultations/osnutek/comments/none", headers=ENGLISH, follow_redirects=True)
        assert "Recorded: Društvo Vrba has no comments on this draft." in said.text
        assert "Društvo Vrba said so." in said.text
        overview = client.get("/consultations/osnutek/comments/overview", headers=ENGLISH).text
        assert "1 organisation said that it has no comments." in overview
        back = client.post("/consultations/osnutek/comments/none/withdraw", headers=ENGLISH, follow_redirects=True)
        assert "Taken back." in back.text
        assert "said so" not in back.text

    def test_a_contributor_reads_it_without_the_button(self, consultation: Consultation, client: Client) -> None:
        NilReturnFactory(consultation=consultation)
        person = contributor()
        session.commit()
        client.sign_in(person)
        index = client.get("/consultations/osnutek/comments", headers=ENGLISH).text
        overview = client.get("/consultations/osnutek/comments/overview", headers=ENGLISH).text
        assert ("/comments/none" in index, "1 organisation said that it has no comments." in overview) == (
            False,
            True,
        )

    def test_after_the_deadline_it_says_why_not(self, client: Client) -> None:
        ConsultationFactory(slug="zaprt", internal_deadline_on=clock.today() - timedelta(days=1))
        person = representative()
        session.commit()
        client.sign_in(person)
        answer = client.post("/consultations/zaprt/comments/none", headers=ENGLISH)
        assert (answer.status_code, "The deadline for comments has passed" in answer.text) == (403, True)

    def test_the_overview_counts_them(self, consultation: Consultation, client: Client) -> None:
        CommentFactory(consultation=consultation)
        NilReturnFactory.create_batch(2, consultation=consultation)
        session.commit()
        page = client.get("/consultations/osnutek/comments/overview", headers=ENGLISH).text
        assert "2 organisations said that they have no comments." in page
