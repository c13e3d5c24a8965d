"""Writing down where comments stand in a new version of their text."""

from __future__ import annotations

from sqlalchemy import delete, insert

from participation.accounts.models import User, Viewer
from participation.consultations.models import TextVersion
from participation.foundation import mail
from participation.foundation.access import demand
from participation.foundation.database import session

from .. import emails
from ..models import CommentPlace
from ..queries import Carried, carried_to
from ..rules import may_carry_comments


def carry_comments(actor: Viewer, version: TextVersion) -> None:
    """Write down where the comments on earlier versions stand in this one, which was just published, and tell the
    authors of those whose words changed, moved or are gone."""
    demand(may_carry_comments(actor))
    carried = carried_to(version)
    session.execute(
        delete(CommentPlace).where(CommentPlace.version_id == version.id).execution_options(synchronize_session=False)
    )
    if carried:
        session.execute(insert(CommentPlace), [_place_row(version, one) for one in carried])
    told: dict[User, list[Carried]] = {}
    for one in carried:
        if one.needs_a_word:
            told.setdefault(one.comment.author, []).append(one)
    for author, own in told.items():
        mail.send(emails.comments_carried(author, version, own))


def _place_row(version: TextVersion, one: Carried) -> dict[str, object]:
    return {
        "comment_id": one.comment.id,
        "version_id": version.id,
        "provision_id": one.now.id if one.now else None,
        "after_id": one.after.id if one.after else None,
        "state": one.state,
        "score": one.score,
        "quote_exact": one.quote.exact if one.quote else "",
        "quote_start": one.quote.start if one.quote else 0,
        "quote_end": one.quote.end if one.quote else 0,
    }
