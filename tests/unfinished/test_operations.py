"""What is kept, what is never overwritten, and when it goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from conftest import MORNING
from factories import UnfinishedTextFactory, UserFactory, administrator
from sqlalchemy import select

from participation.accounts import operations as accounts
from participation.accounts.models import Visitor
from participation.foundation.access import Refused
from participation.foundation.database import session
from participation.unfinished.models import KEPT_FOR, UnfinishedText
from participation.unfinished.operations import (
    Begun,
    NewerText,
    discard_sent_text,
    discard_unfinished_text,
    save_unfinished_text,
)

pytestmark = pytest.mark.usefixtures("client")


def words(text: str) -> list[dict[str, Any]]:
    return [{"name": "source", "label": "Comment", "values": [text], "written": True}]


FIRST = Begun("comments.post:odlok:1", "Comment on 1", "/here", words("Prvo."), "base", "page-1", 0)


def kept() -> list[tuple[int, str, int]]:
    session.flush()
    rows = session.scalars(select(UnfinishedText).order_by(UnfinishedText.id))
    return [(row.user_id, row.fields[0]["values"][0], row.revision) for row in rows]


def save(actor: Any, begun: Begun) -> UnfinishedText:
    return save_unfinished_text(actor, actor.id, begun)


def test_a_page_saves_again_and_again() -> None:
    ana = UserFactory()
    save(ana, FIRST)
    save(ana, replace(FIRST, fields=words("Drugo."), revision=1))
    assert kept() == [(ana.id, "Drugo.", 2)]


def test_each_person_and_each_place_has_a_text_of_its_own() -> None:
    ana, bor = UserFactory(), UserFactory()
    save(ana, FIRST)
    save(bor, FIRST)
    save(ana, replace(FIRST, place="comments.post:odlok:2"))
    assert kept() == [(ana.id, "Prvo.", 1), (bor.id, "Prvo.", 1), (ana.id, "Prvo.", 1)]


def test_an_older_page_does_not_overwrite_a_newer_text() -> None:
    ana = UserFactory()
    save(ana, FIRST)
    with pytest.raises(NewerText) as caught:
        save(ana, replace(FIRST, fields=words("Iz drugega zavihka."), writer_key="page-2"))
    assert caught.value.text is not None
    assert caught.value.text.fields == words("Prvo.")
    assert kept() == [(ana.id, "Prvo.", 1)]


def test_a_page_whose_answer_was_lost_goes_on() -> None:
    ana = UserFactory()
    save(ana, FIRST)
    save(ana, replace(FIRST, fields=words("Odgovora ni bilo.")))
    assert kept() == [(ana.id, "Odgovora ni bilo.", 2)]


def test_the_same_text_from_another_page_is_no_quarrel() -> None:
    ana = UserFactory()
    save(ana, FIRST)
    save(ana, replace(FIRST, writer_key="page-2"))
    assert kept() == [(ana.id, "Prvo.", 2)]


def test_what_was_sent_meanwhile_does_not_come_back_by_itself() -> None:
    ana = UserFactory()
    save(ana, FIRST)
    discard_sent_text(ana, FIRST.place, 1)
    with pytest.raises(NewerText) as caught:
        save(ana, replace(FIRST, revision=1))
    assert caught.value.text is None
    assert kept() == []


def test_sending_leaves_a_text_that_the_page_did_not_know_of() -> None:
    ana = UserFactory()
    save(ana, FIRST)
    save(ana, replace(FIRST, fields=words("S telefona."), revision=1))
    discard_sent_text(ana, FIRST.place, 1)
    assert kept() == [(ana.id, "S telefona.", 2)]


def test_sending_leaves_the_texts_of_others() -> None:
    ana, bor = UserFactory(), UserFactory()
    save(ana, FIRST)
    save(bor, FIRST)
    discard_sent_text(ana, FIRST.place, 1)
    assert kept() == [(bor.id, "Prvo.", 1)]


def test_what_was_written_after_one_looked_is_not_discarded() -> None:
    ana = UserFactory()
    text = save(ana, FIRST)
    save(ana, replace(FIRST, fields=words("Še več."), revision=1))
    with pytest.raises(NewerText):
        discard_unfinished_text(ana, text, 1)
    discard_unfinished_text(ana, text, 2)
    assert kept() == []


def test_only_the_writer_discards() -> None:
    text = save(UserFactory(), FIRST)
    for actor in (UserFactory(), administrator(), Visitor()):
        with pytest.raises(Refused):
            discard_unfinished_text(actor, text, 1)


def test_visitors_and_others_save_nothing() -> None:
    ana = UserFactory()
    with pytest.raises(Refused):
        save_unfinished_text(Visitor(), None, FIRST)
    with pytest.raises(Refused):
        save_unfinished_text(ana, UserFactory().id, FIRST)
    assert kept() == []


def test_after_ninety_days_a_text_goes(stopped_clock: Any) -> None:
    ana, bor = UserFactory(), UserFactory()
    save(ana, FIRST)
    stopped_clock(MORNING + KEPT_FOR - timedelta(seconds=1))
    save(bor, FIRST)
    assert len(kept()) == 2
    stopped_clock(MORNING + KEPT_FOR)
    save(bor, replace(FIRST, place="comments.post:odlok:2"))
    assert kept() == [(bor.id, "Prvo.", 1), (bor.id, "Prvo.", 1)]


def test_a_closed_account_leaves_nothing_unfinished() -> None:
    ana, bor = UserFactory(), UserFactory()
    save(ana, FIRST)
    save(bor, FIRST)
    accounts.close_account(administrator(), ana, "na lastno željo")
    assert kept() == [(bor.id, "Prvo.", 1)]


def test_an_erased_account_takes_its_unfinished_texts_with_it() -> None:
    ana = UserFactory()
    UnfinishedTextFactory(user_id=ana.id)
    session.delete(ana)
    session.flush()
    session.expire_all()
    assert kept() == []
