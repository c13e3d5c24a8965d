"""What organisations ask of a draft, as it goes out to Word."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from textwrap import shorten

from participation.texts.provisions import Provision

_LONGEST_NAME = 80


class Action(StrEnum):
    """What a demand does with its provision: puts something after it, changes its words, deletes it, moves it."""

    ADD = "add"
    CHANGE = "change"
    DELETE = "delete"
    MOVE = "move"


@dataclass(frozen=True)
class Reply:
    """`number` is its own among all comments, by which it is known when the file comes back; 0 is none."""

    author: str
    when: datetime
    text: str
    number: int = 0


@dataclass(frozen=True)
class Demand:
    """A demanded wording of the provision with this key; `wording` is empty for a deletion and for a move.

    A move takes the provision and all below it to behind the provision with the key `after`, where an addition to
    that one would stand; an empty one is the beginning. `number` as of a reply.
    """

    key: str
    author: str
    when: datetime
    action: Action
    wording: str
    reasons: str = ""
    replies: tuple[Reply, ...] = ()
    after: str = ""
    number: int = 0

    @property
    def anchor(self) -> str:
        """The key of the provision behind which it puts something."""
        return self.after if self.action is Action.MOVE else self.key

    def is_of_one_proposal_with(self, other: "Demand") -> bool:
        return (self.author, self.when, self.number) == (other.author, other.when, other.number)


@dataclass(frozen=True)
class Note:
    """A comment on the provision with this key; an empty key is the whole draft.

    It is about the characters from `start` to `stop` of the provision's text, about all of it where both are 0.
    `number` as of a reply.
    """

    key: str
    author: str
    when: datetime
    text: str
    replies: tuple[Reply, ...] = ()
    start: int = 0
    stop: int = 0
    number: int = 0

    def is_on_a_passage_of(self, text: str) -> bool:
        return 0 <= self.start < self.stop <= len(text)


@dataclass(frozen=True)
class Phrases:
    """What the file itself says, in the language of the draft, before a demand that excludes what is tracked."""

    change_excluded: str = "Also proposed for this provision, instead of what is tracked here:"
    deletion_excluded: str = "Also proposed: to delete this provision, instead of what is tracked here."
    move_excluded: str = "Also proposed: to move this provision, instead of what is tracked here, to after:"
    beginning: str = "the title of the draft"


@dataclass(frozen=True)
class DraftInWord:
    """`keys` are those of the provisions, one each; `dated` is the file's own date."""

    title: str
    language: str
    dated: datetime
    provisions: Sequence[Provision]
    keys: Sequence[str]
    demands: Sequence[Demand] = ()
    notes: Sequence[Note] = ()
    phrases: Phrases = field(default_factory=Phrases)

    def excluded(self, demand: Demand) -> str:
        """The comment that a demand becomes when it cannot be tracked."""
        if demand.action is Action.MOVE:
            return "\n\n".join(filter(None, (f"{self.phrases.move_excluded} {self._named(demand)}", demand.reasons)))
        is_deletion = demand.action is Action.DELETE
        says = self.phrases.deletion_excluded if is_deletion else self.phrases.change_excluded
        return "\n\n".join(filter(None, (says, demand.wording, demand.reasons)))

    def _named(self, demand: Demand) -> str:
        """The provision behind which a move leads, by its number and the beginning of its words."""
        if demand.after not in self.keys:
            return self.phrases.beginning
        one = self.provisions[list(self.keys).index(demand.after)]
        return shorten(f"{one.label} {one.text}", _LONGEST_NAME, placeholder="…")
