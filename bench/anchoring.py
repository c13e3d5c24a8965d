"""How well quotes and articles are found again in an amended act, and how fast.

    python bench/anchoring.py [FILE...] [--quotes 2000] [--seed 1]

Without a FILE, the real amendments beside the checkout are taken (../shared/data/revisions). A FILE is JSON with
`before` and `after`: lists of articles with a `key`, which an article keeps, and `paragraphs`. Both texts are
written as Markdown with the keys as headings, and read as any draft. Quotes of 5 to 20 words are cut at random from
the articles before. A quote "stands" when its words are in the article of the same key afterwards, is "gone" when
they are nowhere, and "elsewhere" when they are in other articles only. Prints, per file and in all:

    found     of those that stand, how many are placed or moved in the article of the same key (at least 99.5 %)
    honest    of those that are gone, how many are orphaned, or changed in the article of the same key
    wrong     of all quotes, how many are put into an article of another key (at most 0.2 %)
    articles  of those with a key in both texts, how many are matched with their own (at least 99 %)

and medians of the times to compare the two texts and to carry 1,000 quotes. Fails when a figure in all is missed.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from participation.texts.anchoring import Anchor, AnchorState, Carrier, Quote  # noqa: E402
from participation.texts.matching import match_provisions  # noqa: E402
from participation.texts.provisions import Kind, Provision  # noqa: E402
from participation.texts.reading.documents import read_document  # noqa: E402

BESIDE = ROOT.parent / "shared" / "data" / "revisions"
FOUND, WRONG, ARTICLES = 0.995, 0.002, 0.99
FEWEST, MOST = 5, 20
AROUND = 32
Articles = list[dict[str, Any]]


def read(articles: Articles) -> tuple[Provision, ...]:
    texts = [f"## {one['key']}\n\n" + "\n\n".join(one["paragraphs"]) for one in articles]
    return read_document(("# Act\n\n" + "\n\n".join(texts)).encode(), "act.md").provisions


def flat(articles: Articles) -> dict[str, str]:
    return {one["key"]: " ".join(" ".join(one["paragraphs"]).split()) for one in articles}


def cut(texts: dict[str, str], chance: random.Random) -> Quote:
    """A quote of some words of a random article, with what stands around it there."""
    while True:
        key = chance.choice(list(texts))
        words = texts[key].split()
        if len(words) >= FEWEST:
            break
    length = chance.randint(FEWEST, min(MOST, len(words)))
    at = chance.randint(0, len(words) - length)
    before, exact, after = (" ".join(part) for part in (words[:at], words[at : at + length], words[at + length :]))
    return Quote(exact, key, before[-AROUND:], after[:AROUND])


def judge(quote: Quote, anchor: Anchor, after: dict[str, str], whole: str) -> Counter[str]:
    same_key = anchor.label == quote.label
    is_orphan = anchor.state is AnchorState.ORPHANED
    counts = Counter({"quotes": 1, "wrong": int(not is_orphan and not same_key)})
    if quote.exact in after.get(quote.label, ""):
        is_found = same_key and anchor.state in (AnchorState.PLACED, AnchorState.MOVED)
        counts.update({"stand": 1, "found": int(is_found)})
    elif quote.exact not in whole:
        is_honest = is_orphan or (same_key and anchor.state is AnchorState.CHANGED)
        counts.update({"gone": 1, "honest": int(is_honest)})
    return counts


def match_articles(old: tuple[Provision, ...], new: tuple[Provision, ...]) -> Counter[str]:
    matched = {
        old[place].label: {new[other].label for other in match.new}
        for match in match_provisions(old, new)
        for place in match.old
        if old[place].kind is Kind.ARTICLE
    }
    surviving = matched.keys() & {one.label for one in new if one.kind is Kind.ARTICLE}
    return Counter({"articles": len(surviving), "right": sum(label in matched[label] for label in surviving)})


def measure(file: Path, number: int, chance: random.Random) -> tuple[Counter[str], float, float]:
    act = json.loads(file.read_bytes())
    old, new = read(act["before"]), read(act["after"])
    before, after = flat(act["before"]), flat(act["after"])
    whole = "\n".join(after.values())
    begun = time.perf_counter()
    counts = match_articles(old, new)
    compared = time.perf_counter() - begun
    carrier = Carrier(old, new)
    quotes = [cut(before, chance) for _ in range(number)]
    begun = time.perf_counter()
    anchors = [carrier.carry(quote) for quote in quotes]
    carried = (time.perf_counter() - begun) * 1000 / number
    for quote, anchor in zip(quotes, anchors, strict=True):
        counts.update(judge(quote, anchor, after, whole))
    return counts, compared, carried


def shares(counts: Counter[str]) -> dict[str, float]:
    parts = {"found": "stand", "honest": "gone", "wrong": "quotes", "right": "articles"}
    return {part: counts[part] / max(1, counts[whole]) for part, whole in parts.items()}


def line(name: str, counts: Counter[str]) -> str:
    share = shares(counts)
    return (
        f"{name:28} quotes {counts['quotes']:6}  found {share['found']:8.3%} of {counts['stand']:6}"
        f"  honest {share['honest']:8.3%} of {counts['gone']:5}  wrong {share['wrong']:7.3%}"
        f"  articles {share['right']:8.3%} of {counts['articles']:4}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(BESIDE.glob("*.json")))
    parser.add_argument("--quotes", type=int, default=2000, help="quotes a file")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    if not chosen.files:
        print("Nothing to measure: name a file.")
        return 0
    chance = random.Random(chosen.seed)
    total: Counter[str] = Counter()
    comparing, carrying = [], []
    for file in chosen.files:
        counts, compared, carried = measure(file, chosen.quotes, chance)
        print(line(file.stem, counts))
        total += counts
        comparing.append(compared)
        carrying.append(carried)
    print(line("in all", total))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"comparing two texts: median {statistics.median(comparing):.3f} s, most {max(comparing):.3f} s; "
        f"carrying 1,000 quotes: median {statistics.median(carrying):.2f} s, most {max(carrying):.2f} s; "
        f"{memory:.0f} MB with the readers"
    )
    share = shares(total)
    return 0 if share["found"] >= FOUND and share["wrong"] <= WRONG and share["right"] >= ARTICLES else 1


if __name__ == "__main__":
    sys.exit(main())
