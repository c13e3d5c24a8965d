"""Correcting beside a submission what can no longer be corrected in it."""

from __future__ import annotations

import hashlib

from participation.accounts.models import User
from participation.foundation import audit
from participation.foundation.access import demand
from participation.foundation.database import keep_first
from participation.ledger.models import Kind
from participation.ledger.operations import append_record
from participation.texts.markdown import normalise, to_html

from .. import emails
from ..models import Channel, DeliveryKind, Enclosure, Erratum, Submission, contents_from
from ..queries import lock
from ..queries.deliveries import deliveries_of, erratum_by_form_key, mails_that_arrived
from ..rules import may_add_erratum
from .deliveries import Way, keep_delivery


def add_erratum(actor: User, submission: Submission, text: str, *, form_key: str) -> Erratum:
    """Publish a correction beside the submission, and mail it to every body that got the submission by mail.

    The same form makes one. Irreversible: an erratum is corrected by another erratum.
    """
    lock(submission)
    demand(may_add_erratum(actor, submission))
    earlier = erratum_by_form_key(form_key)
    if earlier is not None:
        return earlier
    words = normalise(text)
    erratum = Erratum(submission=submission, text=words, html=to_html(words), added_by=actor, form_key=form_key)
    kept = keep_first(erratum, lambda: erratum_by_form_key(form_key))
    if kept is not erratum:
        return kept
    audit.record(actor, "erratum.added", erratum, submission=submission.id)
    fingerprint = hashlib.sha256(words.encode()).hexdigest()
    append_record(Kind.ERRATUM, submission.thread, {"text_sha256": fingerprint})
    covering = emails.erratum_letter(submission, contents_from(submission.canonical or b""), erratum)
    for delivery in mails_that_arrived(deliveries_of(submission)):
        way = Way(delivery.body, Channel.EMAIL, Enclosure.NOTHING, delivery.to_email)
        keep_delivery(actor, submission, way, covering, form_key=form_key, kind=DeliveryKind.ERRATUM, erratum=erratum)
    return erratum
