"""Co-signing for an organisation, and taking the signature back."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.accounts.routes import ask_to_sign_in_again, recent_sign_in
from participation.foundation.access import demand
from participation.foundation.database import NotFound
from participation.foundation.language import _
from participation.organisations.models import Organisation
from participation.organisations.routes import acting_membership
from participation.web.filters import moment
from participation.web.limits import limiter
from participation.web.signin import viewer

from ..forms import CosignForm, ProposeDecisionForm, WithdrawForm
from ..models import Cosignature, Position, PositionVersion, ProposedDecision, Stance, text_of, wordings_in
from ..operations import cosign_position, withdraw_cosignature
from ..queries import (
    live_cosignature_of,
    position_by_slug,
    position_in_brief,
    proposed_decision_by_id,
    waiting_decision_of,
)
from ..rules import may_cosign_position, may_withdraw_cosignature
from .blueprint import blueprint


@blueprint.route("/positions/<slug>/cosign", methods=["GET", "POST"])
@limiter.limit("30 per minute", methods=["POST"])
def cosign(slug: str) -> ResponseReturnValue:
    form = CosignForm()
    # Signing reads the whole text only to show it; the act itself needs its fingerprint.
    position = (position_in_brief if form.is_submitted() else position_by_slug)(slug, viewer())
    organisation = _organisation()
    demand(may_cosign_position(viewer(), position, organisation))
    # Asked for before the page is shown, so that nothing typed is held up later.
    if not recent_sign_in():
        return ask_to_sign_in_again()
    version = position.frozen
    if version is None or organisation is None:
        raise NotFound(slug)
    if not form.is_submitted():
        form.sha256_seen.data = version.sha256
        _as_standing(form, live_cosignature_of(version, organisation))
        return _page(position, organisation, form, _as_proposed(form, position, version, organisation))
    # Not `and`: whoever left out two things reads of both.
    if not all([form.validate(), form.fits(wordings_for(form, version))]):
        return _page(position_by_slug(slug, viewer()), organisation, form), 422
    cosignature = cosign_position(
        viewer(),
        version,
        organisation,
        sha256_seen=form.sha256_seen.data or "",
        decision=form.decision,
        form_key=form.key,
        standing_seen=form.standing_seen.data,
        proposal_seen=form.proposal_seen.data,
    )
    flash(_words(cosignature, is_new=cosignature.form_key == form.key), "done")
    return redirect(url_for("positions.show", slug=slug), 303)


@blueprint.route("/positions/<slug>/withdraw", methods=["GET", "POST"])
def withdraw(slug: str) -> ResponseReturnValue:
    position = position_in_brief(slug, viewer())
    organisation = _organisation()
    # Who may not sign has no signature to look for; the rule says why.
    cosignature = live_cosignature_of(position.frozen, organisation)
    if cosignature is None:
        demand(may_cosign_position(viewer(), position, organisation))
        flash(str(_("Your organisation has no signature under this position.")), "done")
        return redirect(url_for("positions.show", slug=slug), 303)
    demand(may_withdraw_cosignature(viewer(), cosignature))
    if not recent_sign_in():
        return ask_to_sign_in_again()
    form = WithdrawForm()
    if not form.is_submitted() or not form.validate():
        page = render_template("positions/withdraw.html", position=position, cosignature=cosignature, form=form)
        return page, 422 if form.is_submitted() else 200
    withdraw_cosignature(viewer(), cosignature, form.because.data)
    flash(
        str(
            _(
                "The co-signature of %(organisation)s is withdrawn. It may sign again until the deadline.",
                organisation=cosignature.organisation.name,
            )
        ),
        "done",
    )
    return redirect(url_for("positions.show", slug=slug), 303)


def wordings_for(form: ProposeDecisionForm, version: PositionVersion) -> Mapping[int, str]:
    """What the points demand; the text is read only where the decision is about single points."""
    is_of_points = form.stance.data in (Stance.SIGNS_EXCEPT, Stance.SIGNS_IF)
    return wordings_in(version.canonical) if is_of_points else {}


def _as_standing(form: CosignForm, standing: Cosignature | None) -> None:
    """What the organisation decided already, to be changed."""
    if standing is not None:
        form.standing_seen.data = standing.id
        form.begin_with(standing.decision)


def _as_proposed(
    form: CosignForm, position: Position, version: PositionVersion, organisation: Organisation
) -> ProposedDecision | None:
    """The proposal that the address asks for, its words put into the form; else the one that waits."""
    waiting = waiting_decision_of(version, organisation)
    form.proposal_seen.data = waiting.id if waiting else None
    number = request.args.get("proposal", type=int)
    if number is None or not 0 < number < 2**31:
        return waiting
    asked = proposed_decision_by_id(number, viewer())
    if asked.organisation_id != organisation.id or asked.version.position_id != position.id:
        raise NotFound(number)
    form.begin_with(asked.decision)
    return asked


def _organisation() -> Organisation | None:
    acting = acting_membership()
    return acting.organisation if acting else None


def _words(cosignature: Cosignature, *, is_new: bool) -> str:
    if is_new:
        return str(
            _(
                "Recorded: %(organisation)s %(stance)s. All its representatives get a mail about it. "
                "It can be changed and withdrawn until the position is delivered.",
                organisation=cosignature.organisation.name,
                stance=cosignature.stance.label,
            )
        )
    return str(
        _(
            "Your organisation has already decided so, on %(moment)s by %(person)s. Nothing was added.",
            moment=moment(cosignature.signed_at),
            person=cosignature.signer.name,
        )
    )


def _page(
    position: Position, organisation: Organisation, form: CosignForm, proposed: ProposedDecision | None = None
) -> str:
    name_organisation(form, organisation)
    return render_template(
        "positions/cosign.html",
        position=position,
        version=position.frozen,
        text=text_of(position),
        organisation=organisation,
        own=live_cosignature_of(position.frozen, organisation),
        form=form,
        proposed=proposed,
    )


def name_organisation(form: CosignForm, organisation: Organisation) -> None:
    """Say beside the box for whom it is ticked."""
    form.agree.label.text = str(
        _(
            "%(organisation)s decides so about exactly this text, and I have its mandate to say it.",
            organisation=organisation.name,
        )
    )
