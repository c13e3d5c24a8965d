"""Opening and closing accounts, roles, profiles."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from accounts.people import PASSWORD, is_signed_in, letters_to, person, sign_in
from factories import UserFactory, administrator, coordinator
from sqlalchemy import select

from participation.accounts import operations
from participation.accounts.models import EndedSignIn, NetworkRole, Operator, Passkey, Role, User
from participation.accounts.queries import user_by_email, users_with_role
from participation.foundation import clock
from participation.foundation.access import Refused
from participation.foundation.audit import AuditEntry
from participation.foundation.database import Conflict, new_key, session

pytestmark = pytest.mark.usefixtures("app")


def log() -> list[tuple[str, int | None]]:
    return [(entry.action, entry.thing_id) for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id))]


def test_opened_account_can_be_used_at_once(client: Any) -> None:
    ana = operations.open_account(
        Operator(), " Ana Kos ", "Ana@Primer.example", PASSWORD, "sl", [NetworkRole.COUNCIL_REPRESENTATIVE]
    )
    assert (ana.name, ana.email, ana.language) == ("Ana Kos", "ana@primer.example", "sl")
    assert ana.is_council_representative
    assert not ana.is_coordinator
    assert log() == [("account.opened", ana.id)]
    sign_in(client, ana)
    assert is_signed_in(client)


def test_opened_account_may_still_wait_for_its_confirmation(client: Any) -> None:
    ana = operations.open_account(Operator(), "Ana", "ana@primer.example", PASSWORD, "sl", confirmed=False)
    sign_in(client, ana)
    assert not is_signed_in(client)


def test_two_accounts_share_a_role() -> None:
    for number in range(2):
        operations.open_account(
            Operator(), "Ana", f"ana{number}@primer.example", PASSWORD, "sl", [NetworkRole.COORDINATOR]
        )
    assert [role.name for role in session.scalars(select(Role))] == ["coordinator"]
    assert len(users_with_role(NetworkRole.COORDINATOR)) == 2


def test_address_has_one_account() -> None:
    UserFactory(email="ana@primer.example")
    with pytest.raises(Conflict):
        operations.open_account(Operator(), "Ana", "ANA@primer.example", PASSWORD, "sl")
    assert len(session.scalars(select(User)).all()) == 1


@pytest.mark.parametrize("make", [UserFactory, coordinator])
def test_others_open_no_account_and_give_no_role(make: Any) -> None:
    actor, ana = make(), UserFactory()
    with pytest.raises(Refused):
        operations.open_account(actor, "Ana", "nova@primer.example", PASSWORD, "sl")
    with pytest.raises(Refused):
        operations.grant_role(actor, ana, NetworkRole.ADMINISTRATOR)
    with pytest.raises(Refused):
        operations.close_account(actor, ana, "ker")
    assert user_by_email("nova@primer.example") is None
    assert log() == []


def test_given_role_asks_to_sign_in_anew(client: Any) -> None:
    ana, office = person(), administrator()
    client.sign_in(ana)
    operations.grant_role(office, ana, NetworkRole.COORDINATOR)
    assert ana.is_coordinator
    assert not is_signed_in(client)
    assert log() == [("role.granted", ana.id)]


def test_role_is_given_once_and_taken_back() -> None:
    ana, office = person(), administrator()
    operations.grant_role(office, ana, NetworkRole.COORDINATOR)
    operations.grant_role(office, ana, NetworkRole.COORDINATOR)
    assert users_with_role(NetworkRole.COORDINATOR) == [ana]
    operations.revoke_role(office, ana, NetworkRole.COORDINATOR)
    operations.revoke_role(office, ana, NetworkRole.COORDINATOR)
    session.flush()
    assert users_with_role(NetworkRole.COORDINATOR) == []
    assert users_with_role(NetworkRole.ADMINISTRATOR) == [office]
    assert [action for action, _thing in log()] == ["role.granted", "role.revoked"]


def test_closed_account_is_out_and_keeps_what_it_wrote(client: Any) -> None:
    ana = person()
    client.sign_in(ana)
    operations.close_account(administrator(), ana, "na lastno željo")
    assert not is_signed_in(client)
    sign_in(client, ana)
    assert not is_signed_in(client)
    assert user_by_email(ana.email) == ana


def test_dropped_second_step_lets_the_password_suffice(client: Any) -> None:
    ana = person(tf_primary_method="authenticator", tf_totp_secret="skrito", mf_recovery_codes=["a"])
    ana.webauthn.append(
        Passkey(
            credential_id=b"kljuc",
            public_key=b"javni",
            backup_state=False,
            device_type="single_device",
            lastuse_datetime=clock.now(),
            name="telefon",
            usage="secondary",
        )
    )
    session.flush()
    operations.drop_second_step(Operator(), ana, "poznam jo po telefonu")
    session.flush()
    assert (ana.has_second_factor, ana.mf_recovery_codes) == (False, None)
    assert session.scalars(select(Passkey)).all() == []
    assert [letter.subject for letter in letters_to(ana.email)] == ["The second step has been switched off"]
    sign_in(client, ana)
    assert is_signed_in(client)


def test_person_who_has_not_confirmed_is_not_welcomed() -> None:
    with pytest.raises(Refused):
        operations.welcome_user(UserFactory(confirmed_at=None, joining="1"))


def test_old_ended_sign_ins_are_forgotten(stopped_clock: Any) -> None:
    ana, old, recent, new = UserFactory(), new_key(), new_key(), new_key()
    operations.end_sign_in(ana, old)
    stopped_clock(stopped_clock.now + timedelta(days=20))
    operations.end_sign_in(ana, recent)
    stopped_clock(stopped_clock.now + timedelta(days=21))
    operations.end_sign_in(ana, new)
    operations.end_sign_in(ana, new)
    session.flush()
    assert set(session.scalars(select(EndedSignIn.key))) == {recent, new}
