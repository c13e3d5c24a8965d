"""All that was said on a draft as a file: DOCX, CSV, XLSX, JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from io import BytesIO
from typing import Any

from flask import Response, send_file

from participation.comments.models import WordingAction
from participation.comments.queries import Exported, ExportedChange, comments_for_export
from participation.consultations.models import Consultation
from participation.consultations.queries import consultation_by_slug
from participation.consultations.rules import may_see_consultation
from participation.foundation import clock, region
from participation.foundation.access import demand
from participation.foundation.database import NotFound
from participation.foundation.language import _, language_now, ngettext
from participation.positions.queries import Fate, fates_in
from participation.texts.anchoring import AnchorState
from participation.texts.writing.remarks import Labels, Remark, docx_of_remarks
from participation.texts.writing.tables import Table, table_csv, workbook
from participation.web.filters import day, moment
from participation.web.limits import limiter
from participation.web.signin import viewer

from .blueprint import blueprint

MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
# A file of thousands of comments takes a second to write.
AT_MOST = "20 per minute"


@blueprint.get("/consultations/<slug>/comments/export.<format>")
@limiter.limit(AT_MOST)
def export(slug: str, format: str) -> Response:
    """What everybody may read, for everybody; hidden comments are in no file, whoever asks."""
    consultation = consultation_by_slug(slug, viewer())
    demand(may_see_consultation(viewer(), consultation))
    if format not in MEDIA_TYPES:
        raise NotFound(format)
    return send_file(
        BytesIO(_written(consultation, comments_for_export(consultation), format)),
        mimetype=MEDIA_TYPES[format],
        as_attachment=True,
        download_name=f"{consultation.slug}-{_('comments')}.{format}",
        max_age=0,
    )


def _written(consultation: Consultation, said: Sequence[Exported], format: str) -> bytes:
    fates = fates_in(consultation) if format != "docx" else {}
    if format == "json":
        rows = [_data(one, fates.get(one.number, [])) for one in said]
        content = {"format": "soglasje-comments", "version": 1, "consultation": consultation.title, "comments": rows}
        return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
    language = language_now()
    if format == "docx":
        return _document(consultation, said, language)
    table = _table(said, fates)
    if format == "csv":
        return table_csv(table, language)
    name = region.current().name.in_language(language)
    return workbook([(str(_("Comments")), table)], consultation.title, name, clock.today())


def _data(one: Exported, fates: Sequence[Fate]) -> dict[str, Any]:
    """A comment as plain values; its HTML says nothing that its source does not."""
    values = asdict(one) | {"posted_at": one.posted_at.isoformat()}
    del values["html"]
    values["positions"] = [_fate_data(fate) for fate in fates]
    return values


def _fate_data(fate: Fate) -> dict[str, Any]:
    """What a position made of a comment; `left_out` is empty where it was taken up."""
    return {
        "position": fate.slug,
        "point": fate.point,
        "taken": fate.is_taken,
        "left_out": "" if fate.is_taken or fate.kind is None else fate.kind.value,
        "because": fate.words,
    }


def _document(consultation: Consultation, said: Sequence[Exported], language: str) -> bytes:
    labels = Labels(str(_("Existing wording")), str(_("Proposed wording")), str(_("Reasons")), str(_("Words")))
    subtitle = f"{consultation.title} · {day(clock.today())}"
    return docx_of_remarks(str(_("Comments on the draft")), subtitle, [*map(_remark, said)], labels, language)


def _remark(one: Exported) -> Remark:
    supports = ngettext("%(num)s support", "%(num)s supports", one.supports) if one.supports else ""
    kind = "" if one.reply_to else str((one.wording_action or one.kind).label)
    return Remark(
        place=_heading(one),
        speaker=one.organisation or one.person or str(_("a registered person")),
        particulars=" · ".join(filter(None, (kind, moment(one.posted_at), _on_version(one), str(supports)))),
        html=one.html,
        quote=one.quote,
        existing=one.existing if one.wording_action else "",
        wording=_wording(one),
        formula=one.wording_formula,
        is_reply=bool(one.reply_to),
    )


def _wording(one: Exported) -> str:
    """What is proposed; of several changes each on a line of its own, with its place."""
    return "\n".join(map(_change, one.changes)) or one.wording


def _change(one: ExportedChange) -> str:
    says = f"{one.provision}: {one.action.label}"
    if one.action is WordingAction.MOVE:
        where = _("after: %(place)s", place=one.after) if one.after else _("to the beginning of the text")
        return f"{says}, {where}"
    return f"{says}: {one.wording}" if one.wording else says


def _heading(one: Exported) -> str:
    if one.is_gone:
        return str(_("%(place)s (no longer in the text)", place=one.provision))
    return one.provision_now or str(_("the whole draft"))


def _on_version(one: Exported) -> str:
    """Of which text it was said and what became of the words since; nothing for the newest."""
    if one.since_then is None or one.reply_to:
        return ""
    return f"{_('on version %(number)s of the text', number=one.version)}, {_since_then(one.since_then)}"


def _since_then(state: AnchorState) -> str:
    words = {
        AnchorState.PLACED: _("the words are the same"),
        AnchorState.MOVED: _("the words were moved"),
        AnchorState.CHANGED: _("the words were changed"),
        AnchorState.ORPHANED: _("the words are no longer in the text"),
    }
    return str(words[state])


def _table(said: Sequence[Exported], fates: Mapping[int, Sequence[Fate]]) -> Table:
    names = {one.code: one.name for one in region.current().municipalities}
    heads = [
        _("Number"), _("Reply to"), _("Version"), _("Provision"), _("Kind"), _("Existing wording"),
        _("Proposed wording"), _("As lawyers write it"), _("Comment or reasons"), _("Organisation"),
        _("Municipality"), _("Person"), _("Supports"), _("Posted"), _("Quoted words"), _("Provision now"),
        _("Since then"), _("Quoted words now"),
        _("In joint positions"),
    ]  # fmt: skip
    rows = [
        [
            str(one.number),
            str(one.reply_to or ""),
            str(one.version),
            one.provision or str(_("the whole draft")),
            str((one.wording_action or one.kind).label),
            one.existing if one.wording_action else "",
            _wording(one),
            one.wording_formula,
            one.source,
            one.organisation,
            names.get(one.municipality, ""),
            one.person,
            str(one.supports),
            clock.local(one.posted_at).strftime("%Y-%m-%d %H:%M"),
            one.quote,
            "" if one.is_gone else one.provision_now or str(_("the whole draft")),
            _since_then(one.since_then) if one.since_then else "",
            one.quote_now,
            "\n".join(f"{fate.title}: {fate.in_words}" for fate in fates.get(one.number, [])),
        ]
        for one in said
    ]
    widths = [8, 8, 8, 20, 20, 40, 40, 40, 60, 30, 18, 20, 9, 16, 40, 20, 20, 40, 40]
    return [str(head) for head in heads], rows, widths
