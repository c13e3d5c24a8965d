"""The next version of a text: load it or begin it, look at the matching, correct it, publish it or discard it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.comments.queries import Carried, carried_to, comments_on_version, counts_of
from participation.foundation.access import demand
from participation.foundation.database import NotFound
from participation.foundation.language import _, labels_of_changes
from participation.texts.anchoring import AnchorState
from participation.texts.matching import Fate
from participation.texts.reading.formats import MAXIMUM_BYTES
from participation.web.limits import limiter
from participation.web.signin import viewer

from .. import operations, queries
from ..forms import MatchForm, PublishForm, PublishVersionForm, VersionForm
from ..models import Consultation, TextVersion
from ..rules import (
    day_of_adoption,
    may_lead_consultation,
    may_load_version,
    may_match_provision,
    may_publish_adopted_text,
    may_publish_version,
)
from .blueprint import FILES_AT_MOST, blueprint
from .drafts import NOT_READABLE, TOO_LARGE
from .imports import refuse


@blueprint.route("/consultations/<slug>/versions/load", methods=["GET", "POST"])
@limiter.limit(FILES_AT_MOST, methods=["POST"])
def load_version(slug: str) -> ResponseReturnValue:
    consultation = queries.consultation_by_slug(slug, viewer())
    begun = queries.version_in_preparation(consultation)
    if begun is not None and may_lead_consultation(viewer()):
        flash(str(_("Version %(number)s is already being prepared: go on with it.", number=begun.number)), "warning")
        return redirect(url_for(".matching", slug=slug), 303)
    demand(may_load_version(viewer(), consultation, begun))
    form = VersionForm()
    page = "consultations/desk/load_version.html"
    if not form.is_submitted():
        return render_template(page, consultation=consultation, form=form)
    if not form.validate():
        return render_template(page, consultation=consultation, form=form), NOT_READABLE
    made = queries.import_by_form_key(form.key)
    if made is None:
        sent = form.sent()
        if len(sent.content) > MAXIMUM_BYTES:
            refuse(form, "too_large", {"limit": str(MAXIMUM_BYTES)})
            return render_template(page, consultation=consultation, form=form), TOO_LARGE
        made = operations.start_import(viewer(), sent, form_key=form.key, version_of=consultation)
    return redirect(url_for(".follow", key=made.key), 303)


@blueprint.post("/consultations/<slug>/versions/begin")
def begin_version(slug: str) -> ResponseReturnValue:
    consultation = queries.consultation_by_slug(slug, viewer())
    version = operations.begin_version(viewer(), consultation)
    flash(
        str(_("Version %(number)s is begun with the present text. Nobody else sees it yet.", number=version.number)),
        "done",
    )
    return redirect(url_for(".text", slug=slug), 303)


@blueprint.get("/consultations/<slug>/versions/matching")
def matching(slug: str) -> str:
    """What became of each provision; `?correct=` opens one to say otherwise."""
    consultation, version = _in_preparation(slug)
    key = request.args.get("correct", "")
    return _matching_page(consultation, version, _match_form(version, key) if key else None)


@blueprint.post("/consultations/<slug>/versions/matching")
def match_provision(slug: str) -> ResponseReturnValue:
    consultation, version = _in_preparation(slug)
    demand(may_match_provision(viewer(), version))
    form = _match_form(version, request.form.get("key", ""))
    if not form.validate():
        return _matching_page(consultation, version, form), 422
    place = queries.provision_by_key(version, form.key.data).position
    operations.match_provision(
        viewer(), version, form.key.data, form.old_key.data or "", revision=form.revision.data or 0
    )
    flash(str(_("The matching is corrected.")), "done")
    provision = queries.provisions_of(version)[place - 1]
    return redirect(url_for(".matching", slug=slug, _anchor=provision.anchor), 303)


@blueprint.route("/consultations/<slug>/versions/publish", methods=["GET", "POST"])
def publish_version(slug: str) -> ResponseReturnValue:
    """What becomes of every comment, before the button that cannot be taken back."""
    consultation, version = _in_preparation(slug)
    form = PublishVersionForm()
    if form.validate_on_submit() and _published(version, form):
        flash(_told_of_version(version), "done")
        return redirect(url_for("consultations.show", slug=slug), 303)
    step = queries.step_to(version)
    carried = carried_to(version)
    page = render_template(
        "consultations/desk/publish_version.html",
        consultation=consultation,
        version=version,
        step=step,
        form=form,
        may_publish=may_publish_version(viewer(), version, len(step.new)),
        may_adopt=may_publish_adopted_text(viewer(), version, len(step.new)),
        counts=counts_of(carried),
        states=AnchorState,
        altered=[one for one in carried if one.needs_a_word],
        authors=_authors(carried),
    )
    return page, 422 if form.errors else 200


def _published(version: TextVersion, form: PublishVersionForm) -> bool:
    """False when the form has to say more, which then stands beside its fields."""
    is_right_file = bool(form.is_right_file.data)
    try:
        if not form.is_adopted.data:
            operations.publish_version(viewer(), version, is_right_file=is_right_file)
            return True
        day = day_of_adoption(version, form.adopted_on.data)
        if not day:
            form.adopted_on.errors = [day.reason]
            return False
        operations.publish_adopted_text(
            viewer(),
            version,
            adopted_on=form.adopted_on.data,
            source=form.adopted_source.data or "",
            is_right_file=is_right_file,
        )
    except operations.AnotherDocument as doubt:
        form.is_right_file.errors = [doubt.message]
        return False
    return True


def _told_of_version(version: TextVersion) -> str:
    if version.is_adopted:
        return str(
            _(
                "The adopted text is published. What was demanded is now compared with it; the desk shows when you "
                "can check what was found."
            )
        )
    return str(_("Version %(number)s is published. The authors of comments were told.", number=version.number))


@blueprint.route("/consultations/<slug>/versions/discard", methods=["GET", "POST"])
def discard_version(slug: str) -> ResponseReturnValue:
    consultation, version = _in_preparation(slug)
    demand(may_match_provision(viewer(), version))
    form = PublishForm()
    if not form.validate_on_submit():
        return render_template(
            "consultations/desk/discard_version.html", consultation=consultation, version=version, form=form
        )
    number = version.number
    operations.discard_version(viewer(), version)
    flash(str(_("Version %(number)s was discarded. Nobody had seen it.", number=number)), "done")
    return redirect(url_for(".text", slug=slug), 303)


def _in_preparation(slug: str) -> tuple[Consultation, TextVersion]:
    consultation = queries.consultation_by_slug(slug, viewer())
    demand(may_lead_consultation(viewer()))
    version = queries.version_in_preparation(consultation)
    if version is None:
        raise NotFound(slug)
    return consultation, version


def _match_form(version: TextVersion, key: str) -> MatchForm:
    provision = queries.provision_by_key(version, key)
    step = queries.step_to(version)
    form = MatchForm(key=key, revision=version.revision)
    names = [(one.key, f"{one.path or one.label}: {_beginning(one.text)}".strip(" :")) for one in step.old]
    form.old_key.choices = [("", str(_("nothing: it is new"))), *names]
    if not form.is_submitted():
        form.old_key.data = provision.key if any(one.key == key for one in step.old) else ""
    return form


def _beginning(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"


def _matching_page(consultation: Consultation, version: TextVersion, form: MatchForm | None) -> str:
    step = queries.step_to(version)
    comparison = queries.comparison_of(
        queries.lines_of(step.before), queries.lines_of(version), queries.origins_of(version)
    )
    comments = comments_on_version(step.before.id)
    return render_template(
        "consultations/desk/matching.html",
        consultation=consultation,
        old=step.before,
        new=version,
        step_to_it=step,
        comparison=comparison,
        fates=Fate,
        commented=comparison.by_change(comments),
        labels=labels_of_changes(version.language),
        form=form,
        may_match=may_match_provision(viewer(), version),
    )


def _authors(carried: list[Carried]) -> int:
    """How many people are told."""
    return len({one.comment.author_id for one in carried if one.needs_a_word})
