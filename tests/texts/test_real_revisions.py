"""Six real amendments of a civil code, with random quotes from the texts before."""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "bench"))

from anchoring import ARTICLES, FOUND, WRONG, measure, shares  # noqa: E402


def test_quotes_stay_with_their_words_and_articles_with_themselves(shared_data: Path) -> None:
    chance = random.Random(20261123)
    total: Counter[str] = Counter()
    for file in sorted((shared_data / "revisions").glob("*.json")):
        counts, _compared, _carried = measure(file, 500, chance)
        assert shares(counts)["right"] >= ARTICLES, file.stem
        total += counts
    share = shares(total)
    assert total["quotes"] == 3000
    assert share["found"] >= FOUND
    assert share["wrong"] <= WRONG
    assert share["honest"] >= 0.98
