"""The directory of members, and the page of each organisation."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from participation.foundation import geography, region
from participation.foundation.access import demand
from participation.foundation.language import _, language_now
from participation.organisations import operations, queries
from participation.organisations.forms import PresentationForm, municipality_choices
from participation.organisations.rules import (
    may_apply_for_admission,
    may_edit_organisation,
    may_release_organisation,
    may_request_membership,
    may_see_people,
)
from participation.submissions.queries.adoption import Adoption, adoption_of_organisation, latest_adopted_of
from participation.submissions.queries.tallies import tally_of_organisation
from participation.web.filters import quoted
from participation.web.limits import limiter
from participation.web.paging import page_number
from participation.web.signin import viewer

from .blueprint import blueprint


@blueprint.get("/organisations")
def index() -> str:
    here = region.current()
    language = language_now()
    asked = {name: request.args.get(name, "")[:100] for name in ("area", "municipality", "field", "words")}
    sought = queries.Sought(asked["area"], asked["municipality"], asked["field"], asked["words"])
    return render_template(
        "organisations/index.html",
        page=queries.directory(sought, page_number()),
        sought=sought,
        areas=[(area.key, area.name.in_language(language)) for area in here.areas],
        municipalities=municipality_choices(),
        fields=[(topic.key, topic.name.in_language(language)) for topic in here.topics],
        narrowed_by=_narrowed_by(asked),
        map=geography.shaded(here, queries.members_by_municipality()),
        may_apply=may_apply_for_admission(viewer()),
    )


def _narrowed_by(asked: dict[str, str]) -> list[tuple[str, str]]:
    """What narrows the directory, in words, each with the address of the directory without it."""
    here = region.current()
    language = language_now()
    names: dict[str, dict[str, str]] = {
        "area": {area.key: area.name.in_language(language) for area in here.areas},
        "municipality": {place.code: place.name for place in here.municipalities},
        "field": {topic.key: topic.name.in_language(language) for topic in here.topics},
        "words": {asked["words"]: quoted(asked["words"])},
    }
    values: dict[str, Any] = {name: value for name, value in asked.items() if value.strip()}
    return [
        (names[name][value], url_for("organisations.index", **{key: values[key] for key in values if key != name}))
        for name, value in values.items()
        if value in names[name]
    ]


@blueprint.get("/organisations/<slug>")
def show(slug: str) -> str:
    person = viewer()
    organisation = queries.visible_organisation(slug, person)
    adoption = adoption_of_organisation(organisation) if organisation.is_known_to_all else Adoption()
    return render_template(
        "organisations/show.html",
        organisation=organisation,
        adoption=adoption,
        adopted_points=latest_adopted_of(organisation) if adoption.compared else [],
        voice=queries.voice_of(organisation) if organisation.is_known_to_all else None,
        tally=tally_of_organisation(organisation) if organisation.is_known_to_all else None,
        place=queries.place_of(person, organisation),
        may_request=may_request_membership(person, organisation),
        may_see_people=may_see_people(person, organisation),
        may_edit=may_edit_organisation(person, organisation),
        may_release=may_release_organisation(person, organisation),
    )


@blueprint.route("/organisations/<slug>/edit", methods=["GET", "POST"])
def edit(slug: str) -> Any:
    person = viewer()
    organisation = queries.visible_organisation(slug, person)
    demand(may_edit_organisation(person, organisation))
    form = PresentationForm(obj=organisation)
    if request.method == "POST" and form.validate():
        operations.edit_organisation(person, organisation, form.presentation())
        flash(str(_("Saved. The directory shows it at once.")), "done")
        return redirect(url_for("organisations.show", slug=slug), 303)
    page = render_template("organisations/edit.html", organisation=organisation, form=form)
    return page, 422 if form.errors else 200


@blueprint.post("/organisations/<slug>/requests")
@limiter.limit("20 per hour")
def request_membership(slug: str) -> Response:
    person = viewer()
    organisation = queries.visible_organisation(slug, person)
    demand(may_request_membership(person, organisation))
    operations.request_membership(person, organisation)
    flash(
        str(
            _(
                "%(organisation)s was asked. Its representative decides, and you will get an email.",
                organisation=organisation.name,
            )
        ),
        "done",
    )
    return redirect(url_for("organisations.show", slug=slug), 303)
