"""Adding, correcting and loading bodies."""

from __future__ import annotations

from dataclasses import replace

import pytest
from factories import PublicBodyFactory, coordinator, representative
from sqlalchemy import func, select

from participation.accounts.models import Operator
from participation.bodies import operations, queries
from participation.bodies.models import Entry, Level, PublicBody
from participation.foundation import region
from participation.foundation.access import Refused
from participation.foundation.audit import AuditEntry
from participation.foundation.database import Conflict, NotFound, session

pytestmark = pytest.mark.usefixtures("app")

SVET = Entry(name="Svet za mladino", kind="advisory_body", level=Level.MUNICIPAL, municipality="SI-011")


def number_of_bodies() -> int:
    return session.scalar(select(func.count(PublicBody.id))) or 0


def test_an_added_body_is_found_by_its_address_and_name() -> None:
    PublicBodyFactory(name="Svet za šport", slug="svet-za-sport")
    body = operations.add_body(coordinator(), SVET, "kljuc")
    assert (body.slug, body.level_label, str(body.kind_label)) == ("svet-za-mladino", "municipal", "advisory body")
    assert queries.body_by_slug("svet-za-mladino") is body
    assert queries.body_by_name("Svet za mladino") is body
    assert queries.body_by_name("SVET ZA MLADINO") is body
    assert queries.body_by_name("Svet") is None
    with pytest.raises(NotFound):
        queries.body_by_slug("svet")


def test_the_same_form_sent_twice_adds_one_body() -> None:
    actor = coordinator()
    assert operations.add_body(actor, SVET, "kljuc") is operations.add_body(actor, SVET, "kljuc")
    assert number_of_bodies() == 1


def test_a_name_stands_once_in_the_address_book() -> None:
    actor = coordinator()
    first = operations.add_body(actor, SVET, "prvi")
    second = operations.add_body(actor, replace(SVET, name="Svet za kulturo"), "drugi")
    with pytest.raises(Conflict):
        operations.add_body(actor, replace(SVET, name="SVET ZA MLADINO"), "tretji")
    with pytest.raises(Conflict):
        operations.edit_body(actor, second, SVET)
    operations.edit_body(actor, first, replace(SVET, name="SVET ZA MLADINO", email="svet@primer.example"))
    assert (first.name, first.slug, first.email) == ("SVET ZA MLADINO", "svet-za-mladino", "svet@primer.example")


def test_no_body_takes_the_address_of_a_page() -> None:
    assert operations.add_body(coordinator(), replace(SVET, name="New"), "kljuc").slug == "new-2"


def test_others_change_nothing() -> None:
    for act in (
        lambda: operations.add_body(representative(), SVET, "kljuc"),
        lambda: operations.edit_body(representative(), PublicBodyFactory(name="Občina"), SVET),
        lambda: operations.load_bodies(representative()),
    ):
        with pytest.raises(Refused):
            act()


def test_loading_takes_over_all_bodies_of_the_installation_once() -> None:
    given = region.current().bodies
    added = operations.load_bodies(Operator())
    assert sorted(body.name for body in added) == sorted(body.name.in_language("sl") for body in given)
    assert operations.load_bodies(Operator()) == []
    assert number_of_bodies() == len(given)
    celje = queries.body_by_name(region.current().municipality("SI-011").official_name)
    assert celje is not None
    assert (celje.municipality, celje.level) == ("SI-011", "municipal")
    assert session.scalar(select(func.count(AuditEntry.id))) == len(given)


def test_loading_again_keeps_what_the_office_corrected_and_adds_what_it_lacks() -> None:
    operations.load_bodies(Operator())
    ministry = next(body for body in queries.all_bodies() if body.kind == "ministry")
    ministry.name, ministry.email = "Ministrstvo za vse", "gp@ministrstvo.example"
    session.delete(next(body for body in queries.all_bodies() if body.kind == "government"))
    session.flush()
    assert [body.kind for body in operations.load_bodies(Operator())] == ["government"]
    assert (ministry.name, ministry.email) == ("Ministrstvo za vse", "gp@ministrstvo.example")


def test_loading_recognises_a_body_that_the_office_added_by_hand() -> None:
    given = region.current().bodies[0]
    by_hand = PublicBodyFactory(name=given.name.in_language("sl"), email="pisarna@svet.example")
    assert by_hand not in operations.load_bodies(Operator())
    assert (by_hand.installation_key, by_hand.email) == (given.key, "pisarna@svet.example")


def test_bodies_stand_in_the_order_of_slovenian_names() -> None:
    made = {name: PublicBodyFactory(name=name) for name in ("Občina Žalec", "Občina Šentjur", "Občina Solčava")}
    ordered = ["Občina Solčava", "Občina Šentjur", "Občina Žalec"]
    assert [body.name for body in queries.all_bodies()] == ordered
    chosen = queries.bodies_by_ids([made["Občina Žalec"].id, made["Občina Šentjur"].id, 999])
    assert [body.name for body in chosen] == ordered[1:]
    assert queries.bodies_by_ids([]) == []
