"""When two names are one to the eye: the skeleton that no two organisations share."""

from __future__ import annotations

import unicodedata

LONGEST_SKELETON = 200
# Letters that NFKD leaves whole, letters of other alphabets that look like Latin ones, and
# digits that look like letters; after folding to lower case.
_LOOK_ALIKES = str.maketrans(
    {
        **dict(zip("đøłħıŧ", "dolhlt", strict=True)),
        **dict(zip("авекмнорстухѕіјԁԛԝҽһьзѵ", "abekmhopctyxsljdqwehb3v", strict=True)),
        **dict(zip("αβγεηικνορτυχω", "abyenlkvoptuxw", strict=True)),
        **dict(zip("i015", "lols", strict=True)),
    }
)


def skeleton_of(name: str) -> str:
    """A name without what the eye overlooks: case, accents, spaces, punctuation, look-alike characters."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    plain = folded.translate(_LOOK_ALIKES)
    return "".join(character for character in plain if character.isalnum())[:LONGEST_SKELETON]


def mixes_alphabets(name: str) -> bool:
    """Whether letters of more than one alphabet stand in the name."""
    alphabets = {unicodedata.name(letter, "").partition(" ")[0] for letter in name if letter.isalpha()}
    return len(alphabets) > 1
