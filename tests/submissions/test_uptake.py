"""What became of the points in the adopted text: found by comparison, confirmed or corrected, told to everybody."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from factories import (
    OrganisationFactory,
    SupportFactory,
    UserFactory,
    administrator,
    contributor,
    coordinator,
    council_representative,
    representative,
)
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from submissions.adopting import (
    FOUND,
    POINTS,
    adopted_text,
    alone,
    checked_submission,
    compared,
    consultation_on,
    sent_points,
)

from participation.accounts.models import Operator, User, Visitor
from participation.comments.models import FurtherChange
from participation.foundation import clock
from participation.foundation.access import Refused
from participation.foundation.audit import AuditEntry
from participation.foundation.database import Conflict, NotFound, session
from participation.foundation.outbox import OutboxItem
from participation.submissions.models import (
    FIND_UPTAKE,
    Channel,
    PointUptake,
    Submission,
    UptakeConfirmation,
    reason_not_compared,
)
from participation.submissions.operations import confirm_uptake, correct_uptake, keep_uptake, send_submission
from participation.submissions.queries import waiting_for, ways_on_from_comments
from participation.submissions.queries.adoption import (
    AdoptedPoint,
    Adoption,
    adoption_of_organisation,
    latest_adopted_of,
    years,
)
from participation.submissions.queries.uptake import comparison_of_points, uptakes_of
from participation.submissions.rules import may_find_uptake, may_review_uptake, reason_for_verdict
from participation.texts.uptake import Finding, Verdict
from participation.web.mailing import letter_of

pytestmark = pytest.mark.usefixtures("app")


def verdicts(submission: Submission) -> list[str]:
    return [uptake.standing.value for uptake in uptakes_of(submission).values()]


def queued() -> list[dict[str, Any]]:
    items = session.scalars(select(OutboxItem).where(OutboxItem.kind == FIND_UPTAKE).order_by(OutboxItem.id))
    return [item.payload for item in items]


def numbers(submission: Submission) -> list[int]:
    """Of the rows of what was found, in the order of the points."""
    return [uptake.id for uptake in uptakes_of(submission).values()]


def mails(about: str = "uptake-confirmed") -> list[OutboxItem]:
    return list(
        session.scalars(select(OutboxItem).where(OutboxItem.key.like(f"mail:{about}-%")).order_by(OutboxItem.id))
    )


class TestComparing:
    def test_every_sent_submission_is_compared_once_with_the_adopted_text(self) -> None:
        first = sent_points()
        second = sent_points(first.consultation)
        sent_points(first.consultation, is_sent=False)
        other = sent_points()
        version = adopted_text(first.consultation)
        assert queued() == [
            {"submission_id": first.id, "version_id": version.id},
            {"submission_id": second.id, "version_id": version.id},
        ]
        assert (compared(), compared()) == (2, 2)
        assert (verdicts(first), verdicts(second), verdicts(other)) == (FOUND, FOUND, [])
        entries = session.scalars(select(AuditEntry).where(AuditEntry.action == "uptake.found"))
        assert sorted(entry.thing_id for entry in entries) == [first.id, second.id]

    def test_what_is_sent_after_the_adoption_is_compared_as_well(self) -> None:
        submission = sent_points(is_sent=False)
        version = adopted_text(submission.consultation)
        assert queued() == []
        send_submission(
            submission.compiled_by, submission, sent_on=clock.today(), channel=Channel.POST, answer_due_on=None
        )
        assert queued() == [{"submission_id": submission.id, "version_id": version.id}]
        compared()
        assert verdicts(submission) == FOUND

    def test_what_is_found_says_which_words_stand_where(self) -> None:
        submission = checked_submission()
        found = list(uptakes_of(submission).values())
        adopted = submission.consultation.adopted_text
        keys = {one.text: one.key for one in adopted.provisions}
        assert (found[0].keys, found[0].percent) == ([keys[POINTS[0][3]]], 100)
        assert found[1].taken == ["in na oglasni deski"]
        assert found[1].missing == ["vsak"]
        assert 0 < found[1].percent < 100
        assert all(uptake.version_id == adopted.id for uptake in found)

    def test_what_demands_no_words_is_not_compared_and_says_why(self) -> None:
        consultation = consultation_on()
        general = alone(consultation)
        moved = alone(
            consultation, kind="wording", wording_action="move", wording_after=consultation.versions[0].provisions[3]
        )
        submission = sent_points(consultation, points=1, comments=[general, moved])
        adopted_text(consultation)
        compared()
        assert verdicts(submission) == ["verbatim"]
        assert [str(reason_not_compared(point)) for point in submission.points] == [
            "",
            "It demands no wording, so there is nothing to compare.",
            "It asks for another place, and only words are compared.",
        ]

    def test_a_submission_without_demanded_words_has_nothing_to_compare(self) -> None:
        consultation = consultation_on()
        submission = sent_points(consultation, points=0, comments=[alone(consultation)])
        adopted_text(consultation)
        assert compared() == 1
        assert uptakes_of(submission) == {}
        assert waiting_for(coordinator(), None) == []

    def test_a_comment_that_asks_for_several_wordings_became_all_of_them_together(self) -> None:
        consultation = consultation_on()
        provisions = consultation.versions[0].provisions

        def asking(*places: int) -> Any:
            first, *others = places
            return alone(
                consultation,
                2 * first,
                kind="wording",
                wording_action="change",
                wording=POINTS[first][2],
                further_changes=[
                    FurtherChange(
                        number=number, provision=provisions[2 * place], action=POINTS[place][0],
                        wording=POINTS[place][2],
                    )
                    for number, place in enumerate(others, start=1)
                ],
            )  # fmt: skip

        comments = [asking(0, 4), asking(0, 2), asking(2, 3), asking(2, 2), asking(1)]
        submission = sent_points(consultation, points=0, comments=comments)
        adopted_text(consultation)
        compared()
        assert verdicts(submission) == ["verbatim", "part", "opposite", "not", "part"]

    def test_what_was_joined_or_divided_since_the_demand_is_followed(self) -> None:
        submission = sent_points(points=1)
        version = adopted_text(submission.consultation)
        key = submission.consultation.versions[0].provisions[0].key
        heir, other = version.provisions[2], version.provisions[3]
        heir.origins = [key]
        session.flush()
        [asked] = comparison_of_points(submission, version).asked
        assert asked.demand.keys == (key, heir.key)
        assert other.key not in asked.demand.keys

    def test_a_point_whose_provision_is_gone_is_compared_all_the_same(self) -> None:
        submission = sent_points(points=1)
        submission.points[0].point.provisions = []
        session.flush()
        version = adopted_text(submission.consultation)
        [asked] = comparison_of_points(submission, version).asked
        assert (asked.demand.keys, asked.draft_id) == ((), submission.consultation.versions[0].id)
        compared()
        assert len(verdicts(submission)) == 1

    def test_what_was_found_stays_as_it_was_found(self) -> None:
        submission = checked_submission(points=1)
        [uptake] = uptakes_of(submission).values()
        keep_uptake(
            Operator(), submission, uptake.version, {uptake.point_id: Finding(Verdict.NOT, (), ("x",), (), 0.0)}
        )
        assert verdicts(submission) == ["verbatim"]
        session.commit()
        with pytest.raises(DatabaseError):
            session.execute(text("UPDATE point_uptakes SET verdict = 'not'"))
        session.rollback()

    def test_an_item_whose_submission_is_gone_does_nothing(self) -> None:
        submission = sent_points(points=1)
        adopted_text(submission.consultation)
        item = session.scalars(select(OutboxItem).where(OutboxItem.kind == FIND_UPTAKE)).one()
        item.payload = {"submission_id": 0, "version_id": 0}
        assert compared() == 1
        assert uptakes_of(submission) == {}


class TestRules:
    def test_who_may_check_what_was_found(self) -> None:
        submission = checked_submission(points=1)
        version = submission.consultation.adopted_text
        people = {
            "visitor": Visitor(),
            "registered": UserFactory(),
            "contributor": contributor(),
            "representative": representative(),
            "administrator": administrator(),
            "coordinator": coordinator(),
            "council": council_representative(),
            "operator": Operator(),
        }
        leaders = {"coordinator", "council", "operator"}
        assert {name for name, one in people.items() if may_review_uptake(one, submission)} == leaders
        assert {name for name, one in people.items() if may_find_uptake(one, submission, version)} == leaders
        assert may_review_uptake(people["visitor"], submission).sign_in_helps is True

    def test_there_must_be_something_to_compare_and_something_to_compare_with(self) -> None:
        lead = coordinator()
        unsent, sent = sent_points(is_sent=False), sent_points()
        version = adopted_text(unsent.consultation)
        assert str(may_review_uptake(lead, unsent).reason) == "Points are compared once the submission has been sent."
        assert str(may_find_uptake(lead, unsent, version).reason) == (
            "Points are compared once the submission has been sent."
        )
        assert str(may_review_uptake(lead, sent).reason) == (
            "The adopted text is not published here yet, so there is nothing to compare with."
        )
        assert str(may_find_uptake(lead, sent, version).reason) == (
            "Points are compared with the adopted text of their own draft."
        )

    @pytest.mark.parametrize(
        ("before", "verdict", "reason", "words"),
        [
            (None, Verdict.VERBATIM, "", ""),
            (None, Verdict.PART, "", "Say why it is something else than what was found."),
            (None, Verdict.PART, " \n", "Say why it is something else than what was found."),
            (None, Verdict.PART, "Ker.", ""),
            (Verdict.NOT, Verdict.VERBATIM, "", "Say why what was said before is corrected."),
            (Verdict.VERBATIM, Verdict.VERBATIM, "Pojasnilo.", ""),
        ],
    )
    def test_when_a_reason_is_needed(self, before: Verdict | None, verdict: Verdict, reason: str, words: str) -> None:
        uptake = PointUptake(verdict=Verdict.VERBATIM, share=1.0)
        if before is not None:
            uptake.confirmations.append(UptakeConfirmation(verdict=before))
        assert str(reason_for_verdict(uptake, verdict, reason).reason) == words


class TestConfirming:
    def test_all_that_was_found_is_confirmed_by_one_act(self) -> None:
        submission = checked_submission()
        lead = coordinator()
        assert confirm_uptake(lead, submission, numbers(submission)) == len(POINTS)
        uptakes = uptakes_of(submission).values()
        assert [(one.standing.value, one.is_confirmed, one.is_corrected) for one in uptakes] == [
            (verdict, True, False) for verdict in FOUND
        ]
        assert {one.confirmation.confirmed_by for one in uptakes} == {lead}
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "uptake.confirmed")).one()
        assert (entry.actor_id, entry.details) == (lead.id, {"points": [1, 2, 3, 4, 5]})

    def test_confirming_once_more_changes_nothing(self) -> None:
        submission = checked_submission()
        own = numbers(submission)
        assert [confirm_uptake(coordinator(), submission, own[:2]) for _time in range(2)] == [2, 0]
        assert confirm_uptake(coordinator(), submission, own) == 3
        assert len(session.scalars(select(UptakeConfirmation)).all()) == len(POINTS)

    def test_a_correction_stands_with_its_reason_and_the_trail_stays(self) -> None:
        submission = checked_submission()
        own = numbers(submission)
        first, second = coordinator(), council_representative()
        assert correct_uptake(first, submission, own[2], Verdict.PART, "Z drugimi besedami.\r\n", seen=0) is True
        before = list(uptakes_of(submission).values())[2].confirmation
        assert correct_uptake(second, submission, own[2], Verdict.VERBATIM, "Po ustavi.", seen=before.id) is True
        uptake = list(uptakes_of(submission).values())[2]
        assert (uptake.verdict, uptake.standing, uptake.is_corrected) == (Verdict.NOT, Verdict.VERBATIM, True)
        assert [(one.verdict.value, one.reason, one.superseded_at is None) for one in uptake.confirmations] == [
            ("part", "Z drugimi besedami.", False),
            ("verbatim", "Po ustavi.", True),
        ]
        entries = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "uptake.corrected").order_by(AuditEntry.id)
        )
        assert [(entry.because, entry.details) for entry in entries] == [
            ("Z drugimi besedami.", {"point": 3, "found": "not", "verdict": "part"}),
            ("Po ustavi.", {"point": 3, "found": "not", "verdict": "verbatim", "before": "part"}),
        ]
        session.commit()
        with pytest.raises(DatabaseError):
            session.execute(text("UPDATE uptake_confirmations SET reason = 'Drugače.'"))
        session.rollback()

    def test_a_correction_without_a_reason_is_refused(self) -> None:
        submission = checked_submission()
        with pytest.raises(Refused, match="Say why it is something else than what was found"):
            correct_uptake(coordinator(), submission, numbers(submission)[2], Verdict.PART, "  ", seen=0)
        assert session.scalars(select(UptakeConfirmation)).all() == []

    def test_two_people_who_say_the_same_at_once_have_both_said_it(self) -> None:
        submission = checked_submission()
        own = numbers(submission)[2]
        assert correct_uptake(coordinator(), submission, own, Verdict.PART, "Ker.", seen=0) is True
        assert correct_uptake(coordinator(), submission, own, Verdict.PART, "Ker.", seen=0) is False
        assert len(session.scalars(select(UptakeConfirmation)).all()) == 1

    def test_two_people_who_say_different_things_at_once_are_a_conflict(self) -> None:
        submission = checked_submission()
        own = numbers(submission)
        correct_uptake(coordinator(), submission, own[2], Verdict.PART, "Ker.", seen=0)
        with pytest.raises(Conflict) as overtaken:
            correct_uptake(coordinator(), submission, own[2], Verdict.VERBATIM, "Zato.", seen=0)
        standing = list(uptakes_of(submission).values())[2].confirmation
        assert overtaken.value.fields == {"reason": "Ker."}
        assert overtaken.value.fresh == {"seen": str(standing.id)}
        with pytest.raises(Conflict, match="since you opened the page: 3"):
            confirm_uptake(coordinator(), submission, own)
        assert verdicts(submission) == ["verbatim", "part", "part", "opposite", "verbatim"]
        assert [one.is_confirmed for one in uptakes_of(submission).values()] == [False, False, True, False, False]

    def test_what_is_of_another_submission_is_not_found(self) -> None:
        submission, other = checked_submission(points=1), checked_submission(points=1)
        with pytest.raises(NotFound):
            confirm_uptake(coordinator(), submission, numbers(other))
        with pytest.raises(NotFound):
            correct_uptake(coordinator(), submission, numbers(other)[0], Verdict.PART, "Ker.", seen=0)

    def test_who_does_not_lead_says_nothing(self) -> None:
        submission = checked_submission(points=1)
        for act in (
            lambda: confirm_uptake(representative(), submission, numbers(submission)),
            lambda: correct_uptake(representative(), submission, numbers(submission)[0], Verdict.NOT, "x", seen=0),
        ):
            with pytest.raises(Refused):
                act()


class TestTelling:
    def test_everybody_who_took_part_is_told_once_when_the_last_point_is_checked(self) -> None:
        signatory = OrganisationFactory()
        consultation = consultation_on()
        comment = alone(consultation, 4, kind="wording", wording_action="change", wording=POINTS[2][2])
        supporter = SupportFactory(comment=comment)
        alone(consultation)  # Nobody took it up.
        submission = sent_points(consultation, signatory=signatory, comments=[comment], points=2)
        adopted_text(consultation)
        compared()
        own = numbers(submission)
        confirm_uptake(coordinator(), submission, own[:2])
        assert mails() == []
        correct_uptake(coordinator(), submission, own[2], Verdict.PART, "Z drugimi besedami.", seen=0)
        told = {item.payload["to"]: [one["number"] for one in item.payload["values"]["points"]] for item in mails()}
        expected = {comment.author.email: [3], session.get_one(User, supporter.user_id).email: [3]}
        assert {to: points for to, points in told.items() if to in expected} == expected
        assert [points for to, points in told.items() if to not in expected] == [[1, 2]]
        values = next(item.payload["values"] for item in mails() if item.payload["to"] == comment.author.email)
        assert (values["points"][0]["reason"], values["version"]) == ("Z drugimi besedami.", 2)

    @pytest.mark.parametrize(
        ("language", "subject", "words"),
        [
            ("en", "Corrected: what became of point 3, Dopis", ("not adopted", "Before it said: adopted in part")),
            ("sl", "Popravek: kaj je postalo iz točke 3, Dopis", ("ni sprejeto", "Prej je pisalo: sprejeto deloma")),
        ],
    )
    def test_whom_a_later_correction_concerns_is_told_of_it_alone(
        self, app: Any, language: str, subject: str, words: tuple[str, str]
    ) -> None:
        consultation = consultation_on()
        author = UserFactory(language=language)
        comment = alone(consultation, 4, kind="wording", wording_action="change", wording=POINTS[2][2], author=author)
        submission = sent_points(
            consultation, signatory=OrganisationFactory(), comments=[comment], points=2, title="Dopis"
        )
        adopted_text(consultation)
        compared()
        own = numbers(submission)
        confirm_uptake(coordinator(), submission, own[:2])
        correct_uptake(coordinator(), submission, own[2], Verdict.PART, "Z drugimi besedami.", seen=0)
        assert mails("uptake-corrected") == []
        seen = list(uptakes_of(submission).values())[2].confirmation.id
        correct_uptake(coordinator(), submission, own[2], Verdict.NOT, "Vendarle ne.", seen=seen)
        [mail] = mails("uptake-corrected")
        written = letter_of(mail.payload)
        assert (written.to, written.subject) == (author.email, subject)
        assert [said for said in (*words, "Vendarle ne.") if said not in written.text] == []

    @pytest.mark.parametrize(
        ("language", "subject", "words"),
        [
            ("en", "What became of your points: Dopis občini", "adopted word for word"),
            ("sl", "Kaj je postalo iz vaših točk: Dopis občini", "sprejeto dobesedno"),
        ],
    )
    def test_each_reads_it_in_the_own_language(self, app: Any, language: str, subject: str, words: str) -> None:
        consultation = consultation_on()
        author = UserFactory(language=language)
        comment = alone(consultation, 0, kind="wording", wording_action="change", wording=POINTS[0][2], author=author)
        submission = sent_points(consultation, points=0, comments=[comment], title="Dopis občini", slug="dopis")
        adopted_text(consultation)
        compared()
        confirm_uptake(coordinator(), submission, numbers(submission))
        [mail] = mails()
        written = letter_of(mail.payload)
        assert written.subject == subject
        assert words in written.text
        assert "/submissions/dopis#adopted" in written.text


class TestCounting:
    def test_an_organisation_counts_what_it_signed_and_what_it_proposed_once_each(self) -> None:
        signatory = OrganisationFactory()
        consultation = consultation_on()
        own = alone(consultation, organisation=signatory)
        asked = alone(consultation, 4, kind="wording", wording_action="change", wording=POINTS[2][2])
        submission = sent_points(consultation, signatory=signatory, comments=[own, asked])
        sent_points()  # No adopted text is known of it.
        adopted_text(consultation)
        compared()
        numbers_of = numbers(submission)
        confirm_uptake(coordinator(), submission, numbers_of[:1])
        correct_uptake(coordinator(), submission, numbers_of[3], Verdict.PART, "Ker.", seen=0)
        assert adoption_of_organisation(signatory) == Adoption(
            {Verdict.VERBATIM: 2, Verdict.PART: 2, Verdict.NOT: 1}, unchecked=3, not_compared=1
        )
        assert adoption_of_organisation(asked.organisation) == Adoption({Verdict.NOT: 1}, unchecked=1)
        assert adoption_of_organisation(OrganisationFactory()) == Adoption()
        assert latest_adopted_of(asked.organisation) == [
            AdoptedPoint(
                submission.slug, submission.title, "sl", 7, "1. člen, (5)", Verdict.NOT, False, clock.today()
            )
        ]
        assert [(one.number, one.is_confirmed) for one in latest_adopted_of(signatory)] == [
            (1, True), (2, False), (3, False), (4, True), (5, False),
        ]  # fmt: skip

    def test_the_parts_of_the_strip_leave_out_what_there_is_none_of(self) -> None:
        parts = Adoption({Verdict.NOT: 2, Verdict.VERBATIM: 1}, unchecked=2, not_compared=4).parts
        assert [(str(label), number, tone) for label, number, tone in parts] == [
            ("adopted word for word", 1, "done"),
            ("not adopted", 2, "wrong"),
            ("not compared", 4, "noted"),
        ]

    def test_the_years_tell_of_all_that_was_sent_in_them(self) -> None:
        first = checked_submission(sent_on=clock.today().replace(year=clock.today().year - 1, day=1))
        later = sent_points(points=2)
        sent_points(is_sent=False)
        session.flush()
        confirm_uptake(coordinator(), first, numbers(first)[:2])
        this, last = years()
        assert (this.year, this.points, this.answers.expected, this.adoption) == (
            later.sent_on.year, 2, 2, Adoption(),
        )  # fmt: skip
        assert (last.year, last.points, last.answers.missing) == (this.year - 1, 5, 5)
        assert last.adoption == Adoption(
            {Verdict.VERBATIM: 2, Verdict.PART: 1, Verdict.NOT: 1, Verdict.OPPOSITE: 1}, unchecked=3
        )

    @pytest.mark.parametrize("number", [1, 30])
    def test_counting_takes_the_same_statements_however_much_there_is(self, number: int, count_queries: Any) -> None:
        signatory = OrganisationFactory()
        submission = checked_submission(signatory=signatory, points=number)
        assert len(uptakes_of(submission)) == number
        session.expire_all()
        with count_queries() as queries:
            years()
            adoption_of_organisation(signatory)
            latest_adopted_of(signatory)
        assert len(queries) <= 8

    def test_a_comment_leads_on_to_what_became_of_it(self) -> None:
        consultation = consultation_on()
        comment = alone(consultation, kind="wording", wording_action="change", wording=POINTS[0][2])
        submission = sent_points(consultation, points=0, comments=[comment])
        assert [point.adopted for point in ways_on_from_comments([comment.id])[comment.id].sent] == [None]
        adopted_text(consultation)
        compared()
        [sent] = ways_on_from_comments([comment.id])[comment.id].sent
        assert (sent.adopted, sent.is_checked) == (Verdict.VERBATIM, False)
        [own] = numbers(submission)
        correct_uptake(coordinator(), submission, own, Verdict.PART, "Ker.", seen=0)
        seen = next(iter(uptakes_of(submission).values())).confirmation.id
        correct_uptake(coordinator(), submission, own, Verdict.OPPOSITE, "Zato.", seen=seen)
        [sent] = ways_on_from_comments([comment.id])[comment.id].sent
        assert (sent.adopted, sent.is_checked) == (Verdict.OPPOSITE, True)


class TestPages:
    def test_the_public_page_shows_beside_each_point_what_came_of_it(self, client: Any) -> None:
        consultation = consultation_on(slug="parki")
        submission = sent_points(consultation, slug="dopis", comments=[alone(consultation)])
        assert "What of it was adopted" not in client.get("/submissions/dopis").text
        version = adopted_text(consultation)
        page = unescape(client.get("/submissions/dopis").text)
        assert page.count("being compared") == 16
        compared()
        page = unescape(client.get("/submissions/dopis").text)
        assert page.count("Found by comparison, not yet checked by a person.") == 5
        assert "5 points were found by comparison and not yet checked by a person." in page
        assert page.count("It demands no wording, so there is nothing to compare.") == 1
        key = version.provisions[0].key
        assert page.count(f'href="/consultations/parki?version=2#p-{key}"') == 2  # Of the point and of the comment.
        assert page.count("The provision is no longer in the adopted text.") == 2
        assert "Check what was adopted" not in page
        lead = coordinator(name="Mojca Skrita")
        correct_uptake(lead, submission, numbers(submission)[2], Verdict.PART, "Z <b>drugimi</b> besedami.", seen=0)
        confirm_uptake(lead, submission, [number for at, number in enumerate(numbers(submission)) if at != 2])
        page = client.get("/submissions/dopis").text
        assert "not yet checked" not in page
        assert page.count("Z &lt;b&gt;drugimi&lt;/b&gt; besedami.") == 1
        assert page.count("the comparison had found: not adopted.") == 1
        assert "A person has checked what was found." in page
        assert "Mojca Skrita" not in page

    def test_the_points_are_looked_at_with_what_was_demanded_against_what_was_adopted(self, client: Any) -> None:
        consultation = consultation_on()
        submission = sent_points(consultation, slug="dopis", comments=[alone(consultation)])
        adopted_text(consultation)
        client.sign_in(coordinator())
        assert "The points are still being compared." in client.get("/submissions/dopis/uptake").text
        compared()
        page = unescape(client.get("/submissions/dopis/uptake").text)
        assert "Confirm all 5 points as they were found" in page
        assert re.search(r"<del>(<span[^>]*>[^<]*</span>)?vsak ?</del>", page)
        assert page.count(">Confirm<") == 5
        first, *others = numbers(submission)
        answer = client.post("/submissions/dopis/uptake", data={"uptakes": [first], "at": "1"})
        assert (answer.status_code, answer.location) == (303, "/submissions/dopis/uptake#point-1")
        assert unescape(client.get("/submissions/dopis/uptake").text).count(">Confirm<") == 4
        answer = client.post("/submissions/dopis/uptake", data={"uptakes": others})
        assert (answer.status_code, answer.location) == (303, "/submissions/dopis/uptake")
        assert "Every point is checked. Everybody who took part was told." in client.get(answer.location).text

    @pytest.mark.parametrize(("sent", "status"), [(["0"], 303), (["-1"], 303), (["²"], 404), (["9" * 30], 303),
                                                  (["99999"], 404), ([], 303)])  # fmt: skip
    def test_numbers_that_are_none_confirm_nothing(self, client: Any, sent: list[str], status: int) -> None:
        checked_submission(slug="dopis")
        client.sign_in(coordinator())
        assert client.post("/submissions/dopis/uptake", data={"uptakes": sent}).status_code == status
        assert session.scalars(select(UptakeConfirmation)).all() == []

    def test_a_correction_asks_for_its_reason_and_keeps_what_was_chosen(self, client: Any) -> None:
        submission = checked_submission(slug="dopis")
        client.sign_in(coordinator())
        address = "/submissions/dopis/uptake/3"
        assert client.get(address).text.count('<option selected value="not">') == 1
        answer = client.post(address, data={"verdict": "part", "reason": " ", "seen": "0"})
        assert answer.status_code == 422
        assert "Say why it is something else than what was found." in answer.text
        assert answer.text.count('<option selected value="part">') == 1
        answer = client.post(address, data={"verdict": "part", "reason": "Drugače.", "seen": "0"})
        assert (answer.status_code, answer.location) == (303, "/submissions/dopis/uptake#point-3")
        assert verdicts(submission)[2] == "part"
        seen = list(uptakes_of(submission).values())[2].confirmation.id
        answer = client.post(address, data={"verdict": "verbatim", "reason": "", "seen": str(seen)})
        assert (answer.status_code, "Say why what was said before is corrected." in answer.text) == (422, True)

    def test_who_comes_second_reads_what_the_first_said_and_can_send_the_own_words_again(self, client: Any) -> None:
        submission = checked_submission(slug="dopis")
        correct_uptake(coordinator(), submission, numbers(submission)[2], Verdict.PART, "Prva.", seen=0)
        client.sign_in(coordinator())
        sent = {"verdict": "verbatim", "reason": "Druga.", "seen": "0"}
        answer = client.post("/submissions/dopis/uptake/3", data=sent)
        assert answer.status_code == 409
        assert "adopted in part" in answer.text
        assert "Druga." in answer.text
        seen = list(uptakes_of(submission).values())[2].confirmation.id
        assert f'name="seen" value="{seen}"' in answer.text
        assert client.post("/submissions/dopis/uptake/3", data=sent | {"seen": str(seen)}).status_code == 303
        assert verdicts(submission)[2] == "verbatim"

    @pytest.mark.parametrize("number", ["6", "7", "0"])
    def test_a_point_that_was_not_compared_cannot_be_corrected(self, client: Any, number: str) -> None:
        consultation = consultation_on()
        sent_points(consultation, slug="dopis", comments=[alone(consultation)])
        adopted_text(consultation)
        compared()
        client.sign_in(coordinator())
        assert client.get(f"/submissions/dopis/uptake/{number}").status_code == 404

    def test_without_demanded_words_the_page_says_that_there_is_nothing_to_compare(self, client: Any) -> None:
        consultation = consultation_on()
        sent_points(consultation, points=0, slug="dopis", comments=[alone(consultation)])
        adopted_text(consultation)
        compared()
        client.sign_in(coordinator())
        assert "No point demands a wording, so there is nothing to compare." in (
            client.get("/submissions/dopis/uptake").text
        )

    @pytest.mark.parametrize("number", [1, 30])
    def test_the_pages_take_the_same_statements_however_many_points_there_are(
        self, client: Any, number: int, count_queries: Any
    ) -> None:
        checked_submission(slug="dopis", points=number)
        client.sign_in(coordinator())
        for address, most in (("/submissions/dopis", 45), ("/submissions/dopis/uptake", 35)):
            client.get(address)
            with count_queries() as queries:
                assert client.get(address).status_code == 200
            assert len(queries) <= most, (address, len(queries))

    def test_the_desk_has_a_line_until_every_point_is_checked(self) -> None:
        submission = checked_submission(points=2)
        lead = coordinator()
        confirm_uptake(lead, submission, numbers(submission)[:1])
        tasks = [task for task in waiting_for(lead, None) if task.endpoint == "submissions.review_uptake"]
        assert [(task.title, task.values) for task in tasks] == [(submission.title, {"slug": submission.slug})]
        confirm_uptake(lead, submission, numbers(submission))
        assert [task for task in waiting_for(lead, None) if task.endpoint == "submissions.review_uptake"] == []

    def test_everybody_reads_the_totals_year_by_year(self, client: Any) -> None:
        assert "Nothing has been sent to a decision-maker yet." in client.get("/uptake").text
        checked_submission()
        page = unescape(client.get("/uptake").text)
        assert f"Sent in {clock.today().year}" in page
        assert "adopted word for word: 2" in page
        assert "What came of it, year by year" in client.get("/submissions").text

    def test_the_page_of_an_organisation_shows_what_became_of_its_points(self, client: Any) -> None:
        organisation = OrganisationFactory(slug="lipa")
        assert "What of it was adopted" not in client.get("/organisations/lipa").text
        checked_submission(signatory=organisation, slug="dopis")
        page = unescape(client.get("/organisations/lipa").text)
        assert "The adopted text is known for 5 points that the organisation proposed or signed." in page
        assert "5 of them were found by comparison and not yet checked by a person." in page
        assert page.count('href="/submissions/dopis#point-') == 5

    def test_a_comment_says_what_the_adopted_text_says(self, client: Any) -> None:
        consultation = consultation_on(slug="parki")
        comment = alone(consultation, kind="wording", wording_action="change", wording=POINTS[0][2])
        sent_points(consultation, points=0, comments=[comment])
        adopted_text(consultation)
        compared()
        page = unescape(client.get("/consultations/parki/comments").text)
        assert (
            " ".join(page.split()).count(
                "in the adopted text: <strong>adopted word for word</strong> (not yet checked)"
            )
            == 1
        )
        assert "what of it was adopted" in client.get("/consultations/parki").text
