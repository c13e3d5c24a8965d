"""The pages of the address book, and its command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from factories import PublicBodyFactory, coordinator
from organisations.pages import find, only, page_of, texts
from sqlalchemy import func, select

from participation.bodies.models import PublicBody
from participation.foundation import region
from participation.foundation.database import session

NEW = {"name": "Svet za mladino", "kind": "advisory_body", "level": "municipal", "email": "svet@primer.example"}


@pytest.mark.parametrize("number", [1, 30])
def test_the_address_book_stays_within_its_budget(client: Any, count_queries: Callable[[], Any], number: int) -> None:
    for _time in range(number):
        PublicBodyFactory()
    with count_queries() as queries:
        response = client.get("/bodies")
    assert len(find(page_of(response), ".directory > li")) == number
    assert len([query for query in queries if query.startswith("SELECT")]) <= 6


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Ministrstvo za vode", "Občina Žalec"]),
        ("?kind=ministry", ["Ministrstvo za vode"]),
        ("?level=municipal", ["Občina Žalec"]),
        ("?words=ŽALEC", ["Občina Žalec"]),
        ("?words=vode&level=municipal", []),
        ("?kind=nonsense", []),
    ],
)
def test_the_address_book_is_narrowed(client: Any, query: str, found: list[str]) -> None:
    PublicBodyFactory(name="Občina Žalec", kind="municipality")
    PublicBodyFactory(name="Ministrstvo za vode", kind="ministry", level="national")
    assert texts(page_of(client.get(f"/bodies{query}")), ".directory h2") == found


def test_a_body_of_an_unknown_kind_is_shown_and_can_be_corrected(client: Any) -> None:
    body = PublicBodyFactory(name="Sklad", slug="sklad", kind="občinski sklad")
    assert texts(page_of(client.get("/bodies/sklad")), "dd") == [
        "občinski sklad",
        "municipal",
        "No email address for submissions is known.",
    ]
    client.sign_in(coordinator())
    form = page_of(client.get("/desk/bodies/sklad"))
    assert only(form, "#kind option[selected]").get("value") == "občinski sklad"
    kept = {"name": "Občinski sklad", "kind": "občinski sklad", "level": "municipal"}
    assert client.post("/desk/bodies/sklad", data=kept).status_code == 303
    assert (body.name, body.kind) == ("Občinski sklad", "občinski sklad")


def test_a_body_sent_twice_is_added_once(client: Any) -> None:
    client.sign_in(coordinator())
    answers = [client.post("/desk/bodies/new", data=NEW | {"form_key": "isti"}) for _time in range(2)]
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, "/bodies/svet-za-mladino")] * 2
    assert session.scalar(select(func.count(PublicBody.id))) == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "OBČINA ŽALEC"}, "name"),
        ({"name": "a" * 251}, "name"),
        ({"kind": ""}, "kind"),
        ({"level": "galactic"}, "level"),
        ({"municipality": "SI-061"}, "municipality"),
        ({"email": "brez afne"}, "email"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(client: Any, wrong: dict[str, str], field: str) -> None:
    PublicBodyFactory(name="Občina Žalec")
    client.sign_in(coordinator())
    response = client.post("/desk/bodies/new", data=NEW | {"address": "Glavni trg 1"} | wrong)
    assert response.status_code == 422
    form = page_of(response)
    assert [link.get("href") for link in find(form, ".error-summary a")] == [f"#{field}"]
    assert only(form, "#address").get("value") == "Glavni trg 1"
    assert session.scalar(select(func.count(PublicBody.id))) == 1


def test_the_command_loads_the_address_book_and_says_how_many(app: Any) -> None:
    runner = app.test_cli_runner()
    first = runner.invoke(args=["bodies", "load"])
    assert first.output.splitlines()[-1] == f"Added to the address book: {len(region.current().bodies)}"
    assert runner.invoke(args=["bodies", "load"]).output == "Added to the address book: 0\n"
