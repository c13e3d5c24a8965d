"""Keeping what was found in an edited file."""

from __future__ import annotations

from sqlalchemy import delete

from participation.accounts.models import User
from participation.consultations.models import Consultation
from participation.foundation import audit, clock
from participation.foundation.access import demand
from participation.foundation.database import Conflict, keep_first, session
from participation.foundation.language import _
from participation.organisations.models import Organisation

from ..models import KEPT_FOR, EditedFile
from ..queries import Sorted, edited_file_by_form_key
from ..rules import may_load_redline


def load_redline(
    actor: User,
    organisation: Organisation | None,
    consultation: Consultation,
    filename: str,
    found: Sorted,
    *,
    form_key: str,
) -> EditedFile:
    """Keep what was found until it is posted or forgotten; the same form sent again answers with the first."""
    demand(may_load_redline(actor, consultation, organisation))
    session.execute(delete(EditedFile).where(EditedFile.created_at < clock.now() - KEPT_FOR))
    edited = EditedFile(
        form_key=form_key,
        consultation_id=consultation.id,
        created_by_id=actor.id,
        organisation_id=organisation.id if organisation else None,
        filename=filename[:300],
        items=found.items,
        left=found.left,
        known=found.known,
    )
    kept = keep_first(edited, lambda: edited_file_by_form_key(form_key))
    if kept is edited:
        audit.record(actor, "redline.loaded", edited, items=len(found.items))
    elif kept.created_by_id != actor.id:
        raise Conflict(_("This form was already used. Open the page again and choose the file there."))
    return kept
