"""Formulas in Slovenian, by the drafting guidelines of the government's office for legislation."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from participation.texts.formulas.edits import WORD, Edit
from participation.texts.formulas.numbers import NUMBER, capital, listed, next_letter
from participation.texts.formulas.places import Place
from participation.texts.provisions import Kind


@dataclass(frozen=True)
class Slovenian:
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
        return f"{self._in(place)} {listed([self._clause(edit) for edit in edits], 'in')}."

    def rewritten(self, place: Place, text: str) -> str:
        name = f"Naslov {self._article(place, 1)}" if place.kind is Kind.ARTICLE else self._name(place, 0)
        return f"{capital(name)} se spremeni tako, da se glasi: {self.quotes.format(text)}."

    def deleted(self, place: Place) -> str:
        return f"{capital(self._name(place, 0))} se črta."

    def added(self, after: Place, text: str) -> str:
        new = {
            Kind.ARTICLE: f"nov {next_letter(after.article, '{number}.{letter}')} člen, ki",
            Kind.PARAGRAPH: "nov odstavek, ki",
            Kind.POINT: "nova točka, ki",
            Kind.INDENT: "nova alineja, ki",
        }.get(after.kind, "novo besedilo, ki")
        return f"Za {self._name(after, 3)} se doda {new} se glasi: {self.quotes.format(text)}."

    def moved(self, place: Place, after: Place | None) -> str:
        name = capital(self._name(place, 0))
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
            name, with_name = ("beseda", "besedo") if len(WORD.findall(rest)) == 1 else ("besedilo", "besedilom")
            quoted = self.quotes.format(rest)
            return f"{sign} in {name} {quoted}", f"{with_sign} in {with_name} {quoted}", True
        quoted = self.quotes.format(text)
        count = len(WORD.findall(text))
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
        found = NUMBER.search(place.article)
        if found is None:
            return f"{noun} »{place.article}«"
        return f"{found[1]}.{found[2] or ''} {noun}"
