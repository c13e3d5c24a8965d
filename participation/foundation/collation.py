"""The order of Slovenian names: č follows c, š follows s, ž follows z."""

import unicodedata

_LETTERS = "abcčćdđefghijklmnopqrsštuvwxyzž"
_PLACE_OF_LETTER = {letter: place for place, letter in enumerate(_LETTERS)}
_SEPARATOR, _DIGIT, _LETTER, _OTHER = range(4)

CollationKey = tuple[tuple[tuple[int, int], ...], str]


def collation_key(text: str) -> CollationKey:
    """What to sort by: `sorted(names, key=collation_key)`.

    Upper and lower case count as equal until nothing else decides. A letter of another alphabet stands with
    its base letter (ä with a); spaces and punctuation come before digits, digits before letters.
    """
    composed = unicodedata.normalize("NFC", text)
    return tuple(weight for character in composed.casefold() for weight in _weights(character)), composed


def _weights(character: str) -> list[tuple[int, int]]:
    if character in _PLACE_OF_LETTER:
        return [(_LETTER, _PLACE_OF_LETTER[character])]
    if character.isdecimal():
        return [(_DIGIT, unicodedata.decimal(character))]
    base = unicodedata.normalize("NFD", character)[0]
    if base in _PLACE_OF_LETTER:
        return [(_LETTER, _PLACE_OF_LETTER[base])]
    if character.isalpha():
        return [(_OTHER, ord(character))]
    # Every separator weighs the same, so that "Celje-Center" and "Celje Center" stand together.
    return [(_SEPARATOR, 0)]
