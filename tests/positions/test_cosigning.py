"""Signing one exact text for an organisation, and taking the signature back."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from factories import OrganisationFactory, contributor, representative
from positions.making import drafted_position, opened_position, organisation_of, sign, version_of
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from submissions.making import SubmissionFactory

from participation.foundation import clock
from participation.foundation.access import Refused
from participation.foundation.audit import AuditEntry
from participation.foundation.database import Conflict, new_key, session
from participation.foundation.mail import KIND
from participation.foundation.outbox import OutboxItem
from participation.ledger.models import commitment
from participation.ledger.queries import entries_of, secrets_of
from participation.organisations.models import Membership, MembershipState
from participation.positions.models import (
    Cosignature,
    CosignatureState,
    Decision,
    Position,
    PositionState,
    PositionVersion,
    position_thread,
)
from participation.positions.operations import cosign_position, withdraw_cosignature
from participation.positions.queries import coverage, live_cosignatures, waiting_for
from participation.submissions.events import submission_sent
from participation.texts.markdown import TooLong

pytestmark = pytest.mark.usefixtures("app", "stopped_clock")


@pytest.fixture
def scene() -> Any:
    """A position that is open, and a person with the mandate of an organisation."""
    person = representative()
    return SimpleNamespace(position=opened_position(), person=person, organisation=organisation_of(person))


def rows() -> list[Cosignature]:
    return list(session.scalars(select(Cosignature).order_by(Cosignature.id)))


def test_a_signature_says_who_for_whom_under_which_text(scene: Any) -> None:
    cosignature = sign(scene.position, scene.person, scene.organisation, statement="  Z veseljem.\r\n")
    assert (cosignature.signer, cosignature.organisation) == (scene.person, scene.organisation)
    assert cosignature.membership_id == scene.person.memberships[0].id
    assert cosignature.sha256_seen == version_of(scene.position).sha256
    assert (cosignature.statement, cosignature.state) == ("  Z veseljem.", CosignatureState.LIVE)


def test_pressing_the_button_twice_signs_once(scene: Any) -> None:
    first = sign(scene.position, scene.person, scene.organisation, form_key="isti-obrazec")
    again = sign(scene.position, scene.person, scene.organisation, form_key="isti-obrazec")
    assert again is first
    assert rows() == [first]


def test_a_colleague_gets_the_signature_that_stands(scene: Any) -> None:
    first = sign(scene.position, scene.person, scene.organisation)
    assert sign(scene.position, representative(scene.organisation), scene.organisation) is first
    assert rows() == [first]


def test_another_organisation_signs_beside_it(scene: Any) -> None:
    other = representative()
    sign(scene.position, scene.person, scene.organisation)
    sign(scene.position, other, organisation_of(other))
    signed = {cosignature.organisation_id for cosignature in live_cosignatures(version_of(scene.position).id)}
    assert signed == {scene.organisation.id, organisation_of(other).id}


def test_the_database_itself_refuses_a_second_live_signature(scene: Any) -> None:
    first = sign(scene.position, scene.person, scene.organisation)
    session.commit()
    second = Cosignature(
        version_id=first.version_id,
        organisation_id=first.organisation_id,
        signer_id=first.signer_id,
        membership_id=first.membership_id,
        sha256_seen=first.sha256_seen,
        form_key=new_key(),
    )
    session.add(second)
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()
    assert [row.id for row in rows()] == [first.id]


def test_another_text_than_the_one_that_is_open_is_a_conflict(scene: Any) -> None:
    with pytest.raises(Conflict) as conflict:
        sign(scene.position, scene.person, scene.organisation, sha256_seen="0" * 64)
    assert conflict.value.stored.startswith(scene.position.title)
    assert rows() == []


def test_a_conflict_with_an_earlier_version_shows_what_changed(scene: Any) -> None:
    older = opened_position()
    position = scene.position
    old = version_of(older)
    position.versions[0].number = 2
    session.add(
        PositionVersion(
            position_id=position.id,
            number=1,
            canonical=version_of(position).canonical.replace(b"Novo besedilo.", b"Staro besedilo."),
            sha256="e" * 64,
            opened_at=old.opened_at,
            opened_by_id=old.opened_by_id,
            cosigning_until=old.cosigning_until,
        )
    )
    session.flush()
    session.expire(position, ["versions"])
    with pytest.raises(Conflict) as conflict:
        sign(position, scene.person, scene.organisation, sha256_seen="e" * 64)
    assert conflict.value.stored == "1. 1. člen: Novo besedilo."


def test_a_text_that_gave_way_while_the_signature_waited_is_not_signed(scene: Any) -> None:
    """Another transaction opens the next version between our reading of the position and our lock on it."""
    first = version_of(scene.position)
    assert scene.position.versions == [first]
    behind_our_back = insert(PositionVersion).values(
        position_id=scene.position.id, number=2, canonical=first.canonical.replace(b"Novo", b"Novejse"),
        sha256="f" * 64, opened_at=first.opened_at, opened_by_id=first.opened_by_id,
        cosigning_until=first.cosigning_until,
    )  # fmt: skip
    session.execute(behind_our_back)
    opened = update(Position).where(Position.id == scene.position.id).values(revision=Position.revision + 1)
    session.execute(opened, execution_options={"synchronize_session": False})
    with pytest.raises(Conflict) as conflict:
        cosign_position(
            scene.person,
            first,
            scene.organisation,
            sha256_seen=first.sha256,
            decision=Decision(),
            form_key=new_key(),
        )
    assert conflict.value.stored == "1. 1. člen: Novejse besedilo."
    assert rows() == []


def test_a_deadline_that_has_passed_is_refused(scene: Any, stopped_clock: Any) -> None:
    stopped_clock(version_of(scene.position).cosigning_until + timedelta(microseconds=1))
    with pytest.raises(Refused):
        sign(scene.position, scene.person, scene.organisation)
    assert rows() == []


def test_a_mandate_that_ended_behind_our_back_does_not_sign(scene: Any) -> None:
    """The person's places were read before somebody else removed the person."""
    assert scene.person.memberships[0].is_live
    place = scene.person.memberships[0]
    session.execute(
        update(Membership)
        .where(Membership.id == place.id)
        .values(state=MembershipState.ENDED)
        .execution_options(synchronize_session=False)
    )
    with pytest.raises(Refused):
        sign(scene.position, scene.person, scene.organisation)
    assert rows() == []


@pytest.mark.parametrize("person", ["contributor", "stranger"])
def test_nobody_else_signs(scene: Any, person: str) -> None:
    actor = contributor(scene.organisation) if person == "contributor" else representative()
    with pytest.raises(Refused):
        sign(scene.position, actor, scene.organisation)


def test_a_statement_has_an_end(scene: Any) -> None:
    with pytest.raises(TooLong):
        sign(scene.position, scene.person, scene.organisation, statement="a" * 1501)
    assert rows() == []


def test_all_representatives_of_the_organisation_are_told(scene: Any) -> None:
    colleague = representative(scene.organisation)
    contributor(scene.organisation)
    session.execute(delete(OutboxItem))
    sign(scene.position, scene.person, scene.organisation)
    told = [
        mail.payload
        for mail in session.scalars(select(OutboxItem).where(OutboxItem.kind == KIND).order_by(OutboxItem.id))
    ]
    assert [mail["to"] for mail in told] == [scene.person.email, colleague.email]
    assert {mail["template"] for mail in told} == {"positions/emails/cosigned.txt"}


def test_a_withdrawn_signature_stays_on_record_and_the_organisation_may_sign_again(scene: Any) -> None:
    first = sign(scene.position, scene.person, scene.organisation)
    withdraw_cosignature(representative(scene.organisation), first, "Premislili smo si.")
    assert (first.state, first.withdrawn_because) == (CosignatureState.WITHDRAWN, "Premislili smo si.")
    assert live_cosignatures(version_of(scene.position).id) == []
    second = sign(scene.position, scene.person, scene.organisation)
    assert [row.state for row in rows()] == [CosignatureState.WITHDRAWN, CosignatureState.LIVE]
    assert live_cosignatures(version_of(scene.position).id) == [second]


def test_the_record_of_a_withdrawal_commits_to_who_withdrew(scene: Any) -> None:
    other = representative(scene.organisation)
    withdraw_cosignature(other, sign(scene.position, scene.person, scene.organisation), "Premislili smo si.")
    record = entries_of([position_thread(scene.position.id)])[-1]
    [secret] = secrets_of([record.seq], "who")
    assert (record.kind, secret.user_id, secret.said) == (
        "withdraw", other.id, {"name": other.name, "email": other.email},
    )  # fmt: skip
    assert record.said["who"] == commitment("who", secret.salt, secret.said)
    assert other.name.encode() not in record.record


def test_the_old_form_of_a_withdrawn_signature_does_not_sign_again(scene: Any) -> None:
    first = sign(scene.position, scene.person, scene.organisation, form_key="stari-obrazec")
    withdraw_cosignature(scene.person, first)
    with pytest.raises(Conflict):
        sign(scene.position, scene.person, scene.organisation, form_key="stari-obrazec")
    assert rows() == [first]


def test_withdrawing_twice_is_refused(scene: Any) -> None:
    cosignature = sign(scene.position, scene.person, scene.organisation)
    withdraw_cosignature(scene.person, cosignature)
    with pytest.raises(Refused):
        withdraw_cosignature(scene.person, cosignature)


def test_both_acts_are_in_the_audit_log(scene: Any) -> None:
    cosignature = sign(scene.position, scene.person, scene.organisation)
    withdraw_cosignature(scene.person, cosignature, "Pomota.")
    entries = session.scalars(select(AuditEntry).where(AuditEntry.thing == "Cosignature").order_by(AuditEntry.id))
    assert [(entry.action, entry.actor_id, entry.because) for entry in entries] == [
        ("position.cosigned", scene.person.id, ""),
        ("cosignature.withdrawn", scene.person.id, "Pomota."),
    ]


def test_a_sent_submission_delivers_its_positions(scene: Any) -> None:
    draft = drafted_position()
    submission = SubmissionFactory(
        consultation=scene.position.consultation, compiled_by=scene.person, positions=[scene.position, draft]
    )
    submission_sent.send(submission, on=clock.today())
    assert (scene.position.state, draft.state) == (PositionState.DELIVERED, PositionState.DRAFTED)
    with pytest.raises(Refused):
        cosign_position(
            scene.person,
            version_of(scene.position),
            scene.organisation,
            sha256_seen=version_of(scene.position).sha256,
            decision=Decision(),
            form_key=new_key(),
        )


def test_coverage_counts_every_member_once_and_says_who_is_missing(scene: Any) -> None:
    other = organisation_of(representative())
    sign(scene.position, scene.person, scene.organisation)
    signatures = live_cosignatures(version_of(scene.position).id)
    [area] = coverage(signatures, [scene.organisation, other])
    assert (area.signed, area.unsigned, area.total) == ([scene.organisation], [other], 2)


def test_an_area_counts_its_municipalities(scene: Any) -> None:
    others = [
        organisation_of(representative(OrganisationFactory(municipality=code))) for code in ("SI-133", "SI-011")
    ]
    sign(scene.position, scene.person, scene.organisation)
    areas = coverage(live_cosignatures(version_of(scene.position).id), [scene.organisation, *others])
    assert [(area.area.key if area.area else "", area.places) for area in areas] == [
        ("osrednje-celjsko", [("Celje", [1, 1])]),
        ("savinjsko-salesko", [("Velenje", [0, 1])]),
    ]


def test_a_signatory_that_left_the_network_still_counts(scene: Any) -> None:
    sign(scene.position, scene.person, scene.organisation)
    [area] = coverage(live_cosignatures(version_of(scene.position).id), [])
    assert (area.signed, area.unsigned) == ([scene.organisation], [])


def tasks(person: Any) -> list[tuple[str, Any]]:
    return [(task.values["slug"], task.due_on) for task in waiting_for(person, person.memberships[0])]


def test_an_open_position_waits_for_a_representative_until_the_organisation_decides(scene: Any) -> None:
    drafted_position()
    assert tasks(scene.person) == [(scene.position.slug, version_of(scene.position).last_day)]
    assert tasks(contributor(scene.organisation)) == []
    cosignature = sign(scene.position, scene.person, scene.organisation)
    assert tasks(scene.person) == []
    withdraw_cosignature(scene.person, cosignature)
    assert tasks(scene.person) == []


def test_nothing_waits_after_the_deadline(scene: Any, stopped_clock: Any) -> None:
    stopped_clock(version_of(scene.position).cosigning_until + timedelta(seconds=1))
    assert tasks(scene.person) == []


@pytest.mark.parametrize(("days", "urgency"), [(0, 2), (1, 2), (5, 1), (15, 0)])
def test_what_ends_soon_is_urgent(days: int, urgency: int) -> None:
    person = representative()
    opened_position(days=days)
    assert [task.urgency for task in waiting_for(person, person.memberships[0])] == [urgency]
