"""A Word file that came back with everything that can be found in one."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from pictures import words

from participation.accounts.models import Operator, User
from participation.consultations.models import Consultation, ImportState
from participation.consultations.queries import published_version
from participation.foundation import clock, outbox
from participation.foundation.database import new_key, session
from participation.organisations.models import Organisation
from participation.redlines import queries
from participation.redlines.models import READ_FILE, EditedFile
from participation.redlines.operations import finish_redline
from participation.texts.provisions import Kind
from participation.texts.word.demands import Action, Demand, DraftInWord, Note, Reply
from participation.texts.word.findings import Left, Reason
from participation.texts.word.package import docx_with_demands
from participation.texts.word.redline_reading import read_redline


def edited_file(consultation: Consultation, person: User, organisation: Organisation) -> EditedFile:
    """A file that waits to be posted: proposals of every kind, comments, replies, and what has no place."""
    version = published_version(consultation)
    assert version is not None
    draft = queries.draft_in_word(consultation, version, queries.spoken_on(consultation))
    edited = _made(consultation, person, organisation)
    finish_redline(Operator(), edited, read_redline(docx_with_demands(_marked(draft, person.name))))
    left = Left(Reason.UNPLACED, person.name, before=words.SENTENCES[0], after=words.SENTENCES[1])
    edited.left = [*edited.left, asdict(left)]
    return edited


def waiting_file(consultation: Consultation, person: User, organisation: Organisation) -> EditedFile:
    """A file that waits for the worker."""
    edited = _made(consultation, person, organisation)
    outbox.queue(READ_FILE, key=edited.work_key, payload={"edited_id": edited.id})
    return edited


def refused_file(consultation: Consultation, person: User, organisation: Organisation) -> EditedFile:
    edited = _made(consultation, person, organisation)
    edited.state, edited.refusal = ImportState.REFUSED, "another_document"
    return edited


def _made(consultation: Consultation, person: User, organisation: Organisation) -> EditedFile:
    edited = EditedFile(
        form_key=new_key(), consultation=consultation, created_by=person, organisation=organisation,
        filename="Pripombe na odlok (zadnja različica, popravljena).docx", size=48_000,
    )  # fmt: skip
    session.add(edited)
    session.flush()
    return edited


def _marked(draft: DraftInWord, author: str) -> DraftInWord:
    """The draft as it came back: what stands on the page, and what one person put into the file."""
    when = clock.now()
    free = [
        (key, one)
        for key, one in zip(draft.keys, draft.provisions, strict=True)
        if one.kind is Kind.PARAGRAPH and key not in {demand.key for demand in draft.demands}
    ]
    (change, changed), (gone, _), (add, _), (move, _), (after, _), (quoted, text) = free[:6]
    demands = [
        Demand(change, author, when, Action.CHANGE, f"{changed.text} {words.SENTENCES[2]}", words.COMMENTS[0]),
        Demand(gone, author, when, Action.DELETE, "", words.COMMENTS[1]),
        Demand(add, author, when, Action.ADD, words.SENTENCES[3]),
        Demand(move, author, when, Action.MOVE, "", "To spada drugam.", after=after),
    ]
    passage = text.text[: max(12, text.text.find(" ", 20))].rstrip()
    asked = Note(
        quoted, author, when, words.COMMENTS[2], (Reply("Peter Kranjc", when, "Se strinjam."),), 0, len(passage)
    )
    return replace(draft, demands=[*draft.demands, *demands], notes=[*_answered(draft, author), asked])


def _answered(draft: DraftInWord, author: str) -> list[Any]:
    """The first comment on the page has an answer in the file."""
    reply = Reply(author, clock.now(), "Hvala, to podpiramo.")
    return [replace(one, replies=(*one.replies, reply)) if not at else one for at, one in enumerate(draft.notes)]
