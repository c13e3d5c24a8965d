"""A comment stays on the words it was made about, in every later version of its text."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from comments.making import comment_on, quoting
from consultations.next_version import following, loaded, provision_with, published
from factories import CommentFactory, coordinator
from sqlalchemy import select
from texts.acts import VOICES, act, numbered

from participation.accounts.models import Visitor
from participation.comments.models import Comment, CommentPlace, CommentState
from participation.comments.queries import (
    carried_to,
    comments_beside,
    comments_gone,
    counts_of,
    page_of_comment,
    provision_of_comment,
    thread_of,
)
from participation.consultations.models import Provision, TextVersion
from participation.foundation.database import session
from participation.foundation.outbox import OutboxItem
from participation.texts.anchoring import AnchorState

PLACED, MOVED, CHANGED, ORPHANED = AnchorState
FIRST = act(numbered([[VOICES[0]], [VOICES[1], VOICES[2]], [VOICES[4]]]))


def place_of(comment: Comment, version: TextVersion) -> CommentPlace:
    session.flush()
    return session.get_one(CommentPlace, (comment.id, version.id))


def where(comment: Comment, version: TextVersion) -> tuple[AnchorState, str]:
    place = place_of(comment, version)
    provision = session.get(Provision, place.provision_id) if place.provision_id else None
    return place.state, provision.text if provision else ""


def words_of(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))).split())


def test_each_comment_follows_its_words_or_says_that_they_are_gone(app: Any) -> None:
    consultation = published(FIRST)
    same, changed, gone = (comment_on(consultation, VOICES[n]) for n in (0, 1, 4))
    whole = CommentFactory(consultation=consultation)
    shorter = VOICES[1].replace("tridesetih", "petnajstih")
    second = following(consultation, act(numbered([[VOICES[7]], [VOICES[0]], [shorter, VOICES[2]]])))
    assert where(same, second) == (PLACED, VOICES[0])
    assert where(changed, second) == (CHANGED, shorter)
    assert where(gone, second) == (ORPHANED, "")
    assert where(whole, second) == (PLACED, "")
    assert session.get_one(Provision, place_of(gone, second).after_id).text == VOICES[2]


def test_a_moved_chapter_takes_its_comments_along(app: Any) -> None:
    consultation = published([*act(numbered([[VOICES[0]], [VOICES[1]], [VOICES[2]], [VOICES[4]], [VOICES[5]]]))])
    comment = comment_on(consultation, VOICES[0])
    second = following(consultation, act(numbered([[VOICES[1]], [VOICES[2]], [VOICES[4]], [VOICES[5]], [VOICES[0]]])))
    assert where(comment, second) == (MOVED, VOICES[0])


def test_two_provisions_of_the_same_words_keep_their_own_comments(app: Any) -> None:
    twice = act(numbered([[VOICES[3]], [VOICES[0]], [VOICES[3]]]))
    consultation = published(twice)
    first, _heading, last = [one for one in consultation.versions[0].provisions if one.text][:3]
    comments = [CommentFactory(consultation=consultation, provision=one) for one in (first, last)]
    second = following(consultation, act(numbered([[VOICES[7]], [VOICES[3]], [VOICES[0]], [VOICES[3]]])))
    stand = [one for one in second.provisions if one.text == VOICES[3]]
    assert [place_of(comment, second).provision_id for comment in comments] == [one.id for one in stand]


def test_what_was_joined_takes_the_comments_of_both(app: Any) -> None:
    consultation = published(FIRST)
    comments = [comment_on(consultation, VOICES[n]) for n in (1, 2)]
    joined = f"{VOICES[1]} {VOICES[2]}"
    second = following(consultation, act(numbered([[VOICES[0]], [joined], [VOICES[4]]])))
    assert [where(one, second) for one in comments] == [(CHANGED, joined)] * 2
    page = thread_of(provision_with(second, joined), Visitor(), 1)
    assert {line.id for line in page.items} == {one.id for one in comments}


def test_words_that_were_deleted_and_came_back_have_their_comment_again(app: Any) -> None:
    consultation = published(FIRST)
    comment = comment_on(consultation, VOICES[4])
    second = following(consultation, FIRST[:-2])
    third = following(consultation, FIRST)
    assert [where(comment, version) for version in (second, third)] == [(ORPHANED, ""), (PLACED, VOICES[4])]


def test_what_was_found_once_and_is_gone_now_is_read_where_it_was_written(app: Any) -> None:
    consultation = published(FIRST)
    comment = comment_on(consultation, VOICES[4])
    second = following(consultation, FIRST[:-2])
    place_of(comment, second).provision_id = provision_with(second, VOICES[0]).id
    session.flush()
    gone = comment.provision
    assert thread_of(gone, Visitor(), 1).items == []
    following(consultation, FIRST[:-2])
    assert [line.id for line in thread_of(gone, Visitor(), 1).items] == [comment.id]


def test_a_passage_follows_its_words_and_is_never_guessed_onto_others(app: Any) -> None:
    consultation = published(FIRST)
    text = VOICES[1]
    kept = comment_on(consultation, text, **quoting(text, "krajši od tridesetih dni"))
    changed = comment_on(consultation, text, **quoting(text, "v času šolskih počitnic ne teče"))
    gone = comment_on(
        consultation, VOICES[4], **quoting(VOICES[4], "igri otrok in srečevanju prebivalcev vseh starosti")
    )
    new = "Rok za pripombe ne sme biti krajši od tridesetih dni in v času poletnih šolskih počitnic teče."
    third = "Park je javna zelena površina, namenjena počitku."
    second = following(consultation, act(numbered([[VOICES[0]], [new, VOICES[2]], [third]])))
    assert where(kept, second) == (PLACED, new)
    assert place_of(kept, second).quote_exact == "krajši od tridesetih dni"
    assert where(changed, second)[0] is CHANGED
    assert place_of(changed, second).quote_exact in new
    assert where(gone, second) == (ORPHANED, third)


def test_the_preview_is_what_comes(app: Any) -> None:
    consultation = published(FIRST)
    for words in (VOICES[0], VOICES[1], VOICES[4]):
        comment_on(consultation, words)
    comment_on(consultation, VOICES[4], state=CommentState.HIDDEN)
    second = loaded(consultation, act(numbered([[VOICES[0]], [VOICES[1], VOICES[2]]])))
    assert counts_of(carried_to(second)) == {PLACED: 2, MOVED: 0, CHANGED: 0, ORPHANED: 1}
    assert session.scalars(select(CommentPlace)).all() == []


def test_authors_are_told_once_what_became_of_their_words(app: Any) -> None:
    consultation = published(FIRST)
    author = comment_on(consultation, VOICES[4]).author
    comment_on(consultation, VOICES[1], author=author)
    comment_on(consultation, VOICES[0])
    comment_on(consultation, VOICES[4], state=CommentState.HIDDEN)
    following(consultation, act(numbered([[VOICES[0]], [VOICES[1].replace("tridesetih", "petih"), VOICES[2]]])))
    session.flush()
    mails = [item.payload for item in session.scalars(select(OutboxItem)) if item.kind == "mail"]
    assert [mail["to"] for mail in mails] == [author.email]
    states = sorted(one["state"] for one in mails[0]["values"]["comments"])
    assert states == ["changed", "orphaned"]
    assert json.dumps(mails[0])


@pytest.mark.parametrize("number", [1, 30])
def test_the_margin_and_the_places_of_what_is_gone_take_one_statement_each(
    number: int, app: Any, count_queries: Any
) -> None:
    consultation = published(FIRST)
    for _ in range(number):
        comment_on(consultation, VOICES[0])
        comment_on(consultation, VOICES[4])
    second = following(consultation, FIRST[:-2])
    session.commit()
    with count_queries() as queries:
        beside, gone = comments_beside(second), comments_gone(second)
    assert len([one for one in queries if one.startswith("SELECT comment") or "WITH" in one or "FROM" in one]) <= 3
    assert beside.of(provision_with(second, VOICES[0]).id).count == number
    ((found,),) = gone.values()
    assert (found.text, found.count) == (VOICES[4], number)


def test_the_pages_show_each_comment_where_it_stands(client: Any) -> None:
    consultation = published(FIRST, slug="parki")
    changed, gone = comment_on(consultation, VOICES[1]), comment_on(consultation, VOICES[4])
    shorter = VOICES[1].replace("tridesetih", "petnajstih")
    following(consultation, act(numbered([[VOICES[0]], [shorter, VOICES[2]]])))
    session.commit()
    thread = words_of(client.get(f"/consultations/parki/provisions/{changed.provision.key}?language=en"))
    assert "The words it is about were changed since." in thread
    assert VOICES[1] in thread
    everything = words_of(client.get("/consultations/parki/comments"))
    assert "no longer in the text" in everything
    page = words_of(client.get(f"/consultations/parki/provisions/{gone.provision.key}"))
    assert "it stood in version 1" in page
    assert "Your comment" not in page
    assert client.get("/consultations/parki/compare").status_code == 200


def test_nothing_is_posted_on_what_is_gone(client: Any) -> None:
    consultation = published(FIRST, slug="parki")
    gone = comment_on(consultation, VOICES[4])
    following(consultation, FIRST[:-2])
    session.commit()
    data = {
        "provision_key": gone.provision.key,
        "kind": "provision",
        "source": "Še vedno.",
        "form_key": "a",
        "seen": "b",
    }
    answer = client.sign_in(coordinator()).post("/consultations/parki/comments", data=data)
    assert answer.status_code in (403, 409)
    assert len(session.scalars(select(Comment)).all()) == 1


def test_the_page_of_a_comment_on_what_is_gone_is_counted_as_its_thread_is(app: Any) -> None:
    consultation = published(FIRST)
    # Words that stand elsewhere now are not said where they stood, and take no place there.
    elsewhere = [comment_on(consultation, VOICES[4]) for _ in range(20)]
    comment = comment_on(consultation, VOICES[4])
    second = following(consultation, FIRST[:-2])
    for other in elsewhere:
        place_of(other, second).provision_id = provision_with(second, VOICES[0]).id
    session.flush()
    gone = provision_of_comment(comment)
    assert gone is not None
    assert gone.version.number == 1
    number = page_of_comment(comment, gone)
    assert [line.id for line in thread_of(gone, Visitor(), number).items] == [comment.id]
    assert number == 1
