"""The canonical bytes that organisations sign."""

from __future__ import annotations

import hashlib
import json
import unicodedata

import pytest
from factories import ConsultationFactory, PositionFactory, PublicBodyFactory
from positions.making import drafted_position, opened_position, version_of
from sqlalchemy import text as sql
from sqlalchemy.exc import DatabaseError

from participation.comments.models import WordingAction
from participation.foundation.database import session
from participation.positions.models import (
    Position,
    canonical_bytes,
    difference_html,
    fingerprint,
    parts_that_differ,
    text_of,
)

pytestmark = pytest.mark.usefixtures("app", "stopped_clock")

GOLDEN = (
    '{"addressees":["Občina Čaplja","Občina Šmarje"],'
    '"consultation":{"slug":"odlok-o-klopeh","title":"Odlok o klopeh"},'
    '"general":"Klopi naj bodo v senci.",'
    '"language":"sl",'
    '"points":[{"action":"change","article":"1. člen","demanded":"Klop ima naslonjalo.",'
    '"existing":"Klop nima naslonjala.","number":1,"reasons":"Starejši ljudje\\nse radi naslonijo."}],'
    '"position":"p-%d",'
    '"summary":["Klop naj ima naslonjalo.","Klop naj stoji v senci."],'
    '"title":"Stališče o klopeh",'
    '"version":1}'
)


def position_about_benches() -> Position:
    consultation = ConsultationFactory(slug="odlok-o-klopeh", title="Odlok o klopeh")
    position = PositionFactory(
        consultation=consultation,
        title="Stališče o klopeh",
        summary="Klop naj ima naslonjalo.\n\n  Klop naj stoji v senci.  ",
        general="Klopi naj bodo v senci.",
    )
    # Given in the wrong order on purpose: č stands before š, in whichever database.
    position.addressees = [PublicBodyFactory(name="Občina Šmarje"), PublicBodyFactory(name="Občina Čaplja")]
    [point] = position.points
    point.existing, point.demanded = "Klop nima naslonjala.", "Klop ima naslonjalo."
    point.reasons = "Starejši ljudje\nse radi naslonijo."
    session.flush()
    return position


def test_the_bytes_are_known_to_the_letter() -> None:
    position = position_about_benches()
    assert canonical_bytes(position, 1).decode() == GOLDEN % position.id


def test_the_fingerprint_is_what_sha256sum_counts() -> None:
    position = position_about_benches()
    expected = hashlib.sha256((GOLDEN % position.id).encode()).hexdigest()
    assert fingerprint(canonical_bytes(position, 1)) == expected


def test_the_same_words_give_the_same_bytes_however_they_were_typed() -> None:
    position = position_about_benches()
    before = canonical_bytes(position, 1)
    position.title = unicodedata.normalize("NFD", position.title)
    position.points[0].reasons = "Starejši ljudje  \r\nse radi naslonijo.\r\n"
    assert canonical_bytes(position, 1) == before


@pytest.mark.parametrize("field", ["title", "summary", "general"])
def test_every_part_of_the_text_counts(field: str) -> None:
    position = position_about_benches()
    before = canonical_bytes(position, 1)
    setattr(position, field, getattr(position, field) + "!")
    assert canonical_bytes(position, 1) != before


@pytest.mark.parametrize("field", ["existing", "demanded", "reasons"])
def test_every_part_of_a_point_counts(field: str) -> None:
    position = position_about_benches()
    before = canonical_bytes(position, 1)
    setattr(position.points[0], field, getattr(position.points[0], field) + "!")
    assert canonical_bytes(position, 1) != before


def test_another_version_number_gives_other_bytes() -> None:
    position = position_about_benches()
    assert canonical_bytes(position, 2) != canonical_bytes(position, 1)


def test_the_stored_bytes_fit_their_fingerprint() -> None:
    version = version_of(opened_position())
    assert hashlib.sha256(version.canonical).hexdigest() == version.sha256


@pytest.mark.parametrize(("column", "value"), [("canonical", b"{}"), ("sha256", "f" * 64)])
def test_not_even_sql_changes_a_frozen_text(column: str, value: object) -> None:
    version = version_of(opened_position())
    session.commit()
    before = (version.canonical, version.sha256)
    with pytest.raises(DatabaseError, match="a frozen text never changes"):
        session.execute(
            sql(f"UPDATE position_versions SET {column} = :value WHERE id = :id"),
            {"value": value, "id": version.id},
        )
    session.rollback()
    assert (version.canonical, version.sha256) == before


def test_a_page_shows_the_signed_words_even_when_the_rows_were_changed_behind_the_program() -> None:
    position = opened_position()
    signed = text_of(position)
    session.execute(sql("UPDATE points SET demanded = 'Podtaknjeno.', reasons = 'Podtaknjeno.'"))
    session.execute(sql("UPDATE positions SET title = 'Podtaknjeno', general = 'x', general_html = '<p>x</p>'"))
    session.expire_all()
    shown = text_of(position)
    assert (shown.title, shown.general_html) == (signed.title, "")
    assert [(point.demanded, point.reasons_html) for point in shown.points] == [("Novo besedilo.", "<p>Ker.</p>")]


def test_a_draft_is_read_through_the_same_bytes() -> None:
    position = drafted_position(title="Osnutek stališča")
    text = text_of(position)
    assert text.title == "Osnutek stališča"
    assert [point.article for point in text.points] == ["1. člen"]


@pytest.mark.parametrize(
    ("action", "existing", "demanded", "html"),
    [
        (WordingAction.CHANGE, "Klop je siva.", "Klop je modra.", "Klop je <del>siva</del><ins>modra</ins>."),
        (WordingAction.ADD, "Klop je siva.", "Koš je siv.", "<ins>Koš je siv.</ins>"),
        (WordingAction.DELETE, "Klop je siva.", "", "<del>Klop je siva.</del>"),
        (WordingAction.CHANGE, "Klop je siva.", "", ""),
    ],
)
def test_the_difference_shows_what_comes_and_what_goes(
    action: WordingAction, existing: str, demanded: str, html: str
) -> None:
    assert difference_html(action, existing, demanded) == html


def test_what_differs_is_said_part_by_part() -> None:
    position = position_about_benches()
    seen = canonical_bytes(position, 1)
    position.title = "Stališče o novih klopeh"
    position.points[0].demanded = "Klop ima visoko naslonjalo."
    now = canonical_bytes(position, 1)
    assert parts_that_differ(seen, now) == "Stališče o novih klopeh\n\n1. 1. člen: Klop ima visoko naslonjalo."
    assert parts_that_differ(now, now) == ""


def test_the_bytes_are_plain_json_of_strings_and_whole_numbers() -> None:
    def kinds(value: object) -> set[str]:
        if isinstance(value, dict):
            return set().union(*(kinds(part) for part in value.values()))
        if isinstance(value, list):
            return set().union(*(kinds(part) for part in value)) if value else set()
        return {type(value).__name__}

    assert kinds(json.loads(canonical_bytes(position_about_benches(), 1))) == {"str", "int"}
