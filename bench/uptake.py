"""How well it is found what became of demands when the adopted text is there, and how fast.

    python bench/uptake.py [FILE...] [--seed 1]

Without a FILE, the real amendments beside the checkout are taken, in the shape that bench/anchoring.py reads. The
text before is the draft, the text after the adopted one; provisions keep their keys as a new version of a draft gives
them.

Demands that were adopted are made of the new words: whole articles, whole paragraphs, sentences, single changes put
into the old paragraph, and the changed phrases with and without words around them; and of what went: paragraphs and
phrases to be deleted, of which no eight words in a row (of a shorter one, not all) stand anywhere afterwards. A
sentence that the draft's article has already is no new one.

Demands that were not are made of these, with a number changed, some words or a clause dropped, two runs of words
swapped, or a negation put in; and of words of other articles, words that were removed, new words of the other
amendments, and passages to be deleted that stayed. Left out of these are only

    standing  those whose words all stand in the adopted text in one run, more often than in the draft
    no change those where the place that was made wrong, with three words on each side, stands in the article as
              adopted, or in the draft: that place is then as it truly became, or asks for nothing. Where words were
              dropped, three on one side and one on the other are enough in the draft: only new words were dropped

both compared here as bare words in small letters, without the program that is measured. Prints, per kind:

    found     of those that were adopted, how many are verbatim (at least 99 %)
    false     of those that were not, how many are verbatim (at most 1 %, of every kind)

and medians of the times for 200 demands. Fails when a figure is missed, or when 200 demands on 1,930 provisions that
repeat themselves take 5 seconds.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from anchoring import BESIDE, read  # noqa: E402

from participation.consultations.models.lineage import identities_of  # noqa: E402
from participation.texts.differing import word_diff  # noqa: E402
from participation.texts.matching import match_provisions  # noqa: E402
from participation.texts.provisions import HEADINGS, Provision  # noqa: E402
from participation.texts.trees import Tree  # noqa: E402
from participation.texts.uptake import Adopted, Demand, Finding, Verdict, find_uptake  # noqa: E402

FOUND, FALSE = 0.99, 0.01
SECONDS = 5.0
DEMANDS, PROVISIONS = 200, 1930
AROUND = 3
RUN = 8
WORD = re.compile(r"\w+")
PIECE = re.compile(r"\w+|\W+")
SENTENCE = re.compile(r"[^.;]+[.;]*\s*")
NEGATIONS = ("ne", "pas", "non")


@dataclass(frozen=True)
class Case:
    """A demand of a kind, with the texts of its article before and after."""

    kind: str
    demand: Demand
    before: str
    after: str


def bare(text: str) -> str:
    return " " + " ".join(WORD.findall(text.casefold())) + " "


class Act:
    def __init__(self, file: Path) -> None:
        act = json.loads(file.read_bytes())
        self.name = file.stem
        self.old, self.new = read(act["before"]), read(act["after"])
        old_keys = [f"old{place}" for place in range(len(self.old))]
        matches = match_provisions(self.old, self.new)
        new_keys = [one.key for one in identities_of(old_keys, self.old, self.new, matches)]
        self.draft = [Adopted(key, one.text) for key, one in zip(old_keys, self.old, strict=True)]
        self.adopted = [Adopted(key, one.text) for key, one in zip(new_keys, self.new, strict=True)]
        self.before = {one.key: one.text for one in self.draft}
        self.after = {one.key: one.text for one in self.adopted}
        self.bare_before, self.bare_after = (bare(" ".join(texts.values())) for texts in (self.before, self.after))
        self.article_before = dict(self._articles(self.old, self.draft))
        self.article_after = dict(self._articles(self.new, self.adopted))

    def _articles(self, provisions: Sequence[Provision], texts: Sequence[Adopted]) -> Iterator[tuple[str, str]]:
        tree = Tree(provisions)
        for place, one in enumerate(texts):
            home = tree.home_of(place)
            places = [place] if home is None else [home, *tree.below[home]]
            yield one.key, "\n".join(texts[at].text for at in places if texts[at].text)

    def case(self, kind: str, action: str, existing: str, demanded: str, *keys: str) -> Case:
        befores = dict.fromkeys(self.article_before[key] for key in keys if key in self.article_before)
        afters = dict.fromkeys(self.article_after[key] for key in keys if key in self.article_after)
        return Case(kind, Demand(action, existing, demanded, keys), "\n".join(befores), "\n".join(afters))

    def changed(self) -> Iterator[tuple[str, str, str]]:
        for one in self.adopted:
            if one.key in self.before and bare(self.before[one.key]) != bare(one.text) and one.text.strip():
                yield one.key, self.before[one.key], one.text

    def cases(self) -> Iterator[Case]:
        """The demands that were adopted."""
        for key, old, new in self.changed():
            yield self.case("paragraph", "change" if old.strip() else "add", old, new, key)
            yield from self._within(key, old, new)
        anchor = ""
        for one, provision in zip(self.adopted, self.new, strict=True):
            if one.key in self.before:
                anchor = one.key
            elif provision.kind not in HEADINGS and one.text:
                yield self.case("added", "add", self.before.get(anchor, ""), one.text, *[anchor][: bool(anchor)])
        for one, provision in zip(self.draft, self.old, strict=True):
            if one.key not in self.after and provision.kind not in HEADINGS and one.text:
                if not self.moved(one.text):
                    yield self.case("deleted", "delete", one.text, "", one.key)
        yield from self._whole_articles()

    def _whole_articles(self) -> Iterator[Case]:
        tree, later = Tree(self.old), Tree(self.new)
        place_of = {one.key: place for place, one in enumerate(self.adopted)}
        for home in tree.headings:
            key = self.draft[home].key
            if key not in place_of or self.article_before[key] == self.article_after[key]:
                continue
            if bare(self.article_before[key]) == bare(self.article_after[key]) or not later.below[place_of[key]]:
                continue
            keys = [key, *(self.draft[place].key for place in tree.below[home])]
            yield self.case("article", "change", self.article_before[key], self.article_after[key], *keys)

    def _within(self, key: str, old: str, new: str) -> Iterator[Case]:
        parts = word_diff(old, new)
        at = 0
        for number, (change, text) in enumerate(parts):
            follows = number > 0 and parts[number - 1][0] == "removed"
            if change == "same" or (change == "added" and follows):
                at += len(text) if change == "same" else 0
                continue
            removed = text if change == "removed" else ""
            after = parts[number + 1 :]
            added = after[0][1] if removed and after and after[0][0] == "added" else "" if removed else text
            stop = at + len(removed)
            if WORD.search(removed + added):
                single = old[:at] + added + old[stop:]
                if bare(single) != bare(old):
                    yield self.case("single change", "change", old, single, key)
                left, right = self._beside(parts, number, bool(removed and added))
                yield self.case("phrase", "change", left + removed + right, left + added + right, key)
                if WORD.search(removed) and WORD.search(added) and bare(removed) != bare(added):
                    yield self.case("bare phrase", "change", removed.strip(), added.strip(), key)
                elif WORD.search(removed) and not added.strip() and not self.moved(removed):
                    yield self.case("deleted phrase", "delete", removed.strip(), "", key)
            at = stop
        yield from self._sentences(key, parts, new)

    def _beside(self, parts: Sequence[tuple[str, str]], number: int, is_pair: bool) -> tuple[str, str]:
        following = number + 1 + is_pair
        before = parts[number - 1][1] if number else ""
        after = parts[following][1] if following < len(parts) else ""
        words_before, words_after = PIECE.findall(before), PIECE.findall(after)
        return "".join(words_before[-2 * AROUND :]), "".join(words_after[: 2 * AROUND])

    def _sentences(self, key: str, parts: Sequence[tuple[str, str]], new: str) -> Iterator[Case]:
        """Each changed sentence, for the words of the old paragraph that stand where it does."""
        old_at = 0
        places = [0]
        for change, text in parts:
            if change == "removed":
                old_at += len(text)
                continue
            for _sign in text:
                old_at += change == "same"
                places.append(old_at)
        old = "".join(text for change, text in parts if change != "added")
        for found in SENTENCE.finditer(new):
            start, stop = places[found.start()], places[found.end()]
            was, sentence = old[start:stop].strip(), found[0].strip()
            if len(WORD.findall(sentence)) < 4 or bare(sentence) in bare(self.article_before[key]):
                continue
            yield self.case("sentence", "change" if WORD.search(was) else "add", was, sentence, key)

    def moved(self, removed: str) -> bool:
        """Whether eight words in a row of a removed passage, or all of a shorter one, still stand anywhere."""
        words = bare(removed).split()
        runs = [" ".join(["", *words[at : at + RUN], ""]) for at in range(max(1, len(words) - RUN + 1))]
        return any(run in self.bare_after for run in runs)

    def stands(self, demanded: str) -> bool:
        words = bare(demanded)
        return self.bare_after.count(words) > self.bare_before.count(words)


# What is made wrong of some pieces of a text: the new pieces, and which of them are the place.
_Wrong = tuple[list[str], int, int]


def renumbered(pieces: list[str], chance: random.Random) -> _Wrong | None:
    places = [place for place, piece in enumerate(pieces) if piece.isdecimal()]
    if not places:
        return None
    place = chance.choice(places)
    number = int(pieces[place])
    other = chance.choice([one for one in (number + 1, number * 2, max(0, number - 1), number + 10) if one != number])
    return [*pieces[:place], str(other), *pieces[place + 1 :]], place, place + 1


def dropped(pieces: list[str], chance: random.Random) -> _Wrong | None:
    words = [place for place, piece in enumerate(pieces) if WORD.match(piece)]
    if len(words) < 6:
        return None
    length = chance.randint(1, min(8, len(words) - 4))
    first = chance.randint(1, len(words) - length - 1)
    start, stop = words[first], words[first + length]
    return [*pieces[:start], *pieces[stop:]], start, start


def clause_dropped(pieces: list[str], chance: random.Random) -> _Wrong | None:
    signs = [place for place, piece in enumerate(pieces) if piece[:1] in ",;:."]
    if len(signs) < 2:
        return None
    at = chance.randrange(len(signs) - 1)
    start, stop = signs[at], signs[at + 1]
    return [*pieces[:start], *pieces[stop:]], start, start


def swapped(pieces: list[str], chance: random.Random) -> _Wrong | None:
    words = [place for place, piece in enumerate(pieces) if WORD.match(piece)]
    if len(words) < 8:
        return None
    length = chance.randint(1, min(6, (len(words) - 1) // 2 - 1))
    first = chance.randint(0, len(words) - 2 * length - 1)
    start, middle, stop = words[first], words[first + length], words[first + 2 * length]
    return [*pieces[:start], *pieces[middle:stop], *pieces[start:middle], *pieces[stop:]], start, stop


def denied(pieces: list[str], chance: random.Random) -> _Wrong | None:
    words = [place for place, piece in enumerate(pieces) if WORD.match(piece)]
    if len(words) < 2:
        return None
    place = chance.choice(words[1:])
    return [*pieces[:place], chance.choice(NEGATIONS), " ", *pieces[place:]], place, place + 2


WRONGS: dict[str, Callable[[list[str], random.Random], _Wrong | None]] = {
    "number changed": renumbered,
    "words dropped": dropped,
    "clause dropped": clause_dropped,
    "words swapped": swapped,
    "negation": denied,
}


def window(pieces: Sequence[str], start: int, stop: int, left: int = AROUND, right: int = AROUND) -> str:
    before = WORD.findall("".join(pieces[:start]))[-left:]
    after = WORD.findall("".join(pieces[stop:]))[:right]
    return bare(" ".join([*before, "".join(pieces[start:stop]), *after]))


def asks_for_nothing(case: Case, pieces: Sequence[str], start: int, stop: int) -> bool:
    """Whether the draft says the same at a place: with three words on one side and one on the other, if words that it
    does not have were dropped there."""
    sides = [(AROUND, AROUND)] if start < stop else [(AROUND, AROUND), (1, AROUND), (AROUND, 1)]
    return any(window(pieces, start, stop, *each) in bare(case.before) for each in sides)


def made_wrong(act: Act, case: Case, chance: random.Random, counts: Counter[str]) -> Iterator[Case]:
    for kind, wrong in WRONGS.items():
        made = wrong(PIECE.findall(case.demand.demanded), chance)
        if made is None:
            continue
        pieces, start, stop = made
        demanded = "".join(pieces)
        if act.stands(demanded):
            counts["standing"] += 1
        elif window(pieces, start, stop) in bare(case.after) or asks_for_nothing(case, pieces, start, stop):
            counts["no change"] += 1
        else:
            yield replace(case, kind=kind, demand=replace(case.demand, demanded=demanded))


def elsewhere(act: Act, others: Sequence[Act], chance: random.Random, counts: Counter[str]) -> Iterator[Case]:
    """Words that belong to other provisions, to the text before, or to other amendments."""
    changed = list(act.changed())
    unchanged = [one for one in act.adopted if act.before.get(one.key) == one.text and one.text]
    foreign = [new for other in others for _key, _old, new in other.changed()]
    removed = [
        text
        for _key, old, new in changed
        for change, text in word_diff(old, new)
        if change == "removed" and WORD.search(text)
    ]
    for key, old, _new in changed:
        for kind, texts in (("other article", [one.text for one in unchanged]), ("foreign", foreign)):
            for text in chance.sample(texts, min(6, len(texts))):
                sentences = [one[0].strip() for one in SENTENCE.finditer(text)]
                for demanded in (text, chance.choice(sentences or [text])):
                    yield from _not_standing(act, act.case(kind, "change", old, demanded, key), counts)
                    yield from _not_standing(act, act.case(kind, "add", old, demanded, key), counts)
        for text in chance.sample(removed, min(8, len(removed))):
            wording = f"{old.rstrip(' .;')} {text.strip()}."
            yield from _not_standing(act, act.case("removed", "change", old, wording, key), counts)
            yield from _not_standing(act, act.case("removed", "add", old, text.strip(), key), counts)
        yield from _not_standing(act, act.case("kept, to delete", "delete", _kept_in(old, _new), "", key), counts)


def _kept_in(old: str, new: str) -> str:
    """The longest passage that an amendment left alone."""
    kept = [text for change, text in word_diff(old, new) if change == "same"]
    return max(kept, key=len, default="").strip()


def _not_standing(act: Act, case: Case, counts: Counter[str]) -> Iterator[Case]:
    wording = case.demand.demanded
    if case.demand.action == "delete":
        if len(WORD.findall(case.demand.existing)) > 1:
            yield case
    elif WORD.search(wording):
        if act.stands(wording):
            counts["standing"] += 1
        else:
            yield case


def judged(act: Act, cases: Sequence[Case]) -> list[tuple[Case, Finding]]:
    findings = find_uptake([case.demand for case in cases], act.draft, act.adopted)
    return list(zip(cases, findings, strict=True))


def measure(
    act: Act, others: Sequence[Act], chance: random.Random
) -> tuple[list[tuple[Case, Finding]], list[tuple[Case, Finding]], Counter[str], float]:
    """What is found of demands that were adopted, and of those that were not; how many were left out; seconds."""
    counts: Counter[str] = Counter()
    adopted = list(act.cases())
    wrong = [one for case in adopted if case.demand.demanded for one in made_wrong(act, case, chance, counts)]
    wrong += elsewhere(act, others, chance, counts)
    begun = time.perf_counter()
    right, false = judged(act, adopted), judged(act, wrong)
    return right, false, counts, (time.perf_counter() - begun) * DEMANDS / max(1, len(adopted) + len(wrong))


def verbatim(results: Sequence[tuple[Case, Finding]]) -> float:
    return sum(finding.verdict is Verdict.VERBATIM for _case, finding in results) / max(1, len(results))


def verbatim_by_kind(results: Sequence[tuple[Case, Finding]]) -> dict[str, float]:
    kinds = dict.fromkeys(case.kind for case, _finding in results)
    return {kind: verbatim([one for one in results if one[0].kind == kind]) for kind in kinds}


def repetitive(seed: int) -> tuple[list[Demand], list[Adopted], list[Adopted]]:
    """A large text whose provisions say almost the same, and demands that are almost adopted."""
    chance = random.Random(seed)
    words = ["rok", "dni", "občina", "svet", "odlok", "objavi", "v", "na", "in", "30", "60", "člen", "ne", "organ"]
    phrases = [" ".join(chance.choices(words, k=12)) for _ in range(6)]

    def text() -> str:
        return ". ".join(chance.choices(phrases, k=5)) + "."

    draft = [Adopted(f"key{place}", text()) for place in range(PROVISIONS)]
    adopted = [replace(one, text=text()) if chance.random() < 0.5 else one for one in draft if chance.random() < 0.9]
    demands = [
        Demand(chance.choice(["change", "change", "add", "delete"]), one.text, f"{text()} {text()}", (one.key,))
        for one in chance.sample(draft, DEMANDS)
    ]
    return demands, draft, adopted


def seconds_for_repetitive(times: int) -> float:
    spent = []
    for seed in range(times):
        # Others each time, because the process keeps what it has compared.
        demands, draft, adopted = repetitive(seed)
        begun = time.perf_counter()
        find_uptake(demands, draft, adopted)
        spent.append(time.perf_counter() - begun)
    return statistics.median(spent)


def table(title: str, results: Sequence[tuple[Case, Finding]]) -> None:
    kinds = dict.fromkeys(case.kind for case, _finding in results)
    for kind in [*kinds, "in all"]:
        own = [one for one in results if kind in (one[0].kind, "in all")]
        verdicts = Counter(finding.verdict.value for _case, finding in own)
        print(
            f"{title:8} {kind:16} {len(own):6}  verbatim {verbatim(own):8.3%}  "
            + "  ".join(f"{verdict} {verdicts[verdict]}" for verdict in ("part", "not", "opposite"))
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(BESIDE.glob("*.json")))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="so many of the mistakes")
    chosen = parser.parse_args()
    slow = seconds_for_repetitive(5)
    print(f"{DEMANDS} demands on {PROVISIONS} provisions that repeat themselves: median {slow:.2f} s")
    if not chosen.files:
        print("No amendments to measure: name a file.")
        return int(slow >= SECONDS)
    chance = random.Random(chosen.seed)
    acts = [Act(file) for file in chosen.files]
    right: list[tuple[Case, Finding]] = []
    wrong: list[tuple[Case, Finding]] = []
    left_out: Counter[str] = Counter()
    spent = []
    for act in acts:
        found, false, counts, seconds = measure(act, [other for other in acts if other is not act], chance)
        print(
            f"{act.name:28} found {verbatim(found):8.3%} of {len(found):5}"
            f"  false {verbatim(false):8.3%} of {len(false):5}"
        )
        right, wrong, left_out = right + found, wrong + false, left_out + counts
        spent.append(seconds)
    table("found", right)
    table("false", wrong)
    print("left out:", ", ".join(f"{name} {number}" for name, number in left_out.items()))
    print(f"200 demands on a real amendment: median {statistics.median(spent):.2f} s, most {max(spent):.2f} s")
    show([one for one in right if one[1].verdict is not Verdict.VERBATIM], chosen.show)
    show([one for one in wrong if one[1].verdict is Verdict.VERBATIM], chosen.show)
    return int(verbatim(right) < FOUND or max(verbatim_by_kind(wrong).values()) > FALSE or slow >= SECONDS)


def show(mistakes: Sequence[tuple[Case, Finding]], most: int) -> None:
    for case, finding in mistakes[:most]:
        print(f"\n{case.kind}: {case.demand}\n  {finding}\n  adopted: {case.after[:1500]}")


if __name__ == "__main__":
    sys.exit(main())
