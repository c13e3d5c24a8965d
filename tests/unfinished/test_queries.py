"""Who finds which unfinished texts."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import MORNING
from factories import UnfinishedTextFactory, UserFactory

from participation.accounts.models import Operator, Visitor
from participation.unfinished.models import KEPT_FOR, Written
from participation.unfinished.queries import (
    number_elsewhere,
    unfinished_text_at,
    unfinished_texts_of,
    waiting_for,
)

pytestmark = pytest.mark.usefixtures("client")


def test_each_finds_only_what_is_theirs_the_latest_first(stopped_clock: Any) -> None:
    ana = UserFactory()
    UnfinishedTextFactory()
    older = UnfinishedTextFactory(user_id=ana.id)
    newer = UnfinishedTextFactory(user_id=ana.id)
    assert list(unfinished_texts_of(ana, 1).items) == [newer, older]
    assert list(unfinished_texts_of(Visitor(), 1).items) == []
    assert list(unfinished_texts_of(Operator(), 1).items) == []


def test_a_place_gives_the_reader_their_own_text() -> None:
    ana, bor = UserFactory(), UserFactory()
    text = UnfinishedTextFactory(user_id=ana.id, place="comments.post:odlok:1")
    UnfinishedTextFactory(user_id=bor.id, place="comments.post:odlok:2")
    assert unfinished_text_at(ana, "comments.post:odlok:1") == text
    assert unfinished_text_at(ana, "comments.post:odlok:2") is None
    assert unfinished_text_at(Visitor(), "comments.post:odlok:1") is None
    assert number_elsewhere(ana, "comments.post:odlok:1") == 0
    assert number_elsewhere(ana, "comments.post:odlok:2") == 1


def test_what_is_older_than_ninety_days_is_gone_though_nobody_cleared_it(stopped_clock: Any) -> None:
    ana = UserFactory()
    text = UnfinishedTextFactory(user_id=ana.id)
    stopped_clock(MORNING + KEPT_FOR)
    assert list(unfinished_texts_of(ana, 1).items) == []
    assert unfinished_text_at(ana, text.place) is None
    assert waiting_for(ana, None) == []


@pytest.mark.parametrize("number", [1, 30])
def test_the_desk_has_one_line_for_all(number: int, count_queries: Any) -> None:
    ana = UserFactory()
    UnfinishedTextFactory.create_batch(number, user_id=ana.id)
    with count_queries() as statements:
        tasks = waiting_for(ana, None)
    assert [task.endpoint for task in tasks] == ["unfinished.index"]
    noun = "text" if number == 1 else "texts"
    assert str(tasks[0].why) == f"{number} {noun} that you began and have not sent."
    assert len(statements) == 1


def test_nobody_is_bothered_who_began_nothing() -> None:
    UnfinishedTextFactory()
    assert waiting_for(UserFactory(), None) == []
    assert waiting_for(Visitor(), None) == []


def test_words_are_what_was_typed() -> None:
    text = UnfinishedTextFactory(
        fields=[
            {"name": "kind", "label": "Kind", "values": ["question"], "written": False},
            {"name": "source", "label": "Comment", "values": ["Zakaj?"], "written": True},
            {"name": "wording", "label": "Wording", "values": ["  "], "written": True},
        ]
    )
    assert text.words == [Written("Comment", "Zakaj?")]
