"""What was demanded of a draft, what was adopted, and what is found."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """`verbatim`: the demanded words stand; `part`: some of them do, or others stand among them; `not`: none do;
    `opposite`: the words show clearly that the reverse was adopted."""

    VERBATIM = "verbatim"
    PART = "part"
    NOT = "not"
    OPPOSITE = "opposite"


@dataclass(frozen=True, slots=True)
class Demand:
    """A wording asked for instead of an existing one; `action` is "add", "change" or "delete".

    `keys` are those of the provisions of the draft it is about; of an addition, of those it comes after.
    """

    action: str
    existing: str
    demanded: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Adopted:
    """A provision of the adopted text, or of the draft; what goes on keeps its key."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of a demand.

    `taken` and `missing` are passages of the demanded wording that it does not share with the existing one, in
    reading order. `keys` are the provisions of the adopted text that hold what was taken or, of an opposite, what
    shows it. `share`, 0 to 1, is that of the demanded change's words: those put in, and those to go where nothing
    replaces them.
    """

    verdict: Verdict
    taken: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    share: float = 0.0
