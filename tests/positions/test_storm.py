"""Everybody co-signs at the same moment, through the real server, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from bench.cosign_storm import PRESSES, WINDOWS, postgresql, sqlite, storm

ORGANISATIONS = 6

# The server is started on databases of its own, whichever the run was asked for.


@pytest.mark.parametrize("database", [sqlite, postgresql], ids=["sqlite", "postgresql"])
def test_each_organisation_has_one_live_signature_after_a_storm(
    database: Callable[[Path], AbstractContextManager[str]], tmp_path: Path
) -> None:
    with database(tmp_path) as address:
        outcome = storm(address, tmp_path, ORGANISATIONS)
    assert dict(outcome.statuses) == {303: ORGANISATIONS * WINDOWS * PRESSES}
    assert (outcome.live, outcome.organisations, outcome.mails) == (ORGANISATIONS,) * 3
    assert outcome.is_exact(ORGANISATIONS)
