"""Where the title of an act stands, and which blocks it is made of."""

import re
from pathlib import PurePath

from participation.texts.reading import signs
from participation.texts.reading.blocks import Block

_SEARCHED = 25
_LONGEST = 400
_ACT = re.compile(
    r"^(?:»?(?:PREDLOG|OSNUTEK|Predlog|Osnutek)\b.*|(?:[^\W\d_]\s){3,}[^\W\d_]$|"
    r"(?:ODLOK|ZAKON|UREDBA|PRAVILNIK|SKLEP|STRATEGIJA|PROGRAM|STATUT|POSLOVNIK|RESOLUCIJA|NAČRT|"
    r"Odlok|Zakon|Uredba|Pravilnik|Sklep|Strategija|Regionalni razvojni program|Program|Statut|"
    r"Poslovnik|Resolucija|Načrt|Lokalni program|Občinski program|Regulations?|Act|Bill)\b.*)",
    re.S,
)
_SPACED = re.compile(r"(?<!\S)(?:[^\W\d_] ){3,}[^\W\d_](?!\S)")
_FIRST_HEADING = re.compile(
    r"DOLOČB|PROVISIONS|^(?:1\.?\s+)?(?:UVOD|KAZALO|VSEBINA|PREDGOVOR|POVZETEK|INTRODUCTION|CONTENTS|SUMMARY)\b", re.I
)


def find_title(blocks: list[Block]) -> tuple[str, set[int]]:
    """The title and the numbers of the blocks that hold it; ("", empty) when none looks like one.

    Slovenian drafts put the legal basis above the title ("Na podlagi ..."), so it is searched
    among all that stands before the first heading of the text.
    """
    front = blocks[: _first_division(blocks)]
    runs = _runs(front)
    if not runs and front and len(blocks) > 1 and _reads_like_a_title(front[0]):
        runs = [[0]]
    if not runs:
        return "", set()
    chosen = next((run for run in runs if any(_ACT.match(blocks[at].text) for at in run)), runs[0])
    after = chosen[-1] + 1
    if after < len(front) and _goes_on(front[chosen[-1]].text, front[after]):
        chosen = [*chosen, after]
    lines: list[str] = []
    for at in chosen:
        line = _closed_up(blocks[at].text.replace("\n", " "))
        # Some programs print the title twice: once from the properties, once as a heading.
        lines = [known for known in lines if not line.casefold().startswith(known.casefold())]
        if not any(known.casefold().startswith(line.casefold()) for known in lines):
            lines.append(line)
    title = " ".join(lines)
    if len(title) > _LONGEST:
        return "", set()
    again = {
        at for at, block in enumerate(front) if block.text and title.casefold().startswith(block.text.casefold())
    }
    return title, again | set(chosen)


def _closed_up(line: str) -> str:
    """ "O D L O K" is how a title was made to stand out on a typewriter."""
    return _SPACED.sub(lambda word: word[0].replace(" ", ""), line)


def title_from_name(filename: str) -> str:
    """What a file is called, for a draft that says no title itself."""
    stem = PurePath(filename.replace("\\", "/")).stem
    return re.sub(r"[\s_]+", " ", stem).strip()[:_LONGEST]


def _first_division(blocks: list[Block]) -> int:
    for at, block in enumerate(blocks[:_SEARCHED]):
        text = block.text.split("\n")[0]
        numbered = block.label and block.label != "–"
        opens = signs.article(signs.quoted(text) or text) or signs.article(f"{block.label} {text}".strip())
        if opens or numbered or signs.division(text, False) or block.kind == "table":
            return at
        if signs.paragraph(text) or block.depth:
            return at
        if at and block.heading and block.heading > min(_headings(blocks[:at]), default=block.heading):
            return at
    return min(len(blocks), _SEARCHED)


def _headings(blocks: list[Block]) -> list[int]:
    return [block.heading for block in blocks if block.heading]


def _runs(blocks: list[Block]) -> list[list[int]]:
    """Neighbouring blocks that look like lines of a title."""
    headings = _headings(blocks)
    runs: list[list[int]] = []
    for at, block in enumerate(blocks):
        if not _looks_like_title(block, bool(headings)):
            continue
        if runs and runs[-1][-1] == at - 1 and _belongs(blocks, runs[-1], block):
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _belongs(blocks: list[Block], run: list[int], block: Block) -> bool:
    """Whether a line goes on with the title above it, and is not the first heading below it."""
    first = blocks[run[0]]
    if len(run) >= 5:
        return False
    if first.heading or block.heading:
        above, below = blocks[run[-1]].text.casefold(), block.text.casefold()
        return not first.heading or below.startswith(above) or above.startswith(below)
    return True


def _goes_on(title: str, block: Block) -> bool:
    """ "ODLOK" stands alone in its line, and what it is about in the next: "o mladini"."""
    return len(title.split()) <= 3 and _reads_like_a_title(block) and block.text[:1].islower()


def _reads_like_a_title(block: Block) -> bool:
    """Without any look of its own: one short line that is no sentence and no item."""
    text = block.text
    if _FIRST_HEADING.search(text) and not _ACT.match(text):
        return False
    is_line = block.kind == "text" and not block.label and "\n" not in text and len(text) <= 200
    return is_line and text[:1].isalpha() and text[-1].isalnum() and not signs.opens_signature(text)


def _looks_like_title(block: Block, has_headings: bool) -> bool:
    if block.kind != "text" or len(block.text) > 300 or signs.is_title(block.text):
        return False
    if block.text.endswith((";", ":", ",")) or signs.opens_signature(block.text):
        return False
    if _FIRST_HEADING.search(block.text) and not _ACT.match(block.text):
        return False
    if block.heading:
        return True
    if re.search(r"[.!?]$", block.text) and not re.search(r"\b(?:št|no|nr)\.$", block.text, re.I):
        return False
    if block.bold or block.centred or signs.is_capitals(block.text):
        return True
    return not has_headings and bool(_ACT.match(block.text)) and len(block.text) < 200
