"""Everybody signs, withdraws and signs again at the same moment, through the real server, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from bench.cosign_storm import postgresql, sqlite, storm

ORGANISATIONS, CLIENTS = 6, 24

# The server is started on databases of its own, whichever the run was asked for.


@pytest.mark.parametrize("database", [sqlite, postgresql], ids=["sqlite", "postgresql"])
def test_a_storm_leaves_one_decision_each_and_a_ledger_that_says_the_same(
    database: Callable[[Path], AbstractContextManager[str]], tmp_path: Path
) -> None:
    with database(tmp_path) as address:
        outcome = storm(address, tmp_path, ORGANISATIONS, CLIENTS)
    # Done, refused because the decision had ended, or a conflict with a colleague or another text.
    assert set(outcome.statuses) <= {303, 403, 409}
    assert outcome.statuses[303] >= ORGANISATIONS
    tally = outcome.tally
    assert (tally.unseen, tally.differences) == (0, 0)
    assert tally.live == tally.organisations
    assert tally.acts > ORGANISATIONS
