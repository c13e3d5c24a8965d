"""Changing consultations, their texts and attachments."""

from .attachments import attach_file, detach_file
from .consultations import (
    Description,
    conclude_consultation,
    describe_consultation,
    extend_deadline,
    publish_consultation,
)
from .drafts import discard_consultation, upload_draft
from .imports import finish_import, note_progress, refuse_import, start_import
from .texts import drop_provision, drop_repeated, mend_provision, merge_provision
from .versions import (
    AnotherDocument,
    begin_version,
    discard_version,
    load_version,
    match_provision,
    publish_adopted_text,
    publish_version,
)

__all__ = [
    "AnotherDocument",
    "Description",
    "attach_file",
    "begin_version",
    "conclude_consultation",
    "describe_consultation",
    "detach_file",
    "discard_consultation",
    "discard_version",
    "drop_provision",
    "drop_repeated",
    "extend_deadline",
    "finish_import",
    "load_version",
    "match_provision",
    "mend_provision",
    "merge_provision",
    "note_progress",
    "publish_adopted_text",
    "publish_consultation",
    "publish_version",
    "refuse_import",
    "start_import",
    "upload_draft",
]
