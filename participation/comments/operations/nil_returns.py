"""Saying for an organisation that it has no comments, and taking that back."""

from __future__ import annotations

from typing import cast

from participation.accounts.models import User
from participation.consultations.models import Consultation
from participation.foundation import audit
from participation.foundation.access import demand
from participation.foundation.database import keep_first
from participation.organisations.models import Organisation

from ..models import NilReturn
from ..queries import has_commented, nil_return_of
from ..rules import may_give_nil_return, may_withdraw_nil_return


def give_nil_return(actor: User, organisation: Organisation | None, consultation: Consultation) -> NilReturn:
    """The organisation has read the draft and wishes to change nothing; once is as good as twice."""
    has_said = organisation is not None and has_commented(consultation, organisation.id)
    demand(may_give_nil_return(actor, consultation, organisation, has_commented=has_said))
    giver_id = cast(Organisation, organisation).id  # The rule refuses a person without one.
    standing = nil_return_of(consultation, giver_id)
    if standing is not None:
        return standing
    given = NilReturn(consultation_id=consultation.id, organisation_id=giver_id, given_by_id=actor.id)
    kept = keep_first(given, lambda: nil_return_of(consultation, giver_id))
    if kept is given:
        audit.record(actor, "nil_return.given", given, organisation=giver_id, consultation=consultation.id)
    return kept


def withdraw_nil_return(actor: User, organisation: Organisation | None, consultation: Consultation) -> None:
    """Nothing happens if there is none."""
    demand(may_withdraw_nil_return(actor, consultation, organisation))
    standing = nil_return_of(consultation, cast(Organisation, organisation).id)
    if standing is None:
        return
    standing.end()
    audit.record(actor, "nil_return.withdrawn", standing, because="taken back")
