"""A database that was restored from yesterday, after organisations have signed, withdrawn and seen a new text."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import ledger_unguarded
from factories import representative
from positions.making import opened_position, organisation_of, sign, version_of
from sqlalchemy import text

from participation.accounts.models import Operator
from participation.foundation.access import Refused
from participation.foundation.database import session
from participation.ledger.models import Kind
from participation.ledger.operations import append_record, recover_ledger, sign_checkpoint
from participation.ledger.queries import entries_of, size_of_log
from participation.positions.models import CosignatureState, opened_facts, position_thread, standing_signatures
from participation.positions.operations import withdraw_cosignature
from participation.positions.queries import recorded_signatures

pytestmark = pytest.mark.usefixtures("app")


def set_back(size: int) -> None:
    """Yesterday: no record and no row of what came after."""
    session.commit()
    with ledger_unguarded():
        session.execute(text(f"DELETE FROM cosignatures WHERE seq >= {size}"))
        session.execute(text("UPDATE cosignatures SET state = 'live', withdrawn_at = NULL"))
        session.execute(text(f"DELETE FROM ledger_secrets WHERE seq >= {size}"))
        session.execute(text(f"DELETE FROM ledger_entries WHERE seq >= {size}"))
        session.execute(text(f"DELETE FROM ledger_checkpoints WHERE size > {size}"))
    session.expire_all()


def standing_in(position: Any) -> set[int]:
    entries = entries_of([position_thread(position.id)])
    return {seq for seq, _ in standing_signatures((entry.seq, entry.said) for entry in entries)}


@pytest.fixture
def position() -> Any:
    return opened_position()


def test_rows_and_records_agree_again_after_a_restored_backup(position: Any) -> None:
    early, left, late = representative(), representative(), representative()
    kept = sign(position, early, organisation_of(early))
    gone = sign(position, left, organisation_of(left))
    sign_checkpoint(Operator())
    yesterday = size_of_log()
    withdraw_cosignature(left, gone)
    sign(position, late, organisation_of(late))
    sign_checkpoint(Operator())
    set_back(yesterday)
    with pytest.raises(Refused):
        sign(position, late, organisation_of(late))
    session.rollback()
    recover_ledger(Operator())
    session.commit()
    assert standing_in(position) == recorded_signatures(version_of(position).id) == {kept.seq}
    assert gone.state == CosignatureState.WITHDRAWN
    again = sign(position, late, organisation_of(late))
    assert standing_in(position) == {kept.seq, again.seq}
    assert sign_checkpoint(Operator()) is not None


def test_where_the_opening_of_a_text_was_lost_everybody_is_asked_again(position: Any) -> None:
    person = representative()
    old = sign(position, person, organisation_of(person))
    sign_checkpoint(Operator())
    yesterday = size_of_log()

    append_record(
        Kind.VERSION_OPENED, position_thread(position.id), opened_facts(version_of(position)) | {"version": 2}
    )
    sign_checkpoint(Operator())
    set_back(yesterday)
    recover_ledger(Operator())
    session.commit()
    assert old.state == CosignatureState.LAPSED
    assert standing_in(position) == recorded_signatures(version_of(position).id) == set()
    again = sign(position, person, organisation_of(person))
    assert standing_in(position) == {again.seq}
