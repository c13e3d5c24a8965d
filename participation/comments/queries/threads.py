"""Pages of comments: of one provision, and of a whole consultation, each in its order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from participation.accounts.models import Viewer
from participation.consultations.models import Consultation, Provision
from participation.foundation.database import session
from participation.foundation.paging import Page
from participation.organisations.models import Organisation

from ..models import Comment, CommentKind, CommentState
from .lines import Line, lines_as_read_by, threaded
from .standing import Standing, read_at

PAGE_SIZE = 20


@dataclass(frozen=True)
class LinePage(Page[Line]):
    """A page of lines. `total` counts the places, `visible` only comments that can be read."""

    visible: int = 0


@dataclass(frozen=True)
class Filters:
    """What a reader wants to see of all comments; empty is everything."""

    kind: CommentKind | None = None
    organisation_id: int | None = None
    municipalities: frozenset[str] | None = None  # codes; None is the whole region


def thread_of(provision: Provision, viewer: Viewer, number: int) -> LinePage:
    """The comments on the page of one provision, whichever version they were written on, the oldest first."""
    return _page(_tops().where(read_at(provision)), viewer, number)


def comments_of(consultation: Consultation, viewer: Viewer, filters: Filters, number: int) -> LinePage:
    """All comments of a consultation, those on the whole draft first, then in reading order.

    With filters hidden comments are left out: what they were must not be learnt from them.
    """
    wanted = _tops().where(Comment.consultation_id == consultation.id)
    if filters != Filters():
        wanted = wanted.where(Comment.state == CommentState.VISIBLE)
    if filters.kind is not None:
        wanted = wanted.where(Comment.kind == filters.kind)
    if filters.organisation_id is not None:
        wanted = wanted.where(Comment.organisation_id == filters.organisation_id)
    if filters.municipalities is not None:
        wanted = wanted.where(
            Comment.organisation_id.in_(
                select(Organisation.id).where(Organisation.municipality.in_(sorted(filters.municipalities)))
            )
        )
    return _page(wanted, viewer, number)


def page_of_comment(comment: Comment, provision: Provision | None) -> int:
    """On which page of its thread (or, on the whole draft, of all comments) a comment stands.

    `provision` is the one of provision_of_comment.
    """
    top = comment.parent or comment
    of_thread = Comment.provision_id.is_(None) if provision is None else read_at(provision)
    before = select(func.count(Comment.id)).where(
        Comment.consultation_id == top.consultation_id,
        Comment.parent_id.is_(None),
        of_thread,
        or_(Comment.posted_at < top.posted_at, (Comment.posted_at == top.posted_at) & (Comment.id < top.id)),
    )
    return (session.scalar(before) or 0) // PAGE_SIZE + 1


def page_among_all(comment: Comment) -> int:
    """On which page of all comments of its consultation a comment stands."""
    top = comment.parent or comment
    before = _tops().where(Comment.consultation_id == top.consultation_id).subquery().c
    place = select(before.place).where(before.id == top.id).scalar_subquery()
    at_once = and_(before.posted_at == top.posted_at, before.id < top.id)
    earlier = select(func.count(before.id)).where(
        or_(before.place < place, and_(before.place == place, or_(before.posted_at < top.posted_at, at_once)))
    )
    return (session.scalar(earlier) or 0) // PAGE_SIZE + 1


def organisations_that_commented(consultation: Consultation) -> Sequence[Any]:
    """Rows (id, name) of the organisations with a visible comment, for the filter."""
    return session.execute(
        select(Organisation.id, Organisation.name).where(
            Organisation.id.in_(
                select(Comment.organisation_id).where(
                    Comment.consultation_id == consultation.id,
                    Comment.parent_id.is_(None),
                    Comment.state == CommentState.VISIBLE,
                )
            )
        )
    ).all()


def _tops() -> Any:
    standing = Standing()
    return standing.join(
        select(Comment.id, standing.position.label("place"), Comment.posted_at, Comment.state).outerjoin(
            Provision, Provision.id == Comment.provision_id
        )
    ).where(Comment.parent_id.is_(None))


def _page(wanted: Select[Any], viewer: Viewer, number: int) -> LinePage:
    """One page with its replies in one statement, its supporters in a second."""
    number = max(number, 1)
    rows = _rows(wanted, viewer, number)
    if not rows and number > 1:
        places = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
        number = max(1, -(-places // PAGE_SIZE))
        rows = _rows(wanted, viewer, number)
    total, visible = (rows[0].total, rows[0].visible) if rows else (0, 0)
    return LinePage(threaded(rows), number, PAGE_SIZE, total, visible)


def _rows(wanted: Select[Any], viewer: Viewer, number: int) -> Sequence[Any]:
    places = wanted.subquery()
    total = select(func.count()).select_from(places).scalar_subquery()
    visible = select(func.count()).where(places.c.state == CommentState.VISIBLE).scalar_subquery()
    chosen = (
        wanted.order_by("place", Comment.posted_at, Comment.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
        .cte("chosen")
    )
    place = select(chosen.c.place).where(chosen.c.id == func.coalesce(Comment.parent_id, Comment.id))
    return session.execute(
        lines_as_read_by(viewer)
        .add_columns(total.label("total"), visible.label("visible"), place.scalar_subquery().label("place"))
        .where(or_(Comment.id.in_(select(chosen.c.id)), Comment.parent_id.in_(select(chosen.c.id))))
        .order_by("place", Comment.posted_at, Comment.id)
    ).all()
