"""Proposals that change several provisions, or move them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from participation.comments import operations
from participation.comments.forms import MOST_PROVISIONS, EditProposalForm, ProposalForm
from participation.comments.models import Comment, CommentKind, WordingChange, changes_html
from participation.comments.queries import place_in_text
from participation.comments.rules import may_post_comment
from participation.consultations.models import Consultation, Provision
from participation.consultations.queries import as_texts, consultation_by_slug, provisions_of, published_version
from participation.foundation.access import demand
from participation.foundation.database import Conflict, NotFound
from participation.foundation.language import _
from participation.texts.trees import Tree
from participation.web.limits import limiter
from participation.web.signin import viewer

from .acts import acting_organisation
from .addresses import edited, posted
from .blueprint import AT_MOST, blueprint


@dataclass(frozen=True)
class Range:
    """The provisions of a draft that are worked on; `is_cut` where more were asked for than a proposal can have."""

    chosen: Sequence[Provision]
    is_cut: bool = False

    @property
    def first(self) -> str:
        return self.chosen[0].key if self.chosen else ""

    @property
    def last(self) -> str:
        return self.chosen[-1].key if self.chosen else ""


@blueprint.route("/consultations/<slug>/proposals/new", methods=["GET", "POST"])
@limiter.limit(AT_MOST, methods=["POST"])
def propose(slug: str) -> ResponseReturnValue:
    person, organisation = viewer(), acting_organisation()
    consultation = consultation_by_slug(slug, person)
    demand(may_post_comment(person, consultation, organisation))
    text = _text(consultation)
    chosen = range_of(text, request.args.get("from", ""), request.args.get("to", ""))
    form = ProposalForm()
    _fit(form, text, chosen.chosen)
    draft = place_in_text(consultation, "")
    if not form.is_submitted():
        form.seen.data = draft.seen
        return _page(form, consultation, text, chosen)
    if not form.validate():
        return _page(form, consultation, text, chosen), 422
    if "preview" in request.form:
        return _page(form, consultation, text, chosen, preview_of(form, consultation.language))
    first, *further = form.changes
    place = place_in_text(consultation, first.provision.key)
    comment = operations.post_comment(
        person,
        organisation,
        consultation,
        place,
        kind=CommentKind.WORDING,
        source=form.source.data,
        wording_action=first.action,
        wording=first.wording,
        after=first.after,
        further=further,
        # Who saw this version of the draft saw this provision of it.
        seen=place.seen if form.seen.data == draft.seen else "",
        form_key=form.key,
    )
    return posted(comment)


def edit_proposal(comment: Comment) -> ResponseReturnValue:
    """The page for other words of a proposal of several changes, and what was sent from it."""
    proposed = comment.changes
    touched = {change.provision.id: change.provision for change in proposed}
    form = EditProposalForm(source=comment.source, revision=str(comment.revision))
    text = provisions_of(comment.version)
    _fit(form, text, sorted(touched.values(), key=lambda one: one.position), proposed)
    if not form.validate_on_submit() or "preview" in request.form:
        preview = preview_of(form, comment.language) if form.is_submitted() and not form.errors else ""
        page = render_template("comments/edit_proposal.html", comment=comment, form=form, preview=preview)
        return page, 422 if form.errors or form.form_errors else 200
    first, *further = form.changes
    if first.provision is not comment.provision:
        # It is read where it was posted, so what it does there comes first.
        own = next((one for one in form.changes if one.provision is comment.provision), None)
        if own is None:
            form.form_errors.append(str(_("Keep a change of the first provision: the proposal is read there.")))
            return render_template("comments/edit_proposal.html", comment=comment, form=form, preview=""), 422
        first, further = own, [one for one in form.changes if one is not own]
    operations.edit_comment(
        viewer(),
        comment,
        source=form.source.data,
        wording_action=first.action,
        wording=first.wording,
        after=first.after,
        further=further,
        seen_revision=form.seen_revision,
    )
    return edited(comment)


def range_of(text: Sequence[Provision], first: str, last: str) -> Range:
    """From one provision to another; without the other, the article that the one belongs to or heads."""
    at = {one.key: place for place, one in enumerate(text)}
    if first not in at:
        return Range([])
    start = at[first]
    if last in at:
        start, stop = sorted((start, at[last]))
    else:
        tree = Tree(as_texts(text))
        home = tree.home_of(start)
        start = start if home is None else home
        stop = max([start, *tree.below[start], at[first]])
    asked = text[start : stop + 1]
    return Range(asked[:MOST_PROVISIONS], len(asked) > MOST_PROVISIONS)


def preview_of(form: ProposalForm | EditProposalForm, language: str) -> str:
    return changes_html(form.changes, language)


def _text(consultation: Consultation) -> list[Provision]:
    version = published_version(consultation)
    if version is None:
        raise NotFound(consultation.slug)
    return list(provisions_of(version))


def _fit(
    form: ProposalForm | EditProposalForm,
    text: Sequence[Provision],
    chosen: Sequence[Provision],
    proposed: Sequence[WordingChange] = (),
) -> None:
    try:
        form.fit_to(text, chosen, proposed)
    except KeyError:
        raise Conflict(
            _("The draft has a new text in which one of these provisions is gone. Read it again, then write anew.")
        ) from None


def _page(
    form: ProposalForm, consultation: Consultation, text: Sequence[Provision], chosen: Range, preview: str = ""
) -> str:
    return render_template(
        "comments/propose.html",
        form=form,
        consultation=consultation,
        text=text,
        chosen=chosen,
        most=MOST_PROVISIONS,
        preview=preview,
    )
