"""Why comments are left out of a position: who says it, what is kept, who reads it."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from factories import (
    CommentFactory,
    ConsultationFactory,
    OrganisationFactory,
    UserFactory,
    administrator,
    contributor,
    coordinator,
    council_representative,
    representative,
)
from positions.making import drafted_position, fingerprint_of
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from participation.accounts.models import Visitor
from participation.comments.models import Comment, CommentPlace, CommentState, WordingAction
from participation.foundation import clock
from participation.foundation.access import Refused
from participation.foundation.database import Conflict, new_key, session
from participation.foundation.mail import KIND
from participation.foundation.outbox import OutboxItem
from participation.positions.models import (
    Omission,
    OmissionKind,
    Position,
    PositionState,
    canonical_bytes,
    fingerprint,
)
from participation.positions.operations import (
    PointContent,
    UnsoundReason,
    Why,
    add_point,
    draft_next_version,
    draft_position,
    leave_out_comments,
    merge_point,
    move_point,
    open_position,
    remove_point,
)
from participation.positions.queries import (
    Decisions,
    fates_of,
    left_out_of,
    omissions_of,
    unexplained_count,
    untaken_comments,
)
from participation.positions.rules import LONGEST_WHY, may_leave_out_comment
from participation.texts.anchoring import AnchorState
from participation.texts.markdown import TooLong
from participation.web.mailing import Letter, letter_of

pytestmark = pytest.mark.usefixtures("app", "stopped_clock")

OUTSIDE = Why(OmissionKind.SUBJECT, "To ureja drug odlok.")


@pytest.fixture
def position() -> Position:
    return drafted_position(slug="klopi", title="Stališče o klopeh")


def comment_on(position: Position, **values: Any) -> Comment:
    chosen = {"provision": position.consultation.versions[0].provisions[0], "kind": "provision"} | values
    made: Comment = CommentFactory(consultation=position.consultation, **chosen)
    return made


def leave_out(position: Position, *comments: Comment, why: Why = OUTSIDE, **values: Any) -> list[Omission]:
    seen = max((one.id for one in omissions_of(position)), default=0)
    numbers = [comment.id for comment in comments]
    return leave_out_comments(position.created_by, position, numbers, why, **{"seen": seen} | values)


def open_it(position: Position) -> None:
    number = len(position.versions) + 1
    seen = fingerprint_of(position) if number == 1 else fingerprint(canonical_bytes(position, number))
    open_position(position.created_by, position, until=clock.today(), sha256_seen=seen)
    session.flush()


def said_publicly(comment: Comment) -> list[str]:
    return [f"{fate.title}: {fate.in_words}" for fate in fates_of([comment.id]).get(comment.id, [])]


@pytest.mark.parametrize(
    ("state", "who"),
    [
        (PositionState.DRAFTED, {"author", "council", "coordinator"}),
        (PositionState.REVISED, {"author", "council", "coordinator"}),
        (PositionState.OPENED, set()),
        (PositionState.DELIVERED, set()),
    ],
)
def test_those_who_write_the_points_say_what_is_left_out(
    position: Position, state: PositionState, who: set[str]
) -> None:
    organisation = OrganisationFactory()
    people = SimpleNamespace(
        visitor=Visitor(),
        registered=UserFactory(),
        contributor=contributor(organisation),
        author=position.created_by,
        outsider=representative(),
        council=council_representative(),
        coordinator=coordinator(),
        administrator=administrator(),
    )
    position.state = state
    verdicts = {name: may_leave_out_comment(person, position) for name, person in vars(people).items()}
    assert {name for name, verdict in verdicts.items() if verdict} == who
    assert all(str(verdict.reason) for verdict in verdicts.values() if not verdict)
    assert verdicts["visitor"].sign_in_helps


def test_what_was_said_first_is_kept_when_the_reason_changes(position: Position) -> None:
    comment = comment_on(position)
    leave_out(position, comment)
    leave_out(position, comment, why=Why(OmissionKind.LINE))
    newest, first = omissions_of(position)
    assert (newest.kind, newest.ended_at) == (OmissionKind.LINE, None)
    assert (first.kind, first.words, first.ended_by_id) == (
        OmissionKind.SUBJECT,
        "To ureja drug odlok.",
        position.created_by_id,
    )
    assert first.ended_at is not None


def test_the_same_reason_said_again_changes_nothing(position: Position) -> None:
    comment = comment_on(position)
    assert len(leave_out(position, comment)) == 1
    assert leave_out(position, comment) == []
    assert len(omissions_of(position)) == 1


def test_the_database_refuses_that_a_reason_is_rewritten(position: Position) -> None:
    [omission] = leave_out(position, comment_on(position))
    with pytest.raises(DBAPIError, match="never changes"), session.begin_nested():
        session.execute(text("UPDATE omissions SET words = 'Drugače.' WHERE id = :id"), {"id": omission.id})


def test_several_comments_are_left_out_for_one_reason(position: Position) -> None:
    three = [comment_on(position) for _ in range(3)]
    assert unexplained_count(position) == 3
    leave_out(position, *three[:2])
    assert [one.comment_id for one in left_out_of(position, 1)] == [comment.id for comment in three[:2]]
    assert unexplained_count(position) == 1


@pytest.mark.parametrize("noise", ["hidden", "reply", "elsewhere", "gone", "taken"])
def test_what_a_position_does_not_answer_for_is_passed_over(position: Position, noise: str) -> None:
    right = comment_on(position)
    if noise == "hidden":
        wrong = comment_on(position, state=CommentState.HIDDEN)
    elif noise == "reply":
        wrong = comment_on(position, parent=right)
    elif noise == "elsewhere":
        other = ConsultationFactory()
        wrong = CommentFactory(consultation=other, provision=other.versions[0].provisions[0], kind="provision")
    else:
        wrong = comment_on(position)
    if noise == "gone":
        version = position.consultation.versions[0]
        session.add(CommentPlace(comment_id=wrong.id, version_id=version.id, state=AnchorState.ORPHANED))
    if noise == "taken":
        position.points[0].comments.append(wrong)
    session.flush()
    assert [comment.id for comment in untaken_comments(position)] == [right.id]
    assert unexplained_count(position) == 1
    assert [omission.comment_id for omission in leave_out(position, wrong, right)] == [right.id]


def test_a_comment_that_only_moved_is_still_answered_for(position: Position) -> None:
    comment = comment_on(position)
    version = position.consultation.versions[0]
    session.add(
        CommentPlace(
            comment_id=comment.id, version_id=version.id, provision_id=comment.provision_id, state=AnchorState.MOVED
        )
    )
    session.flush()
    assert untaken_comments(position) == [comment]


@pytest.mark.parametrize(
    ("why", "wrong"),
    [
        (Why(OmissionKind.OTHER, "  "), UnsoundReason),
        (Why(OmissionKind.POINT), UnsoundReason),
        (Why(OmissionKind.POINT, "", 2**31 - 1), UnsoundReason),
        (Why(OmissionKind.LINE, "a" * (LONGEST_WHY + 1)), TooLong),
    ],
)
def test_a_reason_that_says_nothing_is_not_recorded(position: Position, why: Why, wrong: type[Exception]) -> None:
    with pytest.raises(wrong):
        leave_out(position, comment_on(position), why=why)
    assert omissions_of(position) == []


def test_nobody_overrules_a_colleague_unknowingly(position: Position) -> None:
    comment = comment_on(position)
    [first] = leave_out(position, comment)
    with pytest.raises(Conflict) as conflict:
        leave_out(position, comment, why=Why(OmissionKind.LINE), seen=0)
    assert conflict.value.fresh == {"seen": str(first.id)}
    assert "To ureja drug odlok." in conflict.value.stored
    assert [one.kind for one in omissions_of(position)] == [OmissionKind.SUBJECT]


def test_a_frozen_text_takes_no_more_reasons(position: Position) -> None:
    comment = comment_on(position)
    open_it(position)
    with pytest.raises(Refused):
        leave_out(position, comment)


def test_what_a_point_takes_up_is_not_left_out_any_more(position: Position) -> None:
    point = position.points[0]
    comment = comment_on(position, kind="wording", wording_action="change", wording="Drugo besedilo.")
    leave_out(position, comment)
    decisions = Decisions({comment.id}, keeps_by_hand=False, left=set())
    merge_point(position.created_by, point, decisions, revision=point.revision)
    assert left_out_of(position, 1) == []
    [kept] = omissions_of(position)
    assert kept.ended_at is not None
    open_it(position)
    assert said_publicly(comment) == ["Stališče o klopeh: taken into point 1"]


def test_nothing_is_said_publicly_while_the_text_is_drafted(position: Position) -> None:
    comment = comment_on(position)
    leave_out(position, comment)
    assert said_publicly(comment) == []
    open_it(position)
    assert said_publicly(comment) == [
        "Stališče o klopeh: left out: it is outside the subject of the position. To ureja drug odlok."
    ]


def test_a_comment_that_was_hidden_since_is_not_spoken_of(position: Position) -> None:
    comment = comment_on(position)
    leave_out(position, comment)
    open_it(position)
    comment.state = CommentState.HIDDEN
    session.flush()
    assert (said_publicly(comment), left_out_of(position, 1)) == ([], [])


def test_two_positions_each_say_what_they_made_of_a_comment(position: Position) -> None:
    comment = comment_on(position)
    other = drafted_position(consultation=position.consultation, title="Drugo stališče")
    other.points[0].comments.append(comment)
    leave_out(position, comment, why=Why(OmissionKind.OTHER, "Govori že drugo stališče."))
    open_it(position)
    open_it(other)
    assert said_publicly(comment) == [
        "Stališče o klopeh: left out: Govori že drugo stališče.",
        "Drugo stališče: taken into point 1",
    ]


def test_the_frozen_text_keeps_its_reasons_while_the_next_one_is_written(position: Position) -> None:
    comment = comment_on(position)
    leave_out(position, comment)
    open_it(position)
    draft_next_version(position.created_by, position, version=position.versions[0], points=[1])
    leave_out(position, comment, why=Why(OmissionKind.SUPPORT))
    assert [one.kind for one in left_out_of(position, 1)] == [OmissionKind.SUBJECT]
    assert [one.kind for one in left_out_of(position, 2)] == [OmissionKind.SUPPORT]
    assert "outside the subject" in said_publicly(comment)[0]
    position.title = "Stališče o klopeh in koših"
    session.flush()
    open_it(position)
    assert "enough support" in said_publicly(comment)[0]


def test_the_point_that_says_it_already_is_named_as_it_is_numbered(position: Position) -> None:
    first = position.points[0]
    content = PointContent(WordingAction.CHANGE, first.provisions, "", "Še drugače.", "")
    second = add_point(position.created_by, position, content, form_key=new_key())
    comment = comment_on(position)
    leave_out(position, comment, why=Why(OmissionKind.POINT, "", second.id))
    move_point(position.created_by, second, -1)
    assert str(left_out_of(position, 1)[0].reason) == "point 1 says it already"
    open_it(position)
    assert said_publicly(comment) == ["Stališče o klopeh: left out: point 1 says it already"]
    draft_next_version(position.created_by, position, version=position.versions[0], points=[1, 2])
    move_point(position.created_by, position.points[0], 1)
    session.expire_all()
    assert said_publicly(comment) == ["Stališče o klopeh: left out: point 1 says it already"]
    assert str(left_out_of(position, 2)[0].reason) == "point 2 says it already"


def test_a_point_that_was_removed_is_not_named(position: Position) -> None:
    comment = comment_on(position)
    leave_out(position, comment, why=Why(OmissionKind.POINT, "", position.points[0].id))
    remove_point(position.created_by, position.points[0])
    session.expire_all()
    assert str(left_out_of(position, 1)[0].reason) == "a point of the position says it already"


def test_comments_on_the_whole_draft_that_a_position_began_with_are_in_its_general_part() -> None:
    consultation = ConsultationFactory()
    comment = CommentFactory(consultation=consultation, provision=None, kind="general", source="Odlok je dober.")
    position = draft_position(coordinator(), consultation, title="Stališče", comments=[comment], form_key=new_key())
    assert [one.is_in_general_part for one in left_out_of(position, 1)] == [True]
    assert unexplained_count(position) == 0


def letters() -> list[Letter]:
    items = session.scalars(select(OutboxItem).where(OutboxItem.kind == KIND).order_by(OutboxItem.id))
    return [letter_of(item.payload) for item in items if "comments_weighed" in item.payload["template"]]


class TestMails:
    def test_an_author_gets_one_mail_for_all_comments(self, position: Position) -> None:
        author = contributor(email="ana@primer.example", language="en")
        taken, left, silent = (comment_on(position, author=author) for _ in range(3))
        position.points[0].comments.append(taken)
        leave_out(position, left)
        open_it(position)
        [letter] = letters()
        assert (letter.to, letter.subject) == (
            "ana@primer.example",
            "What became of your comments: Stališče o klopeh",
        )
        for part in (letter.text, letter.html):
            assert "taken into point 1" in part
            assert "left out: it is outside the subject of the position. To ureja drug odlok." in part
            assert f"/comments/{taken.id}" in part
            assert f"/comments/{left.id}" in part
            assert f"/comments/{silent.id}" not in part

    def test_a_slovenian_author_reads_it_in_slovenian(self, position: Position) -> None:
        leave_out(position, comment_on(position, author=contributor(language="sl")))
        open_it(position)
        [letter] = letters()
        assert letter.subject == "Kaj je bilo z vašimi pripombami: Stališče o klopeh"
        for part in (letter.text, letter.html):
            assert "ni vključena: presega predmet stališča. To ureja drug odlok." in part

    def test_nobody_is_told_before_the_text_is_open(self, position: Position) -> None:
        leave_out(position, comment_on(position, author=contributor()))
        assert letters() == []

    def test_authors_whose_comments_nobody_weighed_and_hidden_ones_get_none(self, position: Position) -> None:
        comment_on(position, author=contributor())
        hidden = comment_on(position, author=contributor())
        leave_out(position, hidden)
        hidden.state = CommentState.HIDDEN
        leave_out(position, comment_on(position, author=contributor(active=False)))
        open_it(position)
        assert letters() == []

    def test_many_comments_are_counted(self, position: Position) -> None:
        author = contributor(language="en")
        leave_out(position, *(comment_on(position, author=author) for _ in range(32)))
        open_it(position)
        [letter] = letters()
        assert "And 2 comments more." in letter.text


class TestPages:
    def test_an_editor_ticks_comments_and_says_why(self, client: Any, position: Position) -> None:
        first, second, third = (comment_on(position) for _ in range(3))
        client.sign_in(position.created_by)
        address = "/positions/klopi/left-out"
        assert "3 comments are neither taken nor left out with a reason." in client.get(address).text
        form = {"seen": 0, "comments": [first.id, second.id], "kind": "other", "words": "Ker <ni>."}
        assert client.post(address, data=form).location == address
        page = client.get(address).text
        assert "1 comment is neither taken nor left out with a reason." in page
        assert page.count("Ker &lt;ni&gt;.") == 2
        assert page.count("Nothing is said of it yet.") == 1
        assert [one.comment_id for one in left_out_of(position, 1)] == [first.id, second.id]
        assert third.id not in {one.comment_id for one in omissions_of(position)}

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"comments": []}, "Tick at least one comment."),
            ({"kind": ""}, "Choose why they are left out."),
            ({"kind": "other"}, "Say in words why they are left out."),
            ({"kind": "point", "words": "Ohranjeno."}, "Choose the point that says it already."),
            ({"words": "a" * (LONGEST_WHY + 1)}, "1500"),
        ],
    )
    def test_what_is_missing_is_said_and_nothing_typed_is_lost(
        self, client: Any, position: Position, changed: dict[str, Any], said: str
    ) -> None:
        comment = comment_on(position)
        client.sign_in(position.created_by)
        form = {"seen": 0, "comments": [comment.id], "kind": "subject"} | changed
        answer = client.post("/positions/klopi/left-out", data=form)
        assert answer.status_code == 422
        assert said in answer.text
        assert form.get("words", "") in answer.text
        assert omissions_of(position) == []

    def test_a_colleague_who_was_faster_is_a_conflict(self, client: Any, position: Position) -> None:
        comment = comment_on(position)
        leave_out(position, comment)
        session.commit()
        client.sign_in(position.created_by)
        form = {"seen": 0, "comments": [comment.id], "kind": "line", "words": "Moje besede."}
        answer = client.post("/positions/klopi/left-out", data=form)
        assert answer.status_code == 409
        assert "Moje besede." in answer.text
        assert "To ureja drug odlok." in answer.text

    def test_unexplained_comments_are_a_notice_and_no_refusal(self, client: Any, position: Position) -> None:
        comment_on(position)
        client.sign_in(position.created_by)
        assert "1 comment is neither taken nor left out" in client.get("/positions/klopi/open").text
        form = {"sha256_seen": fingerprint_of(position), "until": clock.today().isoformat(), "agree": "y"}
        assert client.post("/positions/klopi/open", data=form).status_code == 303

    def test_the_public_reads_it_with_the_position_and_at_the_comment(self, client: Any, position: Position) -> None:
        comment = comment_on(position)
        leave_out(position, comment)
        session.commit()
        assert comment.provision is not None
        thread = f"/consultations/{position.consultation.slug}/provisions/{comment.provision.key}"
        assert "Left out" not in client.get(thread).text
        open_it(position)
        session.commit()
        public = client.get("/positions/klopi").text
        assert "Left out, and why" in public
        for page in (public, client.get(thread).text):
            assert "it is outside the subject of the position. <" in page
            assert "To ureja drug odlok." in page
        assert 'href="/positions/klopi#left-out"' in client.get(thread).text

    def test_exports_say_it(self, client: Any, position: Position) -> None:
        comment = comment_on(position)
        leave_out(position, comment)
        open_it(position)
        session.commit()
        address = f"/consultations/{position.consultation.slug}/comments/export"
        [row] = json.loads(client.get(f"{address}.json").text)["comments"]
        assert row["positions"] == [
            {
                "position": "klopi",
                "point": 0,
                "taken": False,
                "left_out": "subject",
                "because": "To ureja drug odlok.",
            }
        ]
        assert "Stališče o klopeh: left out: it is outside the subject" in client.get(f"{address}.csv").text

    @pytest.mark.parametrize("number", [1, 30])
    def test_the_page_costs_the_same_for_one_and_for_thirty(
        self, client: Any, position: Position, count_queries: Callable[[], Any], number: int
    ) -> None:
        for _ in range(number):
            leave_out(position, comment_on(position, organisation=OrganisationFactory()))
        session.commit()
        client.sign_in(position.created_by)
        client.get("/positions/klopi/left-out")
        with count_queries() as queries:
            assert client.get("/positions/klopi/left-out").status_code == 200
        counted = [query for query in queries if not query.startswith(("PRAGMA", "BEGIN", "SAVEPOINT"))]
        assert len(counted) <= 16, counted
