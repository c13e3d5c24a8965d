"""The words that comments are about are seen in the text, in every version and on the page of their provision."""

from __future__ import annotations

import re
from typing import Any

from comments.making import comment_on, quoting
from consultations.next_version import following, provision_with, published
from factories import CommentFactory, ConsultationFactory, OrganisationFactory
from texts.acts import VOICES, act, numbered

from participation.comments.models import CommentState
from participation.comments.queries import comments_beside, passages_in
from participation.consultations.models import Provision
from participation.consultations.models.markup import html_of
from participation.foundation.database import session

FIRST = act(numbered([[VOICES[0]], [VOICES[1], VOICES[2]]]))


def passages(page: str) -> list[tuple[str, str]]:
    """(where it leads, its words)"""
    return re.findall(r'<a class="passage[^"]*" href="([^"]+)"[^>]*>([^<]*)</a>', page)


def worded(provision: Provision, kind: str, text: str) -> Provision:
    provision.kind, provision.text, provision.html = kind, text, html_of(kind, text)
    return provision


def test_of_all_comments_only_visible_ones_that_quote_have_a_passage(app: Any) -> None:
    consultation = published(FIRST)
    text = provision_with(consultation.versions[0], VOICES[0])
    exact = VOICES[0][:9]
    first = comment_on(consultation, VOICES[0], **quoting(text.text, exact))
    comment_on(consultation, VOICES[0])
    comment_on(consultation, VOICES[0], state=CommentState.HIDDEN, **quoting(text.text, exact))
    comment_on(consultation, VOICES[1], **quoting(VOICES[1], VOICES[1][:5]))
    session.flush()
    expected = [(first.id, 0, 9, first.organisation.name)]
    assert passages_in(text) == expected
    assert comments_beside(consultation.versions[0]).of(text.id).passages == expected


def test_every_passage_is_marked_however_many_comments_the_margin_shows(client: Any) -> None:
    consultation = ConsultationFactory(slug="parki", articles=1)
    provision = worded(consultation.versions[0].provisions[0], "paragraph", "prva – druga – tretja – četrta – peta")
    for number in range(5):
        start = 7 * number
        quote = {"quote_exact": provision.text[start : start + 3], "quote_start": start, "quote_end": start + 3}
        last = CommentFactory(
            consultation=consultation, provision=provision, organisation=OrganisationFactory(), **quote
        )
    session.commit()
    found = passages(client.get("/consultations/parki").text)
    assert [words for _way, words in found] == [provision.text[start : start + 3] for start in (0, 7, 14, 21, 28)]
    assert client.get(found[4][0]).headers["Location"].endswith(f"/provisions/{provision.key}#comment-{last.id}")


def test_passages_of_headings_and_tables_are_marked_and_not_in_the_contents(client: Any) -> None:
    consultation = ConsultationFactory(slug="parki")
    heading, table = consultation.versions[0].provisions
    worded(heading, "article", "Rok & odgovor")
    worded(table, "table", "Park | 12.400")
    quote = {"quote_exact": "x", "quote_start": 4, "quote_end": 13}
    for provision in (heading, table):
        CommentFactory(consultation=consultation, provision=provision, **quote)
    session.commit()
    page = client.get("/consultations/parki").text
    assert [words for _way, words in passages(page)] == ["&amp; odgovor", "12.400"]
    assert f"<table><caption>{table.path}</caption><tbody><tr><td>Park</td>" in page


def test_a_carried_passage_is_marked_where_it_stands_now(client: Any) -> None:
    consultation = published(FIRST, slug="odlok")
    exact = " ".join(VOICES[1].split()[2:6])
    comment = comment_on(consultation, VOICES[1], **quoting(VOICES[1], exact))
    second = following(consultation, act(numbered([[VOICES[7]], [VOICES[0]], ["Odslej. " + VOICES[1], VOICES[2]]])))
    session.commit()
    now = provision_with(second, "Odslej. " + VOICES[1])
    for address, way in (
        ("/consultations/odlok", f"/comments/{comment.id}"),
        ("/consultations/odlok?version=1", f"/comments/{comment.id}"),
        (f"/consultations/odlok/provisions/{now.key}", f"#comment-{comment.id}"),
    ):
        assert passages(client.get(address).text) == [(way, exact)]


def test_on_the_page_of_a_provision_comment_and_words_lead_to_each_other(client: Any) -> None:
    consultation = ConsultationFactory(slug="parki")
    provision = worded(consultation.versions[0].provisions[0], "paragraph", "Rok je trideset dni.")
    quote = {"quote_exact": "Rok", "quote_start": 0, "quote_end": 3}
    comments = [CommentFactory(consultation=consultation, provision=provision) for _ in range(20)]
    near = CommentFactory(consultation=consultation, provision=provision, **quote)
    far = {"quote_exact": "dni", "quote_start": 16, "quote_end": 19}
    comments[0].quote_exact, comments[0].quote_start, comments[0].quote_end = far.values()
    session.commit()
    address = f"/consultations/parki/provisions/{provision.key}"
    first, second = client.get(address).text, client.get(address + "?page=2").text
    assert passages(first) == [(f"/comments/{near.id}", "Rok"), (f"#comment-{comments[0].id}", "dni")]
    assert passages(second) == [(f"#comment-{near.id}", "Rok"), (f"/comments/{comments[0].id}", "dni")]
    assert re.findall(r'href="#(passage-\d+)"', second) == [f"passage-{near.id}"]
    assert f'id="passage-{near.id}"' in second
