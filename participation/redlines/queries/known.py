"""What has been said on a draft before, as a file that came from here would say it again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from participation.texts.markdown import normalise
from participation.texts.word.demands import DraftInWord
from participation.texts.word.findings import Proposal, Said
from participation.texts.word.marking import mark

from .spoken import Spoken

Wording = tuple[str, str, str, str, str]


class Known:
    """Tells what is there already, and by which number.

    A comment is known by the number that it took along and its words; where a program took the number away, by its
    author and its words. `others` are the names of those for whom somebody else speaks. What is hidden is known as
    well, and answered by nobody.
    """

    def __init__(
        self, draft: DraftInWord, spoken: Sequence[Spoken], hidden: Sequence[Spoken], organisation_id: int | None
    ) -> None:
        own = {one.speaker for one in spoken if one.organisation_id == organisation_id and organisation_id}
        self.others = {one.speaker for one in spoken if one.speaker} - own
        self.by_number = {one.number: one for one in spoken}
        self._wordings: dict[Wording, int] = {}
        self._texts: dict[tuple[str, str], int] = {}
        self._texts_of: dict[int, set[str]] = {}
        for one in (*spoken, *hidden):
            names = list(_names(one, organisation_id))
            self._learn(one.number, one.source, names)
            for who in names:
                for asked in one.wordings:
                    wording = (who, asked.key, asked.action.value, normalise(asked.wording), asked.after)
                    self._wordings.setdefault(wording, one.number)
        for note in draft.notes:
            self._learn(note.number, note.text, [note.author])
        for marked in mark(draft.provisions, draft.keys, draft.demands):
            for demand in marked.excluded:
                self._learn(demand.number, draft.excluded(demand), [demand.author])

    def _learn(self, number: int, text: str, names: Sequence[str]) -> None:
        words = normalise(text)
        self._texts_of.setdefault(number, set()).add(words)
        for who in names:
            self._texts.setdefault((who, words), number)

    def number_of(self, one: Proposal | Said) -> int:
        """The number of what stands on the page already, in the name of the file's author or of the organisation
        that loads the file; 0 for what is new."""
        who = (one.author, "")
        if isinstance(one, Proposal):
            asked = (one.key, one.action.value, normalise(one.wording), one.after)
            return next(filter(None, (self._wordings.get((name, *asked)) for name in who)), 0)
        words = normalise(one.text)
        if words in self._texts_of.get(one.known, ()):
            return one.known
        return next(filter(None, (self._texts.get((name, words)) for name in who)), 0)

    def is_reworded(self, one: Said) -> bool:
        """Whether somebody changed the words of a comment that is there."""
        return one.known in self.by_number and not self.number_of(one)

    def top_of(self, number: int) -> Spoken | None:
        """The comment with this number; for a reply, the one that it replies to."""
        found = self.by_number.get(number)
        return self.by_number.get(found.reply_to) if found and found.reply_to else found


def _names(one: Spoken, organisation_id: int | None) -> Iterator[str]:
    """Under whose name it counts as said; nobody's name is that of the organisation that loads a file."""
    if one.speaker:
        yield one.speaker
    if organisation_id is not None and one.organisation_id == organisation_id:
        yield ""
