"""How long the text engine takes on an act of 90 pages, and how that grows.

    python bench/text_engine.py

A made-up act (articles, numbered paragraphs, indents; about 3,000 characters a page) is read as DOCX, PDF and
Markdown in the process of its own that reads for the site; a version of it in which every article is renumbered,
every twentieth paragraph changed, a tenth moved and some added or removed is compared with it; 1,000 quotes are
carried over; 5,000 comments, a third of them copies of ten campaigns, are grouped. Medians of five runs (three for
reading), for a third of the size, the size, and three times the size. Memory is the most that the processes held,
and apart from it the most that one of those held which read.

Fails when a budget of the middle size is missed: reading 3 s, comparing 1 s, carrying 1 s, grouping 3 s, 300 MB.
"""

from __future__ import annotations

import random
import re
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import typst  # noqa: E402
from texts.reading.building import centred, paragraph, word_file  # noqa: E402

from participation.texts.anchoring import Carrier, Quote  # noqa: E402
from participation.texts.grouping import group_alike  # noqa: E402
from participation.texts.matching import match_provisions  # noqa: E402
from participation.texts.provisions import Provision, Unreadable  # noqa: E402
from participation.texts.reading import read_draft  # noqa: E402

PAGES, CHARACTERS_A_PAGE = 90, 3000
QUOTES, COMMENTS = 1000, 5000
BUDGETS = {"reading": 3.0, "comparing": 1.0, "carrying": 1.0, "grouping": 3.0}
MEGABYTES = 300
SYLLABLES = re.findall(
    r"\w+", "ob ci na pro stor raz voj po go ja jav nost od lok sve tu dru štvo mla di na čr to va nje ve lja vna"
)

Articles = list[list[str]]


def sentence(chance: random.Random) -> str:
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(chance.randint(8, 40))]
    return " ".join(words).capitalize() + "."


def act(pages: int, chance: random.Random) -> Articles:
    articles: Articles = []
    characters = 0
    while characters < pages * CHARACTERS_A_PAGE:
        articles.append([sentence(chance) for _ in range(chance.randint(1, 6))])
        characters += sum(map(len, articles[-1]))
    return articles


def amended(articles: Articles, chance: random.Random) -> Articles:
    made = [[one if chance.random() > 0.05 else one.replace(" ", " novo ", 2) for one in each] for each in articles]
    moved = made[: len(made) // 10]
    made = [*made[len(moved) :], *moved, [sentence(chance)]]
    return [[sentence(chance)], *(each for at, each in enumerate(made) if at % 50)]


def lines(articles: Articles) -> list[tuple[str, list[str]]]:
    return [
        (f"{number}. člen", [f"({at}) {text}" for at, text in enumerate(each, 1)])
        for number, each in enumerate(articles, 1)
    ]


def markdown(articles: Articles) -> bytes:
    texts = [f"## {label}\n\n" + "\n\n".join(each) for label, each in lines(articles)]
    return ("# Odlok o primerih\n\n" + "\n\n".join(texts)).encode()


def word(articles: Articles) -> bytes:
    body = [centred("ODLOK O PRIMERIH")]
    for label, each in lines(articles):
        body += [centred(label), *map(paragraph, each)]
    return word_file("".join(body))


def pdf(articles: Articles) -> bytes:
    texts = [f"#align(center)[*{label}*]\n\n" + "\n\n".join(each) for label, each in lines(articles)]
    return typst.compile(("= Odlok o primerih\n\n" + "\n\n".join(texts)).encode())


def median(times: int, work: Callable[[], object]) -> float:
    spent = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begun)
    return statistics.median(spent)


def quotes(provisions: tuple[Provision, ...], chance: random.Random) -> list[Quote]:
    worded = [one.text.split() for one in provisions if len(one.text.split()) >= 8]
    made = []
    for _ in range(QUOTES):
        words = chance.choice(worded)
        at = chance.randint(0, len(words) - 6)
        made.append(Quote(" ".join(words[at : at + 6])))
    return made


def comments(number: int, chance: random.Random) -> list[str]:
    campaigns = [" ".join(sentence(chance) for _ in range(4)) for _ in range(10)]
    return [
        f"{chance.choice(campaigns)} {sentence(chance)[:12]}"
        if chance.random() < 1 / 3
        else " ".join(sentence(chance) for _ in range(chance.randint(1, 6)))
        for _ in range(number)
    ]


def megabytes() -> float:
    return max(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, readers_megabytes())


def readers_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def measure(size: float) -> dict[str, float]:
    chance = random.Random(size)
    articles = act(int(PAGES * size), chance)
    files = {"docx": word(articles), "pdf": pdf(articles), "md": markdown(articles)}
    spent = {}
    for ending, data in files.items():
        try:
            spent[f"reading {ending}"] = median(3, lambda data=data, ending=ending: read_draft(data, f"act.{ending}"))
        except Unreadable as refusal:
            spent[f"reading {ending}"] = float("inf")
            print(f"  {ending} of {PAGES * size:.0f} pages: refused, {refusal.code}")
    old = read_draft(files["md"], "act.md").provisions
    new = read_draft(markdown(amended(articles, chance)), "act.md").provisions
    spent["comparing"] = median(5, lambda: match_provisions(old, new))
    asked = quotes(old, chance)
    matches = match_provisions(old, new)

    def carry() -> None:
        carrier = Carrier(old, new, matches)
        for quote in asked:
            carrier.carry(quote)

    spent["carrying"] = median(5, carry)
    said = comments(int(COMMENTS * size), chance)
    spent["grouping"] = median(5, lambda: group_alike(said))
    print(f"{PAGES * size:.0f} pages, {len(old)} provisions, {QUOTES} quotes, {len(said)} comments:")
    print(
        "  "
        + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in spent.items())
        + f"; {megabytes():.0f} MB so far, a reader {readers_megabytes():.0f} MB"
    )
    return spent


def main() -> int:
    measure(1 / 3)
    spent = measure(1)
    held = megabytes()
    measure(3)
    late = [name for name, seconds in spent.items() if seconds > BUDGETS[name.split()[0]]]
    if late or held > MEGABYTES:
        print("over budget:", ", ".join(late) or f"{held:.0f} MB")
    return 1 if late or held > MEGABYTES else 0


if __name__ == "__main__":
    sys.exit(main())
