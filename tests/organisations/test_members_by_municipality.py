"""How many members each municipality has, and the map that shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from factories import OrganisationFactory
from organisations.pages import find, only, page_of, words

from participation.organisations import queries
from participation.organisations.models import OrganisationState

pytestmark = pytest.mark.usefixtures("app")


def test_only_members_of_today_are_counted() -> None:
    for municipality in ("SI-011", "SI-011", "SI-133"):
        OrganisationFactory(municipality=municipality)
    for state in OrganisationState:
        if state != OrganisationState.ADMITTED:
            OrganisationFactory(municipality="SI-079", state=state)
    assert queries.members_by_municipality() == {"SI-011": 2, "SI-133": 1}


@pytest.mark.parametrize("number", [1, 30])
def test_it_is_one_statement(number: int, count_queries: Callable[[], Any]) -> None:
    for place in range(number):
        OrganisationFactory(municipality=("SI-011", "SI-133", "SI-079")[place % 3])
    with count_queries() as statements:
        assert sum(queries.members_by_municipality().values()) == number
    assert len(statements) == 1


def test_the_map_leads_to_the_members_of_each_municipality(client: Any) -> None:
    for municipality in ("SI-011", "SI-011", "SI-133"):
        OrganisationFactory(municipality=municipality)
    page = page_of(client.get("/organisations?municipality=SI-133"))
    links = find(page, "#members-map a.place")
    assert [(link.get("href"), words(only(link, "title"))) for link in links] == [
        ("/organisations?municipality=SI-011", "Celje: 2 members"),
        ("/organisations?municipality=SI-133", "Velenje: 1 member"),
    ]
    assert [link.get("aria-current") for link in links] == [None, "true"]
    assert [words(title) for title in find(page, "#members-map g.place title")][:2] == [
        "Dobrna: 0 members",
        "Laško: 0 members",
    ]
    assert only(page, "#members-map > svg").get("role") == "group"


def test_the_table_beside_the_map_has_the_same_numbers(client: Any) -> None:
    OrganisationFactory(municipality="SI-133")
    page = page_of(client.get("/organisations"))
    rows = [[words(cell) for cell in row] for row in find(page, "#members-map tbody tr")]
    assert len(rows) == 31 + 5
    assert [row for row in rows if row[1] != "0"] == [["Savinja and Šalek area", "1"], ["Velenje Vel", "1"]]


def test_an_empty_network_has_a_map_without_links_and_only_for_who_looks_for_somebody(client: Any) -> None:
    assert find(page_of(client.get("/organisations")), "#members-map") == []
    page = page_of(client.get("/organisations?words=nikjer"))
    assert len(find(page, "#members-map g.place")) == 31
    assert find(page, "#members-map a") == []
    assert [words(item) for item in find(page, "#members-map .map-legend li")] == ["0"]
