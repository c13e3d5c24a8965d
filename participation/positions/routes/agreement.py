"""What is agreed under a frozen text, the next version from it, and signing again."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.accounts.routes import ask_to_sign_in_again, recent_sign_in
from participation.foundation import region
from participation.foundation.access import demand
from participation.foundation.database import NotFound
from participation.foundation.language import _
from participation.organisations.routes import acting_membership
from participation.web.signin import viewer

from ..forms import CosignForm, NextVersionForm, RemarkForm
from ..models import APART, SIGNING, Changes, Cosignature, Position, PositionVersion, text_of
from ..models.agreement import Proposal, strongest_text, widest_text
from ..operations import draft_next_version
from ..queries import (
    is_compiled,
    lapsed_cosignature_of,
    live_cosignature_of,
    live_cosignatures,
    position_by_slug,
    voices_of,
)
from ..rules import may_cosign_position, may_revise_position, may_see_agreement
from .blueprint import blueprint
from .cosignatures import name_organisation
from .positions import page_of_draft


@dataclass(frozen=True)
class Agreed:
    """The two texts that matter, of the decisions that stand under one version."""

    decisions: list[Cosignature]
    at_least: int
    area: str
    widest: Proposal
    strongest: Proposal | None

    @classmethod
    def of(cls, version: PositionVersion, numbers: list[int], at_least: int | None, area: str) -> Agreed:
        decisions = live_cosignatures(version.id)
        voices = voices_of(decisions)
        signing = sum(voice.decision.stance.is_signature for voice in voices if not area or voice.area == area)
        wanted = at_least or signing // 2 + 1
        return cls(
            decisions,
            wanted,
            area,
            widest_text(numbers, voices),
            strongest_text(numbers, voices, at_least=wanted, area=area or None),
        )


@blueprint.get("/positions/<slug>/agreement")
def agreement(slug: str) -> str:
    position = position_by_slug(slug, viewer())
    demand(may_see_agreement(viewer(), position))
    return _page(position)


@blueprint.get("/positions/<slug>/next")
def next_version(slug: str) -> ResponseReturnValue:
    """The text that is being written to follow the frozen one, for the network alone."""
    position = position_by_slug(slug, viewer())
    demand(may_see_agreement(viewer(), position))
    if not position.is_revised:
        return redirect(url_for("positions.show", slug=slug), 303)
    return page_of_draft(position, RemarkForm())


@blueprint.post("/positions/<slug>/next")
def draft_next(slug: str) -> ResponseReturnValue:
    position = position_by_slug(slug, viewer())
    demand(may_revise_position(viewer(), position, is_compiled=is_compiled(position)))
    form = NextVersionForm()
    version = next((one for one in position.versions if one.id == form.version.data), None)
    if version is None or not form.validate():
        flash(str(_("Choose what the next version should be made of.")), "error")
        return _page(position), 422
    draft_next_version(viewer(), position, version=version, points=form.points.data or [])
    flash(
        str(
            _(
                "The next version is begun with the chosen points. The version before stays open until you open "
                "this one; then every organisation is asked again."
            )
        ),
        "done",
    )
    return redirect(url_for("positions.edit", slug=slug), 303)


@blueprint.get("/positions/<slug>/again")
def again(slug: str) -> ResponseReturnValue:
    """Only what changed for the organisation, and its decision once more."""
    position = position_by_slug(slug, viewer())
    acting = acting_membership()
    organisation = acting.organisation if acting else None
    demand(may_cosign_position(viewer(), position, organisation))
    version = position.frozen
    if version is None or organisation is None:
        raise NotFound(slug)
    lapsed = lapsed_cosignature_of(version, organisation)
    if lapsed is None or live_cosignature_of(version, organisation) is not None:
        return redirect(url_for("positions.cosign", slug=slug), 303)
    if not recent_sign_in():
        return ask_to_sign_in_again()
    changes = Changes.between(lapsed.version.canonical, version.canonical, lapsed.decision)
    form = CosignForm(formdata=None)
    form.sha256_seen.data = version.sha256
    form.statement.data = changes.decision.statement
    name_organisation(form, organisation)
    return render_template(
        "positions/again.html",
        position=position,
        version=version,
        text=text_of(position),
        lapsed=lapsed,
        changes=changes,
        organisation=organisation,
        form=form,
    )


def _page(position: Position) -> str:
    version = position.frozen
    if version is None:
        raise NotFound(position.slug)
    text = text_of(position)
    asked = request.args.get("at_least", "")
    at_least = min(int(asked), 100_000) if asked.isascii() and asked.isdigit() and len(asked) < 7 else None
    areas = region.current().areas
    area = next((one.key for one in areas if one.key == request.args.get("area", "")), "")
    agreed = Agreed.of(version, [point.number for point in text.points], at_least, area)
    return render_template(
        "positions/agreement.html",
        position=position,
        version=version,
        text=text,
        agreed=agreed,
        areas=areas,
        names={row.organisation_id: row.organisation.name for row in agreed.decisions},
        table=[(point, *_sides(point.number, agreed.decisions)) for point in text.points],
        apart=[(stance, [row for row in agreed.decisions if row.stance == stance]) for stance in APART],
        may_revise=may_revise_position(viewer(), position, is_compiled=is_compiled(position)),
    )


def _sides(number: int, decisions: list[Cosignature]) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """Who signs a point, who does not, and who asks for which other wording."""
    signing = [row for row in decisions if row.stance in SIGNING]
    asking = [(row.organisation.name, row.decision.conditions[number]) for row in signing
              if number in row.decision.conditions]  # fmt: skip
    excepting = [row.organisation.name for row in signing if number in row.decision.excepted]
    return [row.organisation.name for row in signing if row.decision.signs(number)], excepting, asking
