"""The discussion of a position that is being drafted."""

from __future__ import annotations

from participation.accounts.models import User
from participation.foundation import audit
from participation.foundation.access import demand, refused
from participation.foundation.database import keep_first
from participation.foundation.language import _
from participation.organisations.models import Organisation
from participation.organisations.rules import acts_for
from participation.texts.markdown import normalise, to_html

from ..models import Position, Remark
from ..queries import remark_by_form_key
from ..rules import may_post_remark


def post_remark(
    actor: User, position: Position, organisation: Organisation | None, *, source: str, form_key: str
) -> Remark:
    """Say something about a draft, on behalf of `organisation` when one is given."""
    demand(may_post_remark(actor, position))
    if organisation is not None and not acts_for(actor, organisation):
        demand(refused(_("You can speak only for an organisation that you belong to.")))
    earlier = remark_by_form_key(form_key)
    if earlier is not None:
        return earlier
    remark = Remark(
        position=position,
        author=actor,
        organisation=organisation,
        source=normalise(source),
        html=to_html(source),
        form_key=form_key,
    )
    kept = keep_first(remark, lambda: remark_by_form_key(form_key))
    if kept is not remark:
        return kept
    audit.record(actor, "remark.posted", remark)
    return remark
