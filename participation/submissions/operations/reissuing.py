"""A new private address for a body, in the place of one that was lost, forwarded too far or revoked."""

from __future__ import annotations

from participation.accounts.models import User
from participation.bodies.models import PublicBody
from participation.foundation.access import demand
from participation.foundation.database import NotFound
from participation.foundation.language import _

from .. import emails
from ..models import Channel, DeliveryKind, Enclosure, PrivateLink, Submission, contents_from
from ..queries import lock
from ..queries.deliveries import live_link, was_delivered_by
from ..rules import may_issue_link
from .deliveries import Way, keep_delivery
from .links import link_for, revoke_link


def issue_link_anew(
    actor: User, submission: Submission, body: PublicBody, to_email: str, *, form_key: str
) -> PrivateLink:
    """Mail the body a new address; the one before opens nothing from this moment on.

    What the body has begun to write stays. The same form issues one.
    """
    lock(submission)
    demand(may_issue_link(actor, submission))
    if body not in submission.addressees:
        raise NotFound(body.slug)
    before = live_link(submission, body)
    if before is not None and was_delivered_by(submission, form_key):
        return before
    if before is not None:
        revoke_link(actor, before, because=str(_("A new private address was issued.")))
    link = link_for(actor, submission, body)
    covering = emails.link_letter(submission, contents_from(submission.canonical or b""))
    way = Way(body, Channel.EMAIL, Enclosure.LINK, to_email)
    keep_delivery(actor, submission, way, covering, form_key=form_key, kind=DeliveryKind.LINK)
    return link
