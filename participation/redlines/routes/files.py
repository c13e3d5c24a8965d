"""A Word file comes back: it is read by the worker, shown, and posted."""

from __future__ import annotations

from html import escape
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.comments.routes.acts import acting_organisation
from participation.consultations.forms.drafts import given_name
from participation.consultations.models import Consultation, ImportState
from participation.consultations.models.doubts import words_of_refusal
from participation.consultations.models.progress import words_of_delay
from participation.consultations.queries import consultation_by_slug
from participation.foundation.access import demand
from participation.foundation.language import _, force_locale, labels_of_changes, ngettext
from participation.foundation.outbox import State
from participation.texts.differing import word_diff_html
from participation.texts.reading.formats import MAXIMUM_BYTES
from participation.web.limits import limiter
from participation.web.signin import viewer

from .. import operations, queries
from ..forms import LoadForm, PostForm
from ..models import MOST_ITEMS, EditedFile, Refusal
from ..rules import may_load_redline, may_post_redline
from .blueprint import blueprint

# Each file takes the worker a second.
FILES_AT_MOST = "30 per hour"
NOT_READABLE, TOO_LARGE = 422, 413


@blueprint.route("/consultations/<slug>/word", methods=["GET", "POST"])
@limiter.limit(FILES_AT_MOST, methods=["POST"])
def load(slug: str) -> ResponseReturnValue:
    consultation = consultation_by_slug(slug, viewer())
    demand(may_load_redline(viewer(), consultation, acting_organisation()))
    form = LoadForm()
    if not form.validate_on_submit():
        return _form_page(form, consultation), NOT_READABLE if form.errors else 200
    name, content = given_name(form.file.data.filename), bytes(form.file.data.read())
    if len(content) > MAXIMUM_BYTES:
        _refuse(form, words_of_refusal("too_large", {"limit": str(MAXIMUM_BYTES)}))
        return _form_page(form, consultation), TOO_LARGE
    edited = operations.load_redline(viewer(), acting_organisation(), consultation, name, content, form_key=form.key)
    return redirect(url_for(".preview", key=edited.key), 303)


@blueprint.get("/word/<key>")
def preview(key: str) -> str:
    """What was found in the file; before that how far its reading is, or why nothing came of it."""
    edited = queries.edited_file(key, viewer())
    if edited.state is ImportState.READING:
        return _reading_page(edited)
    if edited.state is ImportState.REFUSED:
        form = LoadForm()
        _refuse(form, _words_against(edited))
        return _form_page(form, edited.consultation)
    return _preview_page(edited)


@blueprint.post("/word/<key>")
@limiter.limit(FILES_AT_MOST)
def post(key: str) -> ResponseReturnValue:
    edited, organisation = queries.edited_file(key, viewer()), acting_organisation()
    demand(may_post_redline(viewer(), edited, organisation))
    chosen = PostForm.chosen(request) & {item["number"] for item in edited.items}
    if not chosen:
        return _preview_page(edited, str(_("Nothing is chosen. Choose what to post, or leave this page."))), 422
    posted = operations.post_redline(viewer(), organisation, edited, chosen)
    flash(
        str(ngettext("%(num)s comment is published.", "%(num)s comments are published.", len(posted))),
        "done",
    )
    answering = sum(bool(item.get("answers")) for item in edited.items if item["number"] in chosen)
    alone = answering - sum(one.parent_id is not None for one in posted)
    if alone:
        flash(
            str(
                ngettext(
                    "%(num)s reply stands as a comment of its own: what it answers cannot be replied to.",
                    "%(num)s replies stand as comments of their own: what they answer cannot be replied to.",
                    alone,
                )
            ),
            "warning",
        )
    # Among all comments on a long draft nobody would find the new ones; replies stand below those of others.
    own = organisation.id if organisation and any(one.parent_id is None for one in posted) else None
    return redirect(url_for("comments.index", slug=edited.consultation.slug, organisation=own), 303)


def _refuse(form: LoadForm, reason: Any) -> None:
    form.file.errors = [*form.file.errors, reason]


def _words_against(edited: EditedFile) -> Any:
    """Why nothing was made of a file."""
    count = int(edited.refusal_details.get("count", 0))
    words: dict[str, Any] = {
        Refusal.ANOTHER_DOCUMENT: _(
            "This is another document: hardly any of its words stand in this draft. Choose the right file."
        ),
        Refusal.UNTOUCHED: _(
            "There are no tracked changes and no comments in the file. Switch on Review → Track Changes in Word, "
            "make your changes and choose the file again."
        ),
        Refusal.ALL_KNOWN: _("Everything in this file has been posted already."),
        Refusal.TOO_MUCH: ngettext(
            "There is %(num)s change or comment in the file; %(most)s are possible. Divide the file.",
            "There are %(num)s changes and comments in the file; %(most)s are possible. Divide the file.",
            count,
            most=MOST_ITEMS,
        ),
        Refusal.NOT_ALLOWED: _("You may no longer comment on this draft, so nothing was made of the file."),
        Refusal.NO_DRAFT: _("The draft is no longer published, so nothing was made of the file."),
    }
    return words.get(edited.refusal) or words_of_refusal(edited.refusal, edited.refusal_details)


def _form_page(form: LoadForm, consultation: Consultation) -> str:
    return render_template("redlines/load.html", form=form, consultation=consultation)


def _reading_page(edited: EditedFile) -> str:
    work = queries.work_of(edited)
    return render_template(
        "redlines/reading.html",
        edited=edited,
        consultation=edited.consultation,
        delay=words_of_delay(work) if work is not None else "",
        is_moving=work is not None and work.state is not State.DEAD,
    )


def _preview_page(edited: EditedFile, wrong: str = "") -> str:
    return render_template(
        "redlines/preview.html",
        edited=edited,
        consultation=edited.consultation,
        differences={item["number"]: _difference(item, edited) for item in edited.items if item["action"]},
        left=[one | {"difference": _marked(one["before"], one["after"], edited)} for one in edited.left],
        may_post=may_post_redline(viewer(), edited, acting_organisation()),
        wrong=wrong,
    )


def _difference(item: dict[str, Any], edited: EditedFile) -> str:
    """The words that go and come, as the comment will show them."""
    if item["action"] == "move":
        with force_locale(edited.consultation.language):
            return escape(_moved_to(item["after_path"]))
    return _marked("" if item["action"] == "add" else item["existing"], item["wording"], edited)


def _moved_to(place: str) -> str:
    return str(_("To stand after: %(place)s", place=place) if place else _("To stand at the beginning of the text"))


def _marked(before: str, after: str, edited: EditedFile) -> str:
    return word_diff_html(before, after, labels_of_changes(edited.consultation.language))
