"""A draft is sent in, read by the worker, and becomes a consultation in preparation or is refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, update

from participation.accounts.models import User, Viewer
from participation.foundation import audit, clock, files, outbox
from participation.foundation.access import demand
from participation.foundation.database import keep_first, new_key, session
from participation.foundation.files import StoredFile
from participation.foundation.language import _, force_locale
from participation.texts.provisions import Reading

from ..models import Consultation, DraftImport, ImportState
from ..models.imports import READ_DRAFT, Sent
from ..queries import import_by_form_key, provision_count, text_version, version_in_preparation
from ..rules import may_load_version, may_publish_consultation, may_report_import, may_upload_draft
from .consultations import publish_consultation
from .drafts import upload_draft
from .versions import load_version

# How long a text that could not be read is kept for whoever sent it.
KEPT_AFTER_REFUSAL = timedelta(days=30)


def start_import(actor: User, sent: Sent, *, form_key: str, version_of: Consultation | None = None) -> DraftImport:
    """Keep what was sent and have it read. A form that has already started an import gives that one.

    With `version_of` it is the next version of that consultation's text.
    """
    if version_of is None:
        demand(may_upload_draft(actor))
    else:
        demand(may_load_version(actor, version_of, version_in_preparation(version_of)))
    made = import_by_form_key(form_key)
    if made is not None:
        return made
    _forget_old_refusals()
    found = DraftImport(
        form_key=form_key,
        created_by_id=actor.id,
        filename=sent.filename[:300],
        media_type=sent.media_type,
        size=len(sent.content),
        is_pasted=sent.is_pasted,
        file=files.store(sent.content, sent.filename, sent.media_type),
        title=sent.title,
        internal_deadline_on=sent.internal_deadline_on,
        is_express=sent.is_express,
        version_of=version_of,
    )
    kept = keep_first(found, lambda: import_by_form_key(form_key))
    if kept is found:
        outbox.queue(READ_DRAFT, key=found.work_key, payload={"import_id": found.id})
        audit.record(actor, "import.started", found, filename=sent.filename, size=len(sent.content))
    return kept


def note_progress(actor: Viewer, import_id: int, progress: Mapping[str, Any]) -> None:
    """Write down how far the reading is; what has ended meanwhile stays as it is."""
    demand(may_report_import(actor))
    session.execute(
        update(DraftImport)
        .where(DraftImport.id == import_id, DraftImport.state == ImportState.READING)
        .values(progress=dict(progress))
        .execution_options(synchronize_session=False)
    )


def finish_import(
    actor: Viewer, found: DraftImport, reading: Reading, content: bytes, progress: Mapping[str, Any]
) -> Consultation:
    """Make a consultation, or the next version of a text, of what was read, in the name of whoever sent the file.

    With the express box, and when nothing in the reading is doubtful, it is published at once.
    Raises Refused when the person may no longer do that.
    """
    demand(may_report_import(actor))
    sender = found.created_by
    file, found.file = found.file, None
    if found.version_of is not None:
        load_version(sender, found.version_of, reading, content, found.filename, found.media_type)
        _settle(found, found.version_of, file, progress)
        return found.version_of
    consultation = upload_draft(
        sender,
        reading,
        content,
        found.filename,
        found.media_type,
        title=found.title or _untitled(found, reading),
        # As on the day it was sent, however late it is read.
        opens_on=clock.local(found.created_at).date(),
        internal_deadline_on=found.internal_deadline_on,
        is_express=found.is_express,
        form_key=found.form_key,
    )
    _settle(found, consultation, file, progress)
    may_publish = may_publish_consultation(sender, consultation, provision_count(text_version(consultation)))
    if found.is_express and not reading.warnings and may_publish:
        publish_consultation(sender, consultation)
    return consultation


def _settle(
    found: DraftImport, consultation: Consultation, file: StoredFile | None, progress: Mapping[str, Any]
) -> None:
    """The file is kept with the text that was read from it."""
    if file is not None:
        session.flush()
        session.delete(file)
    found.state, found.finished_at = ImportState.READ, clock.now()
    found.consultation, found.progress = consultation, dict(progress)


def refuse_import(actor: Viewer, found: DraftImport, code: str, details: Mapping[str, Any]) -> None:
    """Say why the file cannot be read. The file goes; a text that was pasted stays, to be mended."""
    demand(may_report_import(actor))
    found.state, found.finished_at = ImportState.REFUSED, clock.now()
    found.refusal, found.refusal_details = code, dict(details)
    # The same form, gone back to and sent with another file, is a new beginning.
    found.form_key = new_key()
    audit.record(actor, "import.refused", found, code=code)
    if found.is_pasted or found.file is None:
        return
    file, found.file = found.file, None
    session.flush()
    session.delete(file)


def _untitled(found: DraftImport, reading: Reading) -> str:
    """A file without a title is known by its name; a pasted text has none."""
    is_known = not found.is_pasted or all(doubt.code != "title_missing" for doubt in reading.warnings)
    if is_known:
        return ""
    with force_locale(found.created_by.language):
        return str(_("Draft without a title"))


def _forget_old_refusals() -> None:
    """The texts of refused imports are not kept for ever."""
    old = (DraftImport.state == ImportState.REFUSED) & (DraftImport.finished_at < clock.now() - KEPT_AFTER_REFUSAL)
    file_ids = list(session.scalars(select(DraftImport.file_id).where(old, DraftImport.file_id.is_not(None))))
    session.execute(delete(DraftImport).where(old))
    session.execute(delete(StoredFile).where(StoredFile.id.in_(file_ids)))
