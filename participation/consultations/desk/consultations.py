"""Describing, publishing, extending and concluding a consultation."""

from __future__ import annotations

from typing import cast

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from participation.bodies.queries import all_bodies
from participation.foundation import clock
from participation.foundation.access import demand
from participation.foundation.language import _
from participation.texts.provisions import Kind
from participation.web.filters import day
from participation.web.signin import viewer

from .. import operations, queries
from ..forms import ConcludeForm, DescribeForm, ExtendForm, PublishForm
from ..models import Consultation, legal_period, timetable_backwards, timetable_now
from ..models.kinds import label_of
from ..models.timeline import timeline_of
from ..rules import (
    may_conclude_consultation,
    may_describe_consultation,
    may_extend_deadline,
    may_lead_consultation,
    may_publish_consultation,
)
from .blueprint import blueprint


@blueprint.route("/consultations/<slug>/fields", methods=["GET", "POST"])
def describe(slug: str) -> ResponseReturnValue:
    consultation = queries.consultation_by_slug(slug, viewer())
    demand(may_describe_consultation(viewer(), consultation))
    form = DescribeForm(consultation, all_bodies())
    if not form.is_submitted():
        return render_template("consultations/desk/describe.html", form=form, consultation=consultation)
    if not form.validate():
        return render_template("consultations/desk/describe.html", form=form, consultation=consultation), 422
    description = cast("operations.Description", form.description())
    operations.describe_consultation(viewer(), consultation, description, revision=form.revision.data)
    period = legal_period(consultation)
    told = _("The fields are saved. Readers see them at once.")
    flash(
        str(told if consultation.is_public else _("The fields are saved. Look at everything, then publish.")), "done"
    )
    if period is not None and period.is_too_short:
        flash(str(_("The official period is shorter than the law allows. Readers are told so.")), "warning")
    if consultation.is_public:
        return redirect(url_for("consultations.show", slug=consultation.slug), 303)
    return redirect(url_for(".publish", slug=consultation.slug), 303)


@blueprint.route("/consultations/<slug>/publish", methods=["GET", "POST"])
def publish(slug: str) -> ResponseReturnValue:
    """What will be published, in words; the button does it."""
    consultation = queries.consultation_by_slug(slug, viewer())
    demand(may_lead_consultation(viewer()))
    form = PublishForm()
    if form.validate_on_submit():
        operations.publish_consultation(viewer(), consultation)
        flash(_told_of_publication(consultation), "done")
        return redirect(url_for("consultations.show", slug=consultation.slug), 303)
    version = queries.text_version(consultation)
    counts = queries.kind_counts(version)
    return render_template(
        "consultations/desk/publish.html",
        form=form,
        consultation=consultation,
        version=version,
        counts=[(label_of(kind), counts[kind]) for kind in Kind if kind in counts],
        attachments=queries.attachments_of(consultation),
        period=legal_period(consultation),
        timetable=timetable_now(consultation),
        backwards=timetable_backwards(consultation),
        steps=timeline_of(consultation, clock.today()),
        may_publish=may_publish_consultation(viewer(), consultation, sum(counts.values())),
    )


@blueprint.route("/consultations/<slug>/deadlines", methods=["GET", "POST"])
def extend(slug: str) -> ResponseReturnValue:
    consultation = queries.consultation_by_slug(slug, viewer())
    demand(may_extend_deadline(viewer(), consultation))
    form = ExtendForm(consultation)
    if not form.validate_on_submit():
        page = render_template(
            "consultations/desk/extend.html",
            form=form,
            consultation=consultation,
            timetable=timetable_now(consultation),
            backwards=timetable_backwards(consultation),
        )
        return page, 422 if form.is_submitted() else 200
    operations.extend_deadline(
        viewer(), consultation, form.dates(), form.because.data or "", revision=form.revision.data
    )
    flash(
        str(_("The deadline is moved. The change and its reason stand on the page of the consultation from now on.")),
        "done",
    )
    return redirect(url_for("consultations.show", slug=consultation.slug), 303)


@blueprint.route("/consultations/<slug>/conclude", methods=["GET", "POST"])
def conclude(slug: str) -> ResponseReturnValue:
    consultation = queries.consultation_by_slug(slug, viewer())
    demand(may_lead_consultation(viewer()))
    form = ConcludeForm()
    if form.validate_on_submit():
        operations.conclude_consultation(viewer(), consultation)
        flash(
            str(_("The consultation is concluded. It stays readable; nothing can be added to it any more.")), "done"
        )
        return redirect(url_for("consultations.show", slug=consultation.slug), 303)
    return render_template(
        "consultations/desk/conclude.html",
        form=form,
        consultation=consultation,
        may_conclude=may_conclude_consultation(viewer(), consultation),
    )


def _told_of_publication(consultation: Consultation) -> str:
    return str(
        _(
            "The consultation is published. Comments are taken from %(first)s to %(last)s; "
            "the text can be mended until the first one.",
            first=day(consultation.opens_on),
            last=day(consultation.internal_deadline_on),
        )
    )
