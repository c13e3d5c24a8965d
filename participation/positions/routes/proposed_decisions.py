"""Proposing inside an organisation what it should decide, and answering such a proposal."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from participation.foundation.access import demand
from participation.foundation.database import NotFound
from participation.foundation.language import _
from participation.organisations.models import Organisation
from participation.organisations.routes import acting_membership
from participation.web.limits import limiter
from participation.web.signin import viewer

from ..forms import ProposeDecisionForm, SendBackForm
from ..models import Position, text_of
from ..operations import propose_decision as propose
from ..operations import send_back_proposed_decision as send_back
from ..operations import withdraw_proposed_decision as withdraw
from ..queries import position_by_slug, proposed_decision_by_id, proposed_decisions_of
from ..rules import may_propose_decision, may_send_back_proposed_decision
from .blueprint import blueprint
from .cosignatures import wordings_for


@blueprint.route("/positions/<slug>/propose-decision", methods=["GET", "POST"])
@limiter.limit("30 per minute", methods=["POST"])
def propose_decision(slug: str) -> ResponseReturnValue:
    position = position_by_slug(slug, viewer())
    acting = acting_membership()
    organisation = acting.organisation if acting else None
    demand(may_propose_decision(viewer(), position, organisation))
    version = position.frozen
    if version is None or organisation is None:
        raise NotFound(slug)
    form = ProposeDecisionForm()
    if not form.is_submitted():
        form.sha256_seen.data = version.sha256
        return _page(position, organisation, form)
    if not all([form.validate(), form.fits(wordings_for(form, version))]):
        return _page(position, organisation, form), 422
    propose(
        viewer(),
        position,
        organisation,
        sha256_seen=form.sha256_seen.data or "",
        decision=form.decision,
        form_key=form.key,
    )
    flash(str(_("It is proposed. The representatives of your organisation get a mail about it.")), "done")
    return redirect(url_for("positions.show", slug=slug), 303)


@blueprint.route("/proposed-decisions/<int:number>/send-back", methods=["GET", "POST"])
def send_back_proposed_decision(number: int) -> ResponseReturnValue:
    proposed = proposed_decision_by_id(number, viewer())
    demand(may_send_back_proposed_decision(viewer(), proposed))
    position = position_by_slug(proposed.version.position.slug, viewer())
    form = SendBackForm()
    if not form.validate_on_submit():
        page = render_template(
            "positions/send_back.html", proposed=proposed, position=position, text=text_of(position), form=form
        )
        return page, 422 if form.is_submitted() else 200
    send_back(viewer(), proposed, form.because.data)
    words = _("It is sent back. %(person)s gets a mail with your reason.", person=proposed.author.name)
    flash(str(words), "done")
    return redirect(url_for("positions.show", slug=position.slug), 303)


@blueprint.post("/proposed-decisions/<int:number>/withdraw")
def withdraw_proposed_decision(number: int) -> Response:
    proposed = proposed_decision_by_id(number, viewer())
    withdraw(viewer(), proposed)
    flash(str(_("Your proposal is taken back. You can propose again.")), "done")
    return redirect(url_for("positions.show", slug=proposed.version.position.slug), 303)


def _page(position: Position, organisation: Organisation, form: ProposeDecisionForm) -> str:
    """The form; at first with the words that were proposed last, also about an earlier text."""
    before = proposed_decisions_of(position, organisation)
    last = before[0] if before else None
    if last is not None and not form.is_submitted():
        form.begin_with(last.decision)
    return render_template(
        "positions/propose_decision.html",
        position=position,
        version=position.frozen,
        text=text_of(position),
        organisation=organisation,
        last=last,
        form=form,
    )
