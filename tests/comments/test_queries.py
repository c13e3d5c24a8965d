"""Finding comments, and what is never found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from factories import (
    CommentFactory,
    ConsultationFactory,
    OrganisationFactory,
    SupportFactory,
    UserFactory,
    contributor,
    coordinator,
    representative,
)

from participation.accounts.models import Visitor
from participation.comments.models import CommentKind, CommentState, excerpt_of
from participation.comments.queries import (
    Filters,
    chosen_comments,
    comment_by_id,
    comments_beside,
    comments_of,
    organisations_that_commented,
    page_of_comment,
    place_in_text,
    thread_of,
    waiting_for,
)
from participation.consultations.models import (
    Consultation,
    ConsultationState,
    Provision,
    TextVersion,
    VersionState,
)
from participation.foundation import clock
from participation.foundation.database import NotFound, session

pytestmark = pytest.mark.usefixtures("app", "stopped_clock")


def provisions(consultation: Consultation) -> list[Provision]:
    return consultation.versions[0].provisions


def minutes_ago(minutes: int) -> Any:
    return clock.now() - timedelta(minutes=minutes)


class TestExcerpt:
    def test_tags_and_entities_become_plain_words(self) -> None:
        assert excerpt_of("<p>Prvi <em>odstavek</em></p>\n<p>5 &lt; 6<br>\nin še</p>") == "Prvi odstavek 5 < 6 in še"

    def test_a_long_text_ends_at_a_word(self) -> None:
        excerpt = excerpt_of("<p>" + "beseda " * 100 + "</p>")
        assert excerpt == "beseda " * 27 + "beseda…"
        assert len(excerpt) <= 200

    def test_one_endless_word_is_cut(self) -> None:
        assert excerpt_of("<p>" + "a" * 500 + "</p>") == "a" * 199 + "…"


class TestBeside:
    def test_it_counts_every_provision_and_quotes_the_first_two(self) -> None:
        consultation, other = ConsultationFactory(), ConsultationFactory()
        first, second = provisions(consultation)
        made = [
            CommentFactory(consultation=consultation, provision=first, posted_at=minutes_ago(age))
            for age in (5, 30, 10)
        ]
        whole = CommentFactory(consultation=consultation)
        CommentFactory(consultation=consultation, provision=first, parent=made[0])
        CommentFactory(
            consultation=consultation, provision=first, state=CommentState.HIDDEN, posted_at=minutes_ago(60)
        )
        CommentFactory(consultation=other, provision=provisions(other)[0])
        session.flush()

        beside = comments_beside(consultation.versions[0])

        assert beside.of(first.id).count == 3
        assert [excerpt.id for excerpt in beside.of(first.id).excerpts] == [made[1].id, made[2].id]
        assert (beside.of(second.id).count, beside.of(second.id).excerpts) == (0, [])
        assert [excerpt.id for excerpt in beside.whole_draft.excerpts] == [whole.id]
        assert beside.total == 4

    def test_it_says_who_speaks_and_how_many_support_it(self) -> None:
        consultation = ConsultationFactory()
        shy = UserFactory(name="Skrita Oseba")
        open_person = UserFactory(name="Javna Oseba", name_is_public=True)
        organisation = OrganisationFactory(name="Društvo z dolgim imenom", short_name="Društvo")
        comments = [
            CommentFactory(consultation=consultation, provision=place, author=author, organisation=speaks_for)
            for place, author, speaks_for in zip(
                [*provisions(consultation), None],
                [shy, open_person, shy],
                [organisation, organisation, None],
                strict=True,
            )
        ]
        SupportFactory(comment=comments[0])
        SupportFactory(comment=comments[0])
        session.flush()

        beside = comments_beside(consultation.versions[0])

        found = [beside.of(comment.provision_id).excerpts[0] for comment in comments]
        assert [(one.organisation, one.person, one.supports) for one in found] == [
            ("Društvo", "", 2),
            ("Društvo", "Javna Oseba", 0),
            ("", "", 0),
        ]

    @pytest.mark.parametrize("number", [1, 30])
    def test_it_takes_one_statement(self, number: int, count_queries: Callable[[], Any]) -> None:
        consultation = ConsultationFactory(articles=number)
        for provision in provisions(consultation):
            for _ in range(3):
                CommentFactory(consultation=consultation, provision=provision, organisation=OrganisationFactory())
        session.flush()
        version = consultation.versions[0]
        with count_queries() as queries:
            beside = comments_beside(version)
        assert (beside.total, len(queries)) == (3 * number, 1)


class TestPlace:
    def test_a_provision_is_found_with_its_neighbours(self) -> None:
        consultation = ConsultationFactory(articles=4)
        ConsultationFactory(articles=4)
        one, two, three, four = provisions(consultation)
        found = [place_in_text(consultation, provision.key) for provision in (one, two, four)]
        assert [(place.previous, place.provision, place.next) for place in found] == [
            (None, one, two),
            (one, two, three),
            (three, four, None),
        ]

    def test_a_gap_in_the_positions_does_not_part_neighbours(self) -> None:
        consultation = ConsultationFactory(articles=3)
        one, two, three = provisions(consultation)
        session.delete(two)
        session.flush()
        assert place_in_text(consultation, three.key).previous is one

    def test_the_newest_published_text_counts(self) -> None:
        consultation = ConsultationFactory()
        key = provisions(consultation)[0].key
        for number, state in ((2, VersionState.PUBLISHED), (3, VersionState.PREPARING)):
            version = TextVersion(consultation=consultation, number=number, state=state)
            version.provisions.append(
                Provision(key=key, position=1, kind="article", level=4, text=f"Besedilo {number}.")
            )
            session.add(version)
        session.flush()
        assert place_in_text(consultation, key).text == "Besedilo 2."
        assert place_in_text(consultation, "").version.number == 2

    def test_what_is_seen_changes_with_the_words(self) -> None:
        consultation = ConsultationFactory()
        provision = provisions(consultation)[0]
        before = place_in_text(consultation, provision.key).seen
        provision.text = "Druge besede."
        assert place_in_text(consultation, provision.key).seen != before

    @pytest.mark.parametrize("key", ["tega-ni", "\x00", "a" * 5000])
    def test_an_unknown_key_is_not_found(self, key: str) -> None:
        with pytest.raises(NotFound):
            place_in_text(ConsultationFactory(), key)


class TestThread:
    def test_comments_come_with_replies_and_supporters_oldest_first(self) -> None:
        consultation = ConsultationFactory()
        first, second = provisions(consultation)
        late = CommentFactory(consultation=consultation, provision=first, posted_at=minutes_ago(1))
        early = CommentFactory(consultation=consultation, provision=first, posted_at=minutes_ago(9))
        replies = [
            CommentFactory(consultation=consultation, provision=first, parent=early, posted_at=minutes_ago(age))
            for age in (2, 5)
        ]
        support = SupportFactory(comment=late)
        SupportFactory(comment=CommentFactory(consultation=consultation, provision=second))
        session.flush()

        page = thread_of(first, Visitor(), 1)

        assert [line.id for line in page.items] == [early.id, late.id]
        assert [reply.id for reply in page.items[0].replies] == [replies[1].id, replies[0].id]
        assert [one.slug for one in page.items[1].supporters] == [support.organisation.slug]
        assert page.total == 2

    def test_pages_hold_twenty_and_a_number_beyond_the_last_gives_the_last(self) -> None:
        consultation = ConsultationFactory()
        provision = provisions(consultation)[0]
        made = [
            CommentFactory(consultation=consultation, provision=provision, posted_at=minutes_ago(50 - age))
            for age in range(23)
        ]
        session.flush()
        pages = [thread_of(provision, Visitor(), number) for number in (1, 2, 99)]
        assert [(page.number, len(page.items), page.total, page.pages) for page in pages] == [
            (1, 20, 23, 2),
            (2, 3, 23, 2),
            (2, 3, 23, 2),
        ]
        assert [page_of_comment(comment, provision) for comment in (made[0], made[19], made[20])] == [1, 1, 2]

    def test_an_empty_thread_has_one_page(self) -> None:
        provision = provisions(ConsultationFactory())[0]
        page = thread_of(provision, Visitor(), 7)
        assert (page.items, page.number, page.total) == ([], 1, 0)

    def test_the_words_of_a_hidden_comment_reach_the_office_only(self) -> None:
        consultation = ConsultationFactory()
        provision = provisions(consultation)[0]
        parent = CommentFactory(consultation=consultation, provision=provision, source="Vidno.")
        hidden = {"state": CommentState.HIDDEN, "hidden_because": "Žaljivo."}
        CommentFactory(consultation=consultation, provision=provision, source="Skrito.", **hidden)
        CommentFactory(
            consultation=consultation, provision=provision, source="Skrit odgovor.", parent=parent, **hidden
        )
        author = contributor()
        session.flush()

        def texts(viewer: Any) -> list[str]:
            lines = thread_of(provision, viewer, 1).items
            return [one.html for line in lines for one in (line, *line.replies)]

        page = thread_of(provision, Visitor(), 1)
        assert (page.total, page.visible) == (2, 1)
        assert texts(Visitor()) == texts(author) == ["<p>Vidno.</p>", "", ""]
        assert texts(coordinator()) == ["<p>Vidno.</p>", "<p>Skrit odgovor.</p>", "<p>Skrito.</p>"]


class TestAllComments:
    def test_the_whole_draft_comes_first_then_the_order_of_the_text(self) -> None:
        consultation = ConsultationFactory()
        first, second = provisions(consultation)
        on_second = CommentFactory(consultation=consultation, provision=second, posted_at=minutes_ago(9))
        on_first = CommentFactory(consultation=consultation, provision=first, posted_at=minutes_ago(5))
        whole = CommentFactory(consultation=consultation, posted_at=minutes_ago(1))
        CommentFactory()
        session.flush()
        page = comments_of(consultation, Visitor(), Filters(), 1)
        assert [line.id for line in page.items] == [whole.id, on_first.id, on_second.id]

    def test_filters_choose_kind_organisation_and_area_and_leave_hidden_ones_out(self) -> None:
        consultation = ConsultationFactory()
        here, there = OrganisationFactory(municipality="SI-011"), OrganisationFactory(municipality="SI-133")
        question = CommentFactory(consultation=consultation, organisation=here, kind=CommentKind.QUESTION)
        general = CommentFactory(consultation=consultation, organisation=here)
        elsewhere = CommentFactory(consultation=consultation, organisation=there)
        CommentFactory(
            consultation=consultation, organisation=here, kind=CommentKind.QUESTION, state=CommentState.HIDDEN
        )
        session.flush()

        def found(**chosen: Any) -> list[int]:
            return [line.id for line in comments_of(consultation, coordinator(), Filters(**chosen), 1).items]

        assert found(kind=CommentKind.QUESTION) == [question.id]
        assert found(organisation_id=there.id) == [elsewhere.id]
        assert found(municipalities=frozenset({"SI-011"})) == [question.id, general.id]
        assert found(municipalities=frozenset()) == []

    def test_only_organisations_with_a_visible_comment_are_offered(self) -> None:
        consultation = ConsultationFactory()
        spoke, hidden, elsewhere = (OrganisationFactory() for _ in range(3))
        CommentFactory(consultation=consultation, organisation=spoke)
        CommentFactory(consultation=consultation, organisation=hidden, state=CommentState.HIDDEN)
        CommentFactory(organisation=elsewhere)
        session.flush()
        assert [row.id for row in organisations_that_commented(consultation)] == [spoke.id]


class TestSingle:
    def test_a_comment_of_a_consultation_in_preparation_is_not_found_by_the_public(self) -> None:
        comment = CommentFactory(consultation=ConsultationFactory(state=ConsultationState.PREPARING))
        session.flush()
        assert comment_by_id(comment.id, coordinator()) is comment
        with pytest.raises(NotFound):
            comment_by_id(comment.id, Visitor())

    def test_an_unknown_number_is_not_found(self) -> None:
        with pytest.raises(NotFound):
            comment_by_id(404, Visitor())

    def test_chosen_comments_are_visible_ones_of_the_consultation_in_reading_order(self) -> None:
        consultation = ConsultationFactory()
        first, second = provisions(consultation)
        on_second = CommentFactory(consultation=consultation, provision=second)
        on_first = CommentFactory(consultation=consultation, provision=first)
        not_chosen = CommentFactory(consultation=consultation, provision=first)
        others = [
            CommentFactory(consultation=consultation, state=CommentState.HIDDEN),
            CommentFactory(consultation=consultation, parent=not_chosen),
            CommentFactory(),
        ]
        session.flush()
        ids = [on_second.id, on_first.id, *(other.id for other in others), 10**30, -1]
        assert chosen_comments(consultation, ids) == [on_first, on_second]
        assert chosen_comments(consultation, []) == []


class TestWaiting:
    def test_a_draft_that_closes_within_a_week_waits_for_the_organisation(self) -> None:
        def closing_in(days: int, **values: Any) -> Consultation:
            return ConsultationFactory(internal_deadline_on=clock.today() + timedelta(days=days), **values)

        person = representative()
        acting = person.memberships[0]
        soon, today = closing_in(7), closing_in(0)
        closing_in(8)
        closing_in(3, state=ConsultationState.PREPARING)
        closing_in(3, concluded_on=clock.today())
        CommentFactory(consultation=closing_in(3), organisation=acting.organisation)
        session.flush()

        tasks = waiting_for(person, acting)

        assert [(task.title, task.values, task.due_on, task.urgency) for task in tasks] == [
            (today.title, {"slug": today.slug}, today.internal_deadline_on, 2),
            (soon.title, {"slug": soon.slug}, soon.internal_deadline_on, 1),
        ]
        assert waiting_for(person, None) == []

    def test_replies_that_the_author_has_not_answered_wait(self) -> None:
        person = UserFactory()
        consultation = ConsultationFactory()
        asked, answered, quiet = (CommentFactory(consultation=consultation, author=person) for _ in range(3))
        for parent, author, age in (
            (asked, UserFactory(), 30),
            (asked, UserFactory(), 20),
            (answered, UserFactory(), 30),
            (answered, person, 10),
            (quiet, person, 10),
        ):
            CommentFactory(consultation=consultation, parent=parent, author=author, posted_at=minutes_ago(age))
        CommentFactory(consultation=consultation, parent=quiet, state=CommentState.HIDDEN)
        session.flush()
        tasks = waiting_for(person, None)
        assert [(task.values, str(task.why)) for task in tasks] == [
            ({"comment_id": asked.id}, "Your comment has 2 replies that you have not answered.")
        ]

    def test_nothing_waits_for_a_visitor(self) -> None:
        ConsultationFactory()
        assert waiting_for(Visitor(), None) == []
