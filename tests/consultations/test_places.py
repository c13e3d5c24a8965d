"""How many open consultations each municipality has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from factories import ConsultationFactory
from flask import render_template
from organisations.pages import find, only, page_of, words

from participation.consultations.models import ConsultationState
from participation.consultations.queries import OpenConsultations, consultations_by_municipality
from participation.foundation import clock, geography, region

pytestmark = pytest.mark.usefixtures("app", "stopped_clock")


def test_open_ones_count_in_each_municipality_that_they_name() -> None:
    ConsultationFactory(municipalities=["SI-011", "SI-133"])
    ConsultationFactory(municipalities=["SI-133"])
    for _time in range(2):
        ConsultationFactory(municipalities=[])
    ConsultationFactory(municipalities=["SI-079"], opens_on=clock.today() + timedelta(days=1))
    ConsultationFactory(municipalities=["SI-079"], internal_deadline_on=clock.today() - timedelta(days=1))
    ConsultationFactory(municipalities=["SI-079"], state=ConsultationState.PREPARING)
    assert consultations_by_municipality() == OpenConsultations({"SI-011": 1, "SI-133": 2}, whole_region=2)


@pytest.mark.parametrize("number", [1, 30])
def test_it_is_one_statement(number: int, count_queries: Callable[[], Any]) -> None:
    for place in range(number):
        ConsultationFactory(municipalities=[("SI-011", "SI-133", "SI-079")[place % 3]], articles=1)
    with count_queries() as statements:
        assert sum(consultations_by_municipality().by_municipality.values()) == number
    assert len(statements) == 1


def test_the_map_leads_to_the_open_ones_of_a_municipality(app: Any) -> None:
    ConsultationFactory(municipalities=["SI-133"])
    ConsultationFactory(municipalities=[])
    found = consultations_by_municipality()
    with app.test_request_context("/"):
        drawn = render_template(
            "consultations/_map.html",
            map=geography.shaded(region.current(), found.by_municipality),
            whole_region=found.whole_region,
            chosen="SI-133",
        )
        page = page_of(SimpleNamespace(text=drawn))
    link = only(page, "svg a.place")
    assert (link.get("href"), link.get("aria-current")) == ("/consultations?municipality=SI-133&phase=open", "true")
    assert words(only(link, "title")) == "Velenje: 1 open consultation"
    assert words(find(page, "p.meta")[-1]) == (
        "1 more open consultation concerns the whole region and is not counted on the map."
    )
