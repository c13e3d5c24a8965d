"""Files beside the draft."""

from __future__ import annotations

from participation.accounts.models import Viewer
from participation.foundation import audit, files
from participation.foundation.access import demand
from participation.foundation.database import keep_first, new_key, session

from ..models import Attachment, Consultation
from ..queries import attachment_by_form_key
from ..rules import may_attach_file, may_detach_file


def attach_file(
    actor: Viewer,
    consultation: Consultation,
    content: bytes,
    filename: str,
    media_type: str,
    *,
    title: str = "",
    form_key: str = "",
) -> Attachment:
    """Put a file beside the draft; a form that has already attached one gives that one."""
    demand(may_attach_file(actor, consultation))
    form_key = form_key or new_key()
    attached = attachment_by_form_key(form_key)
    if attached is not None:
        return attached
    attachment = Attachment(
        consultation_id=consultation.id,
        title=(title.strip() or filename)[:300],
        file=files.store(content, filename, media_type),
        form_key=form_key,
    )
    kept = keep_first(attachment, lambda: attachment_by_form_key(form_key))
    if kept is not attachment:
        return kept
    audit.record(actor, "attachment.added", attachment, filename=filename)
    return attachment


def detach_file(actor: Viewer, consultation: Consultation, attachment: Attachment) -> None:
    """Take a file away again while the consultation is prepared."""
    demand(may_detach_file(actor, consultation))
    audit.record(actor, "attachment.removed", attachment, title=attachment.title)
    file = attachment.file
    session.delete(attachment)
    session.flush()
    session.delete(file)
    session.flush()
