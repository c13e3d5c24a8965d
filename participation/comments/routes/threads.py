"""Reading comments: of one provision, of a whole consultation, one by its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.wrappers import Response

from participation.comments.forms import LONGEST_QUOTE, CommentForm
from participation.comments.models import CommentKind
from participation.comments.queries import (
    Filters,
    LinePage,
    Place,
    QuotedPassage,
    clashes_on,
    comment_by_id,
    comments_of,
    has_commented,
    heir_in_text,
    nil_return_of,
    organisations_that_commented,
    passages_in,
    place_in_text,
    thread_of,
)
from participation.comments.rules import may_give_nil_return, may_withdraw_nil_return
from participation.consultations.models import Consultation, Provision
from participation.consultations.queries import consultation_by_slug
from participation.foundation import region
from participation.foundation.collation import collation_key
from participation.foundation.language import language_now
from participation.submissions.queries import WayOn, ways_on_from_comments
from participation.unfinished.models import UnfinishedText
from participation.unfinished.queries import unfinished_text_at
from participation.web.paging import page_number
from participation.web.passages import anchors_of, words_with_passages
from participation.web.signin import viewer

from .acts import Acts, acting_organisation, judge
from .addresses import address_of
from .blueprint import blueprint


@dataclass(frozen=True)
class Asked:
    """What the reader asked for in the address; what makes no sense is as good as nothing."""

    kind: CommentKind | None
    organisation_id: int | None
    area: str

    @property
    def filters(self) -> Filters:
        codes = None
        if self.area:
            codes = frozenset(place.code for place in region.current().municipalities if place.area == self.area)
        return Filters(self.kind, self.organisation_id, codes)


@blueprint.get("/consultations/<slug>/provisions/<key>")
def thread(slug: str, key: str) -> ResponseReturnValue:
    consultation = consultation_by_slug(slug, viewer())
    place = place_in_text(consultation, key)
    heir = heir_in_text(consultation, key) if place.is_gone else None
    if heir is not None:
        return redirect(url_for(".thread", slug=slug, key=heir.key), 302)
    return thread_page(consultation, place, _new_form(place))


@blueprint.get("/consultations/<slug>/comments")
def index(slug: str) -> str:
    consultation = consultation_by_slug(slug, viewer())
    place = place_in_text(consultation, "")
    return index_page(consultation, place, _new_form(place))


@blueprint.get("/comments/<int:comment_id>")
def show(comment_id: int) -> Response:
    """The lasting address of a comment: leads to where it stands."""
    return redirect(address_of(comment_by_id(comment_id, viewer())), 302)


def thread_page(consultation: Consultation, place: Place, form: CommentForm) -> str:
    """The page of a provision; `form` may be one that came back with errors."""
    assert place.provision is not None  # noqa: S101  # A provision's key never finds the whole draft.
    page = thread_of(place.provision, viewer(), page_number())
    passages = passages_in(place.provision)
    acts = judge(consultation, page.items)
    has_wordings = any(line.wording_action for line in page.items)
    return render_template(
        "comments/thread.html",
        clashes=clashes_on(place.provision) if has_wordings and not place.is_gone else [],
        newest_version=place.newest,
        consultation=consultation,
        place=place,
        words=_words(place.provision, passages, page),
        passages=anchors_of(passages),
        page=page,
        form=form,
        acts=acts,
        unfinished=_unfinished(consultation, place.key, acts),
        ways_on=_ways_on(page),
    )


def _ways_on(page: LinePage) -> dict[int, WayOn]:
    carried = [line.id for line in page.items if line.is_carried]
    return ways_on_from_comments(carried, [line.id for line in page.items if line.is_weighed])


def _words(provision: Provision, passages: Sequence[QuotedPassage], page: LinePage) -> Markup:
    """The words of a provision; a passage leads to its comment, which may stand on another page of the thread."""
    here = {line.id: f"#{line.anchor}" for line in page.items}

    def address(number: int) -> str:
        return here.get(number) or url_for("comments.show", comment_id=number)

    return words_with_passages(provision.html, provision.text, passages, address)


def index_page(consultation: Consultation, place: Place, form: CommentForm) -> str:
    """All comments of a consultation, with the form for one on the whole draft."""
    asked = _asked()
    page = comments_of(consultation, viewer(), asked.filters, page_number())
    organisations = sorted(organisations_that_commented(consultation), key=lambda row: collation_key(row.name))
    acts = judge(consultation, page.items)
    return render_template(
        "comments/index.html",
        consultation=consultation,
        newest_version=place.version.number,
        page=page,
        form=form,
        asked=asked,
        organisations=[(row.id, row.name) for row in organisations],
        kinds=list(CommentKind),
        areas=[(area.key, area.name.in_language(language_now())) for area in region.current().areas],
        acts=acts,
        unfinished=_unfinished(consultation, "", acts),
        ways_on=_ways_on(page),
        **_no_comments(consultation),
    )


def _no_comments(consultation: Consultation) -> dict[str, Any]:
    """Whether the reader may say so for the organisation, or has; everybody else reads it in the overview."""
    organisation = acting_organisation()
    if organisation is None or not may_withdraw_nil_return(viewer(), consultation, organisation):
        return {}
    own = nil_return_of(consultation, organisation.id)
    has_said = own is None and has_commented(consultation, organisation.id)
    return {
        "own_nil": own,
        "may_give_nil": may_give_nil_return(viewer(), consultation, organisation, has_commented=has_said),
    }


def _unfinished(consultation: Consultation, key: str, acts: Acts) -> UnfinishedText | None:
    """What the reader began to write here and can send no more: it is shown instead of the form."""
    if acts.post:
        return None
    return unfinished_text_at(viewer(), f"comments.post:{consultation.slug}:{key or 'draft'}")


def _new_form(place: Place) -> Any:
    form = CommentForm()
    asked = request.args
    form.fit_to(place, asked.get("kind", ""), asked.get("quote", "")[:LONGEST_QUOTE], asked.get("at", ""))
    return form


def _asked() -> Asked:
    kind, organisation, area = (request.args.get(name, "") for name in ("kind", "organisation", "area"))
    return Asked(
        CommentKind(kind) if kind in list(CommentKind) else None,
        int(organisation) if organisation.isascii() and organisation.isdigit() and len(organisation) < 10 else None,
        area if area in {known.key for known in region.current().areas} else "",
    )
