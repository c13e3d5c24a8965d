"""How far the reading of a draft is, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from participation.foundation.access import demand
from participation.foundation.outbox import State
from participation.web.signin import viewer

from .. import queries
from ..forms import UploadForm, VersionForm
from ..models import DraftImport, ImportState
from ..models.doubts import words_of_refusal
from ..models.progress import steps_of, words_of_delay
from ..rules import may_follow_import
from .blueprint import blueprint


@blueprint.get("/consultations/imports/<key>")
def follow(key: str) -> ResponseReturnValue:
    demand(may_follow_import(viewer()))
    found = queries.import_by_key(key)
    if found.state is ImportState.REFUSED and found.version_of is not None:
        form = VersionForm(text=_text_of(found))
        refuse(form, found.refusal, found.refusal_details)
        return render_template("consultations/desk/load_version.html", consultation=found.version_of, form=form)
    if found.state is ImportState.REFUSED:
        return render_template("consultations/desk/refused.html", found=found, form=_form_again(found))
    work = queries.work_of(found) if found.is_unfinished else None
    return render_template(
        "consultations/desk/follow.html",
        found=found,
        steps=steps_of(found),
        delay=words_of_delay(work) if work is not None else "",
        is_moving=work is not None and work.state is not State.DEAD,
        next=_next(found),
    )


def refuse(form: VersionForm, code: str, details: Mapping[str, Any]) -> None:
    """Say on the form why its file, or else its text, cannot be read."""
    field = form.text if form.text.data else form.file
    field.errors = [*field.errors, words_of_refusal(code, details)]


def _form_again(found: DraftImport) -> UploadForm:
    """The form as it was sent, but for the file, with the refusal beside its field."""
    form = UploadForm(
        text=_text_of(found),
        title=found.title,
        internal_deadline_on=found.internal_deadline_on,
        is_express=found.is_express,
    )
    refuse(form, found.refusal, found.refusal_details)
    return form


def _text_of(found: DraftImport) -> str:
    """What was pasted; a file that was refused is not kept."""
    return found.file.content.decode("utf-8", "replace") if found.is_pasted and found.file else ""


def _next(found: DraftImport) -> str:
    """Where the person goes on when the reading is over; empty before that."""
    if found.consultation is None:
        return ""
    if found.version_of_id is not None:
        return url_for(".matching", slug=found.consultation.slug)
    endpoint = "consultations.show" if found.consultation.is_public else ".text"
    return url_for(endpoint, slug=found.consultation.slug)
