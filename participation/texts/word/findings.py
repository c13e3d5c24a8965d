"""What an edited file asks of a draft: proposed wordings, comments, and what could not be placed."""

from dataclasses import dataclass
from enum import StrEnum

from participation.texts.word.demands import Action


class Reason(StrEnum):
    """Why something of the file could not be placed."""

    UNPLACED = "unplaced"
    TITLE = "title"
    BEFORE_FIRST = "before_first"
    OTHERS_WORDS = "others_words"


@dataclass(frozen=True)
class Proposal:
    """One person's wording for the provision with this key; `reasons` may be empty.

    A move goes to behind the provision with the key `after`, to the beginning without one. `remark` is the number of
    the comment in the file that gives the reasons, or 0. `drifted`: the file's own text differs from the draft, as
    when changes were accepted in it before. `inexact`: in the file it stands before what is below `after`.
    `untracked`: nobody's name is on it.
    """

    key: str
    author: str
    when: str
    action: Action
    wording: str
    reasons: str = ""
    after: str = ""
    remark: int = 0
    drifted: bool = False
    inexact: bool = False
    untracked: bool = False


@dataclass(frozen=True)
class Said:
    """A comment on the provision with this key, empty for the whole draft, with the number it has in the file.

    `words` are those of the provision that it stands on, and begin near the character `start` of its text.
    `answers` names whom it replies to, `answers_remark` is that comment's number in the file. `known` and
    `answers_known` are the numbers by which the two were to be known when they went out from here; 0 is none.
    """

    key: str
    author: str
    when: str
    text: str
    words: str = ""
    start: int = 0
    answers: str = ""
    remark: int = 0
    known: int = 0
    answers_remark: int = 0
    answers_known: int = 0


@dataclass(frozen=True)
class Left:
    """What has no place: of a comment the `text`, of a change the words before and after it."""

    reason: Reason
    author: str
    text: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Findings:
    """In reading order. `alike`, 0 to 1, is the share of the file's words that the draft has."""

    proposals: tuple[Proposal, ...]
    said: tuple[Said, ...]
    left: tuple[Left, ...]
    alike: float

    @property
    def is_another_document(self) -> bool:
        return self.alike < LEAST_ALIKE


# Below it, the file is another document: what two acts of one kind have in common is less.
LEAST_ALIKE = 0.35
