"""An edited file is sent in, read by the worker, and waits as a preview or is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select

from participation.accounts.models import User, Viewer
from participation.consultations.models import Consultation, ImportState
from participation.consultations.queries import published_version
from participation.foundation import audit, clock, files, outbox
from participation.foundation.access import demand
from participation.foundation.database import Conflict, keep_first, new_key, session
from participation.foundation.files import StoredFile
from participation.foundation.language import _
from participation.organisations.models import Organisation
from participation.texts.word.finding import find_proposals
from participation.texts.word.findings import Findings
from participation.texts.word.redline import Redline

from .. import queries
from ..models import KEPT_FOR, MOST_ITEMS, READ_FILE, EditedFile, Refusal
from ..queries import edited_file_by_form_key
from ..rules import may_load_redline, may_report_redline

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def load_redline(
    actor: User,
    organisation: Organisation | None,
    consultation: Consultation,
    filename: str,
    content: bytes,
    *,
    form_key: str,
) -> EditedFile:
    """Keep a file and have it read; the same form sent again answers with the first."""
    demand(may_load_redline(actor, consultation, organisation))
    made = edited_file_by_form_key(form_key)
    if made is not None:
        return _own(made, actor)
    _forget_old_ones()
    edited = EditedFile(
        form_key=form_key,
        consultation_id=consultation.id,
        created_by_id=actor.id,
        organisation_id=organisation.id if organisation else None,
        filename=filename[:300],
        size=len(content),
        file=files.store(content, filename, MEDIA_TYPE),
    )
    kept = keep_first(edited, lambda: edited_file_by_form_key(form_key))
    if kept is edited:
        outbox.queue(READ_FILE, key=edited.work_key, payload={"edited_id": edited.id})
        audit.record(actor, "redline.loaded", edited, filename=filename[:300], size=len(content))
    return _own(kept, actor)


def _own(made: EditedFile, actor: User) -> EditedFile:
    """The file of this form, unless somebody else's key was sent."""
    if made.created_by_id != actor.id:
        raise Conflict(_("This form was already used. Open the page again and choose the file there."))
    return made


def finish_redline(actor: Viewer, edited: EditedFile, redline: Redline) -> None:
    """Match what was read with the draft, and keep what is new until it is posted or forgotten."""
    demand(may_report_redline(actor))
    consultation, organisation = edited.consultation, edited.organisation
    if not may_load_redline(edited.created_by, consultation, organisation):
        refuse_redline(actor, edited, Refusal.NOT_ALLOWED, {})
        return
    version = published_version(consultation)
    if version is None:
        refuse_redline(actor, edited, Refusal.NO_DRAFT, {})
        return
    spoken, hidden = queries.spoken_on(consultation), queries.hidden_on(consultation)
    draft = queries.draft_in_word(consultation, version, spoken)
    findings = find_proposals(redline, draft.title, draft.provisions, draft.keys)
    found = queries.sorted_findings(findings, version, draft, spoken, hidden, edited.organisation_id)
    reason = _reason_against(redline, findings, found)
    if reason is not None:
        refuse_redline(actor, edited, reason, {"count": len(found.items)})
        return
    edited.items, edited.left, edited.known = found.items, found.left, found.known
    edited.state = ImportState.READ
    _drop_file(edited)


def refuse_redline(actor: Viewer, edited: EditedFile, code: str, details: Mapping[str, Any]) -> None:
    """Say why nothing is made of the file, which is not kept."""
    demand(may_report_redline(actor))
    edited.state = ImportState.REFUSED
    edited.refusal, edited.refusal_details = str(code), dict(details)
    # The same form, gone back to and sent with another file, is a new beginning.
    edited.form_key = new_key()
    audit.record(actor, "redline.refused", edited, code=str(code))
    _drop_file(edited)


def _reason_against(redline: Redline, findings: Findings, found: queries.Sorted) -> Refusal | None:
    """Why nothing can be made of a file that could be read; None if something can."""
    if findings.is_another_document:
        return Refusal.ANOTHER_DOCUMENT
    if redline.is_untouched and not found.items:
        return Refusal.UNTOUCHED
    if not found.items and not found.left:
        return Refusal.ALL_KNOWN
    return Refusal.TOO_MUCH if len(found.items) > MOST_ITEMS else None


def _drop_file(edited: EditedFile) -> None:
    file, edited.file = edited.file, None
    session.flush()
    if file is not None:
        session.delete(file)


def _forget_old_ones() -> None:
    old = EditedFile.created_at < clock.now() - KEPT_FOR
    file_ids = list(session.scalars(select(EditedFile.file_id).where(old, EditedFile.file_id.is_not(None))))
    session.execute(delete(EditedFile).where(old))
    session.execute(delete(StoredFile).where(StoredFile.id.in_(file_ids)))
