"""What the authors of comments read, in both languages."""

from __future__ import annotations

import pytest
from factories import CommentFactory, UserFactory, coordinator
from sqlalchemy import select

from participation.comments.models import Comment
from participation.comments.operations import hide_comment, unhide_comment
from participation.foundation.database import session
from participation.foundation.outbox import OutboxItem
from participation.web.mailing import Letter, letter_of

pytestmark = pytest.mark.usefixtures("app", "stopped_clock")


def letters() -> list[Letter]:
    return [letter_of(item.payload) for item in session.scalars(select(OutboxItem).order_by(OutboxItem.id))]


def comment_of(language: str) -> Comment:
    comment = CommentFactory(author=UserFactory(language=language))
    comment.provision = comment.consultation.versions[0].provisions[0]
    comment.consultation.title = "Odlok o parkih"
    session.flush()
    return comment


def test_the_author_reads_why_a_comment_was_hidden_and_where_it_stands() -> None:
    comment = comment_of("en")
    hide_comment(coordinator(), comment, "Vsebuje <osebne> podatke.")
    (letter,) = letters()
    paragraphs = letter.text.split("\n\n")
    assert letter.to == comment.author.email
    assert letter.subject == "Your comment was hidden: Odlok o parkih"
    assert paragraphs[1] == 'the network\'s office has hidden your comment on 1. člen of the draft "Odlok o parkih".'
    assert paragraphs[2] == "The reason:\nVsebuje <osebne> podatke."
    assert paragraphs[3].split("\n")[1] == f"http://localhost:8000/comments/{comment.id}"
    assert letter.html.count("<osebne>") == 0


def test_a_comment_on_the_whole_draft_is_named_as_such() -> None:
    comment = comment_of("en")
    comment.provision = None
    hide_comment(coordinator(), comment, "Ker.")
    assert letters()[0].text.split("\n\n")[1] == (
        'the network\'s office has hidden your comment on the draft "Odlok o parkih".'
    )


def test_the_author_reads_that_a_comment_is_shown_again() -> None:
    comment = comment_of("en")
    office = coordinator()
    hide_comment(office, comment, "Pomota.")
    unhide_comment(office, comment)
    letter = letters()[1]
    assert letter.subject == "Your comment can be read again: Odlok o parkih"
    assert letter.text.split("\n\n")[1] == (
        'the network\'s office shows your comment on 1. člen of the draft "Odlok o parkih" again.'
    )
