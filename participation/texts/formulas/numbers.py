"""Numbers of articles, and lists in a sentence."""

import re
from collections.abc import Sequence

NUMBER = re.compile(r"(\d+(?:-\d+)*)\.?\s*([a-zčšž](?![a-zčšž]))?")


def next_letter(label: str, shape: str) -> str:
    """The number of an article that comes between two: 12.a after 12, 12.b after 12.a."""
    found = NUMBER.search(label)
    if found is None:
        return ""
    letter = chr(ord(found[2]) + 1) if found[2] and found[2] < "y" else "a"
    return shape.format(number=found[1], letter=letter)


def listed(clauses: Sequence[str], last: str) -> str:
    return f" {last} ".join([part for part in (", ".join(clauses[:-1]), clauses[-1]) if part])


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
