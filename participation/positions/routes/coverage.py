"""Who was asked about a text and what they answered, for everybody."""

from __future__ import annotations

from io import BytesIO

from flask import render_template, send_file
from flask.typing import ResponseReturnValue

from participation.foundation import geography, region
from participation.foundation.database import NotFound
from participation.foundation.language import _, language_now
from participation.texts.writing.tables import Table, table_csv
from participation.web.limits import limiter
from participation.web.signin import viewer

from ..models import SIGNING, Asked, Position, PositionVersion, Tally, text_of
from ..queries import Coverage, coverage_of, live_cosignatures, position_by_slug, signatures_by_municipality
from .blueprint import blueprint

AT_MOST = "60 per minute"


@blueprint.get("/positions/<slug>/coverage")
def coverage(slug: str) -> str:
    position, version = _frozen(slug)
    decisions = live_cosignatures(version.id)
    signed = [one for one in decisions if one.stance in SIGNING]
    found = coverage_of(position, version, decisions)
    return render_template(
        "positions/coverage.html",
        position=position,
        version=version,
        text=text_of(position),
        coverage=found,
        dimensions=_dimensions(found),
        answers=list(Asked),
        map=geography.shaded(region.current(), signatures_by_municipality(signed)) if signed else None,
    )


@blueprint.get("/positions/<slug>/coverage.csv")
@limiter.limit(AT_MOST)
def coverage_table(slug: str) -> ResponseReturnValue:
    position, version = _frozen(slug)
    found = coverage_of(position, version, live_cosignatures(version.id))
    return send_file(
        BytesIO(table_csv(_table(found), language_now())),
        mimetype="text/csv",
        as_attachment=True,
        download_name=f"{position.slug}-{_('coverage')}.csv",
        max_age=0,
    )


def _frozen(slug: str) -> tuple[Position, PositionVersion]:
    """Drafts are not asked about: NotFound."""
    position = position_by_slug(slug, viewer())
    if position.frozen is None:
        raise NotFound(slug)
    return position, position.frozen


def _dimensions(found: Coverage) -> list[tuple[str, str, list[Tally], str]]:
    """(key, heading, lines, what those without a name are) of each table."""
    outside, unknown = str(_("outside the region")), str(_("not known"))
    return [
        ("area", str(_("By area")), found.by_area, outside),
        ("municipality", str(_("By municipality")), found.by_municipality, outside),
        ("field", str(_("By field of work")), found.by_field, unknown),
    ]


def _table(found: Coverage) -> Table:
    heads = [str(_("Counted")), str(_("Name")), str(_("Were asked")), *(str(answer.label) for answer in Asked)]
    rows = [
        [heading, line.name or unnamed, str(line.total), *(str(line.counts.get(one, 0)) for one in Asked)]
        for _key, heading, lines, unnamed in [("", str(_("All")), [found.whole], ""), *_dimensions(found)]
        for line in lines
    ]
    return heads, rows, [20, 30, *[12] * (len(Asked) + 1)]
