"""The records that a person stands behind, and erasing that."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from participation.accounts.routes import ask_to_sign_in_again, recent_sign_in
from participation.foundation.access import demand
from participation.foundation.language import ngettext
from participation.web.paging import page_number
from participation.web.signin import viewer

from ..forms import EraseForm
from ..operations import erase_secrets
from ..queries import entries_of_person, titles_of_positions
from ..rules import may_erase_secrets, may_see_own_records
from .blueprint import blueprint


@blueprint.get("/ledger/mine")
def mine() -> str:
    return _page(EraseForm())


@blueprint.post("/ledger/mine")
def erase() -> ResponseReturnValue:
    """Irreversible, so the person has to have signed in lately."""
    person = viewer()
    demand(may_see_own_records(person))
    demand(may_erase_secrets(person, person.id))
    if not recent_sign_in():
        return ask_to_sign_in_again()
    form = EraseForm()
    if not form.validate_on_submit():
        return _page(form), 422
    number = erase_secrets(person, person.id)
    words = ngettext(
        "It was erased behind %(num)s record. What the organisation signed stays proved.",
        "It was erased behind %(num)s records. What the organisation signed stays proved.",
        number,
    )
    flash(str(words), "done")
    return redirect(url_for("ledger.mine"), 303)


def _page(form: EraseForm) -> str:
    person = viewer()
    demand(may_see_own_records(person))
    entries = entries_of_person(person.id, page_number())
    return render_template(
        "ledger/mine.html",
        entries=entries,
        positions=titles_of_positions([entry.thread for entry in entries.items]),
        form=form,
    )
