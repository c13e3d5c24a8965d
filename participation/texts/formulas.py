"""Changes in the formula of the trade: "V drugem odstavku 12. člena se beseda »X« nadomesti z besedo »Y«."

Slovenian follows the drafting guidelines of the government's office for legislation (Nomotehnične smernice: a word,
two words, else a passage; what is cited stands once in the provision), English the Joint Practical Guide of the
European institutions (point 18). A change that would take many formulas is one new wording instead.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from participation.texts.differing import Change, word_diff
from participation.texts.provisions import Kind, Provision
from participation.texts.trees import Tree

# More changes than this, or hardly any word kept, is a new wording.
_MOST_EDITS = 4
_LEAST_KEPT = 0.4
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"(\d+(?:-\d+)*)\.?\s*([a-zčšž](?![a-zčšž]))?")
_PRINTED = re.compile(r"\((\d{1,3})\)")
_ENGLISH_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True)
class Place:
    """Where a provision stands, as formulas name it.

    `article` is its printed label, `heading` the whole heading where there is no article. `paragraph` is the printed
    number or counts from 1, and is 0 in an article of one paragraph; `points` are the printed labels of points from
    the outermost; `indent` counts from 1 and is 0 for what is no indent.
    """

    kind: Kind
    article: str = ""
    heading: str = ""
    paragraph: int = 0
    points: tuple[str, ...] = ()
    indent: int = 0


def place_of(provisions: Sequence[Provision], at: int) -> Place:
    """The place of a provision of a text."""
    tree = Tree(provisions)
    one = provisions[at]
    home = tree.home_of(at)
    if home is None:
        return Place(one.kind, paragraph=_ordinal(provisions, list(range(at + 1)), Kind.PARAGRAPH))
    within = [home, *tree.below[home]]
    chain = [place for place in (at, *tree.over(at)) if place in within][::-1]
    paragraphs = [place for place in within if provisions[place].kind is Kind.PARAGRAPH]
    paragraph = 0
    if len(paragraphs) > 1 and one.kind is not Kind.ARTICLE:
        before = [place for place in paragraphs if place <= at]
        # Where numbers are printed, they are the ones that a person counts by.
        printed = _PRINTED.fullmatch(provisions[before[-1]].label) if before else None
        paragraph = int(printed[1]) if printed else len(before)
    indent = 0
    if one.kind is Kind.INDENT:
        siblings = [place for place in within if place <= at and tree.above[place] == tree.above[at]]
        indent = _ordinal(provisions, siblings, Kind.INDENT)
    is_article = provisions[home].kind is Kind.ARTICLE
    return Place(
        one.kind,
        article=provisions[home].label if is_article else "",
        heading="" if is_article else f"{provisions[home].label} {provisions[home].text}".strip(),
        paragraph=paragraph,
        points=tuple(provisions[place].label for place in chain if provisions[place].kind is Kind.POINT),
        indent=indent,
    )


def _ordinal(provisions: Sequence[Provision], places: Sequence[int], kind: Kind) -> int:
    return sum(provisions[place].kind is kind for place in places)


def formula_of_change(place: Place, old: str, new: str, language: str) -> str:
    """How the old wording of a provision becomes the new one; "" where they are the same.

    `language` is that of the draft; every other than Slovenian gives English.
    """
    old, new = " ".join(old.split()), " ".join(new.split())
    if old == new:
        return ""
    grammar = _grammar(language)
    edits = edits_of(old, new)
    kept = sum(len(_WORD.findall(text)) for change, text in word_diff(old, new) if change == "same")
    is_short = len(edits) <= _MOST_EDITS and kept >= _LEAST_KEPT * len(_WORD.findall(old))
    if is_short and all(one.stop <= other.start for one, other in pairwise(edits)):
        return grammar.changed(place, edits)
    return grammar.rewritten(place, new)


def formula_of_deletion(place: Place, language: str) -> str:
    """That a provision goes."""
    return _grammar(language).deleted(place)


def formula_of_addition(after: Place, text: str, language: str) -> str:
    """That a new provision of the same kind comes after one."""
    return _grammar(language).added(after, text)


def formula_of_move(place: Place, after: Place | None, language: str) -> str:
    """That a provision stands after another one, or without one at the beginning."""
    return _grammar(language).moved(place, after)


@dataclass(frozen=True)
class Edit:
    """`removed` and `added` words; either may be empty. `after` are those before an insertion, "" at the beginning.

    What is cited takes the characters from `start` to `stop` of the old wording, and stands there once.
    """

    start: int
    stop: int
    removed: str
    added: str
    after: str = ""


def edits_of(old: str, new: str) -> list[Edit]:
    """What changes between two wordings with single spaces, each with as much around it as makes it stand once."""
    edits = []
    at = 0
    for change, removed, added in _joined(word_diff(old, new)):
        start, at = at, at + len(removed)
        if change == "edit":
            edits.append(_replacement(old, start, at, added) if removed.strip() else _insertion(old, start, added))
    return edits


def _replacement(old: str, start: int, stop: int, added: str) -> Edit:
    first, last = start, stop
    while old.count(old[first:last].strip()) > 1 and (first > 0 or last < len(old)):
        if first > 0:
            first = old[:first].rstrip().rfind(" ") + 1
        else:
            ends = old.find(" ", last + 1)
            last = ends if ends >= 0 else len(old)
    put = old[first:start] + added + old[stop:last]
    return Edit(first, last, old[first:last].strip(), put.strip())


def _insertion(old: str, at: int, added: str) -> Edit:
    first = at
    while first > 0 and (first == at or old.count(old[first:at].strip()) > 1):
        first = old[:first].rstrip().rfind(" ") + 1
    return Edit(first, at, "", added.strip(), old[first:at].strip())


def _joined(parts: list[tuple[Change, str]]) -> list[tuple[str, str, str]]:
    """("same", text, text) and ("edit", removed, added): edits with hardly a word between them are one."""
    found: list[tuple[str, str, str]] = []
    for at, (change, text) in enumerate(parts):
        is_between = 0 < at < len(parts) - 1 and len(_WORD.findall(text)) <= 1
        if change == "same" and not (is_between and found and found[-1][0] == "edit"):
            found.append(("same", text, text))
            continue
        removed = text if change in ("removed", "same") else ""
        added = text if change in ("added", "same") else ""
        if found and found[-1][0] == "edit":
            found[-1] = ("edit", found[-1][1] + removed, found[-1][2] + added)
        else:
            found.append(("edit", removed, added))
    return found


@dataclass(frozen=True)
class _Slovenian:
    quotes: str = "»{}«"
    signs: dict[str, tuple[str, str]] = field(
        default_factory=lambda: {
            ".": ("pika", "s piko"),
            ",": ("vejica", "z vejico"),
            ";": ("podpičje", "s podpičjem"),
            ":": ("dvopičje", "z dvopičjem"),
        }
    )

    def changed(self, place: Place, edits: Sequence[Edit]) -> str:
        return f"{self._in(place)} {_listed([self._clause(edit) for edit in edits], 'in')}."

    def rewritten(self, place: Place, text: str) -> str:
        name = f"Naslov {self._article(place, 1)}" if place.kind is Kind.ARTICLE else self._name(place, 0)
        return f"{_capital(name)} se spremeni tako, da se glasi: {self.quotes.format(text)}."

    def deleted(self, place: Place) -> str:
        return f"{_capital(self._name(place, 0))} se črta."

    def added(self, after: Place, text: str) -> str:
        new = {
            Kind.ARTICLE: f"nov {_next_letter(after.article, '{number}.{letter}')} člen, ki",
            Kind.PARAGRAPH: "nov odstavek, ki",
            Kind.POINT: "nova točka, ki",
            Kind.INDENT: "nova alineja, ki",
        }.get(after.kind, "novo besedilo, ki")
        return f"Za {self._name(after, 3)} se doda {new} se glasi: {self.quotes.format(text)}."

    def moved(self, place: Place, after: Place | None) -> str:
        name = _capital(self._name(place, 0))
        if after is None:
            return f"{name} se prestavi na začetek besedila."
        return f"{name} se prestavi tako, da stoji za {self._name(after, 3)}."

    def _clause(self, edit: Edit) -> str:
        if not edit.removed:
            where = f"za {self._cited(edit.after)[1].partition(' ')[2]}" if edit.after else "na začetku"
            name, _with, dual = self._cited(edit.added)
            return f"se {where} {'dodata' if dual else 'doda'} {name}"
        name, _with, dual = self._cited(edit.removed)
        if not edit.added:
            return f"se {'črtata' if dual else 'črta'} {name}"
        return f"se {name} {'nadomestita' if dual else 'nadomesti'} {self._cited(edit.added)[1]}"

    def _cited(self, text: str) -> tuple[str, str, bool]:
        """What is cited, in the nominative, with its preposition in the instrumental, and whether there are two."""
        if text in self.signs:
            return (*self.signs[text], False)
        if text[:1] in self.signs:
            sign, with_sign = self.signs[text[0]]
            rest = text[1:].strip()
            name, with_name = ("beseda", "besedo") if len(_WORD.findall(rest)) == 1 else ("besedilo", "besedilom")
            quoted = self.quotes.format(rest)
            return f"{sign} in {name} {quoted}", f"{with_sign} in {with_name} {quoted}", True
        quoted = self.quotes.format(text)
        count = len(_WORD.findall(text))
        if count == 2:
            return f"besedi {quoted}", f"z besedama {quoted}", True
        noun = ("beseda", "z besedo") if count == 1 else ("besedilo", "z besedilom")
        return f"{noun[0]} {quoted}", f"{noun[1]} {quoted}", False

    def _in(self, place: Place) -> str:
        if place.kind is Kind.ARTICLE:
            return f"V naslovu {self._article(place, 1)}"
        return f"V {self._name(place, 2)}"

    # Cases: 0 nominative, 1 genitive, 2 locative, 3 instrumental.
    def _name(self, place: Place, case: int) -> str:
        """From the innermost: "tretja alineja drugega odstavka 12. člena"."""
        pieces = []
        if place.indent:
            pieces.append(self._counted(place.indent, "alinej", ("a", "e", "i", "o"), ("a", "e", "i", "o"), case))
            case = 1
        for label in reversed(place.points):
            noun = "točk" + ("a", "e", "i", "o")[case]
            is_number = label.rstrip(".").isdigit()
            pieces.append(f"{label} {noun}" if is_number else f"{noun} {label}")
            case = 1
        if place.kind is Kind.TABLE:
            pieces.append("tabel" + ("a", "e", "i", "o")[case])
            case = 1
        if place.paragraph:
            noun = ("odstavek", "odstavka", "odstavku", "odstavkom")[case]
            pieces.append(self._counted(place.paragraph, "", ("i", "ega", "em", "im"), (noun,) * 4, case))
            case = 1
        if place.article:
            pieces.append(self._article(place, case))
        elif place.heading:
            noun = ("razdelek", "razdelka", "razdelku", "razdelkom")[case]
            pieces.append(f"{noun} {self.quotes.format(place.heading)}")
        return " ".join(pieces) or ("besedilo", "besedila", "besedilu", "besedilom")[case]

    @staticmethod
    def _counted(number: int, stem: str, endings: tuple[str, ...], nouns: tuple[str, ...], case: int) -> str:
        stems = ("prv", "drug", "tretj", "četrt", "pet", "šest", "sedm", "osm", "devet", "deset")
        ordinal = stems[number - 1] + endings[case] if number <= len(stems) else f"{number}."
        return f"{ordinal} {stem}{nouns[case]}"

    @staticmethod
    def _article(place: Place, case: int) -> str:
        noun = ("člen", "člena", "členu", "členom")[case]
        found = _NUMBER.search(place.article)
        if found is None:
            return f"{noun} »{place.article}«"
        return f"{found[1]}.{found[2] or ''} {noun}"


@dataclass(frozen=True)
class _English:
    quotes: str = "‘{}’"

    def changed(self, place: Place, edits: Sequence[Edit]) -> str:
        return f"In {self._titled(place)}, {_listed([self._clause(edit) for edit in edits], 'and')}."

    def rewritten(self, place: Place, text: str) -> str:
        return f"{_capital(self._titled(place))} is replaced by the following: {self.quotes.format(text)}."

    def deleted(self, place: Place) -> str:
        return f"{_capital(self._name(place))} is deleted."

    def added(self, after: Place, text: str) -> str:
        noun = {
            Kind.ARTICLE: f"Article {_next_letter(after.article, '{number}{letter}')}",
            Kind.PARAGRAPH: "paragraph",
            Kind.POINT: "point",
            Kind.INDENT: "indent",
        }.get(after.kind, "text")
        return f"After {self._name(after)}, the following {noun} is inserted: {self.quotes.format(text)}."

    def moved(self, place: Place, after: Place | None) -> str:
        name = _capital(self._name(place))
        if after is None:
            return f"{name} is moved to the beginning of the text."
        return f"{name} is moved to follow {self._name(after)}."

    def _clause(self, edit: Edit) -> str:
        if not edit.removed:
            where = f"after {self._cited(edit.after)}" if edit.after else "at the beginning"
            return f"{where}, {self._cited(edit.added)} {self._is(edit.added)} inserted"
        if not edit.added:
            return f"{self._cited(edit.removed)} {self._is(edit.removed)} deleted"
        return f"{self._cited(edit.removed)} {self._is(edit.removed)} replaced by {self._cited(edit.added)}"

    def _cited(self, text: str) -> str:
        signs = {".": "the full stop", ",": "the comma", ";": "the semicolon", ":": "the colon"}
        if text[0] in signs:
            return f"{signs[text[0]]} and {self._cited(text[1:].strip())}" if text[1:] else signs[text]
        noun = "the word" if len(_WORD.findall(text)) <= 1 else "the words"
        return f"{noun} {self.quotes.format(text)}"

    def _titled(self, place: Place) -> str:
        return f"the title of {self._name(place)}" if place.kind is Kind.ARTICLE else self._name(place)

    @staticmethod
    def _is(text: str) -> str:
        is_one = len(_WORD.findall(text)) <= 1 and (len(text) == 1 or text[0].isalnum())
        return "is" if is_one else "are"

    def _name(self, place: Place) -> str:
        """From the outermost: "Article 12(2), point (a), second indent"."""
        found = _NUMBER.search(place.article)
        paragraph = f"({place.paragraph})" if place.paragraph else ""
        if found:
            pieces = [f"Article {found[1]}{found[2] or ''}{paragraph}"]
        else:
            section = place.article or place.heading
            pieces = [f"the section {self.quotes.format(section)}"] if section else ["the text"]
            if place.paragraph:
                pieces.append(f"{_english_ordinal(place.paragraph)} paragraph")
        pieces += [f"point ({label.strip('().')})" for label in place.points]
        if place.indent:
            pieces.append(f"{_english_ordinal(place.indent)} indent")
        if place.kind is Kind.TABLE:
            pieces.append("table")
        return ", ".join(pieces)


def _grammar(language: str) -> _Slovenian | _English:
    return _Slovenian() if language == "sl" else _English()


def _english_ordinal(number: int) -> str:
    return _ENGLISH_ORDINALS[number - 1] if number <= len(_ENGLISH_ORDINALS) else f"{number}th"


def _next_letter(label: str, shape: str) -> str:
    """The number of an article that comes between two: 12.a after 12, 12.b after 12.a."""
    found = _NUMBER.search(label)
    if found is None:
        return ""
    letter = chr(ord(found[2]) + 1) if found[2] and found[2] < "y" else "a"
    return shape.format(number=found[1], letter=letter)


def _listed(clauses: Sequence[str], last: str) -> str:
    return f" {last} ".join([part for part in (", ".join(clauses[:-1]), clauses[-1]) if part])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
