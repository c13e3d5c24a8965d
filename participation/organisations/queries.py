"""Finding organisations and their people."""

from __future__ import annotations

from sqlalchemy import select

from participation.foundation.collation import collation_key
from participation.foundation.database import NotFound, session

from .models import Organisation, OrganisationState


def organisation_by_slug(slug: str) -> Organisation:
    """An organisation in whatever state; raises NotFound."""
    organisation = session.scalar(select(Organisation).where(Organisation.slug == slug))
    if organisation is None:
        raise NotFound(slug)
    return organisation


def member_organisations() -> list[Organisation]:
    """All that belong to the network now, in the order of Slovenian names."""
    members = session.scalars(select(Organisation).where(Organisation.state == OrganisationState.ADMITTED))
    return sorted(members, key=lambda organisation: collation_key(organisation.name))


def organisation_by_id(organisation_id: int) -> Organisation:
    """Raises NotFound."""
    organisation = session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound(str(organisation_id))
    return organisation
