"""Who is named where a point sums up its comments."""

from __future__ import annotations

from typing import Any

import pytest
from factories import CommentFactory, OrganisationFactory, UserFactory
from positions.making import opened_position

from participation.foundation.database import session

pytestmark = pytest.mark.usefixtures("app", "stopped_clock")


def page_with(client: Any, *speakers: Any, wording: str = "") -> str:
    """The public page of a position whose point takes up one comment of each; None is a person."""
    position = opened_position(slug="klopi")
    point = position.points[0]
    proposal = {"kind": "wording", "wording_action": "change", "wording": wording} if wording else {}
    for organisation in speakers:
        values = {"kind": "provision", "organisation": organisation, "author": UserFactory()} | proposal
        point.comments.append(
            CommentFactory(consultation=position.consultation, provision=point.provisions[0], **values)
        )
    session.commit()
    return str(client.get("/positions/klopi").text)


def taken_from(page: str) -> str:
    """What the point says of where it comes from."""
    return page.partition("Taken from the comments:")[2].partition("</p>")[0]


def test_an_organisation_with_several_comments_is_named_once(client: Any) -> None:
    lipa, hrast = OrganisationFactory(name="Društvo Lipa"), OrganisationFactory(name="Zavod Hrast")
    page = taken_from(page_with(client, lipa, hrast, lipa))
    assert (page.count("<bdi>Društvo Lipa</bdi>"), page.count("<bdi>Zavod Hrast</bdi>")) == (1, 1)
    assert page.count("another comment of theirs") == 1


def test_people_are_not_taken_for_one_person(client: Any) -> None:
    assert taken_from(page_with(client, None, None)).count("<bdi>a registered person</bdi>") == 2


def test_who_asked_for_words_in_two_comments_is_named_once_beside_them(client: Any) -> None:
    lipa, hrast = OrganisationFactory(name="Društvo Lipa"), OrganisationFactory(name="Zavod Hrast")
    page = page_with(client, lipa, hrast, lipa, wording="Novo besedilo.")
    who = page.partition('class="who-asked"')[2].partition("</details>")[0]
    assert (who.count("<bdi>Društvo Lipa</bdi>"), who.count("another comment of theirs")) == (1, 1)
