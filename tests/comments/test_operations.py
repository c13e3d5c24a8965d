"""Changing comments: what is stored, once, with its log and its mails."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from factories import (
    CommentFactory,
    ConsultationFactory,
    SupportFactory,
    contributor,
    coordinator,
    representative,
)
from sqlalchemy import func, select

from participation.accounts.models import User
from participation.comments.models import Comment, CommentKind, CommentState, Support, WordingAction
from participation.comments.operations import (
    edit_comment,
    hide_comment,
    post_comment,
    reply_to_comment,
    support_comment,
    unhide_comment,
    withdraw_support,
)
from participation.comments.queries import Place, place_in_text
from participation.consultations.models import Consultation, Provision
from participation.foundation import clock
from participation.foundation.access import Refused
from participation.foundation.audit import AuditEntry
from participation.foundation.database import Conflict, new_key, session
from participation.foundation.outbox import OutboxItem
from participation.organisations.models import Organisation
from participation.texts.markdown import RENDERER_VERSION, TooLong
from participation.web import Application

pytestmark = pytest.mark.usefixtures("app", "stopped_clock")


def own_organisation(person: Any) -> Organisation:
    return person.memberships[0].organisation


def first_place(consultation: Consultation) -> Place:
    return place_in_text(consultation, consultation.versions[0].provisions[0].key)


def posted(person: Any, consultation: Consultation, place: Place, **values: Any) -> Comment:
    given = {"kind": CommentKind.PROVISION, "source": "Dobro.", "seen": place.seen, "form_key": new_key()}
    return post_comment(person, own_organisation(person), consultation, place, **(given | values))


def audited() -> list[tuple[str, int | None, int | None, str]]:
    rows = session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    return [(row.action, row.actor_id, row.thing_id, row.because) for row in rows]


def mails() -> list[tuple[str, str, Any]]:
    rows = session.scalars(select(OutboxItem).order_by(OutboxItem.id))
    return [(row.payload["to"], row.payload["template"], row.payload["values"].get("because")) for row in rows]


class TestPosting:
    def test_a_comment_is_stored_with_its_safe_html_and_excerpt(self) -> None:
        person, consultation = contributor(), ConsultationFactory()
        place = first_place(consultation)
        comment = posted(person, consultation, place, source="Res **dobro** <b>x</b>\u202e.\r\n")
        assert (comment.source, comment.html, comment.excerpt, comment.renderer) == (
            "Res **dobro** <b>x</b>.",
            "<p>Res <strong>dobro</strong> &lt;b&gt;x&lt;/b&gt;.</p>",
            "Res dobro <b>x</b>.",
            RENDERER_VERSION,
        )
        assert (comment.author, comment.organisation, comment.provision) == (
            person,
            own_organisation(person),
            place.provision,
        )
        assert audited() == [("comment.posted", person.id, comment.id, "")]

    @pytest.mark.parametrize(
        ("action", "wording", "html"),
        [
            (
                WordingAction.CHANGE,
                "To je novo besedilo 1. člena.",
                'To je <ins><span class="visually-hidden">vstavljeno: </span>novo </ins>besedilo 1. člena.',
            ),
            (
                WordingAction.ADD,
                "Nov <stavek>.",
                '<ins><span class="visually-hidden">vstavljeno: </span>Nov &lt;stavek&gt;.</ins>',
            ),
            (
                WordingAction.DELETE,
                "",
                '<del><span class="visually-hidden">izbrisano: </span>To je besedilo 1. člena.</del>',
            ),
        ],
    )
    def test_a_proposed_wording_keeps_its_word_diff(self, action: WordingAction, wording: str, html: str) -> None:
        person, consultation = contributor(), ConsultationFactory(language="sl")
        comment = posted(
            person,
            consultation,
            first_place(consultation),
            kind=CommentKind.WORDING,
            wording_action=action,
            wording=wording,
        )
        words = comment.wording_html.replace("inserted: ", "vstavljeno: ").replace("deleted: ", "izbrisano: ")
        assert (comment.wording_action, comment.wording, words) == (action, wording, html)

    @pytest.mark.parametrize(
        ("action", "wording", "formula"),
        [
            (
                WordingAction.CHANGE,
                "Rok traja šestdeset dni.",
                "V prvem odstavku 1. člena se beseda »trideset« nadomesti z besedo »šestdeset«.",
            ),
            (WordingAction.DELETE, "", "Prvi odstavek 1. člena se črta."),
            (
                WordingAction.ADD,
                "Še to.",
                "Za prvim odstavkom 1. člena se doda nov odstavek, ki se glasi: »Še to.«.",
            ),
        ],
    )
    def test_a_proposed_wording_is_said_as_lawyers_write_it(
        self, action: WordingAction, wording: str, formula: str
    ) -> None:
        person, consultation = contributor(), ConsultationFactory(language="sl")
        version = consultation.versions[0]
        article, first = version.provisions
        article.text = ""
        first.kind, first.label, first.level, first.text = "paragraph", "(1)", 5, "Rok traja trideset dni."
        version.provisions.append(Provision(kind="paragraph", label="(2)", level=5, text="Drugi.", position=3))
        session.flush()
        comment = posted(
            person,
            consultation,
            place_in_text(consultation, first.key),
            kind=CommentKind.WORDING,
            wording_action=action,
            wording=wording,
        )
        assert comment.wording_formula == formula

    def test_a_comment_that_proposes_no_wording_has_no_formula(self) -> None:
        consultation = ConsultationFactory(language="sl")
        comment = posted(contributor(), consultation, first_place(consultation), kind=CommentKind.QUESTION)
        assert comment.wording_formula == ""

    def test_a_comment_on_the_whole_draft_has_no_provision(self) -> None:
        person, consultation = contributor(), ConsultationFactory()
        comment = posted(person, consultation, place_in_text(consultation, ""), kind=CommentKind.GENERAL)
        assert (comment.provision, comment.version) == (None, consultation.versions[0])

    def test_the_same_form_sent_twice_is_one_comment(self) -> None:
        person, consultation = contributor(), ConsultationFactory()
        place = first_place(consultation)
        first = posted(person, consultation, place, form_key="isti")
        second = posted(person, consultation, place, form_key="isti")
        assert first is second
        assert len(audited()) == 1

    def test_the_key_of_somebody_elses_form_answers_with_a_conflict(self) -> None:
        consultation = ConsultationFactory()
        place = first_place(consultation)
        posted(contributor(), consultation, place, form_key="isti")
        with pytest.raises(Conflict):
            posted(contributor(), consultation, place, form_key="isti")

    def test_a_text_that_changed_since_the_form_was_opened_is_a_conflict_that_shows_it(self) -> None:
        person, consultation = contributor(), ConsultationFactory()
        seen = first_place(consultation).seen
        consultation.versions[0].provisions[0].text = "Popravljeno besedilo."
        with pytest.raises(Conflict) as conflict:
            posted(person, consultation, first_place(consultation), seen=seen)
        assert conflict.value.stored == "Popravljeno besedilo."
        assert session.scalar(select(func.count(Comment.id))) == 0

    def test_a_text_beyond_the_limit_is_refused(self) -> None:
        person, consultation = contributor(), ConsultationFactory()
        with pytest.raises(TooLong):
            posted(person, consultation, first_place(consultation), source="a" * 30_001)

    def test_the_deadline_is_judged_at_the_act(self, stopped_clock: Any) -> None:
        person, consultation = contributor(), ConsultationFactory()
        place = first_place(consultation)
        stopped_clock(clock.end_of(consultation.internal_deadline_on))
        posted(person, consultation, place)
        stopped_clock(clock.end_of(consultation.internal_deadline_on) + timedelta(microseconds=1))
        with pytest.raises(Refused):
            posted(person, consultation, place)


class TestReplying:
    def test_a_reply_stands_under_its_comment_once(self) -> None:
        person, parent = contributor(), CommentFactory()
        replies = [
            reply_to_comment(person, own_organisation(person), parent, source="Se strinjam.", form_key="isti")
            for _ in range(2)
        ]
        session.expire_all()
        assert replies[0] is replies[1]
        assert (parent.replies, replies[0].consultation) == ([replies[0]], parent.consultation)
        assert audited() == [("comment.replied", person.id, replies[0].id, "")]

    def test_a_reply_to_a_reply_is_refused(self) -> None:
        person, parent = contributor(), CommentFactory()
        reply = CommentFactory(consultation=parent.consultation, parent=parent)
        with pytest.raises(Refused):
            reply_to_comment(person, own_organisation(person), reply, source="Ne.", form_key=new_key())


class TestEditing:
    def test_new_words_replace_the_old_in_every_form(self) -> None:
        person = contributor()
        consultation = ConsultationFactory()
        comment = posted(
            person,
            consultation,
            first_place(consultation),
            kind=CommentKind.WORDING,
            wording_action=WordingAction.CHANGE,
            wording="Staro.",
        )
        edit_comment(
            person,
            comment,
            source="*Novo*",
            wording_action=WordingAction.DELETE,
            wording="",
            seen_revision=comment.revision,
        )
        session.flush()
        assert (comment.source, comment.html, comment.excerpt) == ("*Novo*", "<p><em>Novo</em></p>", "Novo")
        assert comment.wording_html.count("<ins>") == 0
        assert comment.edited_at == comment.posted_at
        assert [entry[0] for entry in audited()] == ["comment.posted", "comment.edited"]

    def test_an_edit_of_words_that_changed_meanwhile_is_a_conflict_with_both_texts(self) -> None:
        person = contributor()
        comment = CommentFactory(author=person)
        session.flush()
        seen = comment.revision
        edit_comment(person, comment, source="Iz prvega okna.", seen_revision=seen)
        session.flush()
        with pytest.raises(Conflict) as conflict:
            edit_comment(person, comment, source="Iz drugega okna.", seen_revision=seen)
        assert (conflict.value.stored, comment.source) == ("Iz prvega okna.", "Iz prvega okna.")


class TestSupporting:
    def test_an_organisation_supports_once_whoever_presses(self) -> None:
        comment = CommentFactory()
        first = representative()
        organisation = own_organisation(first)
        second = contributor(organisation)
        given = [support_comment(person, organisation, comment) for person in (first, second, first)]
        assert len({support.id for support in given}) == 1
        assert [entry[:2] for entry in audited()] == [("comment.supported", first.id)]

    def test_support_is_withdrawn_by_anybody_who_acts_for_the_organisation(self) -> None:
        comment = CommentFactory()
        person = representative()
        kept = SupportFactory(comment=comment)
        support_comment(person, own_organisation(person), comment)
        withdraw_support(contributor(own_organisation(person)), own_organisation(person), comment)
        withdraw_support(person, own_organisation(person), comment)
        session.flush()
        assert session.scalars(select(Support)).all() == [kept]
        assert [entry[0] for entry in audited()] == ["comment.supported", "comment.support_withdrawn"]


class TestModerating:
    def test_hiding_needs_a_reason_and_tells_the_author_and_the_log(self) -> None:
        office, comment = coordinator(), CommentFactory()
        hide_comment(office, comment, "Vsebuje osebne podatke.")
        hide_comment(office, comment, "Še enkrat.")
        assert (comment.state, comment.hidden_because) == (CommentState.HIDDEN, "Vsebuje osebne podatke.")
        assert audited() == [("comment.hidden", office.id, comment.id, "Vsebuje osebne podatke.")]
        assert mails() == [(comment.author.email, "comments/emails/hidden.txt", "Vsebuje osebne podatke.")]

    def test_a_comment_can_be_shown_and_hidden_again(self) -> None:
        office, comment = coordinator(), CommentFactory()
        hide_comment(office, comment, "Prvič.")
        unhide_comment(office, comment)
        unhide_comment(office, comment)
        assert (comment.state, comment.hidden_because) == (CommentState.VISIBLE, "")
        hide_comment(office, comment, "Drugič.")
        assert [mail[1:] for mail in mails()] == [
            ("comments/emails/hidden.txt", "Prvič."),
            ("comments/emails/shown_again.txt", None),
            ("comments/emails/hidden.txt", "Drugič."),
        ]

    def test_only_the_office_hides(self) -> None:
        comment = CommentFactory()
        with pytest.raises(Refused):
            hide_comment(comment.author, comment, "Ker.")


class TestAtTheSameMoment:
    """Threads with connections of their own: the database decides, not the program."""

    def run(self, app: Application, act: Any, times: int = 6) -> list[Any]:
        session.commit()
        start, answers = threading.Barrier(times), []

        def press() -> None:
            with app.app_context():
                start.wait()
                try:
                    answers.append(act())
                    session.commit()
                except Exception as error:
                    session.rollback()
                    answers.append(error)
                finally:
                    session.remove()

        threads = [threading.Thread(target=press) for _ in range(times)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        session.expire_all()
        return answers

    def test_one_form_pressed_by_many_fingers_is_one_comment(self, app: Application) -> None:
        person, consultation = contributor(), ConsultationFactory()
        person_id, consultation_id = person.id, consultation.id
        organisation_id = own_organisation(person).id

        def press() -> int:
            found = session.get_one(Consultation, consultation_id)
            return post_comment(
                session.get_one(User, person_id),
                session.get_one(Organisation, organisation_id),
                found,
                (place := first_place(found)),
                kind=CommentKind.PROVISION,
                source="Samo enkrat.",
                seen=place.seen,
                form_key="en-sam-obrazec",
            ).id

        answers = self.run(app, press)
        stored = session.scalars(select(Comment.id)).all()
        assert (answers, len(audited())) == ([stored[0]] * 6, 1)

    def test_two_people_of_one_organisation_support_it_once(self, app: Application) -> None:
        comment, person = CommentFactory(), representative()
        comment_id, person_id, organisation_id = comment.id, person.id, own_organisation(person).id

        def press() -> int:
            return support_comment(
                session.get_one(User, person_id),
                session.get_one(Organisation, organisation_id),
                session.get_one(Comment, comment_id),
            ).id

        answers = self.run(app, press)
        stored = session.scalars(select(Support.id)).all()
        assert (answers, len(audited())) == ([stored[0]] * 6, 1)
