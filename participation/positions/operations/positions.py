"""Drafting a position from comments, and writing its text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from participation.accounts.models import User
from participation.bodies.models import PublicBody
from participation.comments.models import Comment, WordingAction
from participation.consultations.models import Consultation, Provision
from participation.consultations.queries import provisions_of, published_version
from participation.foundation import audit
from participation.foundation.access import demand
from participation.foundation.database import Conflict, keep_first, session
from participation.foundation.language import _
from participation.foundation.slugs import free_slug
from participation.texts.markdown import normalise, to_html

from ..models import Point, Position, difference_html
from ..queries import by_provision, hold, is_slug_taken, position_by_form_key
from ..rules import may_draft_position, may_edit_position


def draft_position(
    actor: User, consultation: Consultation, *, title: str, comments: Sequence[Comment], form_key: str
) -> Position:
    """A new position with one point for each provision that the comments are about.

    What was said of the whole draft becomes the general part. The same form makes the same
    position, however often it is sent.
    """
    demand(may_draft_position(actor, consultation))
    earlier = position_by_form_key(form_key)
    if earlier is not None:
        return earlier
    groups = by_provision(comments)
    general = _joined(comment.source for group in groups if group.provision is None for comment in group.comments)
    position = Position(
        slug=free_slug(title, is_slug_taken),
        consultation=consultation,
        title=normalise(title),
        language=consultation.language,
        general=general,
        general_html=to_html(general),
        created_by=actor,
        form_key=form_key,
    )
    newest = _newest_provisions(consultation)
    for group in groups:
        if group.provision is None:
            continue
        position.points.append(_point(len(position.points) + 1, group.provision, group.comments, newest))
    if consultation.body is not None:
        position.addressees.append(consultation.body)
    kept = keep_first(position, lambda: position_by_form_key(form_key))
    if kept is not position:
        return kept
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


def _newest_provisions(consultation: Consultation) -> dict[str, Provision]:
    version = published_version(consultation)
    return {provision.key: provision for provision in provisions_of(version)} if version else {}


def _point(number: int, said: Provision, comments: Sequence[Comment], newest: dict[str, Provision]) -> Point:
    """The first proposed wording is taken as it is; the others are for the author to weigh."""
    provision = newest.get(said.key, said)
    wordings = [comment for comment in comments if comment.wording_action is not None]
    action = wordings[0].wording_action or WordingAction.CHANGE if wordings else WordingAction.CHANGE
    existing = "" if action == WordingAction.ADD else normalise(provision.text)
    demanded = "" if action == WordingAction.DELETE or not wordings else normalise(wordings[0].wording)
    reasons = _joined(comment.source for comment in comments)
    return Point(
        number=number,
        action=action,
        existing=existing,
        demanded=demanded,
        difference_html=difference_html(action, existing, demanded),
        reasons=reasons,
        reasons_html=to_html(reasons),
        provisions=[provision],
        comments=list(comments),
    )


def _joined(texts: Iterable[str]) -> str:
    return "\n\n".join(normalise(text) for text in texts if text.strip())
