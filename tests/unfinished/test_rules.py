"""Only the person who began a text may keep, see or discard it."""

from __future__ import annotations

import pytest
from factories import UnfinishedTextFactory, UserFactory, administrator

from participation.accounts.models import Operator, Visitor
from participation.unfinished.models import MOST_TEXTS
from participation.unfinished.rules import (
    may_discard_unfinished_text,
    may_forget_person,
    may_save_unfinished_text,
    may_see_unfinished_texts,
)

pytestmark = pytest.mark.usefixtures("client")


def test_people_see_their_own_and_visitors_are_asked_to_sign_in() -> None:
    assert may_see_unfinished_texts(UserFactory())
    verdict = may_see_unfinished_texts(Visitor())
    assert not verdict
    assert verdict.sign_in_helps


def test_a_page_saves_only_for_the_person_it_was_made_for() -> None:
    ana, bor = UserFactory(), UserFactory()
    assert may_save_unfinished_text(ana, ana.id, 0)
    assert not may_save_unfinished_text(ana, bor.id, 0)
    assert not may_save_unfinished_text(ana, None, 0)
    assert may_save_unfinished_text(Visitor(), None, 0).sign_in_helps
    assert not may_save_unfinished_text(Operator(), None, 0)


@pytest.mark.parametrize(("others", "allowed"), [(0, True), (MOST_TEXTS - 1, True), (MOST_TEXTS, False)])
def test_a_person_keeps_a_bounded_number(others: int, allowed: bool) -> None:
    ana = UserFactory()
    assert bool(may_save_unfinished_text(ana, ana.id, others)) is allowed


def test_nobody_discards_what_another_began_not_even_an_administrator() -> None:
    ana = UserFactory()
    text = UnfinishedTextFactory(user_id=ana.id)
    assert may_discard_unfinished_text(ana, text)
    assert not may_discard_unfinished_text(administrator(), text)
    assert may_discard_unfinished_text(Visitor(), text).sign_in_helps


def test_an_open_account_is_not_forgotten() -> None:
    assert not may_forget_person(UserFactory())
    assert may_forget_person(UserFactory(active=False))
