"""A draft goes out to Word, is edited, comes back, is looked over and posted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from factories import CommentFactory, OrganisationFactory, UserFactory, contributor
from redlines.making import ADDRESS, DRAFT, FIRST, SECOND, read, said, send, stored, wording
from sqlalchemy import select
from texts.word.edited import comment, docx, gone, ins, on, p, t
from texts.word.settling import authors, comments, settled

from participation.comments.models import Comment, CommentState
from participation.foundation import clock
from participation.foundation.database import new_key, session

EDITED = docx(
    p(t("Odlok o parkih")),
    p(t("Rok za pripombe je "), on(1, gone("Ana", "petnajst") + ins("Ana", "trideset")), t(" dni od objave.")),
    p(on(2, t(SECOND))),
    comments=(comment(1, "Ana", "Prekratko."), comment(2, "Ana", "Kdo ga sprejme?")),
)  # fmt: skip

OTHER = docx(
    p(ins("Ana", "Člani društva volijo organe na občnem zboru vsako leto.")),
    p(t("Blagajnik vodi blagajno društva in poroča članom.")),
)


def test_the_draft_goes_out_with_wordings_and_comments_but_nothing_hidden(
    consultation: Any, lipa: Any, client: Any
) -> None:
    wording(consultation, 0, lipa, FIRST.replace("petnajst", "trideset"))
    quiet = UserFactory(name="Tiha Oseba", name_is_public=False)
    CommentFactory(
        consultation=consultation, provision=consultation.versions[0].provisions[1], author=quiet, source="Zakaj?"
    )
    wording(consultation, 1, lipa, "Žalitev.", state=CommentState.HIDDEN, hidden_because="Žaljivo.")
    answer = client.get(DRAFT)
    assert "attachment; filename=parki-comments.docx" in answer.headers["Content-Disposition"]
    title = consultation.versions[0].title or "Odlok o parkih"
    assert settled(answer.data, "accepted") == [title, FIRST.replace("petnajst", "trideset"), SECOND, ""]
    assert settled(answer.data, "rejected") == [title, FIRST, SECOND, ""]
    assert {author for _kind, author in authors(answer.data)} == {"Društvo Lipa"}
    assert [text for _author, text in comments(answer.data)] == ["Ker.", "Zakaj?"]
    assert "Tiha" not in str(comments(answer.data))
    assert client.get(DRAFT).data == answer.data


def test_one_organisation_alone_goes_out(consultation: Any, lipa: Any, client: Any) -> None:
    hrast = OrganisationFactory(name="Zavod Hrast", slug="zavod-hrast")
    first = wording(consultation, 0, lipa, FIRST.replace("petnajst", "trideset"))
    wording(consultation, 1, hrast, SECOND.replace("letnem", "javnem"))
    CommentFactory(
        consultation=consultation, parent=first, provision=first.provision, organisation=hrast, source="Da."
    )
    data = client.get(f"{DRAFT}?organisation=drustvo-lipa").data
    assert {author for _kind, author in authors(data)} == {"Društvo Lipa"}
    assert [text for _author, text in comments(data)] == ["Ker.", "Da."]
    assert client.get(f"{DRAFT}?organisation=ni-je").status_code == 404


def test_the_number_of_comments_does_not_change_the_number_of_statements(
    consultation: Any, lipa: Any, client: Any, count_queries: Any
) -> None:
    counts = []
    for _round in range(2):
        for at in range(15):
            wording(consultation, 0, lipa, f"{FIRST} {at}", posted_at=clock.now() - timedelta(minutes=at))
        with count_queries() as queries:
            client.get(DRAFT)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_edited_file_is_shown_before_anything_is_posted(consultation: Any, lipa: Any, client: Any) -> None:
    client.sign_in(contributor(lipa))
    page = read(client, EDITED).text
    assert said() == []
    assert "trideset</ins>" in page
    assert "petnajst</del>" in page
    assert "Prekratko." in page
    assert "Kdo ga sprejme?" in page
    assert page.count(" checked") == 2


def test_what_stays_chosen_is_posted_for_the_organisation(consultation: Any, lipa: Any, client: Any) -> None:
    client.sign_in(contributor(lipa))
    address = read(client, EDITED).location
    assert client.post(address, data={"chosen": ["0", "1"]}).status_code == 303
    assert said() == [
        ("Društvo Lipa", FIRST, "wording", FIRST.replace("petnajst", "trideset"), "Prekratko."),
        ("Društvo Lipa", SECOND, "provision", "", "Kdo ga sprejme?"),
    ]
    assert client.get("/consultations/parki/comments").text.count("Prekratko.") == 1


def test_what_was_posted_is_shown_apart_from_what_others_said(consultation: Any, lipa: Any, client: Any) -> None:
    CommentFactory(consultation=consultation, organisation=OrganisationFactory(), source="Nekaj čisto drugega.")
    client.sign_in(contributor(lipa))
    answer = client.post(read(client, EDITED).location, data={"chosen": ["0", "1"]})
    page = client.get(answer.location).text
    assert "Prekratko." in page
    assert "Nekaj čisto drugega." not in page


def test_how_much_is_not_chosen_beforehand_is_said_at_the_top(consultation: Any, lipa: Any, client: Any) -> None:
    client.sign_in(contributor(lipa))
    untracked = docx(p(t("Odlok o parkih")), p(t(FIRST.replace("petnajst", "trideset"))), p(t(SECOND)))
    assert "Not chosen beforehand: 1." in read(client, untracked).text
    assert "Not chosen beforehand" not in read(client, EDITED).text


def test_what_is_not_chosen_is_not_posted(consultation: Any, lipa: Any, client: Any) -> None:
    client.sign_in(contributor(lipa))
    address = read(client, EDITED).location
    client.post(address, data={"chosen": ["1", "7", "x", "²"]})
    assert [source for *_rest, source in said()] == ["Kdo ga sprejme?"]


@pytest.mark.parametrize("chosen", [[], ["99"]])
def test_nothing_chosen_is_said_on_the_page(consultation: Any, lipa: Any, client: Any, chosen: list[str]) -> None:
    client.sign_in(contributor(lipa))
    answer = client.post(read(client, EDITED).location, data={"chosen": chosen})
    assert answer.status_code == 422
    assert "Nothing is chosen." in answer.text
    assert said() == []


def test_the_same_button_pressed_twice_posts_once(consultation: Any, lipa: Any, client: Any) -> None:
    client.sign_in(contributor(lipa))
    key = new_key()
    address = read(client, EDITED, key=key).location
    assert send(client, EDITED, key=key).location == address
    for _press in range(2):
        client.post(address, data={"chosen": ["0", "1"]})
    assert len(said()) == 2


def test_a_change_without_a_comment_says_where_it_came_from(consultation: Any, lipa: Any, client: Any) -> None:
    client.sign_in(contributor(lipa))
    data = docx(
        p(t(FIRST)), p(t("Park upravlja občina po "), gone("Ana", "letnem"), ins("Ana", "javnem"), t(" načrtu."))
    )
    client.post(read(client, data).location, data={"chosen": ["0"]})
    ((_who, _where, _kind, words, source),) = said()
    assert words == SECOND.replace("letnem", "javnem")
    assert source
    assert "Ana" not in source


def test_what_went_out_and_comes_back_is_known(consultation: Any, lipa: Any, client: Any) -> None:
    hrast = OrganisationFactory(name="Zavod Hrast")
    first = wording(consultation, 0, lipa, FIRST.replace("petnajst", "trideset"))
    wording(consultation, 0, hrast, FIRST.replace("petnajst", "šestdeset"))
    CommentFactory(
        consultation=consultation, parent=first, provision=first.provision, organisation=hrast, source="Da."
    )
    CommentFactory(consultation=consultation, organisation=hrast, source="Dober osnutek.\n\nHvala.")
    client.sign_in(contributor(lipa))
    answer = read(client, client.get(DRAFT).data)
    assert "Everything in this file has been posted already." in answer.text


def test_only_what_is_new_in_a_file_of_ours_is_shown(consultation: Any, lipa: Any, client: Any) -> None:
    wording(consultation, 0, OrganisationFactory(name="Zavod Hrast"), FIRST.replace("petnajst", "trideset"))
    data = docx(
        p(
            t("Rok za pripombe je "),
            gone("Zavod Hrast", "petnajst"),
            ins("Zavod Hrast", "trideset"),
            t(" dni od objave."),
        ),
        p(t("Park upravlja občina po "), gone("Ana", "letnem"), ins("Ana", "javnem"), t(" načrtu")),
    )
    client.sign_in(contributor(lipa))
    page = client.get(read(client, data).location).text
    assert [item["author"] for item in stored().items] == ["Ana"]
    assert "1 change or comment is left out" in page


def test_a_round_trip_of_an_organisation_brings_the_same_words(
    consultation: Any, lipa: Any, client: Any, new_client: Callable[[], Any]
) -> None:
    """What one organisation took out of one network's page, another posts as its own, word for word."""
    for at, (text, old, new) in enumerate([(FIRST, "petnajst", "trideset"), (SECOND, "letnem", "javnem")]):
        wording(consultation, at, lipa, text.replace(old, new), f"Razlog {at}.\n\n- ena\n- dve")
    before = said()
    data = client.get(DRAFT).data
    for one in session.scalars(select(Comment)):
        session.delete(one)
    session.commit()
    hrast = OrganisationFactory(name="Zavod Hrast")
    other = new_client().sign_in(contributor(hrast))
    other.post(read(other, data).location, data={"chosen": ["0", "1"]})
    assert said() == [("Zavod Hrast", *rest) for _who, *rest in before]


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (docx(p(t(FIRST)), p(t(SECOND))), "odlok.docx", "There are no tracked changes"),
        (OTHER, "pravila.docx", "This is another document"),
        (b"Rok.", "odlok.txt", "This is no Word file"),
        (EDITED[:-90], "odlok.docx", "damaged or incomplete"),
    ],
)  # fmt: skip
def test_a_file_of_no_use_is_refused_with_a_reason(
    consultation: Any, lipa: Any, client: Any, data: bytes, name: str, words: str
) -> None:
    client.sign_in(contributor(lipa))
    answer = read(client, data, name)
    assert words in answer.text
    assert 'type="file"' in answer.text
    assert stored().file is None


def test_a_draft_that_changed_meanwhile_is_a_conflict_and_posts_nothing(
    consultation: Any, lipa: Any, client: Any
) -> None:
    client.sign_in(contributor(lipa))
    address = read(client, EDITED).location
    consultation.versions[0].provisions[1].text = "Park upravlja krajevna skupnost."
    assert client.post(address, data={"chosen": ["0", "1"]}).status_code == 409
    assert said() == []


def test_another_person_sees_nothing_of_it(
    consultation: Any, lipa: Any, client: Any, new_client: Callable[[], Any]
) -> None:
    client.sign_in(contributor(lipa))
    address = read(client, EDITED).location
    colleague = new_client().sign_in(contributor(lipa))
    assert colleague.get(address).status_code == 404
    assert colleague.post(address, data={"chosen": ["0"]}).status_code == 404


def test_old_previews_are_forgotten(consultation: Any, lipa: Any, client: Any, stopped_clock: Any) -> None:
    client.sign_in(contributor(lipa))
    first = read(client, EDITED).location
    stored().created_at = clock.now() - timedelta(days=15)
    send(client, EDITED)
    assert client.get(first).status_code == 404


def test_both_ways_are_offered_beside_the_comments(consultation: Any, lipa: Any, client: Any) -> None:
    wording(consultation, 0, lipa, "Novo.")
    assert f'href="{DRAFT}"' in client.get("/consultations/parki/comments").text
    assert f'href="{ADDRESS}"' not in client.get("/consultations/parki/comments").text
    client.sign_in(contributor(lipa))
    assert f'href="{ADDRESS}"' in client.get("/consultations/parki/comments").text


def test_a_form_without_a_file_says_so(consultation: Any, lipa: Any, client: Any) -> None:
    client.sign_in(contributor(lipa))
    answer = client.post(ADDRESS, data={"form_key": new_key()})
    assert answer.status_code == 422
    assert "Choose a file." in answer.text


def test_comments_with_one_number_are_one_and_lose_no_word(consultation: Any, lipa: Any, client: Any) -> None:
    data = docx(
        p(t("Rok za pripombe je "), on(1, gone("Ana", "petnajst") + ins("Ana", "trideset")), t(" dni od objave.")),
        p(t(SECOND)),
        comments=(comment(1, "Ana", "Prekratko."), comment(1, "Ana", "Kdo ga sprejme?")),
    )
    client.sign_in(contributor(lipa))
    read(client, data)
    assert [item["source"] for item in stored().items] == ["Prekratko.\n\nKdo ga sprejme?"]
