"""The list of consultations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask import render_template, request, url_for

from participation.bodies.models import Level
from participation.foundation import geography, region
from participation.foundation.language import language_now
from participation.web.filters import quoted
from participation.web.paging import page_number
from participation.web.signin import viewer

from .. import queries
from ..models import Phase
from ..queries.lists import grouped
from ..rules import may_lead_consultation
from .blueprint import blueprint


@blueprint.get("/consultations")
def index() -> str:
    asked = queries.Filter(
        phase=request.args.get("phase", ""),
        topic=request.args.get("topic", ""),
        municipality=request.args.get("municipality", ""),
        body=request.args.get("body", ""),
        level=request.args.get("level", ""),
        words=request.args.get("words", "")[:200],
    )
    page = queries.published_consultations(asked, page_number())
    bodies = queries.bodies_with_consultations()
    open_now = queries.consultations_by_municipality()
    here, language = region.current(), language_now()
    return render_template(
        "consultations/index.html",
        asked=asked,
        narrowed_by=_narrowed_by(asked, {body.slug: body.name for body in bodies}),
        page=page,
        groups=grouped(page.items),
        counts=queries.comment_counts(page.items),
        bodies=[(body.slug, body.name) for body in bodies],
        topics=[(topic.key, topic.name.in_language(language)) for topic in here.topics],
        municipalities=[(one.code, one.name) for one in here.municipalities_by_name],
        phases=[phase for phase in Phase if phase is not Phase.PREPARING],
        levels=list(Level),
        map=geography.shaded(here, open_now.by_municipality) if open_now.by_municipality else None,
        whole_region=open_now.whole_region,
        chosen=asked.municipality,
        may_lead=may_lead_consultation(viewer()),
    )


def _narrowed_by(asked: queries.Filter, bodies: Mapping[str, str]) -> list[tuple[Any, str]]:
    """What narrows the list, in words, each with the address of the list without it; unknown values are left out."""
    here = region.current()
    language = language_now()
    names: dict[str, Mapping[str, Any]] = {
        "phase": {phase.value: phase.label for phase in Phase},
        "topic": {topic.key: topic.name.in_language(language) for topic in here.topics},
        "municipality": {place.code: place.name for place in here.municipalities},
        "body": bodies,
        "level": {level.value: level.label for level in Level},
        "words": {asked.words: quoted(asked.words)},
    }
    values = {name: value for name, value in asdict(asked).items() if value}
    return [
        (names[name][value], url_for("consultations.index", **{key: values[key] for key in values if key != name}))
        for name, value in values.items()
        if value in names[name]
    ]
