"""What every format is read into before its structure is looked for: a run of blocks."""

import re
import unicodedata
from dataclasses import dataclass, field

from participation.texts.provisions import Doubt, Unreadable

MAXIMUM_BLOCKS = 20_000
MAXIMUM_CHARACTERS = 5_000_000

# Soft hyphens, zero-width and direction marks change nothing a person reads, but they make two
# equal words unequal. The private-use bullets of Word's symbol fonts all mean one thing.
_INVISIBLE = dict.fromkeys(
    (
        *(0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFFFE, 0x61C, 0x200E, 0x200F),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    )
)
_SAME = {0x2011: "-", 0x2010: "-", **dict.fromkeys((0xF0B7, 0xF0A7, 0xF0FC, 0xF02D), "•")}
_CONTROL = dict.fromkeys([*range(9), 0x0B, *range(0x0E, 0x20), *range(0x7F, 0xA0)], " ")
_CONTROL |= dict.fromkeys([0x0C, 0x0D, 0x85, 0x2028, 0x2029], "\n")
_TIDY = _INVISIBLE | _SAME | _CONTROL


@dataclass(frozen=True)
class Block:
    """A paragraph, a table or a note of the file, with what its look says about it.

    `text` may hold line breaks where the author forced them. `heading` is the outline level
    from 1, or 0. `label` is a number or bullet that the file format computes and does not keep
    in the text; `depth` is the nesting of the list it belongs to, from 1, or 0.
    """

    text: str
    place: str
    heading: int = 0
    label: str = ""
    depth: int = 0
    bold: bool = False
    centred: bool = False
    kind: str = "text"


@dataclass
class Source:
    """All that a format's reader found: blocks in reading order, its own title, its doubts."""

    blocks: list[Block]
    title: str = ""
    doubts: list[Doubt] = field(default_factory=list)


def tidy(text: str) -> str:
    """NFC, single plain spaces, no invisible characters; line breaks are kept."""
    text = text.translate(_TIDY)
    # Lone surrogates cannot be stored or sent, so they become the replacement character.
    text = text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text
    lines = (re.sub(r"\s+", " ", line).strip() for line in text.split("\n"))
    return unicodedata.normalize("NFC", "\n".join(line for line in lines if line))


def demand_readable_length(blocks: list[Block]) -> None:
    """Refuse a draft that is longer than a page can show or a person can read."""
    if len(blocks) > MAXIMUM_BLOCKS:
        raise Unreadable("too_long", paragraphs=str(len(blocks)), limit=str(MAXIMUM_BLOCKS))
    characters = sum(len(block.text) for block in blocks)
    if characters > MAXIMUM_CHARACTERS:
        raise Unreadable("too_long", characters=str(characters), limit=str(MAXIMUM_CHARACTERS))
