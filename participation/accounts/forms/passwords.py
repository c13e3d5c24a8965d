"""Which passwords are accepted: long enough, and not one that everybody tries first.

Twelve characters at least: the sign-in is throttled and the hash is slow, and a phrase of
three words is easy to remember. 128 at most, so that nobody makes the server hash a book.
There are no rules of composition, which only make people write "Geslo123!".
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from flask_security import PasswordUtil

from participation.foundation.language import _

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 128
FEWEST_DIFFERENT_CHARACTERS = 5

# Words of which a long password is no secret, alone, repeated or strung together. Written for
# this program from what lists of leaked passwords have in common, and from the network's own words.
COMMON_WORDS = frozenset(
    """
    password passwort passw0rd parola heslo lozinka sifra geslo mojegeslo novogeslo moje novo skrivnost secret
    letmein welcome dobrodosli dobrodosel zdravo hello login prijava admin administrator skrbnik root user uporabnik
    test testing preizkus demo guest gost master super change changeme spremeni default temp zacasno
    soglasje mreza mrezanvo nvo drustvo drustva zavod ustanova savinjska regija posvetovanje pripomba stalisce
    slovenija slovenia slovenec ljubljana maribor celje velenje kranj koper novomesto ptuj zalec triglav
    iloveyou ljubimte ljubezen love princess princesa sunshine sonce monkey dragon football nogomet kosarka
    baseball superman batman pokemon michael daniel marija janez novak mama oce otrok druzina prijatelj
    computer racunalnik internet google facebook instagram windows samsung iphone
    monday ponedeljek poletje pomlad jesen zima summer winter spring autumn january december
    qwertz qwerty qwertzuiop qwertyuiop asdfgh asdfghjkl yxcvbnm zxcvbnm asdf yxcv zxcv qwer
    q1w2e3r4 q1w2e3 1q2w3e4r 1qaz2wsx qazwsx abc abcd abcdef abcdefgh aaa xxx
    """.split()  # noqa: SIM905
)
RUNS = ("abcdefghijklmnopqrstuvwxyz", "qwertzuiopasdfghjklyxcvbnm", "qwertyuiopasdfghjklzxcvbnm", "01234567890")
LOOK_ALIKES = str.maketrans("01345 7@$!".replace(" ", ""), "oieastasi")


def is_common(password: str, *own_words: str) -> bool:
    """The password is one of those that are tried first.

    `own_words` are the person's name and address: what everybody knows of the person is
    no secret either.
    """
    folded = _folded(password)
    if len(set(folded)) < FEWEST_DIFFERENT_CHARACTERS or _is_run(folded):
        return True
    words = COMMON_WORDS | {part for word in own_words for part in re.findall(r"[^\W_]{3,}", _folded(word))}
    return _is_made_of(folded, words)


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _is_run(text: str) -> bool:
    """It goes along the alphabet, the keyboard or the digits, in either direction, once or again and again."""
    return any(text in line * 4 for run in RUNS for line in (run, run[::-1]))


def _is_made_of(text: str, words: frozenset[str] | set[str]) -> bool:
    """Nothing but known words remains, also in disguise, when digits and signs between them are dropped."""
    disguised, longest = text.translate(LOOK_ALIKES), max(map(len, words))
    reachable = {0}
    for end in range(1, len(text) + 1):
        if any(
            (start := end - length) in reachable
            and (
                text[start:end] in words
                or disguised[start:end] in words
                or (length == 1 and not text[start].isalpha())
            )
            for length in range(1, min(longest, end) + 1)
        ):
            reachable.add(end)
    return len(text) in reachable


class PasswordRules(PasswordUtil):
    """Flask-Security's question whether a new password will do."""

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[Any] | None, str]:
        """The messages against it, or None; and the password as it is hashed."""
        normal = self.normalize(password)
        if len(normal) < SHORTEST_PASSWORD:
            return [_("Choose a password of at least %(num)s characters.", num=SHORTEST_PASSWORD)], normal
        if len(normal) > LONGEST_PASSWORD:
            return [_("Choose a password of at most %(num)s characters.", num=LONGEST_PASSWORD)], normal
        person = kwargs.get("user")
        name = getattr(person, "name", None) or kwargs.get("name") or ""
        email = getattr(person, "email", None) or kwargs.get("email") or ""
        if is_common(normal, name, email):
            return [_("Such a password is guessed first. Three words without anything in common are safer.")], normal
        return None, normal
