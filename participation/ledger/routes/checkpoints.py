"""The log for everybody: what it is, its latest checkpoint, and its records."""

from __future__ import annotations

from flask import Response, render_template, request

from participation.foundation.database import NotFound
from participation.web.paging import page_number

from ..queries import entries_between, entries_page, latest_checkpoint, size_of_log, titles_of_positions
from .blueprint import blueprint

AT_MOST = 1_000  # records in one answer
LARGEST = 2_000_000_000  # no database counts records further than an INTEGER goes


@blueprint.get("/ledger")
def index() -> str:
    entries = entries_page(page_number())
    return render_template(
        "ledger/index.html",
        checkpoint=latest_checkpoint(),
        size=size_of_log(),
        entries=entries,
        positions=titles_of_positions([entry.thread for entry in entries.items]),
    )


@blueprint.get("/ledger/checkpoint")
def checkpoint() -> Response:
    """The latest checkpoint as a signed note, for programs that watch the log."""
    latest = latest_checkpoint()
    if latest is None:
        raise NotFound("checkpoint")
    return Response(latest.note, mimetype="text/plain")


@blueprint.get("/ledger/records")
def records() -> Response:
    """Records from a number on, a JSON text a line as it was hashed; as many as one answer holds."""
    first = min(max(0, request.args.get("from", 0, type=int)), LARGEST)
    lines = [entry.record.decode() + "\n" for entry in entries_between(first, first + AT_MOST)]
    return Response("".join(lines), mimetype="application/jsonl")
