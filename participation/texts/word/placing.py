"""Which provision of a draft a paragraph of an edited file is: by its bookmark, by its words, by its number."""

from collections.abc import Sequence
from dataclasses import dataclass

from participation.texts.matching import Fate, likeness, match_provisions, resemblance
from participation.texts.provisions import HEADINGS, Kind, Provision
from participation.texts.reading import signs
from participation.texts.reading.blocks import tidy
from participation.texts.trees import Tree
from participation.texts.word.body import WHOLE_DRAFT
from participation.texts.word.passages import Passage
from participation.texts.word.pen import PROVISION

# A bookmark that was copied with a paragraph stands on other words.
_STILL_ITSELF = 0.3
_DEEP = 6


@dataclass(frozen=True)
class Placing:
    """`places` are of provisions by those of passages; `whole` are passages that stand for the whole draft.

    `alike` is the share of the file's words that the draft has, 0 to 1.
    """

    places: dict[int, int]
    whole: frozenset[int]
    alike: float


def place_passages(
    passages: Sequence[Passage], title: str, provisions: Sequence[Provision], keys: Sequence[str]
) -> Placing:
    """Where each passage, as it stood before any change, belongs."""
    old = [_plain(_unnumbered(passage.text)) for passage in passages]
    texts = Tree([_plain(printed(one)) for one in provisions])
    bare = [_plain(one.text or one.label) for one in provisions]
    found = _by_bookmark(passages, Tree(old), texts, keys)
    matches = match_provisions(old, bare)
    for match in matches:
        if match.fate in (Fate.KEPT, Fate.CHANGED, Fate.MOVED):
            found.setdefault(match.old[0], match.new[0])
        elif match.fate is Fate.MERGED:
            for place in match.old:
                found.setdefault(place, match.new[0])
    _by_label(found, [tidy(passage.text) for passage in passages], provisions)
    whole = {at for at, one in enumerate(passages) if f"{PROVISION}{WHOLE_DRAFT}" in one.names}
    if not whole:
        whole = {at for at, one in enumerate(old[:5]) if at not in found and one.text == tidy(title)}
    alike = resemblance(old, matches)
    return Placing({at: place for at, place in found.items() if at not in whole}, frozenset(whole), alike)


def printed(provision: Provision) -> str:
    """The provision with its number, on one line."""
    return " ".join(filter(None, (provision.label, provision.text)))


def _plain(text: str) -> Provision:
    return Provision(Kind.PARAGRAPH, "", _DEEP, tidy(text))


def _unnumbered(text: str) -> str:
    """The words of a line without the number or dash that opens it."""
    line = tidy(text)
    for sign in (signs.paragraph, signs.point, signs.indent):
        found = sign(line)
        if found is not None and found.rest:
            return found.rest
    return line


def _by_bookmark(passages: Sequence[Passage], old: Tree, texts: Tree, keys: Sequence[str]) -> dict[int, int]:
    place_of = {f"{PROVISION}{key}": place for place, key in enumerate(keys)}
    found: dict[int, int] = {}
    taken: set[int] = set()
    for at, passage in enumerate(passages):
        for name in passage.names:
            place = place_of.get(name)
            if place is None or place in taken or at in found:
                continue
            if likeness(old.words[at], texts.words[place]) >= _STILL_ITSELF:
                found[at] = place
                taken.add(place)
    return found


def _by_label(found: dict[int, int], lines: Sequence[str], provisions: Sequence[Provision]) -> None:
    """A line with nothing but the number of the provision that follows it."""
    for at, line in enumerate(lines):
        following = found.get(at + 1)
        if at in found or following is None:
            continue
        # The heading itself, or the one right above the provision that follows.
        for place in (following, following - 1):
            is_heading = place >= 0 and provisions[place].kind in HEADINGS
            if is_heading and line and line.casefold() == tidy(provisions[place].label).casefold():
                found[at] = place
                break
