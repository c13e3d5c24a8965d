"""Reminding a body of the answers that it owes."""

from __future__ import annotations

from participation.accounts.models import User
from participation.foundation.access import demand
from participation.texts.markdown import normalise, one_line

from .. import emails
from ..models import Delivery, DeliveryKind, Submission
from ..queries import lock
from ..queries.deliveries import was_delivered_by
from ..queries.overdue import late_bodies_of
from ..rules import may_lead_submissions, may_remind_body
from .deliveries import Way, keep_delivery


def remind_body(
    actor: User, submission: Submission, way: Way, *, subject: str, text: str, form_key: str
) -> Delivery | None:
    """Mail a body a reminder in the words that the actor settled on, with its private address. The same form once."""
    lock(submission)
    if was_delivered_by(submission, form_key):
        demand(may_lead_submissions(actor))
        return None
    demand(may_remind_body(actor, submission, way.body, late_bodies_of(submission)))
    covering = emails.Covering(one_line(subject), normalise(text))
    return keep_delivery(actor, submission, way, covering, form_key=form_key, kind=DeliveryKind.REMINDER)
