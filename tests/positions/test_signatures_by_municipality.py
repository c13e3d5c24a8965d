"""How many signatories each municipality has."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from factories import representative
from flask import render_template
from organisations.pages import find, only, page_of, words
from positions.making import opened_position, organisation_of, sign, version_of

from participation.foundation import geography, region
from participation.foundation.database import session
from participation.positions.operations import withdraw_cosignature
from participation.positions.queries import live_cosignatures, signatures_by_municipality

pytestmark = pytest.mark.usefixtures("app")


def signed_from(position: Any, municipality: str) -> Any:
    person = representative()
    organisation = organisation_of(person)
    organisation.municipality = municipality
    session.flush()
    return person, sign(position, person, organisation)


def test_signatures_that_stand_are_counted_and_those_of_other_texts_are_not() -> None:
    position, other = opened_position(), opened_position()
    for municipality in ("SI-011", "SI-011", "SI-133"):
        signed_from(position, municipality)
    signed_from(other, "SI-079")
    person, cosignature = signed_from(position, "SI-133")
    withdraw_cosignature(person, cosignature, "Preložili smo odločitev.")
    session.flush()
    assert signatures_by_municipality(live_cosignatures(version_of(position).id)) == {"SI-011": 2, "SI-133": 1}


def test_the_map_of_signatories_is_one_picture_without_links(app: Any) -> None:
    position = opened_position()
    signed_from(position, "SI-133")
    counted = signatures_by_municipality(live_cosignatures(version_of(position).id))
    with app.test_request_context("/"):
        drawn = render_template("positions/_map.html", map=geography.shaded(region.current(), counted))
        page = page_of(SimpleNamespace(text=drawn))
    assert only(page, "figure > svg").get("role") == "img"
    assert find(page, "a") == []
    titles = [words(title) for title in find(page, "svg title")]
    assert [title for title in titles if not title.endswith(": 0 signatories")] == ["Velenje: 1 signatory"]
