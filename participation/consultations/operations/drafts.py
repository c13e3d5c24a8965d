"""A draft comes in as a consultation in preparation, or goes again."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta

from sqlalchemy import delete, insert, select

from participation.accounts.models import Viewer
from participation.foundation import audit, clock, files, region
from participation.foundation.access import demand
from participation.foundation.database import keep_first, new_key, session
from participation.foundation.files import StoredFile
from participation.foundation.slugs import free_slug
from participation.texts.provisions import Reading

from ..models import Attachment, Consultation, DraftImport, Provision, TextVersion
from ..models.lineage import Identity
from ..models.rows import rows_of
from ..queries import consultation_by_form_key, slug_is_taken, text_version
from ..rules import may_discard_consultation, may_upload_draft

USUAL_DAYS = timedelta(days=14)


def upload_draft(
    actor: Viewer,
    reading: Reading,
    content: bytes,
    filename: str,
    media_type: str,
    *,
    title: str = "",
    opens_on: date | None = None,
    internal_deadline_on: date | None = None,
    is_express: bool = False,
    form_key: str = "",
) -> Consultation:
    """A consultation in preparation with the text as it was read, the file and what was doubtful.

    Dates that were not chosen are proposed: from today, for two weeks. A form that has
    already made a consultation gives that one.
    """
    demand(may_upload_draft(actor))
    form_key = form_key or new_key()
    made = consultation_by_form_key(form_key)
    if made is not None:
        return made
    title = " ".join((title or reading.title).split())[:500]
    opens_on = opens_on or clock.today()
    language = reading.language or region.current().languages[0]
    consultation = Consultation(
        title=title,
        slug=free_slug(title, slug_is_taken),
        language=language,
        opens_on=opens_on,
        internal_deadline_on=internal_deadline_on or opens_on + USUAL_DAYS,
        is_express=is_express,
        created_by_id=actor.id,
        form_key=form_key,
    )
    kept = keep_first(consultation, lambda: consultation_by_form_key(form_key))
    if kept is not consultation:
        return kept
    version = TextVersion(
        consultation=consultation,
        title=reading.title[:500],
        language=language,
        doubts=[asdict(doubt) for doubt in reading.warnings],
        file=files.store(content, filename, media_type),
    )
    session.add(version)
    session.flush()
    identities = [Identity(new_key()) for _one in reading.provisions]
    session.execute(insert(Provision), rows_of(version, reading.provisions, identities))
    audit.record(actor, "draft.uploaded", consultation, filename=filename, provisions=len(reading.provisions))
    return consultation


def discard_consultation(actor: Viewer, consultation: Consultation) -> None:
    """Remove a consultation in preparation with its text and files. Irreversible."""
    demand(may_discard_consultation(actor, consultation))
    audit.record(actor, "consultation.discarded", consultation, title=consultation.title)
    version = text_version(consultation)
    attached = select(Attachment.file_id).where(Attachment.consultation_id == consultation.id)
    file_ids = [*session.scalars(attached), version.file_id]
    session.execute(delete(Provision).where(Provision.version_id == version.id))
    session.execute(delete(Attachment).where(Attachment.consultation_id == consultation.id))
    session.execute(delete(TextVersion).where(TextVersion.id == version.id))
    session.execute(delete(DraftImport).where(DraftImport.consultation_id == consultation.id))
    session.execute(delete(Consultation).where(Consultation.id == consultation.id))
    session.execute(delete(StoredFile).where(StoredFile.id.in_([one for one in file_ids if one is not None])))
    session.expire_all()
