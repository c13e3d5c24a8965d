"""A draft comes in, or goes again before it was published."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from participation.foundation.access import demand
from participation.foundation.language import _
from participation.texts.reading.formats import MAXIMUM_BYTES
from participation.web.limits import limiter
from participation.web.paging import page_number
from participation.web.signin import viewer

from .. import operations, queries
from ..forms import PublishForm, UploadForm
from ..rules import may_discard_consultation, may_lead_consultation, may_upload_draft
from .blueprint import FILES_AT_MOST, blueprint
from .imports import refuse

TOO_LARGE, NOT_READABLE = 413, 422


@blueprint.get("/consultations")
def index() -> str:
    demand(may_lead_consultation(viewer()))
    page = queries.led_consultations(page_number())
    return render_template(
        "consultations/desk/index.html",
        page=page,
        counts=queries.comment_counts(page.items),
        imports=queries.imports_to_mind(viewer()),
    )


@blueprint.route("/consultations/new", methods=["GET", "POST"])
@limiter.limit(FILES_AT_MOST, methods=["POST"])
def upload() -> ResponseReturnValue:
    demand(may_upload_draft(viewer()))
    form = UploadForm()
    if not form.is_submitted():
        return render_template("consultations/desk/upload.html", form=form)
    if not form.validate():
        return render_template("consultations/desk/upload.html", form=form), NOT_READABLE
    made = queries.import_by_form_key(form.key)
    if made is None:
        sent = form.sent()
        if len(sent.content) > MAXIMUM_BYTES:
            refuse(form, "too_large", {"limit": str(MAXIMUM_BYTES)})
            return render_template("consultations/desk/upload.html", form=form), TOO_LARGE
        made = operations.start_import(viewer(), sent, form_key=form.key)
    return redirect(url_for(".follow", key=made.key), 303)


@blueprint.route("/consultations/<slug>/discard", methods=["GET", "POST"])
def discard(slug: str) -> ResponseReturnValue:
    consultation = queries.consultation_by_slug(slug, viewer())
    demand(may_discard_consultation(viewer(), consultation))
    form = PublishForm()
    if not form.validate_on_submit():
        return render_template("consultations/desk/discard.html", form=form, consultation=consultation)
    title = consultation.title
    operations.discard_consultation(viewer(), consultation)
    flash(str(_("“%(title)s” was discarded with its file. It had not been published.", title=title)), "done")
    return redirect(url_for(".index"), 303)
