"""The files of a submission."""

from __future__ import annotations

from io import BytesIO

from flask import render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from participation.foundation.access import demand
from participation.foundation.database import NotFound
from participation.foundation.language import _
from participation.submissions.models import DocumentFormat
from participation.submissions.queries import documents_of, submission_by_slug
from participation.submissions.rules import may_download_document
from participation.web import errors
from participation.web.signin import viewer

from .blueprint import blueprint

SECONDS_TO_TRY_AGAIN = "10"


@blueprint.get("/submissions/<slug>/documents")
def documents(slug: str) -> ResponseReturnValue:
    """Which are ready, and how far the others are."""
    submission = submission_by_slug(slug, viewer())
    demand(may_download_document(viewer(), submission))
    return render_template(
        "submissions/documents.html", submission=submission, document_lines=documents_of(submission)
    )


@blueprint.get("/submissions/<slug>/documents/<format>")
def download(slug: str, format: str) -> ResponseReturnValue:
    """The file; 503 while it is still being made."""
    submission = submission_by_slug(slug, viewer())
    demand(may_download_document(viewer(), submission))
    if format not in list(DocumentFormat):
        raise NotFound(format)
    made = next((document for document in submission.documents if document.format == format), None)
    if made is None:
        reason = _("This document is still being made. It takes a minute at most: please try again shortly.")
        page = errors.page(503, "not_ready", reason=reason, address=url_for(".documents", slug=slug))
        return *page, {"Retry-After": SECONDS_TO_TRY_AGAIN}
    return send_file(
        BytesIO(made.file.content),
        mimetype=made.file.media_type,
        as_attachment=True,
        download_name=made.file.name,
        etag=made.file.sha256,
        last_modified=made.file.stored_at,
    )


@blueprint.get("/submissions/<slug>/text.json")
def text(slug: str) -> ResponseReturnValue:
    """The very bytes that the fingerprint is of, so that anybody can check it."""
    submission = submission_by_slug(slug, viewer())
    demand(may_download_document(viewer(), submission))
    return send_file(
        BytesIO(submission.canonical or b""),
        mimetype="application/json",
        as_attachment=True,
        download_name=f"{submission.slug}-text.json",
        etag=submission.sha256,
    )
