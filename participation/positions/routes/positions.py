"""Reading positions, drafting them from comments, and writing their text."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from participation.accounts.models import Viewer
from participation.bodies.queries import all_bodies, bodies_by_ids
from participation.comments.models import WordingAction
from participation.comments.queries import chosen_comments, visible_comments
from participation.consultations.models import Consultation
from participation.consultations.queries import consultation_by_slug
from participation.foundation import geography, region
from participation.foundation.access import demand
from participation.foundation.language import _
from participation.organisations.models import Organisation
from participation.organisations.routes import acting_membership
from participation.organisations.rules import acts_for
from participation.submissions.queries import submissions_with_position
from participation.web.limits import limiter
from participation.web.paging import page_number
from participation.web.signin import viewer

from ..forms import LONGEST_TITLE, DraftForm, PositionForm, RemarkForm
from ..models import APART, SIGNING, Cosignature, Position, PositionVersion, draft_text_of, text_of
from ..operations import draft_position, edit_position
from ..queries import (
    Filters,
    Stage,
    accounts_in,
    by_provision,
    consultations_with_positions,
    coverage,
    decisions_about,
    lapsed_cosignature_of,
    left_out_of,
    members_asked,
    place_of,
    position_by_slug,
    positions_page,
    progress_of,
    proposed_decisions_of,
    remarks_on,
    signatures_by_municipality,
    unexplained_count,
    version_by_number,
    waiting_in,
)
from ..rules import (
    may_cosign_position,
    may_draft_position,
    may_edit_position,
    may_open_position,
    may_post_remark,
    may_propose_decision,
    may_see_agreement,
    may_withdraw_cosignature,
    sees_drafts,
)
from .blueprint import blueprint


@blueprint.get("/positions")
def index() -> str:
    filters = _filters()
    page = positions_page(viewer(), filters, page_number())
    return render_template(
        "positions/index.html",
        page=page,
        progress=progress_of(page.items),
        filters=filters,
        stages=[stage for stage in Stage if stage is not Stage.DRAFTED or sees_drafts(viewer())],
        consultations=consultations_with_positions(viewer()),
    )


def _filters() -> Filters:
    """What the address asks for; a stage that does not exist asks for nothing."""
    stage = request.args.get("stage", "")
    return Filters(Stage(stage) if stage in set(Stage) else None, request.args.get("consultation", "")[:100])


@blueprint.get("/positions/<slug>")
def show(slug: str) -> str:
    position = position_by_slug(slug, viewer())
    if position.is_drafted:
        return page_of_draft(position, RemarkForm())
    return render_template("positions/show.html", **_frozen_values(position, viewer()))


def _frozen_values(position: Position, who: Viewer) -> dict[str, Any]:
    acting = acting_membership()
    organisation = acting.organisation if acting else None
    version, text = position.frozen, text_of(position)
    decisions, withdrawn = decisions_about(version.id) if version else ([], [])
    cosignatures = [row for row in decisions if row.stance in SIGNING]
    own = next((row for row in decisions if organisation and row.organisation_id == organisation.id), None)
    areas = coverage(cosignatures, members_asked(version) if version else [])
    return {
        "position": position,
        "text": text,
        "accounts": accounts_in(text),
        "left_out": left_out_of(position, version.number) if version else [],
        "version": version,
        "cosignatures": cosignatures,
        "apart": [(stance, [row for row in decisions if row.stance == stance]) for stance in APART],
        "signature_of": {row.organisation_id: row for row in cosignatures},
        "withdrawn": withdrawn,
        # The last one of the reader's own organisation; it matters while there is no new one.
        "own_withdrawn": next((row for row in reversed(withdrawn) if row.organisation is organisation), None),
        "coverage": areas,
        "places": {row.organisation_id: place_of(row.organisation) for row in cosignatures},
        "map": geography.shaded(region.current(), signatures_by_municipality(cosignatures)) if version else None,
        "asked": sum(area.total for area in areas),
        "own": own,
        "submissions": submissions_with_position(position.id) if position.is_delivered else [],
        # Only people of the organisation itself find what was proposed in it.
        "proposals": proposed_decisions_of(position, organisation)
        if organisation and acts_for(who, organisation)
        else [],
        "may_propose": may_propose_decision(who, position, organisation),
        "may_cosign": may_cosign_position(who, position, organisation),
        "may_see_agreement": may_see_agreement(who, position),
        "lapsed": _lapsed(version, organisation) if version and organisation and not own else None,
        "may_withdraw": may_withdraw_cosignature(who, own) if own else None,
    }


def _lapsed(version: PositionVersion, organisation: Organisation) -> Cosignature | None:
    return lapsed_cosignature_of(version, organisation) if version.number > 1 else None


def page_of_draft(position: Position, form: RemarkForm) -> str:
    """The draft with its discussion and the form to join it."""
    who, text = viewer(), draft_text_of(position)
    return render_template(
        "positions/draft_of.html",
        position=position,
        text=text,
        accounts=accounts_in(text),
        left_out=left_out_of(position, len(position.versions) + 1),
        remarks=remarks_on(position),
        form=form,
        may_edit=may_edit_position(who, position),
        may_open=may_open_position(who, position),
        may_post=may_post_remark(who, position),
    )


@blueprint.get("/positions/<slug>/versions/<int:number>.json")
def text(slug: str, number: int) -> Response:
    """The signed bytes themselves, so that anybody can check the fingerprint."""
    version = version_by_number(position_by_slug(slug, viewer()), number)
    answer = Response(version.canonical, mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug}-{number}.json"'
    return answer


@blueprint.route("/consultations/<slug>/positions/new", methods=["GET", "POST"])
@limiter.limit("30 per hour", methods=["POST"])
def draft(slug: str) -> ResponseReturnValue:
    consultation = consultation_by_slug(slug, viewer())
    demand(may_draft_position(viewer(), consultation))
    title = str(_("Joint position: %(title)s", title=consultation.title))
    form = DraftForm(title=title[:LONGEST_TITLE], comments=[])
    if not form.is_submitted():
        return _drafting_page(consultation, form)
    if not form.validate():
        return _drafting_page(consultation, form), 422
    comments = chosen_comments(consultation, form.comments.data or [])
    position = draft_position(viewer(), consultation, title=form.title.data, comments=comments, form_key=form.key)
    flash(str(_("The draft is made. The network sees it from now on; complete its points and its summary.")), "done")
    return redirect(url_for("positions.edit", slug=position.slug), 303)


def _drafting_page(consultation: Consultation, form: DraftForm) -> str:
    groups = by_provision(visible_comments(consultation))
    actions = {action.value: action.label for action in WordingAction}
    return render_template(
        "positions/draft.html", consultation=consultation, form=form, groups=groups, actions=actions
    )


@blueprint.route("/positions/<slug>/edit", methods=["GET", "POST"])
def edit(slug: str) -> ResponseReturnValue:
    position = position_by_slug(slug, viewer())
    demand(may_edit_position(viewer(), position))
    form = _position_form(position)
    if not form.is_submitted():
        return _editing_page(position, form)
    if not form.validate():
        return _editing_page(position, form), 422
    edit_position(
        viewer(),
        position,
        revision=form.revision.data,
        title=form.title.data,
        summary=form.summary.data,
        general=form.general.data,
        addressees=bodies_by_ids(form.addressees.data or []),
    )
    words = _(
        "The position is saved. The network sees the new text at once; the public sees it when it is opened.",
    )
    flash(str(words), "done")
    return redirect(url_for("positions.edit", slug=position.slug), 303)


def _position_form(position: Position) -> PositionForm:
    form = PositionForm(
        revision=position.revision,
        title=position.title,
        summary=position.summary,
        general=position.general,
        addressees=[body.id for body in position.addressees],
    )
    form.addressees.choices = [SelectChoice(body.id, body.name) for body in all_bodies()]
    return form


def _editing_page(position: Position, form: PositionForm) -> str:
    text = draft_text_of(position)
    return render_template(
        "positions/edit.html",
        position=position,
        text=text,
        accounts=accounts_in(text),
        proposals=waiting_in(position),
        unexplained=unexplained_count(position),
        form=form,
        may_open=may_open_position(viewer(), position),
    )
