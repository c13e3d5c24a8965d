"""The pages of comments, as a browser meets them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from conftest import Client
from factories import (
    CommentFactory,
    ConsultationFactory,
    OrganisationFactory,
    PositionFactory,
    SupportFactory,
    UserFactory,
    contributor,
    coordinator,
    representative,
)
from sqlalchemy import func, select

from participation.comments.models import Comment, CommentKind, CommentState, Support
from participation.comments.queries import place_in_text
from participation.consultations.models import Consultation
from participation.foundation import clock
from participation.foundation.database import new_key, session
from participation.positions.models import PositionState
from participation.web import Application

pytestmark = pytest.mark.usefixtures("stopped_clock")


def key_of(consultation: Consultation) -> str:
    return consultation.versions[0].provisions[0].key


def filled_in(consultation: Consultation, key: str = "", **values: Any) -> dict[str, Any]:
    """The form as a browser sends it."""
    place = place_in_text(consultation, key)
    given = {
        "provision_key": key,
        "seen": place.seen,
        "kind": "provision" if key else "general",
        "source": "Rok je prekratek.",
        "form_key": new_key(),
    }
    return given | values


def post(client: Client, consultation: Consultation, form: dict[str, Any]) -> Any:
    return client.post(f"/consultations/{consultation.slug}/comments", data=form)


def thread(client: Client, consultation: Consultation) -> Any:
    return client.get(f"/consultations/{consultation.slug}/provisions/{key_of(consultation)}")


def stored() -> list[Comment]:
    return list(session.scalars(select(Comment).order_by(Comment.id)))


def textareas(page: Any) -> list[str]:
    """What stands in the text fields of a page, as a person reads it, but for the quoted words."""
    found = re.findall(r"<textarea([^>]*)>\r?\n?(.*?)</textarea>", page.text, re.DOTALL)
    return [unescape(text) for attributes, text in found if 'name="quote"' not in attributes]


def visible_text(page: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


class TestReading:
    def test_a_thread_shows_the_provision_its_comments_and_who_supports_them(self, client: Client) -> None:
        consultation = ConsultationFactory()
        organisation = OrganisationFactory(name="Društvo Reka")
        comment = CommentFactory(
            consultation=consultation,
            provision=consultation.versions[0].provisions[0],
            organisation=organisation,
            kind=CommentKind.PROVISION,
        )
        SupportFactory(comment=comment, organisation=OrganisationFactory(name="Zavod Most"))
        page = thread(client, consultation)
        words = visible_text(page)
        assert page.status_code == 200
        for expected in (
            "To je besedilo 1. člena.",
            "Društvo Reka on behalf of the organisation comment on the provision",
            comment.source,
            "1 organisation supports it: Zavod Most",
            "Sign in to comment.",
        ):
            assert words.count(expected) == 1, expected

    def test_a_name_is_shown_only_when_it_is_public_and_an_address_never(self, client: Client) -> None:
        consultation = ConsultationFactory()
        provision = consultation.versions[0].provisions[0]
        organisation = OrganisationFactory()
        people = [
            UserFactory(name="Skrita Oseba", email="skrita@primer.example"),
            UserFactory(name="Javna Oseba", email="javna@primer.example", name_is_public=True),
        ]
        for person in people:
            for speaks_for in (organisation, None):
                CommentFactory(consultation=consultation, provision=provision, author=person, organisation=speaks_for)
        page = thread(client, consultation)
        found = [
            page.text.count(words) for words in ("Skrita Oseba", "Javna Oseba", "A registered person", "@primer")
        ]
        assert found == [0, 2, 1, 0]

    def test_a_hidden_comment_keeps_its_place_and_reason_but_not_its_words(
        self, client: Client, new_client: Callable[[], Client]
    ) -> None:
        consultation = ConsultationFactory()
        author = contributor()
        comment = CommentFactory(
            consultation=consultation,
            provision=consultation.versions[0].provisions[0],
            author=author,
            source="Skrite besede.",
            state=CommentState.HIDDEN,
            hidden_because="Vsebuje osebne podatke.",
        )
        office = coordinator()
        readers = [client, new_client().sign_in(author), new_client().sign_in(office)]
        pages = [thread(reader, consultation) for reader in readers]
        assert [page.text.count("Skrite besede.") for page in pages] == [0, 0, 1]
        assert [page.text.count("Vsebuje osebne podatke.") for page in pages] == [1, 1, 1]
        assert [page.text.count(f'id="comment-{comment.id}"') for page in pages] == [1, 1, 1]
        listing = client.get(f"/consultations/{consultation.slug}/comments")
        assert listing.text.count("Skrite besede.") == 0

    def test_the_list_of_all_comments_is_filtered(self, client: Client) -> None:
        consultation = ConsultationFactory()
        organisation = OrganisationFactory(municipality="SI-011")
        area = "SI-011"
        for kind in (CommentKind.GENERAL, CommentKind.QUESTION):
            CommentFactory(
                consultation=consultation, organisation=organisation, kind=kind, source=f"Zapis {kind.value}."
            )
        address = f"/consultations/{consultation.slug}/comments"
        found = {
            query: [client.get(address + query).text.count(f"Zapis {kind}.") for kind in ("general", "question")]
            for query in (
                "",
                "?kind=question",
                f"?organisation={organisation.id}",
                "?organisation=999999",
                f"?area={area}",
                "?kind=x&organisation=x&page=x",
                f"?organisation={'9' * 400}",
            )
        }
        assert list(found.values()) == [[1, 1], [0, 1], [1, 1], [0, 0], [1, 1], [1, 1], [1, 1]]

    def test_the_lasting_address_leads_to_the_page_and_place_of_the_comment(self, client: Client) -> None:
        consultation = ConsultationFactory()
        provision = consultation.versions[0].provisions[0]
        made = [
            CommentFactory(
                consultation=consultation, provision=provision, posted_at=clock.now() - timedelta(minutes=60 - age)
            )
            for age in range(21)
        ]
        whole = CommentFactory(consultation=consultation)
        session.flush()
        start = f"/consultations/{consultation.slug}"
        found = [client.get(f"/comments/{comment.id}").location for comment in (made[0], made[20], whole)]
        assert found == [
            f"{start}/provisions/{provision.key}#comment-{made[0].id}",
            f"{start}/provisions/{provision.key}?page=2#comment-{made[20].id}",
            f"{start}/comments#comment-{whole.id}",
        ]

    @pytest.mark.parametrize("address", ["/consultations/odlok/provisions/{key}", "/consultations/odlok/comments"])
    @pytest.mark.parametrize("number", [1, 30])
    def test_a_page_of_comments_takes_few_statements(
        self, client: Client, count_queries: Callable[[], Any], number: int, address: str
    ) -> None:
        consultation = ConsultationFactory(slug="odlok")
        provision = consultation.versions[0].provisions[0]
        # Each comment was taken up, so that the page has to say where.
        point = PositionFactory(consultation=consultation, slug="skupno", state=PositionState.OPENED).points[0]
        for _ in range(number):
            comment = CommentFactory(
                consultation=consultation,
                provision=provision,
                author=contributor(),
                organisation=OrganisationFactory(),
                kind=CommentKind.PROVISION,
            )
            CommentFactory(consultation=consultation, provision=provision, parent=comment, author=contributor())
            SupportFactory(comment=comment)
            point.comments.append(comment)
        client.sign_in(contributor())
        path = address.format(key=provision.key)
        client.get(path)
        with count_queries() as queries:
            page = client.get(path)
        assert page.status_code == 200
        assert page.text.count("/positions/skupno") == min(number, 20)
        counted = [query for query in queries if not query.startswith(("PRAGMA", "BEGIN"))]
        assert len(counted) <= 8, counted


class TestPosting:
    @pytest.mark.parametrize("on_provision", [True, False])
    def test_a_comment_is_posted_and_shown_where_it_stands(self, client: Client, on_provision: bool) -> None:
        person, consultation = contributor(), ConsultationFactory()
        key = key_of(consultation) if on_provision else ""
        answer = post(client.sign_in(person), consultation, filled_in(consultation, key))
        (comment,) = stored()
        place = f"provisions/{key}" if on_provision else "comments"
        assert (answer.status_code, answer.location) == (
            303,
            f"/consultations/{consultation.slug}/{place}#comment-{comment.id}",
        )
        shown = client.get(answer.location)
        assert shown.text.count("<p>Rok je prekratek.</p>") == 1

    def test_the_form_of_the_page_itself_can_be_sent(self, client: Client) -> None:
        person, consultation = contributor(), ConsultationFactory()
        page = thread(client.sign_in(person), consultation)
        inputs = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*type="hidden" value="([^"]*)"', page.text))
        form = {name: inputs[name] for name in ("form_key", "provision_key", "seen")}
        wording = textareas(page)[0]
        answer = post(
            client,
            consultation,
            form
            | {"kind": "wording", "wording_action": "change", "wording": wording + " Nov stavek.", "source": "Ker."},
        )
        (comment,) = stored()
        assert (answer.status_code, comment.wording) == (303, "To je besedilo 1. člena. Nov stavek.")

    def test_quoted_words_are_kept_with_what_stands_around_them(self, client: Client) -> None:
        person, consultation = contributor(), ConsultationFactory()
        key = consultation.versions[0].provisions[0].key
        form = filled_in(consultation, key) | {"quote": " besedilo  1. ", "quote_at": "6"}
        assert post(client.sign_in(person), consultation, form).status_code == 303
        (comment,) = stored()
        kept = (comment.quote_prefix, comment.quote_exact, comment.quote_suffix)
        assert (*kept, comment.quote_start, comment.quote_end) == ("To je ", "besedilo 1.", " člena.", 6, 17)
        assert "besedilo 1." in client.get(f"/consultations/{consultation.slug}/comments").text

    @pytest.mark.parametrize(
        ("text", "quote", "at", "words"),
        [
            ("Rok teče.", "rok teče", "", "These words are not in the provision."),
            ("Rok teče. Rok teče.", "Rok teče.", "", "These words occur 2 times in the provision."),
            ("Rok teče. Rok teče.", "Rok teče.", "-1", "These words occur 2 times in the provision."),
            ("Rok " * 9_000, "Rok " * 499 + "Rok!!", "0", "This is too long for a passage."),
        ],
    )
    def test_words_that_could_stand_elsewhere_are_asked_for_again(
        self, text: str, quote: str, at: str, words: str, client: Client
    ) -> None:
        consultation = ConsultationFactory()
        consultation.versions[0].provisions[0].text = text
        session.commit()
        key = consultation.versions[0].provisions[0].key
        form = filled_in(consultation, key) | {"quote": quote, "quote_at": at}
        page = post(client.sign_in(contributor()), consultation, form)
        assert (page.status_code, stored()) == (422, [])
        assert words in visible_text(page)
        assert f">{quote}</textarea>" in page.text.replace("\r\n", "").replace("\n", "")

    def test_a_refused_form_comes_back_where_a_thread_has_several_pages(self, client: Client) -> None:
        consultation = ConsultationFactory()
        for _number in range(21):
            CommentFactory(consultation=consultation, provision=consultation.versions[0].provisions[0])
        key = key_of(consultation)
        form = filled_in(consultation, key, kind="wording", wording="", source="Moje besede.")
        page = post(client.sign_in(contributor()), consultation, form)
        assert page.status_code == 422
        assert "Moje besede." in page.text
        assert f'rel="next" href="/consultations/{consultation.slug}/provisions/{key}?page=2"' in page.text

    def test_a_person_without_an_organisation_speaks_where_anyone_registered_may(self, client: Client) -> None:
        consultation = ConsultationFactory(audience="registered")
        answer = post(client.sign_in(UserFactory()), consultation, filled_in(consultation))
        assert (answer.status_code, stored()[0].organisation_id) == (303, None)

    def test_pressing_twice_is_one_comment_and_both_are_led_to_it(self, client: Client) -> None:
        person, consultation = contributor(), ConsultationFactory()
        form = filled_in(consultation)
        answers = [post(client.sign_in(person), consultation, form) for _ in range(2)]
        assert {(answer.status_code, answer.location) for answer in answers} == {
            (303, f"/consultations/{consultation.slug}/comments#comment-{stored()[0].id}")
        }
        assert len(stored()) == 1

    def test_posting_takes_few_statements(self, client: Client, count_queries: Callable[[], Any]) -> None:
        person, consultation = contributor(), ConsultationFactory()
        form = filled_in(consultation, key_of(consultation))
        client.sign_in(person)
        with count_queries() as queries:
            assert post(client, consultation, form).status_code == 303
        counted = [query for query in queries if not query.startswith(("PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE"))]
        assert len(counted) <= 12, counted


class TestBadInput:
    @pytest.mark.parametrize(
        ("values", "complaint"),
        [
            ({"source": " \n "}, "Write what you want to say."),
            (
                {"source": "a" * 30_001},
                "This is 30,001 characters long; 30,000 are possible. Shorten it, or send it in parts.",
            ),
            ({"kind": "wording", "wording_action": "change", "wording": ""}, "Write the wording that you propose."),
            (
                {"kind": "wording", "wording_action": "change", "wording": "To je besedilo 1. člena."},
                "This is the present wording. Change it, or choose another kind of comment.",
            ),
            (
                {"kind": "provision", "wording": "Drugo besedilo."},
                "You also wrote a wording. Propose it, or put the present text back.",
            ),
            (
                {"kind": "wording", "wording_action": "delete", "wording": "Drugo besedilo."},
                "You delete the provision and also wrote a wording. Propose it, or put the present text back.",
            ),
            (
                {"kind": "wording", "wording_action": "delete", "source": ""},
                "Say why the wording should change.",
            ),
        ],
    )
    def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(
        self, client: Client, values: dict[str, str], complaint: str
    ) -> None:
        person, consultation = contributor(), ConsultationFactory()
        form = filled_in(consultation, key_of(consultation), **({"wording": "Moj predlog."} | values))
        page = post(client.sign_in(person), consultation, form)
        assert page.status_code == 422
        assert unescape(page.text).count(f"<li>{complaint}</li>") == 1
        assert textareas(page) == [form["wording"], form["source"].strip("\n ") or textareas(page)[1]]
        assert page.text.count(f'value="{form["form_key"]}"') == 1
        assert stored() == []

    @pytest.mark.parametrize(
        "values", [{"kind": "general"}, {"kind": "hack"}, {"kind": ""}, {"kind": "wording", "wording_action": "eat"}]
    )
    def test_a_choice_that_is_not_offered_is_refused(self, client: Client, values: dict[str, str]) -> None:
        person, consultation = contributor(), ConsultationFactory()
        page = post(client.sign_in(person), consultation, filled_in(consultation, key_of(consultation), **values))
        assert (page.status_code, stored()) == (422, [])

    def test_a_wording_is_not_proposed_to_the_whole_draft(self, client: Client) -> None:
        person, consultation = contributor(), ConsultationFactory()
        page = post(client.sign_in(person), consultation, filled_in(consultation, kind="wording", wording="Novo."))
        assert (page.status_code, stored()) == (422, [])

    def test_the_form_for_the_whole_draft_asks_for_no_wording(self, client: Client) -> None:
        ConsultationFactory(slug="parki")
        page = client.sign_in(contributor()).get("/consultations/parki/comments").get_data(as_text=True)
        assert '<label for="source">Your comment</label>' in page

    def test_control_and_direction_characters_are_dropped(self, client: Client) -> None:
        person, consultation = contributor(), ConsultationFactory()
        form = filled_in(consultation, source="A\x00B\u202eC\u200bD\r\nE", form_key="\x00" * 10)
        assert post(client.sign_in(person), consultation, form).status_code == 303
        assert [comment.source for comment in stored()] == ["ABCD\nE"]

    @pytest.mark.parametrize("source", ["[" * 10_000, "![[]()" * 3_000, ">" * 5_000, "1. " * 666, "*" * 20_000])
    def test_markdown_made_to_be_slow_is_shown_as_typed(self, client: Client, source: str) -> None:
        person, consultation = contributor(), ConsultationFactory()
        assert post(client.sign_in(person), consultation, filled_in(consultation, source=source)).status_code == 303
        assert unescape(re.sub("<[^>]+>", "", stored()[0].html)).strip() == source.strip()

    def test_ten_megabytes_come_back_with_the_reason(self, client: Client) -> None:
        person, consultation = contributor(), ConsultationFactory()
        text = "beseda " * 1_500_000 + "konec"
        page = post(client.sign_in(person), consultation, filled_in(consultation, source=text))
        assert (page.status_code, stored()) == (422, [])
        assert visible_text(page).count("This is 10,500,005 characters long; 30,000 are possible.") == 2
        assert textareas(page) == [text]

    def test_ten_megabytes_sent_as_a_file_form_are_refused_before_they_are_read(self, client: Client) -> None:
        person, consultation = contributor(), ConsultationFactory()
        client.sign_in(person)
        page = client.post(
            f"/consultations/{consultation.slug}/comments",
            data=filled_in(consultation, source="a" * 10_000_000),
            content_type="multipart/form-data",
        )
        assert (page.status_code, stored()) == (413, [])
        assert (
            visible_text(page).count("One of the texts or the number of fields is larger than a form here may be.")
            == 1
        )

    def test_a_deadline_that_passes_while_typing_keeps_the_text(self, client: Client, stopped_clock: Any) -> None:
        person, consultation = contributor(), ConsultationFactory()
        form = filled_in(consultation, source="Pisal sem do zadnjega.")
        stopped_clock(clock.end_of(consultation.internal_deadline_on) + timedelta(seconds=1))
        page = post(client.sign_in(person), consultation, form)
        assert page.status_code == 403
        assert visible_text(page).count("The deadline for comments has passed.") == 1
        assert textareas(page).count("Pisal sem do zadnjega.") == 1

    def test_a_draft_that_changed_meanwhile_is_shown_beside_what_was_typed(self, client: Client) -> None:
        person, consultation = contributor(), ConsultationFactory()
        form = filled_in(consultation, key_of(consultation), source="O starem besedilu.")
        consultation.versions[0].provisions[0].text = "Povsem novo besedilo."
        page = post(client.sign_in(person), consultation, form)
        assert page.status_code == 409
        assert page.text.count("Povsem novo besedilo.") == 1
        assert textareas(page).count("O starem besedilu.") == 1

    def test_a_provision_that_was_dropped_meanwhile_is_a_conflict_that_keeps_the_text(self, client: Client) -> None:
        person, consultation = contributor(), ConsultationFactory()
        form = filled_in(consultation, key_of(consultation), source="O izginulem členu.")
        session.delete(consultation.versions[0].provisions[0])
        page = post(client.sign_in(person), consultation, form)
        assert page.status_code == 409
        assert textareas(page).count("O izginulem členu.") == 1

    def test_a_visitor_gets_the_text_back_with_a_way_to_sign_in(self, client: Client) -> None:
        consultation = ConsultationFactory()
        page = post(client, consultation, filled_in(consultation, source="Seja je potekla."))
        assert (page.status_code, stored()) == (401, [])
        assert page.text.count('value="Seja je potekla."') == 1

    def test_a_form_without_a_token_comes_back_with_its_text(self, client: Client, app: Application) -> None:
        person, consultation = contributor(), ConsultationFactory()
        form = filled_in(consultation, key_of(consultation), source="Brez žetona,\nv dveh vrsticah.")
        client.sign_in(person)
        app.config["WTF_CSRF_ENABLED"] = True
        try:
            page = post(client, consultation, form)
        finally:
            app.config["WTF_CSRF_ENABLED"] = False
        assert (page.status_code, stored()) == (400, [])
        assert page.text.count(f'name="provision_key" value="{key_of(consultation)}"') == 1
        assert textareas(page) == ["Brez žetona,\nv dveh vrsticah."]


class TestReplying:
    def test_a_reply_is_posted_once_under_its_comment(self, client: Client) -> None:
        consultation = ConsultationFactory()
        parent = CommentFactory(consultation=consultation, source="Prvo mnenje.")
        client.sign_in(contributor())
        form_page = client.get(f"/comments/{parent.id}/replies")
        assert form_page.text.count("<p>Prvo mnenje.</p>") == 1
        form = {"source": "Odgovor.", "form_key": new_key()}
        answers = [client.post(f"/comments/{parent.id}/replies", data=form) for _ in range(2)]
        reply = stored()[1]
        assert [(answer.status_code, answer.location) for answer in answers] == [
            (303, f"/consultations/{consultation.slug}/comments#comment-{reply.id}")
        ] * 2
        assert len(stored()) == 2

    def test_an_empty_reply_comes_back(self, client: Client) -> None:
        parent = CommentFactory()
        page = client.sign_in(contributor()).post(f"/comments/{parent.id}/replies", data={"source": ""})
        assert (page.status_code, len(stored())) == (422, 1)


class TestEditing:
    def test_the_author_changes_the_words_and_the_page_says_so(self, client: Client) -> None:
        person, consultation = contributor(), ConsultationFactory()
        provision = consultation.versions[0].provisions[0]
        comment = CommentFactory(consultation=consultation, provision=provision, author=person, source="Staro.")
        client.sign_in(person)
        page = client.get(f"/comments/{comment.id}/edit")
        assert textareas(page) == ["Staro."]
        revision = re.search(r'name="revision"[^>]*value="(\d+)"', page.text).group(1)
        answer = client.post(f"/comments/{comment.id}/edit", data={"source": "Novo.", "revision": revision})
        assert answer.status_code == 303
        shown = client.get(answer.location)
        assert [shown.text.count(words) for words in ("<p>Staro.</p>", "<p>Novo.</p>", ">edited ")] == [0, 1, 1]

    def test_an_edit_from_an_older_window_is_a_conflict_with_both_texts(self, client: Client) -> None:
        person = contributor()
        comment = CommentFactory(author=person, source="Prvo.")
        session.flush()
        old = comment.revision
        client.sign_in(person)
        answers = [
            client.post(f"/comments/{comment.id}/edit", data={"source": text, "revision": old})
            for text in ("Drugo.", "Tretje.")
        ]
        assert [answer.status_code for answer in answers] == [303, 409]
        both = re.findall(
            r'<div class="stored">(.*?)</div>',
            re.sub(r"<span[^>]*>[^<]*</span>|</?(?:ins|del)>", "", answers[1].text),
        )
        assert both == ["Tretje.", "Drugo."]
        assert textareas(answers[1]) == ["Tretje."]

    @pytest.mark.parametrize("revision", ["", "x", "9" * 50, "-1"])
    def test_an_edit_that_does_not_say_what_was_read_is_a_conflict(self, client: Client, revision: str) -> None:
        person = contributor()
        comment = CommentFactory(author=person)
        session.flush()
        data = {"source": "Novo.", "revision": revision}
        assert client.sign_in(person).post(f"/comments/{comment.id}/edit", data=data).status_code == 409

    def test_after_fifteen_minutes_the_page_says_why_not(self, client: Client, stopped_clock: Any) -> None:
        person = contributor()
        comment = CommentFactory(author=person)
        session.flush()
        stopped_clock(clock.now() + timedelta(minutes=16))
        page = client.sign_in(person).get(f"/comments/{comment.id}/edit")
        assert page.status_code == 403
        assert visible_text(page).count("A comment can be edited for 15 minutes after it was posted.") == 1


class TestSupporting:
    def test_an_organisation_supports_once_and_withdraws(self, client: Client) -> None:
        comment = CommentFactory(organisation=OrganisationFactory())
        session.flush()
        client.sign_in(representative())
        answers = [client.post(f"/comments/{comment.id}/support").status_code for _ in range(2)]
        given = session.scalar(select(func.count(Support.id)))
        offered = client.get(f"/consultations/{comment.consultation.slug}/comments").text
        withdrawn = client.post(f"/comments/{comment.id}/support/withdraw").status_code
        left = session.scalar(select(func.count(Support.id)))
        assert (answers, given, withdrawn, left) == ([303, 303], 1, 303, 0)
        assert (offered.count("/support/withdraw"), offered.count('/support"')) == (1, 0)

    def test_ones_own_comment_offers_no_support(self, client: Client) -> None:
        person = representative()
        comment = CommentFactory(organisation=person.memberships[0].organisation)
        session.flush()
        page = client.sign_in(person).get(f"/consultations/{comment.consultation.slug}/comments")
        assert page.text.count('/support"') == 0


class TestModerating:
    def test_the_office_hides_with_a_reason_and_shows_again(self, client: Client) -> None:
        comment = CommentFactory(source="Sporno.")
        session.flush()
        client.sign_in(coordinator())
        assert client.get(f"/comments/{comment.id}/hide").text.count("<p>Sporno.</p>") == 1
        refused = client.post(f"/comments/{comment.id}/hide", data={"because": " "})
        hidden = client.post(f"/comments/{comment.id}/hide", data={"because": "Osebni podatki."})
        state = session.get_one(Comment, comment.id).state
        shown = client.post(f"/comments/{comment.id}/unhide")
        assert [answer.status_code for answer in (refused, hidden, shown)] == [422, 303, 303]
        assert (state, session.get_one(Comment, comment.id).state) == (CommentState.HIDDEN, CommentState.VISIBLE)
