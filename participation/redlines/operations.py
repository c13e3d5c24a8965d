"""Keeping what was found in an edited file, and posting what was chosen of it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete

from participation.accounts.models import User
from participation.comments.models import Comment, CommentKind, WordingAction
from participation.comments.operations import post_comment
from participation.comments.queries import place_in_text
from participation.consultations.models import Consultation
from participation.foundation import audit, clock
from participation.foundation.access import demand
from participation.foundation.database import Conflict, NotFound, keep_first, session
from participation.foundation.language import _
from participation.organisations.models import Organisation
from participation.texts.quoting import nearest, passages_of

from .models import KEPT_FOR, EditedFile
from .queries import Sorted, edited_file_by_form_key
from .rules import may_load_redline, may_post_redline


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


def post_redline(
    actor: User, organisation: Organisation | None, edited: EditedFile, chosen: Collection[int]
) -> list[Comment]:
    """Post the chosen items as comments, all or none; what has been posted before is not posted again.

    Raises Conflict when the draft reads differently now, TooLong and Refused.
    """
    demand(may_post_redline(actor, edited, organisation))
    posted = []
    for item in edited.items:
        if item["number"] not in chosen:
            continue
        try:
            place = place_in_text(edited.consultation, item["provision"])
        except NotFound:
            raise Conflict(
                _("The draft has a new text in which a provision of your file is gone. Load the file again.")
            ) from None
        action = WordingAction(item["action"]) if item["action"] else None
        passages = passages_of(place.text, item.get("quote", ""))
        said = CommentKind.PROVISION if place.provision else CommentKind.GENERAL
        posted.append(
            post_comment(
                actor,
                organisation,
                edited.consultation,
                place,
                kind=CommentKind.WORDING if action else said,
                source=item["source"],
                wording_action=action,
                wording=item["wording"],
                passage=nearest(passages, 0) if passages else None,
                seen=item["seen"],
                form_key=f"{edited.key}-{item['number']}",
            )
        )
    edited.posted_at = clock.now()
    audit.record(actor, "redline.posted", edited, comments=len(posted))
    return posted
