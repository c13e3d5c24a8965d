"""A Word file comes back: it is read, shown, and posted."""

from __future__ import annotations

from html import escape
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.comments.routes.acts import acting_organisation
from participation.consultations.forms.drafts import given_name
from participation.consultations.models import Consultation
from participation.consultations.models.doubts import words_of_refusal
from participation.consultations.queries import consultation_by_slug, published_version
from participation.foundation.access import demand
from participation.foundation.database import NotFound, pause
from participation.foundation.language import _, force_locale, labels_of_changes, ngettext
from participation.texts.differing import word_diff_html
from participation.texts.provisions import Unreadable
from participation.texts.word.finding import find_proposals
from participation.texts.word.findings import Findings
from participation.texts.word.process import read_edited
from participation.texts.word.redline import Redline
from participation.web.limits import limiter
from participation.web.signin import viewer

from .. import operations, queries
from ..forms import LoadForm, PostForm
from ..models import MOST_ITEMS, EditedFile
from ..rules import may_load_redline, may_post_redline
from .blueprint import blueprint

# Each file is read while its sender waits.
FILES_AT_MOST = "30 per hour"
NOT_READABLE = 422


@blueprint.route("/consultations/<slug>/word", methods=["GET", "POST"])
@limiter.limit(FILES_AT_MOST, methods=["POST"])
def load(slug: str) -> ResponseReturnValue:
    consultation = consultation_by_slug(slug, viewer())
    demand(may_load_redline(viewer(), consultation, acting_organisation()))
    form = LoadForm()
    if not form.validate_on_submit():
        return _form_page(form, consultation)
    made = queries.edited_file_by_form_key(form.key)
    if made is not None and made.created_by_id == viewer().id:
        return redirect(url_for(".preview", key=made.key), 303)
    name, content = given_name(form.file.data.filename), bytes(form.file.data.read())
    # Reading takes a second: no lock is held meanwhile.
    pause()
    try:
        redline = read_edited(content, name)
    except Unreadable as refusal:
        return _refused(form, slug, words_of_refusal(refusal.code, refusal.details))
    return _keep(form, slug, name, redline)


@blueprint.get("/word/<key>")
def preview(key: str) -> str:
    edited = queries.edited_file(key, viewer())
    return _preview_page(edited)


@blueprint.post("/word/<key>")
@limiter.limit(FILES_AT_MOST)
def post(key: str) -> ResponseReturnValue:
    edited, organisation = queries.edited_file(key, viewer()), acting_organisation()
    demand(may_post_redline(viewer(), edited, organisation))
    chosen = PostForm.chosen(request)
    if not chosen & {item["number"] for item in edited.items}:
        return _preview_page(edited, str(_("Nothing is chosen. Choose what to post, or leave this page."))), 422
    posted = operations.post_redline(viewer(), organisation, edited, chosen)
    flash(
        str(ngettext("%(num)s comment is published.", "%(num)s comments are published.", len(posted))),
        "done",
    )
    answering = [item["number"] for item in edited.items if item["number"] in chosen and item.get("answers")]
    alone = len(answering) - sum(one.parent_id is not None for one in posted)
    if alone > 0:
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
    return redirect(url_for("comments.index", slug=edited.consultation.slug), 303)


def _keep(form: LoadForm, slug: str, name: str, redline: Redline) -> ResponseReturnValue:
    """Match what was read with the draft, and keep what is new."""
    consultation, organisation = consultation_by_slug(slug, viewer()), acting_organisation()
    version = published_version(consultation)
    if version is None:
        raise NotFound(slug)
    spoken = queries.spoken_on(consultation)
    draft = queries.draft_in_word(consultation, version, spoken)
    findings = find_proposals(redline, draft.title, draft.provisions, draft.keys)
    sorted_out = queries.sorted_findings(
        findings, version, draft, spoken, queries.hidden_on(consultation), organisation.id if organisation else None
    )
    reason = _reason_against(redline, findings, sorted_out)
    if reason:
        return _refused(form, slug, reason)
    edited = operations.load_redline(viewer(), organisation, consultation, name, sorted_out, form_key=form.key)
    return redirect(url_for(".preview", key=edited.key), 303)


def _reason_against(redline: Redline, findings: Findings, found: queries.Sorted) -> Any:
    """Why nothing can be made of a file that could be read; empty if something can."""
    if findings.is_another_document:
        return _("This is another document: hardly any of its words stand in this draft. Choose the right file.")
    if redline.is_untouched and not found.items:
        return _(
            "There are no tracked changes and no comments in the file. Switch on Review → Track Changes in Word, "
            "make your changes and choose the file again."
        )
    if not found.items and not found.left:
        return _("Everything in this file has been posted already.")
    if len(found.items) > MOST_ITEMS:
        return ngettext(
            "There is %(num)s change or comment in the file; %(most)s are possible. Divide the file.",
            "There are %(num)s changes and comments in the file; %(most)s are possible. Divide the file.",
            len(found.items),
            most=MOST_ITEMS,
        )
    return ""


def _refused(form: LoadForm, slug: str, reason: Any) -> ResponseReturnValue:
    form.file.errors = [*form.file.errors, reason]
    return _form_page(form, consultation_by_slug(slug, viewer()))


def _form_page(form: LoadForm, consultation: Consultation) -> ResponseReturnValue:
    page = render_template("redlines/load.html", form=form, consultation=consultation)
    return page, NOT_READABLE if form.errors or form.file.errors else 200


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
