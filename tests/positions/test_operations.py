"""Drafting a position from comments, writing it, and opening it for co-signing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from factories import (
    CommentFactory,
    ConsultationFactory,
    PublicBodyFactory,
    contributor,
    coordinator,
    representative,
)
from positions.making import drafted_position, fingerprint_of, opened_position, organisation_of, version_of
from sqlalchemy import func, select

from participation.comments.models import Comment, WordingAction
from participation.consultations.models import Consultation
from participation.foundation import clock
from participation.foundation.access import Refused
from participation.foundation.audit import AuditEntry
from participation.foundation.database import Conflict, new_key, session
from participation.foundation.mail import KIND
from participation.foundation.outbox import OutboxItem
from participation.positions.models import Position, PositionState, Remark
from participation.positions.operations import (
    PointContent,
    add_point,
    draft_position,
    edit_point,
    edit_position,
    move_point,
    open_position,
    post_remark,
    remove_point,
)

pytestmark = pytest.mark.usefixtures("app", "stopped_clock")


def comment_on(consultation: Consultation, place: int | None, **values: Any) -> Comment:
    """A comment on the provision at this place, or on the whole draft."""
    provision = consultation.versions[0].provisions[place] if place is not None else None
    return CommentFactory(consultation=consultation, provision=provision, **values)


def wording_on(consultation: Consultation, place: int, action: WordingAction, wording: str, source: str) -> Comment:
    return comment_on(consultation, place, kind="wording", wording_action=action, wording=wording, source=source)


def draft_from(comments: list[Comment], **values: Any) -> Position:
    consultation = comments[0].consultation
    chosen = {"title": "Stališče o klopeh", "form_key": new_key()} | values
    return draft_position(coordinator(), consultation, comments=comments, **chosen)


def content(**values: Any) -> PointContent:
    chosen: dict[str, Any] = {
        "action": WordingAction.CHANGE,
        "provisions": [],
        "existing": "Staro.",
        "demanded": "Novo.",
        "reasons": "Ker.",
    }
    return PointContent(**(chosen | values))


def test_comments_on_one_provision_become_one_point_in_the_order_of_the_draft() -> None:
    consultation = ConsultationFactory()
    second = comment_on(consultation, 1, source="Drugi člen je nejasen.")
    first = wording_on(consultation, 0, WordingAction.CHANGE, "Klop ima naslonjalo.", "Zaradi starejših.")
    also_first = comment_on(consultation, 0, source="Se strinjam.")
    comment_on(consultation, 1, source="Te nihče ni izbral.")
    position = draft_from([second, first, also_first])
    assert [
        (point.number, point.article, point.existing, point.demanded, point.reasons) for point in position.points
    ] == [
        (1, "1. člen", "To je besedilo 1. člena.", "Klop ima naslonjalo.", "Zaradi starejših.\n\nSe strinjam."),
        (2, "2. člen", "To je besedilo 2. člena.", "", "Drugi člen je nejasen."),
    ]
    assert [[comment.id for comment in point.comments] for point in position.points] == [
        [first.id, also_first.id],
        [second.id],
    ]


@pytest.mark.parametrize(
    ("action", "wording", "existing", "demanded"),
    [
        (WordingAction.CHANGE, "Novo.", "To je besedilo 1. člena.", "Novo."),
        (WordingAction.ADD, "Dodano.", "", "Dodano."),
        (WordingAction.DELETE, "", "To je besedilo 1. člena.", ""),
    ],
)
def test_a_proposed_wording_becomes_the_demand(
    action: WordingAction, wording: str, existing: str, demanded: str
) -> None:
    position = draft_from([wording_on(ConsultationFactory(), 0, action, wording, "Ker.")])
    [point] = position.points
    assert (point.action, point.existing, point.demanded) == (action, existing, demanded)
    assert point.is_complete


def test_what_was_said_of_the_whole_draft_becomes_the_general_part() -> None:
    consultation = ConsultationFactory()
    position = draft_from([comment_on(consultation, None, source="Odlok je **dober**.")])
    assert (position.general, position.general_html) == (
        "Odlok je **dober**.",
        "<p>Odlok je <strong>dober</strong>.</p>",
    )
    assert position.points == []
    assert position.addressees == [consultation.body]


def test_one_form_makes_one_position() -> None:
    comment = comment_on(ConsultationFactory(), 0)
    first = draft_from([comment], form_key="isti-obrazec")
    again = draft_from([comment], form_key="isti-obrazec")
    assert again.id == first.id
    assert session.scalar(select(func.count(Position.id))) == 1


def test_two_positions_of_one_title_have_addresses_of_their_own() -> None:
    comment = comment_on(ConsultationFactory(), 0)
    assert [draft_from([comment]).slug, draft_from([comment]).slug] == ["stalisce-o-klopeh", "stalisce-o-klopeh-2"]


def test_a_contributor_drafts_nothing() -> None:
    consultation = ConsultationFactory()
    with pytest.raises(Refused):
        draft_position(contributor(), consultation, title="Stališče", comments=[], form_key=new_key())
    assert session.scalar(select(func.count(Position.id))) == 0


def edit(position: Position, **values: Any) -> None:
    chosen: dict[str, Any] = {
        "revision": position.revision,
        "title": "Novi naslov",
        "summary": "Prva zahteva\nDruga zahteva",
        "general": "Splošno *o vsem*.",
        "addressees": position.addressees,
    }
    edit_position(position.created_by, position, **(chosen | values))


def test_the_text_is_saved_with_its_html() -> None:
    position = drafted_position()
    body = PublicBodyFactory()
    edit(position, addressees=[body])
    assert (position.title, position.key_demands) == ("Novi naslov", ["Prva zahteva", "Druga zahteva"])
    assert position.general_html == "<p>Splošno <em>o vsem</em>.</p>"
    assert position.addressees == [body]


def test_a_form_that_was_overtaken_is_a_conflict_and_shows_what_is_stored() -> None:
    position = drafted_position(title="Prvotni naslov", summary="Prva zahteva", general="")
    seen = position.revision
    edit(position, title="Naslov drugega")
    with pytest.raises(Conflict) as conflict:
        edit(position, revision=seen, title="Moj naslov")
    assert conflict.value.stored == "Naslov drugega\n\nPrva zahteva\nDruga zahteva\n\nSplošno *o vsem*."
    assert position.title == "Naslov drugega"


def test_a_point_takes_the_existing_wording_from_its_provision() -> None:
    position = drafted_position()
    provision = position.consultation.versions[0].provisions[1]
    point = add_point(position.created_by, position, content(existing="", provisions=[provision]), form_key=new_key())
    assert (point.number, point.existing) == (2, "To je besedilo 2. člena.")
    assert point.reasons_html == "<p>Ker.</p>"


def test_one_form_makes_one_point() -> None:
    position = drafted_position()
    for _ in range(2):
        add_point(position.created_by, position, content(), form_key="isti-obrazec")
    session.expire(position, ["points"])
    assert [point.number for point in position.points] == [1, 2]


def test_two_people_write_two_points_without_a_conflict_and_one_point_with_one() -> None:
    position = drafted_position()
    second = add_point(position.created_by, position, content(), form_key=new_key())
    first = next(point for point in position.points if point.number == 1)
    seen_first, seen_second = first.revision, second.revision
    edit_point(position.created_by, first, content(demanded="Od enega."), revision=seen_first)
    edit_point(position.created_by, second, content(demanded="Od drugega."), revision=seen_second)
    with pytest.raises(Conflict) as conflict:
        edit_point(position.created_by, first, content(demanded="Prepozno."), revision=seen_first)
    assert conflict.value.stored == "Od enega.\n\nKer."
    assert (first.demanded, second.demanded) == ("Od enega.", "Od drugega.")


def points_in_order(position: Position) -> list[tuple[int, str]]:
    session.expire_all()
    return [(point.number, point.demanded) for point in position.points]


def position_with_three_points() -> Position:
    position = drafted_position()
    for words in ("Drugo.", "Tretje."):
        add_point(position.created_by, position, content(demanded=words), form_key=new_key())
    session.expire(position, ["points"])
    return position


@pytest.mark.parametrize(
    ("number", "steps", "order"),
    [
        (3, -1, ["Novo besedilo.", "Tretje.", "Drugo."]),
        (1, 1, ["Drugo.", "Novo besedilo.", "Tretje."]),
        (1, -1, ["Novo besedilo.", "Drugo.", "Tretje."]),
        (3, 1, ["Novo besedilo.", "Drugo.", "Tretje."]),
    ],
)
def test_points_change_places_and_stop_at_the_ends(number: int, steps: int, order: list[str]) -> None:
    position = position_with_three_points()
    move_point(position.created_by, position.points[number - 1], steps)
    assert points_in_order(position) == list(enumerate(order, start=1))


def test_points_behind_a_removed_one_move_up() -> None:
    position = position_with_three_points()
    remove_point(position.created_by, position.points[1])
    assert points_in_order(position) == [(1, "Novo besedilo."), (2, "Tretje.")]


def test_a_remark_is_kept_once_with_its_html() -> None:
    position = drafted_position()
    person = contributor()
    for _ in range(2):
        post_remark(person, position, organisation_of(person), source="Raje **deset**.", form_key="isti-obrazec")
    [remark] = session.scalars(select(Remark))
    assert (remark.html, remark.organisation_id) == (
        "<p>Raje <strong>deset</strong>.</p>",
        organisation_of(person).id,
    )


def test_nobody_speaks_for_an_organisation_of_others() -> None:
    with pytest.raises(Refused):
        post_remark(
            contributor(), drafted_position(), organisation_of(contributor()), source="Da.", form_key=new_key()
        )


def test_opening_freezes_the_text_until_the_end_of_the_day() -> None:
    position = drafted_position()
    seen = fingerprint_of(position)
    day = clock.today() + timedelta(days=5)
    version = open_position(position.created_by, position, until=day, sha256_seen=seen)
    assert (version.number, version.sha256, version.cosigning_until) == (1, seen, clock.end_of(day))
    assert (position.state, position.frozen) == (PositionState.OPENED, version)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "position.opened")).one()
    assert entry.details["sha256"] == seen


def test_what_changed_since_it_was_read_is_not_frozen() -> None:
    position = drafted_position(title="Stališče o klopeh")
    seen = fingerprint_of(position)
    edit_point(position.created_by, position.points[0], content(demanded="Podtaknjeno."), revision=1)
    with pytest.raises(Conflict) as conflict:
        open_position(position.created_by, position, until=clock.today(), sha256_seen=seen)
    assert conflict.value.stored.startswith("Stališče o klopeh\n\n")
    assert position.state == PositionState.DRAFTED


def test_pressing_the_button_twice_opens_it_once() -> None:
    position = drafted_position()
    seen = fingerprint_of(position)
    versions = [open_position(position.created_by, position, until=clock.today(), sha256_seen=seen) for _ in range(2)]
    assert versions[0] is versions[1]
    assert len(position.versions) == 1


def test_opening_asks_each_representative_of_a_member_organisation_once() -> None:
    outside = representative()
    organisation_of(outside).state = "left"
    contributor()
    asked = [representative(), representative()]
    position = opened_position(created_by=asked[0])
    mails = session.scalars(select(OutboxItem).where(OutboxItem.kind == KIND).order_by(OutboxItem.id)).all()
    assert [mail.payload["to"] for mail in mails] == [person.email for person in asked]
    assert {mail.payload["values"]["slug"] for mail in mails} == {position.slug}


@pytest.mark.parametrize("days", [-1, 21])
def test_a_deadline_in_the_past_or_after_the_official_one_is_refused(days: int) -> None:
    position = drafted_position()
    with pytest.raises(Refused):
        open_position(
            position.created_by,
            position,
            until=clock.today() + timedelta(days=days),
            sha256_seen=fingerprint_of(position),
        )


def test_nothing_of_a_frozen_text_can_be_edited() -> None:
    position = opened_position()
    author, point = position.created_by, position.points[0]
    acts = [
        lambda: edit(position),
        lambda: add_point(author, position, content(), form_key=new_key()),
        lambda: edit_point(author, point, content(), revision=point.revision),
        lambda: move_point(author, point, 1),
        lambda: remove_point(author, point),
        lambda: post_remark(author, position, None, source="Še nekaj.", form_key=new_key()),
    ]
    for act in acts:
        with pytest.raises(Refused):
            act()
    assert fingerprint_of(position) == version_of(position).sha256
