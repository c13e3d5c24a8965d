"""Proposals that change several provisions, or move them."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from conftest import Client
from consultations.next_version import following, provision_with, published
from factories import CommentFactory, OrganisationFactory, contributor
from sqlalchemy import func, select
from texts.acts import VOICES, act, numbered

from participation.accounts.models import Visitor
from participation.comments.models import Comment, CommentPlace, FurtherChange, WordingAction
from participation.comments.queries import (
    clashes_on,
    comments_beside,
    disputes_in,
    overview_of,
    place_in_text,
    thread_of,
)
from participation.consultations.models import Consultation, Provision
from participation.foundation import clock
from participation.foundation.database import new_key, session
from participation.texts.anchoring import AnchorState

ADD, CHANGE, DELETE, MOVE = WordingAction
TEXT = act(numbered([[VOICES[0]], [VOICES[1], VOICES[2]], [VOICES[4]]]))


@pytest.fixture
def consultation(app: Any) -> Consultation:
    return published(TEXT, slug="parki", language="sl")


def provisions(consultation: Consultation) -> list[Provision]:
    return consultation.versions[0].provisions


def address(consultation: Consultation, first: int | None = None, last: int | None = None) -> str:
    asked = [
        f"{name}={provisions(consultation)[at].key}" for name, at in (("from", first), ("to", last)) if at is not None
    ]
    return f"/consultations/{consultation.slug}/proposals/new?{'&'.join(asked)}"


def filled_in(consultation: Consultation, rows: dict[int, dict[str, Any]], **values: Any) -> dict[str, Any]:
    """The form as a browser sends it: rows by the places of their provisions, with what was changed in them."""
    form = {
        "seen": place_in_text(consultation, "").seen,
        "moved": "",
        "source": "Ker je tako prav.",
        "form_key": new_key(),
    }
    for number, (at, changed) in enumerate(rows.items()):
        one = provisions(consultation)[at]
        fields = {"key": one.key, "wording": one.text, "addition": ""} | changed
        form |= {f"rows-{number}-{name}": value for name, value in fields.items()}
    return form | values


def sent(client: Client, consultation: Consultation, rows: dict[int, dict[str, Any]], **values: Any) -> Any:
    return client.post(address(consultation, 0), data=filled_in(consultation, rows, **values))


def newest() -> Comment:
    return session.scalars(select(Comment).order_by(Comment.id.desc())).first()  # type: ignore[return-value]


def told(comment: Comment) -> list[tuple[int, WordingAction, str, str]]:
    return [
        (one.provision.position, one.action, one.wording, one.after.text if one.after else "")
        for one in comment.changes
    ]


def words_of(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))).split())


def field(answer: Any, name: str) -> str:
    page = answer.get_data(as_text=True)
    found = re.search(rf'<textarea[^>]*name="{name}"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert found, name
    return unescape(found[1]).strip()


class TestTheForm:
    def test_an_article_is_offered_whole_from_any_of_its_provisions(
        self, consultation: Consultation, client: Client
    ) -> None:
        client.sign_in(contributor())
        for at in (2, 3, 4):
            page = client.get(address(consultation, at))
            assert [field(page, f"rows-{row}-wording") for row in range(3)] == ["", VOICES[1], VOICES[2]]
            assert 'name="rows-3-wording"' not in page.get_data(as_text=True)

    @pytest.mark.parametrize("ends", [(1, 4), (4, 1)])
    def test_any_range_can_be_chosen_from_either_end(
        self, ends: tuple[int, int], consultation: Consultation, client: Client
    ) -> None:
        client.sign_in(contributor())
        page = client.get(address(consultation, *ends))
        assert [field(page, f"rows-{row}-wording") for row in range(4)] == [VOICES[0], "", VOICES[1], VOICES[2]]

    def test_without_a_range_it_asks_for_one(self, consultation: Consultation, client: Client) -> None:
        client.sign_in(contributor())
        page = client.get(address(consultation)).get_data(as_text=True)
        assert '<details class="range" open>' in page
        assert "Publish the proposal" not in page

    def test_it_shows_forty_provisions_and_says_so(self, app: Any, client: Client) -> None:
        long = published(act(numbered([[VOICES[0]] * 60])), slug="dolg")
        client.sign_in(contributor())
        page = client.get(address(long, 0, 60))
        assert page.get_data(as_text=True).count('class="provision-row"') == 41
        assert "One proposal can have 40 provisions" in words_of(page)

    @pytest.mark.parametrize("asked", ["from=nista", "from=nista&to=x", "to=" + "a" * 3000])
    def test_what_makes_no_sense_asks_for_a_range(
        self, asked: str, consultation: Consultation, client: Client
    ) -> None:
        client.sign_in(contributor())
        assert client.get(f"/consultations/parki/proposals/new?{asked}").status_code == 200


class TestPosting:
    def test_several_changes_are_one_comment_in_reading_order(
        self, consultation: Consultation, client: Client
    ) -> None:
        client.sign_in(contributor())
        answer = sent(
            client,
            consultation,
            {
                1: {"wording": VOICES[0] + " Nov stavek.", "addition": "Nov odstavek."},
                2: {},
                3: {"deleted": "y"},
                4: {},
            },
        )
        assert answer.status_code == 303
        comment = newest()
        assert told(comment) == [
            (2, CHANGE, VOICES[0] + " Nov stavek.", ""),
            (2, ADD, "Nov odstavek.", ""),
            (4, DELETE, "", ""),
        ]
        assert comment.wording_formula.split("\n")[1:] == [
            "Za 1. členom se doda nov odstavek, ki se glasi: »Nov odstavek.«.",
            "Prvi odstavek 2. člena se črta.",
        ]
        assert comment.wording_html.count('class="one-change"') == 3

    def test_an_article_is_moved_with_all_that_is_below_it(self, consultation: Consultation, client: Client) -> None:
        client.sign_in(contributor())
        third = provisions(consultation)[5]
        assert sent(client, consultation, {0: {}, 1: {}}, moved=third.key).status_code == 303
        comment = newest()
        assert (comment.provision.position, comment.wording_action) == (1, MOVE)
        assert comment.wording_after is third
        assert comment.further_changes == []
        assert comment.wording_formula == "1. člen se prestavi tako, da stoji za 3. členom."
        assert comment.wording_html == "Naj stoji za: 3. člen"

    def test_paragraphs_that_are_moved_keep_their_order(self, consultation: Consultation, client: Client) -> None:
        client.sign_in(contributor())
        first = provisions(consultation)[1]
        sent(client, consultation, {3: {}, 4: {}}, moved=first.key)
        assert told(newest()) == [(4, MOVE, "", VOICES[0]), (5, MOVE, "", VOICES[1])]

    def test_the_same_form_sent_twice_is_one_proposal(self, consultation: Consultation, client: Client) -> None:
        client.sign_in(contributor())
        form = filled_in(consultation, {1: {"deleted": "y"}, 3: {"deleted": "y"}})
        for _time in range(2):
            assert client.post(address(consultation, 0), data=form).status_code == 303
        assert session.scalar(select(func.count(Comment.id))) == 1
        assert session.scalar(select(func.count(FurtherChange.id))) == 1

    def test_a_preview_shows_the_changes_and_posts_nothing(self, consultation: Consultation, client: Client) -> None:
        client.sign_in(contributor())
        page = sent(client, consultation, {1: {"wording": "Povsem novo."}}, preview="1")
        assert page.status_code == 200
        assert "This is what you propose" in words_of(page)
        assert field(page, "rows-0-wording") == "Povsem novo."
        assert session.scalar(select(func.count(Comment.id))) == 0

    @pytest.mark.parametrize(
        ("rows", "values", "says"),
        [
            ({1: {}}, {}, "Nothing is changed yet."),
            ({1: {"wording": ""}}, {}, "No word is left."),
            ({1: {"wording": "Drugo.", "deleted": "y"}}, {}, "Do one of the two."),
            ({1: {"wording": "a" * 30_001}}, {}, "30001 characters long"),
            ({1: {"addition": "a" * 30_001}}, {}, "30001 characters long"),
            ({1: {"deleted": "y"}}, {"source": "  "}, "Say why the wording should change."),
            ({1: {}}, {"moved": "nowhere"}, "Not a valid choice"),
            ({1: {"deleted": "y"}}, {"moved": "beginning"}, "nothing is left that could be moved"),
            ({1: {"wording": "a" * 30_000}, 3: {"wording": "b" * 30_000}, 4: {"wording": "c"}}, {}, "60,000"),
        ],
    )
    def test_bad_input_is_said_and_nothing_is_lost(
        self,
        rows: dict[int, dict[str, Any]],
        values: dict[str, Any],
        says: str,
        consultation: Consultation,
        client: Client,
    ) -> None:
        client.sign_in(contributor())
        page = sent(client, consultation, rows, **values)
        assert page.status_code == 422
        assert says in words_of(page).replace("30,001", "30001")
        if "wording" in rows[1]:
            assert field(page, "rows-0-wording") == rows[1]["wording"]
        assert session.scalar(select(func.count(Comment.id))) == 0

    @pytest.mark.parametrize(
        ("moving", "after", "says"),
        [
            ((2, 3), 3, "not among those that you move"),
            ((2,), 4, "not among those that you move"),
            ((2,), 1, "They stand there already."),
            ((4,), 3, "They stand there already."),
        ],
    )
    def test_a_move_must_lead_elsewhere(
        self, moving: tuple[int, ...], after: int, says: str, consultation: Consultation, client: Client
    ) -> None:
        client.sign_in(contributor())
        page = sent(client, consultation, {at: {} for at in moving}, moved=provisions(consultation)[after].key)
        assert page.status_code == 422
        assert says in words_of(page)

    def test_words_of_a_text_that_was_replaced_are_a_conflict(
        self, consultation: Consultation, client: Client
    ) -> None:
        client.sign_in(contributor())
        form = filled_in(consultation, {1: {"wording": "Novo."}})
        following(consultation, act(numbered([[VOICES[0]], [VOICES[1], VOICES[2]], [VOICES[5]]])))
        assert client.post(address(consultation, 0), data=form).status_code == 409

    def test_a_provision_stands_in_the_form_once(self, consultation: Consultation, client: Client) -> None:
        client.sign_in(contributor())
        form = filled_in(consultation, {1: {"wording": "Eno."}, 3: {"wording": "Drugo."}})
        form["rows-1-key"] = form["rows-0-key"]
        assert client.post(address(consultation, 0), data=form).status_code == 409

    @pytest.mark.parametrize("rows", [{}, {"rows-0-wording": "Brez ključa."}, {"rows-0-key": "tuje"}])
    def test_a_form_of_no_rows_or_of_foreign_ones_is_answered(
        self, rows: dict[str, str], consultation: Consultation, client: Client
    ) -> None:
        client.sign_in(contributor())
        form = filled_in(consultation, {}, moved="beginning") | rows
        assert client.post(address(consultation, 0), data=form).status_code == (409 if rows else 422)

    def test_a_provision_that_is_gone_is_a_conflict(self, consultation: Consultation, client: Client) -> None:
        client.sign_in(contributor())
        form = filled_in(consultation, {5: {}, 6: {"wording": "Novo."}})
        following(consultation, act(numbered([[VOICES[0]], [VOICES[1], VOICES[2]]])))
        page = client.post(address(consultation, 0), data=form)
        assert (page.status_code, "one of these provisions is gone" in words_of(page)) == (409, True)


class TestEditing:
    def test_its_author_edits_all_of_it_for_a_quarter_of_an_hour(
        self, consultation: Consultation, client: Client
    ) -> None:
        client.sign_in(contributor())
        sent(client, consultation, {1: {"wording": "Prvo."}, 3: {"deleted": "y"}, 4: {"addition": "Novo."}})
        comment = newest()
        page = client.get(f"/comments/{comment.id}/edit")
        assert [field(page, f"rows-{row}-wording") for row in range(3)] == ["Prvo.", VOICES[1], VOICES[2]]
        assert re.search(r"<input checked[^>]*rows-1-deleted", page.get_data(as_text=True))
        assert field(page, "rows-2-addition") == "Novo."
        form = filled_in(consultation, {1: {"wording": "Drugo."}, 3: {}, 4: {"addition": "Novo."}})
        answer = client.post(f"/comments/{comment.id}/edit", data=form | {"revision": str(comment.revision)})
        assert answer.status_code == 303
        session.expire_all()
        assert told(newest()) == [(2, CHANGE, "Drugo.", ""), (5, ADD, "Novo.", "")]

    def test_a_move_is_edited_where_it_was_written(self, consultation: Consultation, client: Client) -> None:
        client.sign_in(contributor())
        sent(client, consultation, {0: {}}, moved=provisions(consultation)[5].key)
        comment = newest()
        page = client.get(f"/comments/{comment.id}/edit").get_data(as_text=True)
        assert f'<option selected value="{provisions(consultation)[5].key}">' in page

    def test_an_edit_of_older_words_is_a_conflict(self, consultation: Consultation, client: Client) -> None:
        client.sign_in(contributor())
        sent(client, consultation, {1: {"wording": "Prvo."}, 3: {"deleted": "y"}})
        comment = newest()
        form = filled_in(consultation, {1: {"wording": "Drugo."}, 3: {"deleted": "y"}})
        assert client.post(f"/comments/{comment.id}/edit", data=form | {"revision": "99"}).status_code == 409


def proposal(consultation: Consultation, *changes: tuple[int, WordingAction, str], **values: Any) -> Comment:
    """Changes by the places of their provisions; the first is where the proposal is read."""
    text = provisions(consultation)
    (at, action, wording), *further = changes
    after = values.pop("after", None)
    made = CommentFactory(
        consultation=consultation,
        provision=text[at],
        organisation=OrganisationFactory(name=values.pop("speaker", "Društvo Lipa")),
        kind="wording",
        wording_action=action,
        wording=wording,
        wording_after=text[after] if after is not None else None,
        **values,
    )
    made.further_changes = [
        FurtherChange(number=number, provision=text[place], action=what, wording=words)
        for number, (place, what, words) in enumerate(further, 1)
    ]
    session.flush()
    return made


class TestReading:
    def test_it_is_read_at_each_provision_that_it_changes(self, consultation: Consultation, client: Client) -> None:
        made = proposal(consultation, (1, CHANGE, "Prvo."), (3, DELETE, ""), (3, ADD, "Novo."))
        for at in (1, 3):
            assert [line.id for line in thread_of(provisions(consultation)[at], Visitor(), 1).items] == [made.id]
        assert thread_of(provisions(consultation)[4], Visitor(), 1).items == []
        (line,) = thread_of(provisions(consultation)[1], Visitor(), 1).items
        assert (line.changes, str(line.action_label)) == (3, "3 changes")

    def test_the_margin_counts_it_at_each_and_the_whole_once(self, consultation: Consultation) -> None:
        proposal(consultation, (1, CHANGE, "Prvo."), (3, DELETE, ""), (3, ADD, "Novo."), (1, ADD, "Še."))
        beside = comments_beside(consultation.versions[0])
        counts = [beside.of(one.id).count for one in provisions(consultation)]
        assert (counts, beside.total) == ([0, 1, 0, 1, 0, 0, 0], 1)

    def test_it_stays_at_each_in_a_later_version(self, consultation: Consultation) -> None:
        made = proposal(consultation, (1, CHANGE, "Prvo."), (3, DELETE, ""))
        later = following(
            consultation, act(numbered([[VOICES[7]], [VOICES[0]], [VOICES[1], VOICES[2]], [VOICES[4]]]))
        )
        for words in (VOICES[0], VOICES[1]):
            assert [one.id for one in thread_of(provision_with(later, words), Visitor(), 1).items] == [made.id]
        assert comments_beside(later).total == 1

    @pytest.mark.parametrize(
        ("second", "state"),
        [(VOICES[1], AnchorState.PLACED), (VOICES[1].replace("tridesetih", "petnajstih"), AnchorState.CHANGED)],
    )
    def test_it_is_changed_when_any_of_its_provisions_is(
        self, second: str, state: AnchorState, consultation: Consultation
    ) -> None:
        made = proposal(consultation, (1, CHANGE, "Prvo."), (3, DELETE, ""))
        later = following(consultation, act(numbered([[VOICES[0]], [second, VOICES[2]], [VOICES[4]]])))
        assert session.get_one(CommentPlace, (made.id, later.id)).state is state

    def test_a_further_change_clashes_with_other_demands(self, consultation: Consultation) -> None:
        proposal(consultation, (1, CHANGE, "Prvo."), (3, CHANGE, VOICES[1].replace("tridesetih", "sto")))
        proposal(consultation, (3, CHANGE, VOICES[1].replace("tridesetih", "dveh")), speaker="Zavod Hrast")
        (clash,) = clashes_on(provisions(consultation)[3])
        assert [(one.words, [voice.speaker for voice in one.voices]) for one in clash.demands] == [
            ("sto", ["Društvo Lipa"]),
            ("dveh", ["Zavod Hrast"]),
        ]

    def test_moves_to_different_places_exclude_each_other_and_a_deletion(self, consultation: Consultation) -> None:
        proposal(consultation, (0, MOVE, ""), after=5)
        assert clashes_on(provisions(consultation)[0]) == []
        proposal(consultation, (0, MOVE, ""), after=2, speaker="Zavod Hrast")
        proposal(consultation, (0, DELETE, ""), speaker="Klub Breza")
        (clash,) = clashes_on(provisions(consultation)[0])
        assert clash.is_of_places
        assert [(one.words, [voice.speaker for voice in one.voices]) for one in clash.demands] == [
            ("after: 3. člen", ["Društvo Lipa"]),
            ("after: 2. člen", ["Zavod Hrast"]),
            ("", ["Klub Breza"]),
        ]

    def test_disputes_of_the_whole_draft_count_further_changes_and_moves(self, consultation: Consultation) -> None:
        proposal(consultation, (1, CHANGE, "Prvo."), (3, CHANGE, VOICES[1].replace("tridesetih", "sto")))
        proposal(consultation, (3, CHANGE, VOICES[1].replace("tridesetih", "dveh")), speaker="Zavod Hrast")
        proposal(consultation, (0, MOVE, ""), after=5, speaker="Klub Breza")
        proposal(consultation, (0, MOVE, ""), after=2, speaker="Društvo Jelka")
        proposal(consultation, (4, CHANGE, "Samo eden."), speaker="Društvo Bor")
        first, fourth = provisions(consultation)[0], provisions(consultation)[3]
        assert [(one.key, one.path, one.passages, one.demands) for one in disputes_in(consultation)] == [
            (first.key, first.path, 1, 2),
            (fourth.key, fourth.path, 1, 2),
        ]

    def test_what_was_proposed_for_the_same_words_before_still_clashes(self, consultation: Consultation) -> None:
        proposal(consultation, (3, CHANGE, VOICES[1].replace("tridesetih", "sto")))
        later = following(consultation, act(numbered([[VOICES[0]], [VOICES[1], VOICES[2]], [VOICES[5]]])))
        there = provision_with(later, VOICES[1])
        CommentFactory(
            consultation=consultation,
            version=later,
            provision=there,
            kind="wording",
            wording_action=CHANGE,
            wording=VOICES[1].replace("tridesetih", "dveh"),
        )
        assert len(clashes_on(there)) == 1
        assert [one.key for one in disputes_in(consultation)] == [there.key]

    def test_copies_with_other_further_changes_are_not_alike(self, consultation: Consultation) -> None:
        source = "Rok je za prostovoljska društva, ki se sestajajo enkrat na mesec, veliko prekratek."
        for html in (
            "<div>Prvo.</div><div>Park ostane odprt vso noč in vse dni.</div>",
            "<div>Prvo.</div><div>Igrišča se ponoči zaprejo zaradi miru sosedov.</div>",
        ):
            proposal(
                consultation, (1, CHANGE, "Prvo."), (3, DELETE, ""), source=source, wording_html=html, speaker=html
            )
        assert overview_of(consultation).alike == []

    def test_its_page_shows_all_changes_with_their_places(self, consultation: Consultation, client: Client) -> None:
        client.sign_in(contributor())
        sent(client, consultation, {1: {"wording": "Prvo."}, 3: {"deleted": "y"}})
        page = words_of(client.get(f"/consultations/parki/provisions/{provisions(consultation)[3].key}"))
        assert "2 changes" in page
        assert "Prvi odstavek 2. člena se črta." in page


def test_an_old_clock_does_not_open_an_edit(stopped_clock: Any, consultation: Consultation, client: Client) -> None:
    client.sign_in(contributor())
    sent(client, consultation, {1: {"deleted": "y"}, 3: {"deleted": "y"}})
    comment = newest()
    comment.posted_at = clock.now() - timedelta(minutes=16)
    session.commit()
    assert client.get(f"/comments/{comment.id}/edit").status_code == 403
