"""One record, and what proves it."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from participation.foundation.language import _
from participation.web.signin import viewer

from ..models import LedgerEntry
from ..queries import entry_at, receipt_of, secrets_of, titles_of_positions
from ..rules import may_open_commitment
from .blueprint import blueprint


@blueprint.get("/ledger/<int(max=2000000000):seq>")
def show(seq: int) -> str:
    """One record as everybody may read it, and its place under a checkpoint."""
    entry = entry_at(seq)
    return render_template(
        "ledger/show.html",
        entry=entry,
        receipt=receipt_of(entry),
        is_own=_is_own(entry),
        positions=titles_of_positions([entry.thread]),
    )


@blueprint.get("/ledger/<int(max=2000000000):seq>/receipt.json")
def receipt(seq: int) -> ResponseReturnValue:
    """The proof for everybody; for the person who signed also what shows that it was they."""
    entry = entry_at(seq)
    found = receipt_of(entry, opened=_is_own(entry))
    if found is None:
        flash(str(_("The receipt is ready within a minute: the record still waits for its checkpoint.")), "done")
        return redirect(url_for("ledger.show", seq=seq), 303)
    headers = {"Content-Disposition": f'attachment; filename="receipt-{seq}.json"'}
    return Response(found.as_file(), mimetype="application/json", headers=headers)


def _is_own(entry: LedgerEntry) -> bool:
    return bool(may_open_commitment(viewer(), [secret.user_id for secret in secrets_of([entry.seq], "who")]))
