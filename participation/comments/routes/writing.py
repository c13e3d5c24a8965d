"""Posting, replying, editing."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from participation.comments import operations
from participation.comments.forms import CommentForm, EditForm, ReplyForm
from participation.comments.models import CommentKind, WordingAction
from participation.comments.queries import Place, comment_by_id, place_in_text
from participation.comments.rules import may_edit_comment, may_post_comment, may_reply_to_comment
from participation.consultations.models import Consultation
from participation.consultations.queries import consultation_by_slug
from participation.foundation.access import demand
from participation.foundation.database import Conflict, NotFound
from participation.foundation.language import _
from participation.web.limits import limiter
from participation.web.signin import viewer

from .acts import acting_organisation
from .addresses import edited, posted
from .blueprint import AT_MOST, blueprint
from .proposals import edit_proposal
from .threads import index_page, thread_page


@blueprint.post("/consultations/<slug>/comments")
@limiter.limit(AT_MOST)
def post(slug: str) -> ResponseReturnValue:
    person, organisation = viewer(), acting_organisation()
    consultation = consultation_by_slug(slug, person)
    demand(may_post_comment(person, consultation, organisation))
    place = _place_written_about(consultation)
    form = CommentForm()
    form.fit_to(place)
    if not form.validate_on_submit():
        page = thread_page(consultation, place, form) if place.provision else index_page(consultation, place, form)
        return page, 422
    action, wording = form.proposed
    comment = operations.post_comment(
        person,
        organisation,
        consultation,
        place,
        kind=CommentKind(form.kind.data),
        source=form.source.data,
        wording_action=action,
        wording=wording,
        passage=form.passage,
        seen=form.seen.data or "",
        form_key=form.key,
    )
    return posted(comment)


@blueprint.route("/comments/<int:comment_id>/replies", methods=["GET", "POST"])
@limiter.limit(AT_MOST, methods=["POST"])
def reply(comment_id: int) -> ResponseReturnValue:
    person, organisation = viewer(), acting_organisation()
    comment = comment_by_id(comment_id, person)
    demand(may_reply_to_comment(person, comment, comment.consultation, organisation))
    form = ReplyForm()
    if form.validate_on_submit():
        made = operations.reply_to_comment(person, organisation, comment, source=form.source.data, form_key=form.key)
        return posted(made)
    return render_template("comments/reply.html", comment=comment, form=form), 422 if form.errors else 200


@blueprint.route("/comments/<int:comment_id>/edit", methods=["GET", "POST"])
def edit(comment_id: int) -> ResponseReturnValue:
    person = viewer()
    comment = comment_by_id(comment_id, person)
    demand(may_edit_comment(person, comment, comment.consultation))
    if comment.further_changes or comment.wording_action is WordingAction.MOVE:
        return edit_proposal(comment)
    form = EditForm()
    form.fit_to(comment)
    if not form.validate_on_submit():
        return render_template("comments/edit.html", comment=comment, form=form), 422 if form.errors else 200
    action, wording = form.proposed
    operations.edit_comment(
        person,
        comment,
        source=form.source.data,
        wording_action=action,
        wording=wording,
        seen_revision=form.seen_revision,
    )
    return edited(comment)


def _place_written_about(consultation: Consultation) -> Place:
    gone = Conflict(
        _("The provision that you commented on is no longer in the draft: it was joined with another or dropped.")
    )
    try:
        place = place_in_text(consultation, request.form.get("provision_key", ""))
    except NotFound:
        raise gone from None
    if place.is_gone:
        raise gone
    return place
