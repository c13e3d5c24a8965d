"""Drafting a position from comments, and writing its text."""

from __future__ import annotations

from collections.abc import Sequence

from participation.accounts.models import User
from participation.bodies.models import PublicBody
from participation.comments.models import Comment
from participation.consultations.models import Consultation
from participation.foundation import audit
from participation.foundation.access import demand
from participation.foundation.database import Conflict, keep_first, session
from participation.foundation.language import _
from participation.foundation.slugs import free_slug
from participation.texts.markdown import normalise, to_html

from ..models import OmissionKind, Position
from ..queries import hold, is_slug_taken, position_by_form_key
from ..rules import may_draft_position, may_edit_position
from .drafting import Drafting
from .omissions import Why, leave_out_comments


def draft_position(
    actor: User, consultation: Consultation, *, title: str, comments: Sequence[Comment], form_key: str
) -> Position:
    """A new position with a point for each provision that the comments are about.

    What was said of the whole draft becomes the general part. The same form makes the same
    position, however often it is sent.
    """
    demand(may_draft_position(actor, consultation))
    earlier = position_by_form_key(form_key)
    if earlier is not None:
        return earlier
    drafting = Drafting(consultation, comments)
    position = Position(
        slug=free_slug(title, is_slug_taken),
        consultation=consultation,
        title=normalise(title),
        language=consultation.language,
        general=drafting.general,
        general_html=to_html(drafting.general),
        created_by=actor,
        form_key=form_key,
    )
    position.points.extend(drafting.points())
    if consultation.body is not None:
        position.addressees.append(consultation.body)
    kept = keep_first(position, lambda: position_by_form_key(form_key))
    if kept is not position:
        return kept
    on_whole_draft = [comment.id for comment in comments if comment.provision is None and comment.source.strip()]
    leave_out_comments(actor, position, on_whole_draft, Why(OmissionKind.GENERAL), seen=0)
    audit.record(actor, "position.drafted", position, comments=[comment.id for comment in comments])
    return position


def edit_position(
    actor: User,
    position: Position,
    *,
    revision: int,
    title: str,
    summary: str,
    general: str,
    addressees: Sequence[PublicBody],
) -> None:
    """Raises Conflict when somebody has saved the position since `revision` was read."""
    hold(position)
    demand(may_edit_position(actor, position))
    if position.revision != revision:
        raise Conflict(
            _("Somebody else has changed this position since you opened the page."),
            stored="\n\n".join(part for part in (position.title, position.summary, position.general) if part),
            fields={"title": position.title, "summary": position.summary, "general": position.general},
            fresh={"revision": position.revision},
        )
    position.title = normalise(title)
    position.summary = normalise(summary)
    position.general = normalise(general)
    position.general_html = to_html(general)
    position.addressees = list(addressees)
    session.flush()
    audit.record(actor, "position.edited", position)
