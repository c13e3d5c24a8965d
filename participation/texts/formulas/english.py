"""Formulas in English, by the Joint Practical Guide of the European institutions."""

from collections.abc import Sequence
from dataclasses import dataclass

from participation.texts.formulas.edits import WORD, Edit
from participation.texts.formulas.numbers import NUMBER, capital, listed, next_letter
from participation.texts.formulas.places import Place
from participation.texts.provisions import Kind

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True)
class English:
    quotes: str = "‘{}’"

    def changed(self, place: Place, edits: Sequence[Edit]) -> str:
        return f"In {self._titled(place)}, {listed([self._clause(edit) for edit in edits], 'and')}."

    def rewritten(self, place: Place, text: str) -> str:
        return f"{capital(self._titled(place))} is replaced by the following: {self.quotes.format(text)}."

    def deleted(self, place: Place) -> str:
        return f"{capital(self._name(place))} is deleted."

    def added(self, after: Place, text: str) -> str:
        noun = {
            Kind.ARTICLE: f"Article {next_letter(after.article, '{number}{letter}')}",
            Kind.PARAGRAPH: "paragraph",
            Kind.POINT: "point",
            Kind.INDENT: "indent",
        }.get(after.kind, "text")
        return f"After {self._name(after)}, the following {noun} is inserted: {self.quotes.format(text)}."

    def moved(self, place: Place, after: Place | None) -> str:
        name = capital(self._name(place))
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
        noun = "the word" if len(WORD.findall(text)) <= 1 else "the words"
        return f"{noun} {self.quotes.format(text)}"

    def _titled(self, place: Place) -> str:
        return f"the title of {self._name(place)}" if place.kind is Kind.ARTICLE else self._name(place)

    @staticmethod
    def _is(text: str) -> str:
        is_one = len(WORD.findall(text)) <= 1 and (len(text) == 1 or text[0].isalnum())
        return "is" if is_one else "are"

    def _name(self, place: Place) -> str:
        """From the outermost: "Article 12(2), point (a), second indent"."""
        found = NUMBER.search(place.article)
        paragraph = f"({place.paragraph})" if place.paragraph else ""
        if found:
            pieces = [f"Article {found[1]}{found[2] or ''}{paragraph}"]
        else:
            section = place.article or place.heading
            pieces = [f"the section {self.quotes.format(section)}"] if section else ["the text"]
            if place.paragraph:
                pieces.append(f"{_ordinal(place.paragraph)} paragraph")
        pieces += [f"point ({label.strip('().')})" for label in place.points]
        if place.indent:
            pieces.append(f"{_ordinal(place.indent)} indent")
        if place.kind is Kind.TABLE:
            pieces.append("table")
        return ", ".join(pieces)


def _ordinal(number: int) -> str:
    return _ORDINALS[number - 1] if number <= len(_ORDINALS) else f"{number}th"
