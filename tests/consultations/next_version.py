"""A published text, and the next version of it, as operations make them."""

from __future__ import annotations

from collections.abc import Sequence

from factories import ConsultationFactory
from sqlalchemy import insert

from participation.accounts.models import Operator, Viewer
from participation.consultations.models import Consultation, Provision, TextVersion
from participation.consultations.models.lineage import Identity
from participation.consultations.models.rows import rows_of
from participation.consultations.operations import load_version, publish_version
from participation.foundation.database import new_key, session
from participation.texts import provisions as texts


def published(provisions: Sequence[texts.Provision], **values: object) -> Consultation:
    """A consultation that is open for comments on this text."""
    consultation = ConsultationFactory(articles=0, **values)
    rows = rows_of(consultation.versions[0], provisions, [Identity(new_key()) for _one in provisions])
    session.execute(insert(Provision), rows)
    session.expire_all()
    return consultation


def loaded(
    consultation: Consultation, provisions: Sequence[texts.Provision], actor: Viewer | None = None
) -> TextVersion:
    """The next version in preparation, as if it had been read from a file."""
    reading = texts.Reading("Naslov", "sl", (), tuple(provisions))
    version = load_version(actor or Operator(), consultation, reading, b"Besedilo.", "nova.txt", "text/plain")
    session.expire_all()
    return version


def following(consultation: Consultation, provisions: Sequence[texts.Provision]) -> TextVersion:
    """The next version, published."""
    version = loaded(consultation, provisions)
    publish_version(Operator(), version)
    session.flush()
    return version


def provision_with(version: TextVersion, words: str) -> Provision:
    """The one provision whose text begins like this."""
    (found,) = [one for one in version.provisions if one.text.startswith(words)]
    return found
