"""The submissions' rows in the table of doors."""

from __future__ import annotations

from typing import Any

from architecture.doors import Door
from flask import current_app

from participation.foundation import clock
from participation.submissions.models import DocumentFormat, canonical_bytes, fingerprint
from participation.submissions.operations import MadeDocument, produce_documents
from participation.submissions.queries import contents_now

LEADERS = {"council": 200, "coordinator": 200}
LEAD = {"council": 303, "coordinator": 303}


def compiled(world: Any) -> dict[str, Any]:
    return {"slug": world.compiled_submission.slug}


def frozen(world: Any) -> dict[str, Any]:
    return {"slug": world.frozen_submission.slug}


def sent(world: Any) -> dict[str, Any]:
    return {"slug": world.sent_submission.slug}


def consultation(world: Any) -> dict[str, Any]:
    return {"slug": world.cosigning_consultation.slug}


def content(world: Any) -> dict[str, Any]:
    return {
        "title": "Nova oddaja",
        "language": "sl",
        "positions": [world.opened_position.id],
        "addressees": [world.body.id],
        "revision": world.compiled_submission.revision,
        "form_key": "a-key-of-the-doors",
    }


def freezing(world: Any) -> dict[str, Any]:
    site = current_app.config["SETTINGS"].public_url
    contents = contents_now(world.compiled_submission, f"{site}/submissions/{world.compiled_submission.slug}")
    return {"sha256_seen": fingerprint(canonical_bytes(contents))}


def sending(world: Any) -> dict[str, Any]:
    return {"sent_on": clock.local(world.frozen_submission.frozen_at).date().isoformat(), "channel": "email"}


def with_document(world: Any) -> dict[str, Any]:
    """The worker has made one of its documents."""
    made = MadeDocument(DocumentFormat.JSON, b"{}\n")
    produce_documents(world.people["coordinator"], world.sent_submission, [made])
    return {"slug": world.sent_submission.slug, "format": "json"}


DOORS = [
    Door("GET", "submissions.index", everyone=200),
    Door("GET", "submissions.show", values=sent, case="sent", everyone=200),
    Door("GET", "submissions.show", values=frozen, case="frozen", **LEADERS, everyone=404),
    Door("GET", "submissions.show", values=compiled, case="compiled", council=302, coordinator=302, everyone=404),
    Door("GET", "submissions.download", values=with_document, everyone=200),
    Door("GET", "submissions.download", case="not made yet", values=lambda world: {**sent(world), "format": "pdf"},
         everyone=503),
    Door("GET", "submissions.download", case="no such format", values=lambda world: {**sent(world), "format": "exe"},
         everyone=404),
    Door("GET", "submissions.documents", values=sent, everyone=200),
    Door("GET", "submissions.documents", values=frozen, case="frozen", **LEADERS, everyone=404),
    Door("GET", "submissions.text", values=sent, everyone=200),
    Door("GET", "submissions.text", values=frozen, case="frozen", **LEADERS, everyone=404),
    Door("GET", "submissions.compile", values=consultation, visitor=302, **LEADERS, everyone=403),
    Door("POST", "submissions.compile", values=consultation, form=content, visitor=401, **LEAD, everyone=403),
    Door("GET", "submissions.edit", values=compiled, **LEADERS, everyone=404),
    Door("POST", "submissions.edit", values=compiled, form=content, **LEAD, everyone=404),
    Door("POST", "submissions.edit", values=frozen, form=content, case="frozen", council=403, coordinator=403,
         everyone=404),
    Door("GET", "submissions.preview", values=compiled, **LEADERS, everyone=404),
    Door("POST", "submissions.freeze", values=compiled, form=freezing, **LEAD, everyone=404),
    Door("POST", "submissions.discard", values=compiled, **LEAD, everyone=404),
    Door("POST", "submissions.discard", values=sent, case="sent", visitor=401, everyone=403),
    Door("GET", "submissions.send", values=frozen, **LEADERS, everyone=404),
    Door("GET", "submissions.send", values=sent, case="sent", visitor=302, everyone=403),
    Door("POST", "submissions.send", values=frozen, form=sending, **LEAD, everyone=404),
    Door("GET", "submissions.answer", values=sent, visitor=302, **LEADERS, everyone=403),
    Door("POST", "submissions.answer", values=sent, form=lambda world: {"seen": ""}, visitor=401, **LEAD,
         everyone=403),
]  # fmt: skip
