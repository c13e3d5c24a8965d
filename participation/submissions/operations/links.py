"""Issuing and revoking the private address of a body."""

from __future__ import annotations

from participation.accounts.models import User
from participation.bodies.models import PublicBody
from participation.foundation import audit, clock
from participation.foundation.access import demand
from participation.foundation.database import NotFound, session
from participation.texts.markdown import one_line

from ..models import PrivateLink, Submission
from ..queries import lock
from ..queries.deliveries import live_link
from ..rules import may_issue_link, may_revoke_link


def link_for(actor: User, submission: Submission, body: PublicBody) -> PrivateLink:
    """The live private address of the body, issued when there is none yet."""
    demand(may_issue_link(actor, submission))
    if body not in submission.addressees:
        raise NotFound(body.slug)
    return live_link(submission, body) or _issue(actor, submission, body)


def revoke_link(actor: User, link: PrivateLink, *, because: str) -> None:
    """From this moment on the address opens nothing."""
    lock(link.submission)
    session.refresh(link)
    demand(may_revoke_link(actor, link))
    link.revoked_at, link.revoked_by_id, link.revoked_because = clock.now(), actor.id, one_line(because)
    session.flush()
    audit.record(actor, "private-link.revoked", link, because=link.revoked_because, body=link.body_id)


def _issue(actor: User, submission: Submission, body: PublicBody) -> PrivateLink:
    link = PrivateLink(submission=submission, body=body, issued_by=actor)
    session.add(link)
    audit.record(actor, "private-link.issued", link, body=body.id)
    return link
