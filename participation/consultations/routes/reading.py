"""Reading a draft with the comments beside it, and the files that belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO

from flask import Response, render_template, send_file, url_for
from markupsafe import escape

from participation.comments.queries import Beside, Excerpt, QuotedPassage, comments_beside, comments_gone
from participation.comments.rules import may_post_comment
from participation.foundation import clock
from participation.foundation.access import demand
from participation.foundation.database import NotFound
from participation.foundation.files import StoredFile
from participation.foundation.language import language_now
from participation.organisations.routes import acting_membership
from participation.positions.rules import may_draft_position
from participation.submissions.rules import may_compile_submission
from participation.web.passages import words_with_passages
from participation.web.signin import viewer

from .. import queries
from ..models import Consultation, Phase, Timetable, legal_period, timetable_now
from ..models.phase_words import meaning_of
from ..models.timeline import PAST, timeline_of
from ..rules import may_lead_consultation, may_see_consultation
from .blueprint import blueprint
from .numbers import asked_number


@blueprint.get("/consultations/<slug>")
def show(slug: str) -> str:
    reader = viewer()
    consultation, version = queries.reading_of(slug, asked_number("version"), reader)
    demand(may_see_consultation(reader, consultation))
    acting = acting_membership()
    lines = queries.lines_of(version)
    beside = comments_beside(version)
    _mark_passages(lines, beside)
    around = queries.surroundings_of(consultation, reader)
    counts = {provision_id: entry.count for provision_id, entry in beside.entries.items() if provision_id}
    noted: dict[int, Sequence[Excerpt]] = {line.id: () for line in lines if line.key in around.demands}
    noted |= {provision_id: beside.of(provision_id).excerpts for provision_id in counts}
    steps = timeline_of(consultation, clock.today(), around.adopted.on if around.adopted else None)
    may_post = may_post_comment(reader, consultation, acting.organisation if acting else None)
    return render_template(
        "consultations/show.html",
        consultation=consultation,
        version=version,
        lines=lines,
        contents=queries.contents_of(lines, counts),
        density=queries.density_of(lines, counts),
        beside=beside,
        gone=comments_gone(version) if version.number > 1 else {},
        rooms=queries.room_for_notes(lines, noted),
        around=around,
        steps=steps,
        next_step=next((step for step in steps if step.when != PAST), None),
        meaning=meaning_of(consultation, bool(may_post)),
        period=legal_period(consultation),
        timetable=_timetable(consultation),
        thread=_thread_prefix(consultation),
        takes_comments=consultation.phase is Phase.OPEN,
        may_post=may_post,
        may_lead=may_lead_consultation(reader),
        may_draft=may_draft_position(reader, consultation),
        may_compile=may_compile_submission(reader, consultation),
    )


def _timetable(consultation: Consultation) -> Timetable | None:
    """As long as something in it is still to come."""
    if consultation.phase not in (Phase.ANNOUNCED, Phase.OPEN, Phase.POSITIONS, Phase.COSIGNING):
        return None
    return timetable_now(consultation)


def _mark_passages(lines: Sequence[queries.Line], beside: Beside) -> None:
    """Lead from the passages that comments are about to those comments."""
    quoted = {provision_id: entry.passages for provision_id, entry in beside.entries.items() if entry.passages}
    if not quoted:
        return
    prefix = url_for("comments.show", comment_id=0).removesuffix("0")
    for line in lines:
        if passages := quoted.get(line.id):
            html = str(escape(line.text)) if line.depth else line.html
            line.marked = _marked(html, line.text, tuple(passages), prefix, language_now())


# Made again for every reader, the marks of a text that everybody comments on would take a third of its time.
@lru_cache(maxsize=2_000)
def _marked(html: str, text: str, passages: tuple[QuotedPassage, ...], prefix: str, _language: str) -> str:
    """The same for all who read in this language, as long as nobody says anything new about these words."""
    return str(words_with_passages(html, text, passages, lambda number: f"{prefix}{number}"))


def _thread_prefix(consultation: Consultation) -> str:
    """The address of a provision's thread without its key: made once, not for every provision."""
    return url_for("comments.thread", slug=consultation.slug, key="-").removesuffix("-")


@blueprint.get("/consultations/<slug>/attachments/<int:attachment_id>")
def attachment(slug: str, attachment_id: int) -> Response:
    consultation = queries.consultation_by_slug(slug, viewer())
    demand(may_see_consultation(viewer(), consultation))
    return _download(queries.attachment_of(consultation, attachment_id).file)


@blueprint.get("/consultations/<slug>/draft")
def draft(slug: str) -> Response:
    """The file that the text was read from, as it was given."""
    consultation, version = queries.reading_of(slug, asked_number("version"), viewer())
    demand(may_see_consultation(viewer(), consultation))
    if version.file is None:
        raise NotFound(slug)
    return _download(version.file)


def _download(file: StoredFile) -> Response:
    """Always to be saved and never shown, so that no file can act as a page of this site."""
    return send_file(
        BytesIO(file.content), mimetype=file.media_type, as_attachment=True, download_name=file.name, max_age=0
    )
