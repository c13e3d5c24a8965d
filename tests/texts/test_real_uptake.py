"""Six real amendments of a civil code: their new words as demands, and such as were not adopted."""

from __future__ import annotations

import random
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "bench"))

from uptake import FALSE, FOUND, Act, measure, verbatim, verbatim_by_kind  # noqa: E402


def test_what_was_adopted_is_found_and_nothing_else(shared_data: Path) -> None:
    chance = random.Random(20261201)
    acts = [Act(file) for file in sorted((shared_data / "revisions").glob("*.json"))]
    right, wrong = [], []
    for act in acts:
        found, false, _left_out, _seconds = measure(act, [other for other in acts if other is not act], chance)
        right += found
        wrong += false
    assert (len(right) > 900, len(wrong) > 9000) == (True, True)
    assert verbatim(right) >= FOUND
    assert {kind: share for kind, share in verbatim_by_kind(wrong).items() if share > FALSE} == {}
