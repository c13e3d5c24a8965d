"""Standing behind the comments of others."""

from __future__ import annotations

from typing import cast

from participation.accounts.models import User
from participation.foundation import audit
from participation.foundation.access import demand
from participation.foundation.database import keep_first, session
from participation.organisations.models import Organisation

from ..models import Comment, Support
from ..queries import support_by
from ..rules import may_support_comment, may_withdraw_support


def support_comment(actor: User, organisation: Organisation | None, comment: Comment) -> Support:
    """The organisation stands behind the comment; once is as good as twice."""
    demand(may_support_comment(actor, comment, comment.consultation, organisation))
    organisation = cast(Organisation, organisation)  # The rule refuses a person without one.
    giver_id = organisation.id
    given = support_by(comment, giver_id)
    if given is not None:
        return given
    support = Support(comment_id=comment.id, organisation_id=giver_id, user_id=actor.id)
    kept = keep_first(support, lambda: support_by(comment, giver_id))
    if kept is support:
        audit.record(actor, "comment.supported", comment, organisation=giver_id)
    return kept


def withdraw_support(actor: User, organisation: Organisation | None, comment: Comment) -> None:
    """The organisation no longer stands behind the comment; nothing happens if it did not."""
    demand(may_withdraw_support(actor, comment.consultation, organisation))
    organisation = cast(Organisation, organisation)  # The rule refuses a person without one.
    given = support_by(comment, organisation.id)
    if given is None:
        return
    session.delete(given)
    audit.record(actor, "comment.support_withdrawn", comment, organisation=organisation.id)
