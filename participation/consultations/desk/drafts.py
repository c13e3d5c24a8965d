"""A draft comes in, or goes again before it was published."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from participation.foundation import database
from participation.foundation.access import demand
from participation.foundation.language import _
from participation.texts.provisions import Reading, Unreadable
from participation.texts.reading import read_draft
from participation.web.paging import page_number
from participation.web.signin import viewer

from .. import operations, queries
from ..forms import PublishForm, UploadForm
from ..models import Consultation
from ..models.doubts import words_of_refusal
from ..rules import may_discard_consultation, may_lead_consultation, may_upload_draft
from .blueprint import blueprint

TOO_LARGE, NOT_OF_THIS_KIND, NOT_READABLE = 413, 415, 422
STATUSES = {
    "too_large": TOO_LARGE,
    "old_word": NOT_OF_THIS_KIND,
    "unknown_format": NOT_OF_THIS_KIND,
    "mislabelled": NOT_OF_THIS_KIND,
}


@blueprint.get("/consultations")
def index() -> str:
    demand(may_lead_consultation(viewer()))
    page = queries.led_consultations(page_number())
    return render_template("consultations/desk/index.html", page=page, counts=queries.comment_counts(page.items))


@blueprint.route("/consultations/new", methods=["GET", "POST"])
def upload() -> ResponseReturnValue:
    demand(may_upload_draft(viewer()))
    form = UploadForm()
    if not form.is_submitted():
        return render_template("consultations/desk/upload.html", form=form)
    if not form.validate():
        return render_template("consultations/desk/upload.html", form=form), NOT_READABLE
    made = queries.consultation_by_form_key(form.key)
    if made is not None:
        return _go_on(made)
    content = form.content()
    # Reading takes seconds: no transaction stays open meanwhile.
    database.pause()
    try:
        reading = read_draft(content, form.filename)
    except Unreadable as refusal:
        field = form.file if form.file.data else form.text
        field.errors = [*field.errors, words_of_refusal(refusal.code, refusal.details)]
        return render_template("consultations/desk/upload.html", form=form), STATUSES.get(refusal.code, NOT_READABLE)
    return _go_on(_take_in(form, reading, content))


def _take_in(form: UploadForm, reading: Reading, content: bytes) -> Consultation:
    consultation = operations.upload_draft(
        viewer(),
        reading,
        content,
        form.filename,
        form.media_type,
        title=form.title.data or _untitled(form, reading),
        internal_deadline_on=form.internal_deadline_on.data,
        is_express=form.is_express.data,
        form_key=form.key,
    )
    if form.is_express.data and not reading.warnings:
        operations.publish_consultation(viewer(), consultation)
    return consultation


def _untitled(form: UploadForm, reading: Reading) -> str:
    """A file without a title is known by its name; a pasted text has none."""
    is_known = form.file.data or all(doubt.code != "title_missing" for doubt in reading.warnings)
    return "" if is_known else str(_("Draft without a title"))


def _go_on(consultation: Consultation) -> ResponseReturnValue:
    if consultation.is_public:
        flash(str(_("The consultation is published. Members can comment from now on.")), "done")
        return redirect(url_for("consultations.show", slug=consultation.slug), 303)
    flash(str(_("The draft was read. Compare the text with the file, then fill in the fields and publish.")), "done")
    return redirect(url_for(".text", slug=consultation.slug), 303)


@blueprint.route("/consultations/<slug>/discard", methods=["GET", "POST"])
def discard(slug: str) -> ResponseReturnValue:
    consultation = queries.consultation_by_slug(slug, viewer())
    demand(may_discard_consultation(viewer(), consultation))
    form = PublishForm()
    if not form.validate_on_submit():
        return render_template("consultations/desk/discard.html", form=form, consultation=consultation)
    title = consultation.title
    operations.discard_consultation(viewer(), consultation)
    flash(str(_("“%(title)s” was discarded with its file.", title=title)), "done")
    return redirect(url_for(".index"), 303)
