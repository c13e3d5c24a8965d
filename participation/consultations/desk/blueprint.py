"""The blueprint that the desk pages of the room share."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from participation.foundation import database
from participation.web.signin import viewer

from ..rules import may_upload_draft

blueprint = Blueprint("consultations_desk", __name__, url_prefix="/desk")

UPLOADING = ("consultations_desk.upload", "consultations_desk.attach", "consultations_desk.load_version")
# How many times the limit of the site a form with a file may weigh before it is not read at all.
PATIENCE = 4
# Each file is kept whole, and each draft is read by the one worker.
FILES_AT_MOST = "60 per hour"


@blueprint.url_value_preprocessor
def take_in_large_forms(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """A file that is too large is refused on the form itself, with all that was typed kept.

    The site's own limit would end the request before the form could be read.
    """
    if endpoint in UPLOADING and request.method == "POST" and _may_upload():
        request.max_content_length = PATIENCE * (request.max_content_length or 0) or None


def _may_upload() -> bool:
    """Judged without a lock, and no transaction stays open: the file comes in as slowly as the sender's line."""
    with database.reading():
        allowed = bool(may_upload_draft(viewer()))
        database.pause()
    return allowed
