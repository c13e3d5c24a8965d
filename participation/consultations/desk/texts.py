"""Mending the text that was read from a draft."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from participation.foundation.access import demand
from participation.foundation.language import _, ngettext
from participation.texts.provisions import Kind
from participation.web.paging import page_number
from participation.web.signin import viewer

from .. import operations, queries
from ..forms import ActForm, ProvisionForm
from ..models import Consultation, Provision, TextVersion, VersionState
from ..models.doubts import words_of_doubt
from ..models.kinds import USUAL_LEVELS, label_of
from ..rules import may_lead_consultation, may_load_version, may_mend_text
from .blueprint import blueprint

A_PAGE = 200

_SAVED = _("The provision is saved.")
_SAVED_IN_PUBLIC = _("The provision is saved. Readers see it at once.")


@blueprint.get("/consultations/<slug>/text")
def text(slug: str) -> str:
    """The text as it was read; `?mend=` opens one provision."""
    consultation, version = _open(slug)
    key = request.args.get("mend", "")
    if not key:
        return _page(consultation, version)
    provision = queries.provision_by_key(version, key)
    level = None if provision.level == USUAL_LEVELS[Kind(provision.kind)] else provision.level
    form = ProvisionForm(
        formdata=None,
        key=key,
        revision=version.revision,
        kind=provision.kind,
        label=provision.label,
        level=level,
        text=provision.text,
    )
    return _page(consultation, version, form, _page_of(provision))


@blueprint.post("/consultations/<slug>/text/mend")
def mend(slug: str) -> ResponseReturnValue:
    consultation, version = _open(slug)
    demand(may_mend_text(viewer(), version, queries.is_answered(version)))
    form = ProvisionForm()
    provision = queries.provision_by_key(version, form.key.data or "")
    if not form.validate():
        return _page(consultation, version, form, _page_of(provision)), 422
    made = operations.mend_provision(
        viewer(),
        version,
        provision.key,
        kind=Kind(form.kind.data),
        label=form.label.data or "",
        level=form.level.data,
        text=form.text.data or "",
        revision=form.revision.data or 0,
    )
    if len(made) > 1:
        flash(
            str(ngettext("Split into %(num)s provision.", "Split into %(num)s provisions.", len(made))),
            "done",
        )
    else:
        is_read = version.state is VersionState.PUBLISHED
        flash(str(_SAVED_IN_PUBLIC if is_read else _SAVED), "done")
    return _back(consultation, made[0])


@blueprint.post("/consultations/<slug>/text/merge")
def merge(slug: str) -> ResponseReturnValue:
    consultation, version = _open(slug)
    demand(may_mend_text(viewer(), version, queries.is_answered(version)))
    form = _pressed()
    merged = operations.merge_provision(viewer(), version, form.key.data, revision=form.revision.data)
    flash(
        str(_("Merged with the provision before it. To part them again, mend it and put an empty line between.")),
        "done",
    )
    return _back(consultation, merged)


@blueprint.post("/consultations/<slug>/text/drop")
def drop(slug: str) -> ResponseReturnValue:
    _consultation, version = _open(slug)
    demand(may_mend_text(viewer(), version, queries.is_answered(version)))
    form = _pressed()
    position = queries.provision_by_key(version, form.key.data).position
    operations.drop_provision(viewer(), version, form.key.data, revision=form.revision.data)
    flash(
        str(
            _(
                "The provision was left out. The file still has it; "
                "to bring it back, split another one and write it there."
            )
        ),
        "done",
    )
    return redirect(url_for(".text", slug=slug, page=(position - 1) // A_PAGE + 1), 303)


@blueprint.post("/consultations/<slug>/text/drop-repeated")
def drop_repeated(slug: str) -> ResponseReturnValue:
    _consultation, version = _open(slug)
    demand(may_mend_text(viewer(), version, queries.is_answered(version)))
    form = _pressed()
    dropped = operations.drop_repeated(viewer(), version, form.key.data, revision=form.revision.data)
    flash(
        str(
            ngettext(
                "%(num)s provision with these words was left out. The file still has it.",
                "%(num)s provisions with these words were left out. The file still has them.",
                dropped,
            )
        ),
        "done",
    )
    return redirect(url_for(".text", slug=slug), 303)


def _open(slug: str) -> tuple[Consultation, TextVersion]:
    consultation = queries.consultation_by_slug(slug, viewer())
    demand(may_lead_consultation(viewer()))
    return consultation, queries.text_version(consultation)


def _pressed() -> ActForm:
    form = ActForm()
    if not form.validate():
        raise BadRequest
    return form


def _page_of(provision: Provision) -> int:
    return (provision.position - 1) // A_PAGE + 1


def _back(consultation: Consultation, provision: Provision) -> ResponseReturnValue:
    address = url_for(".text", slug=consultation.slug, page=_page_of(provision), _anchor=provision.anchor)
    return redirect(address, 303)


def _address_of(consultation: Consultation, provision: Provision | None) -> str:
    """Where a provision is mended; empty for none."""
    if provision is None:
        return ""
    return url_for(".text", slug=consultation.slug, page=_page_of(provision), _anchor=provision.anchor)


def _page(
    consultation: Consultation, version: TextVersion, form: ProvisionForm | None = None, number: int | None = None
) -> str:
    counts = queries.kind_counts(version)
    return render_template(
        "consultations/desk/text.html",
        consultation=consultation,
        version=version,
        form=form,
        page=queries.provision_page(version, number or page_number(), A_PAGE),
        doubts=[
            (words_of_doubt(one["code"], one.get("details", {})), _address_of(consultation, provision))
            for one, provision in zip(version.doubts, queries.doubted_provisions(version), strict=True)
        ],
        counts=[(label_of(kind), counts[kind]) for kind in Kind if kind in counts],
        kind_labels={kind.value: label_of(kind) for kind in Kind},
        repeated=queries.repeated_texts(version),
        may_mend=may_mend_text(viewer(), version, queries.is_answered(version)),
        may_load=may_load_version(viewer(), consultation, queries.version_in_preparation(consultation)),
    )
