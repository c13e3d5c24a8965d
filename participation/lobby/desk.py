"""The desk: what waits for me; and the outbox."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from participation.consultations.models.imports import READ_DRAFT
from participation.foundation import mail
from participation.foundation.access import demand
from participation.foundation.database import NotFound
from participation.foundation.language import _
from participation.foundation.tasks import by_time
from participation.organisations.queries import arrival_of
from participation.organisations.routes import acting_membership
from participation.submissions.models.documents import PRODUCE_DOCUMENT
from participation.web.mailing import letter_of
from participation.web.paging import page_number
from participation.web.signin import viewer

from . import operations, queries
from .rules import may_mind_outbox, may_read_mails, may_retry_item, may_see_desk

# What the outbox holds, in words; another kind is shown by its key.
KINDS = {
    mail.KIND: _("Mail message"),
    READ_DRAFT: _("Reading of a draft"),
    PRODUCE_DOCUMENT: _("Document of a submission"),
}

blueprint = Blueprint("lobby_desk", __name__, url_prefix="/desk")


@blueprint.get("")
def index() -> str:
    actor = viewer()
    demand(may_see_desk(actor))
    acting = acting_membership()
    return render_template(
        "lobby/desk/index.html",
        groups=by_time(queries.tasks_of(actor, acting)),
        drafts=queries.open_to_comment(acting),
        arrival=arrival_of(actor),
        may_mind_outbox=may_mind_outbox(actor),
    )


@blueprint.get("/outbox")
def outbox() -> str:
    """Everybody reads the mails of a demonstration; the office sees what failed."""
    readable = may_read_mails(viewer(), demonstration_without_mail=_mails_stay_here())
    mindable = may_mind_outbox(viewer())
    if not readable:
        demand(mindable)
    page = queries.queued_mails(page_number())
    letters = [(item, letter_of(item.payload)) for item in page.items] if readable else []
    failed = queries.outbox_items_to_mind() if mindable else []
    return render_template(
        "lobby/desk/outbox.html",
        page=page,
        letters=letters,
        failed=failed,
        kinds=KINDS,
        readable=readable,
        mindable=mindable,
    )


@blueprint.post("/outbox/<int:item_id>/retry")
def retry(item_id: int) -> Response:
    demand(may_retry_item(viewer()))
    item = queries.outbox_item(item_id)
    if item is None:
        raise NotFound
    operations.retry_item(viewer(), item)
    flash(str(_("It will be tried again within a minute.")), "done")
    return redirect(url_for("lobby_desk.outbox"), 303)


def _mails_stay_here() -> bool:
    settings = current_app.config["SETTINGS"]
    return bool(settings.demonstration and not settings.mail_server)
