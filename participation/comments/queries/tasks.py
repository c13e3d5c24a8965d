"""What waits for a person among the comments."""

from __future__ import annotations

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from participation.accounts.models import Viewer
from participation.consultations.models import Consultation, ConsultationState, Phase
from participation.foundation import clock
from participation.foundation.database import session
from participation.foundation.language import _, ngettext
from participation.foundation.tasks import SOON, Task
from participation.organisations.models import Membership

from ..models import Comment, CommentState, NilReturn


def waiting_for(viewer: Viewer, acting: Membership | None) -> list[Task]:
    """Drafts that close within a week without a word from the organisation, and replies to answer."""
    if not viewer.is_authenticated or viewer.id is None:
        return []
    silent = _closing_without(acting.organisation_id) if acting else []
    return silent + _replies_to(viewer)


def _closing_without(organisation_id: int) -> list[Task]:
    today = clock.today()
    said_something = exists().where(
        Comment.consultation_id == Consultation.id, Comment.organisation_id == organisation_id
    )
    said_that_nothing = exists().where(
        NilReturn.consultation_id == Consultation.id,
        NilReturn.organisation_id == organisation_id,
        NilReturn.withdrawn_at.is_(None),
    )
    closing = session.scalars(
        select(Consultation)
        .where(
            Consultation.state == ConsultationState.PUBLISHED,
            Consultation.opens_on <= today,
            Consultation.internal_deadline_on.between(today, today + SOON),
            ~said_something,
            ~said_that_nothing,
        )
        .order_by(Consultation.internal_deadline_on, Consultation.id)
    )
    return [
        Task(
            title=consultation.title,
            why=_("Your organisation has not commented on this draft yet."),
            endpoint="consultations.show",
            values={"slug": consultation.slug},
            due_on=consultation.internal_deadline_on,
            act=_("Read the draft and comment"),
        )
        for consultation in closing
        if consultation.phase is Phase.OPEN
    ]


def _replies_to(viewer: Viewer) -> list[Task]:
    """Comments of the person with replies of others that came after the person's own last one."""
    reply, own = aliased(Comment), aliased(Comment)
    answered_later = exists().where(
        own.parent_id == Comment.id, own.author_id == viewer.id, own.posted_at > reply.posted_at
    )
    rows = session.execute(
        select(Consultation, Comment.id, func.count(reply.id).label("number"))
        .join(Comment, Comment.consultation_id == Consultation.id)
        .join(reply, reply.parent_id == Comment.id)
        .where(
            Consultation.state == ConsultationState.PUBLISHED,
            Consultation.internal_deadline_on >= clock.today(),
            Comment.author_id == viewer.id,
            Comment.state == CommentState.VISIBLE,
            reply.state == CommentState.VISIBLE,
            reply.author_id != viewer.id,
            ~answered_later,
        )
        .group_by(Consultation.id, Comment.id)
        .order_by(Consultation.internal_deadline_on, Comment.id)
    )
    return [
        Task(
            title=consultation.title,
            why=ngettext(
                "Your comment has %(num)s reply that you have not answered.",
                "Your comment has %(num)s replies that you have not answered.",
                number,
            ),
            endpoint="comments.show",
            values={"comment_id": comment_id},
            due_on=consultation.internal_deadline_on,
            act=_("Read the replies and answer"),
        )
        for consultation, comment_id, number in rows
        if consultation.phase is Phase.OPEN
    ]
