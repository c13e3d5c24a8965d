"""Readable addresses: "Šaleška dolina 2030" becomes "saleska-dolina-2030"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

SPECIAL = str.maketrans({"đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "ß": "ss", "ø": "o", "Ø": "O"})
LONGEST = 80


def slug_of(title: str) -> str:
    """Letters, digits and hyphens of a title, at most 80 characters; "x" if nothing is left."""
    folded = unicodedata.normalize("NFKD", title.translate(SPECIAL))
    plain = folded.encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return slug[:LONGEST].rstrip("-") or "x"


def free_slug(title: str, is_taken: Callable[[str], bool]) -> str:
    """The slug of a title, with a number behind it when the plain one is taken."""
    slug = slug_of(title)
    candidate, number = slug, 2
    while is_taken(candidate):
        candidate, number = f"{slug}-{number}", number + 1
    return candidate
