"""Files beside the draft."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from participation.foundation.access import demand
from participation.foundation.language import _
from participation.web.limits import limiter
from participation.web.signin import viewer

from .. import operations, queries
from ..forms import AttachForm
from ..models import Consultation
from ..models.doubts import MEGABYTE
from ..rules import may_attach_file, may_detach_file, may_lead_consultation
from .blueprint import FILES_AT_MOST, blueprint


@blueprint.route("/consultations/<slug>/attachments", methods=["GET", "POST"])
@limiter.limit(FILES_AT_MOST, methods=["POST"])
def attach(slug: str) -> ResponseReturnValue:
    consultation = queries.consultation_by_slug(slug, viewer())
    demand(may_lead_consultation(viewer()))
    form = AttachForm()
    if not form.is_submitted():
        return _page(consultation, form)
    demand(may_attach_file(viewer(), consultation))
    if not form.validate():
        return _page(consultation, form), 422
    content = form.file.data.read()
    limit = current_app.config["SETTINGS"].upload_megabytes
    if not content or len(content) > limit * MEGABYTE:
        too_large = _("The file is larger than %(limit)s MB.", limit=limit)
        form.file.errors = [too_large if content else _("The file is empty. Choose another one.")]
        return _page(consultation, form), 413 if content else 422
    operations.attach_file(
        viewer(),
        consultation,
        content,
        form.filename,
        form.media_type,
        title=form.title.data or "",
        form_key=form.key,
    )
    told = _("The file is attached. Everybody can download it from the page of the consultation.")
    flash(str(told if consultation.is_public else _("The file is attached. It is published with the draft.")), "done")
    return redirect(url_for(".attach", slug=slug), 303)


@blueprint.post("/consultations/<slug>/attachments/<int:attachment_id>/detach")
def detach(slug: str, attachment_id: int) -> ResponseReturnValue:
    consultation = queries.consultation_by_slug(slug, viewer())
    demand(may_detach_file(viewer(), consultation))
    operations.detach_file(viewer(), consultation, queries.attachment_of(consultation, attachment_id))
    flash(str(_("The file was taken away. Nobody outside the office had seen it.")), "done")
    return redirect(url_for(".attach", slug=slug), 303)


def _page(consultation: Consultation, form: AttachForm) -> str:
    return render_template(
        "consultations/desk/attach.html",
        form=form,
        consultation=consultation,
        attachments=queries.attachments_of(consultation),
        may_attach=may_attach_file(viewer(), consultation),
        may_detach=may_detach_file(viewer(), consultation),
    )
