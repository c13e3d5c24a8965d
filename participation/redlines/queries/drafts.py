"""A draft with all that was visibly said on it, as it goes out to Word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from participation.comments.models import WordingAction
from participation.consultations.models import Consultation, TextVersion
from participation.consultations.queries import provisions_of
from participation.foundation.language import _, force_locale
from participation.texts.provisions import Kind
from participation.texts.provisions import Provision as ReadProvision
from participation.texts.quoting import nearest, passages_of
from participation.texts.word.demands import Action, Demand, DraftInWord, Note, Phrases, Reply

from .spoken import Spoken, Wording


def draft_in_word(consultation: Consultation, version: TextVersion, spoken: list[Spoken]) -> DraftInWord:
    """The version with what was said; a wording of which the provision reads differently now is a comment."""
    provisions = provisions_of(version)
    with force_locale(consultation.language):
        said = phrases()
        writing = _Writing({one.key: one.text for one in provisions}, spoken)
        demands = [demand for one in spoken for demand in writing.demands(one)]
        notes = [note for one in spoken for note in writing.notes(one)]
    return DraftInWord(
        version.title or consultation.title,
        consultation.language,
        version.published_at or version.read_at,
        [ReadProvision(Kind(one.kind), one.label, one.level, one.text) for one in provisions],
        [one.key for one in provisions],
        demands,
        notes,
        said,
    )


class _Writing:
    """Says as a demand or as a note what was said, in the language of the draft."""

    def __init__(self, text_of: Mapping[str, str], spoken: list[Spoken]) -> None:
        self._text_of = text_of
        self._somebody = str(_("A registered person"))
        self._replies: dict[int, list[Reply]] = {}
        for one in spoken:
            reply = Reply(self._name(one), one.posted_at, one.source, one.number)
            self._replies.setdefault(one.reply_to, []).append(reply)

    def _name(self, one: Spoken) -> str:
        return one.speaker or self._somebody

    def _still_fits(self, wording: Wording) -> bool:
        stands_there = not wording.after or wording.after in self._text_of
        return stands_there and self._text_of.get(wording.key) == wording.existing

    def demands(self, one: Spoken) -> Iterator[Demand]:
        """Each change of a proposal that still fits the text; the reasons stand beside the first."""
        answers = tuple(self._replies.get(one.number, ()))
        for at, wording in enumerate(one.wordings):
            if not self._still_fits(wording):
                continue
            yield Demand(
                wording.key,
                self._name(one),
                one.posted_at,
                Action(wording.action.value),
                wording.wording,
                "" if at else one.source,
                () if at else answers,
                wording.after,
                one.number,
            )

    def notes(self, one: Spoken) -> Iterator[Note]:
        """A comment where it stands now, and of a proposal what does not fit any more."""
        if one.reply_to:
            return
        if not one.wordings:
            yield self._note(one, [*self._of_earlier_words(one), one.source], with_replies=True)
        for at, wording in enumerate(one.wordings):
            if not self._still_fits(wording):
                yield self._note(one, _of_earlier_wording(one, wording, is_first=not at), with_replies=not at)

    def _note(self, one: Spoken, parts: list[str], *, with_replies: bool) -> Note:
        key = one.stands.key
        start, stop = self._passage(one)
        answers = tuple(self._replies.get(one.number, ())) if with_replies else ()
        text = "\n\n".join(filter(None, parts))
        return Note(key, self._name(one), one.posted_at, text, answers, start, stop, one.number)

    def _passage(self, one: Spoken) -> tuple[int, int]:
        """The characters of the quoted words; none where they are no longer there."""
        found = passages_of(self._text_of.get(one.stands.key, ""), one.stands.exact)
        if not found or one.wordings:
            return 0, 0
        passage = nearest(found, one.stands.start)
        return passage.start, passage.end

    def _of_earlier_words(self, one: Spoken) -> list[str]:
        """What is said before a comment that was made of a text which reads differently now."""
        if not one.stands.is_of_other_words:
            return []
        says = _("This was said of an earlier text:")
        if one.stands.gone:
            says = _("This was said of a provision that is no longer in the text: %(place)s", place=one.stands.gone)
        return [f"{says} »{one.stands.quoted}«" if one.stands.quoted else str(says)]


def _of_earlier_wording(one: Spoken, wording: Wording, *, is_first: bool) -> list[str]:
    says = wording.wording
    if wording.action is WordingAction.DELETE:
        says = str(wording.action.label)
    if wording.action is WordingAction.MOVE:
        place = wording.after_path
        says = str(
            _("To stand after: %(place)s", place=place) if place else _("To stand at the beginning of the text")
        )
    elsewhere = one.stands.gone or wording.key != one.stands.key
    return [
        wording.path if elsewhere else "",
        str(_("Proposed for an earlier wording of this provision:")),
        says,
        one.source if is_first else "",
    ]


def phrases() -> Phrases:
    """The words of the file itself, in the language that is in use."""
    return Phrases(
        str(_("Also proposed for this provision, instead of what is tracked here:")),
        str(_("Also proposed: to delete this provision, instead of what is tracked here.")),
        str(_("Also proposed: to move this provision, instead of what is tracked here, to after:")),
        str(_("the title of the draft")),
    )
