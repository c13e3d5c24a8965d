"""Making the commitments of a person unlinkable."""

from __future__ import annotations

from participation.accounts.models import Viewer
from participation.foundation.access import demand
from participation.foundation.database import session

from ..models import Kind
from ..queries import secrets_of_person
from ..rules import may_erase_secrets
from .appending import append_record


def erase_secrets(actor: Viewer, user_id: int) -> int:
    """Delete what is behind the records of a person, and record that it was; how many. Irreversible.

    The records stay and go on proving which organisation signed what; from now on nobody can
    show from them, or from a receipt that is not kept elsewhere, which person it was.
    """
    demand(may_erase_secrets(actor, user_id))
    secrets = secrets_of_person(user_id)
    if not secrets:
        return 0
    seqs = [secret.seq for secret in secrets]
    for secret in secrets:
        session.delete(secret)
    session.flush()
    append_record(Kind.PERSONAL_DATA_ERASED, "erasures", {"seqs": seqs, "purpose": "who"})
    return len(seqs)
