"""What organisations ask of a draft, as it goes out to Word."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from participation.texts.provisions import Provision


class Action(StrEnum):
    """What a demand does with its provision: puts something after it, changes its words, deletes it."""

    ADD = "add"
    CHANGE = "change"
    DELETE = "delete"


@dataclass(frozen=True)
class Reply:
    author: str
    when: datetime
    text: str


@dataclass(frozen=True)
class Demand:
    """A demanded wording of the provision with this key; `wording` is empty for a deletion."""

    key: str
    author: str
    when: datetime
    action: Action
    wording: str
    reasons: str = ""
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True)
class Note:
    """A comment on the provision with this key; an empty key is the whole draft."""

    key: str
    author: str
    when: datetime
    text: str
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True)
class Phrases:
    """What the file itself says, in the language of the draft, before a demand that excludes what is tracked."""

    change_excluded: str = "Also proposed for this provision, instead of what is tracked here:"
    deletion_excluded: str = "Also proposed: to delete this provision, instead of what is tracked here."

    def excluded(self, demand: Demand) -> str:
        """The comment that a demand becomes when it cannot be tracked."""
        says = self.deletion_excluded if demand.action is Action.DELETE else self.change_excluded
        return "\n\n".join(filter(None, (says, demand.wording, demand.reasons)))


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
