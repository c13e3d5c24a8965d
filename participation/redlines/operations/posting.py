"""Posting what was chosen of an edited file, as comments and replies."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from participation.accounts.models import User
from participation.comments.models import Comment, CommentKind, WordingAction
from participation.comments.operations import post_comment, reply_to_comment
from participation.comments.queries import Place, comment_by_id, comment_by_key, place_in_text
from participation.comments.rules import may_reply_to_comment
from participation.consultations.models import Consultation, Provision
from participation.foundation import audit, clock
from participation.foundation.access import demand
from participation.foundation.database import Conflict, NotFound
from participation.foundation.language import _
from participation.organisations.models import Organisation
from participation.texts.quoting import nearest, passages_of

from ..models import EditedFile
from ..rules import may_post_redline


def post_redline(
    actor: User, organisation: Organisation | None, edited: EditedFile, chosen: Collection[int]
) -> list[Comment]:
    """Post the chosen items as comments, all or none; what has been posted before is not posted again.

    An item that answers a comment is a reply to it; where that one is hidden or was not posted, a comment of its own.
    Raises Conflict when the draft reads differently now, TooLong and Refused.
    """
    demand(may_post_redline(actor, edited, organisation))
    items = [item for item in edited.items if item["number"] in chosen]
    # What is answered comes before what answers it.
    items.sort(key=lambda item: bool(item.get("answers")))
    posted = [_post(actor, organisation, edited, item) for item in items]
    edited.posted_at = clock.now()
    audit.record(actor, "redline.posted", edited, comments=len(posted))
    return posted


def _post(actor: User, organisation: Organisation | None, edited: EditedFile, item: Mapping[str, Any]) -> Comment:
    form_key = _form_key(edited, item["number"])
    answered = _answered(actor, organisation, edited, item.get("answers") or {})
    if answered is not None:
        return reply_to_comment(actor, organisation, answered, source=item["source"], form_key=form_key)
    place = _place(edited.consultation, item["provision"])
    action = WordingAction(item["action"]) if item["action"] else None
    passages = passages_of(place.text, item.get("quote", ""))
    said = CommentKind.PROVISION if place.provision else CommentKind.GENERAL
    return post_comment(
        actor,
        organisation,
        edited.consultation,
        place,
        kind=CommentKind.WORDING if action else said,
        source=item["source"],
        wording_action=action,
        wording=item["wording"],
        after=_after(edited.consultation, item.get("after", "")),
        passage=nearest(passages, item.get("quote_at", 0)) if passages else None,
        seen=item["seen"],
        form_key=form_key,
    )


def _form_key(edited: EditedFile, number: int) -> str:
    return f"{edited.key}-{number}"


def _answered(
    actor: User, organisation: Organisation | None, edited: EditedFile, answers: Mapping[str, Any]
) -> Comment | None:
    """The comment that an item answers, unless it may not be replied to."""
    if not answers:
        return None
    try:
        found = (
            comment_by_id(answers["comment"], actor)
            if answers["comment"]
            else comment_by_key(_form_key(edited, answers["item"]))
        )
    except NotFound:
        return None
    if found is None or found.consultation_id != edited.consultation_id:
        return None
    return found if may_reply_to_comment(actor, found, edited.consultation, organisation) else None


def _place(consultation: Consultation, key: str) -> Place:
    try:
        return place_in_text(consultation, key)
    except NotFound:
        raise Conflict(
            _("The draft has a new text in which a provision of your file is gone. Load the file again.")
        ) from None


def _after(consultation: Consultation, key: str) -> Provision | None:
    """The provision behind which a move leads; None is the beginning."""
    place = _place(consultation, key) if key else None
    if place is not None and place.is_gone:
        raise Conflict(_("The draft has a new text in which a provision of your file is gone. Load the file again."))
    return place.provision if place else None
