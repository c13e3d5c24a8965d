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
from .texts import drop_provision, drop_repeated, mend_provision, merge_provision

__all__ = [
    "Description",
    "attach_file",
    "conclude_consultation",
    "describe_consultation",
    "detach_file",
    "discard_consultation",
    "drop_provision",
    "drop_repeated",
    "extend_deadline",
    "mend_provision",
    "merge_provision",
    "publish_consultation",
    "upload_draft",
]
