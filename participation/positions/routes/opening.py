"""Opening a position for co-signing."""

from __future__ import annotations

from datetime import date, timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from participation.consultations.models import StageKey, timetable_now
from participation.foundation import clock, region
from participation.foundation.access import demand
from participation.foundation.language import _
from participation.web.signin import viewer

from ..forms import OpenForm
from ..models import Position, canonical_bytes, fingerprint, text_from
from ..operations import open_position
from ..queries import left_out_of, position_by_slug, unexplained_count
from ..rules import day_for_cosigning, may_open_position
from .blueprint import blueprint

USUAL_PERIOD = timedelta(days=14)  # where the consultation has no official deadline


@blueprint.route("/positions/<slug>/open", methods=["GET", "POST"], endpoint="open")
def open_for_cosigning(slug: str) -> ResponseReturnValue:
    position = position_by_slug(slug, viewer())
    form = OpenForm(until=_usual_last_day(position))
    if not form.is_submitted():
        demand(may_open_position(viewer(), position))
        return _page(position, form)
    if not _is_valid(position, form):
        demand(may_open_position(viewer(), position))
        return _page(position, form), 422
    version = open_position(viewer(), position, until=form.until.data, sha256_seen=form.sha256_seen.data)
    flash(
        str(
            _(
                "The text is frozen as version %(number)s and open for co-signing. "
                "The representatives of all member organisations get a mail.",
                number=version.number,
            )
        ),
        "done",
    )
    return redirect(url_for("positions.show", slug=slug), 303)


def _is_valid(position: Position, form: OpenForm) -> bool:
    if not form.validate():
        return False
    verdict = day_for_cosigning(position, form.until.data)
    if not verdict:
        form.until.errors = [*form.until.errors, verdict.reason]
    return bool(verdict)


def _usual_last_day(position: Position) -> date:
    timetable = timetable_now(position.consultation)
    if timetable is None:
        return clock.today() + USUAL_PERIOD
    return max(timetable.stage(StageKey.COSIGNING).last, clock.today())


def _page(position: Position, form: OpenForm) -> str:
    """Shows the very bytes that would be frozen, read back from them."""
    canonical = canonical_bytes(position, len(position.versions) + 1)
    form.sha256_seen.data = fingerprint(canonical)
    own, until = region.current().own_periods.cosigning, form.until.data
    days = (until - clock.today()).days + 1 if until else own
    return render_template(
        "positions/open.html",
        position=position,
        form=form,
        text=text_from(canonical, position),
        own_days=own,
        days=days if 0 < days < own else None,
        left_out=left_out_of(position, len(position.versions) + 1),
        unexplained=unexplained_count(position),
    )
