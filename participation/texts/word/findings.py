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

    `drifted`: the file's own text differs from the draft, as when changes were accepted in it before. `moved`: what
    is deleted here stands elsewhere, or the other way round. `untracked`: nobody's name is on it.
    """

    key: str
    author: str
    when: str
    action: Action
    wording: str
    reasons: str = ""
    drifted: bool = False
    moved: bool = False
    untracked: bool = False


@dataclass(frozen=True)
class Said:
    """A comment on the provision with this key, empty for the whole draft. `answers` names whom it replies to."""

    key: str
    author: str
    when: str
    text: str
    words: str = ""
    answers: str = ""


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
