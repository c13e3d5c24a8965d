"""Finding organisations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select

from participation.accounts.models import Viewer
from participation.foundation import region
from participation.foundation.collation import collation_key
from participation.foundation.database import NotFound, session
from participation.foundation.language import _
from participation.foundation.paging import Page
from participation.organisations.models import Organisation, OrganisationState, Profile, skeleton_of
from participation.organisations.models.numbers import registration_number_of, tax_number_of
from participation.organisations.rules import may_see_application

PAGE_SIZE = 20


@dataclass(frozen=True)
class Sought:
    """What a reader of the directory looks for; an empty value asks for nothing."""

    area: str = ""
    municipality: str = ""
    field_of_work: str = ""
    words: str = ""

    @property
    def is_everything(self) -> bool:
        return not (self.area or self.municipality or self.field_of_work or self.words.strip())


def organisation_by_slug(slug: str) -> Organisation:
    """An organisation in whatever state; raises NotFound."""
    organisation = session.scalar(select(Organisation).where(Organisation.slug == slug))
    if organisation is None:
        raise NotFound(slug)
    return organisation


def visible_organisation(slug: str, viewer: Viewer) -> Organisation:
    """One whose page this viewer may see; raises NotFound for applications of others."""
    organisation = organisation_by_slug(slug)
    if not organisation.is_known_to_all and not may_see_application(viewer, organisation):
        raise NotFound(slug)
    return organisation


def organisation_by_id(organisation_id: int) -> Organisation:
    """Raises NotFound."""
    organisation = find_organisation(organisation_id)
    if organisation is None:
        raise NotFound(str(organisation_id))
    return organisation


def find_organisation(organisation_id: int) -> Organisation | None:
    return session.get(Organisation, organisation_id)


def member_organisations() -> list[Organisation]:
    """All that belong to the network now, in the order of Slovenian names."""
    members = session.scalars(select(Organisation).where(Organisation.state == OrganisationState.ADMITTED))
    return sorted(members, key=lambda organisation: collation_key(organisation.name))


def members_by_municipality() -> dict[str, int]:
    """How many members have their seat in each municipality, by its code; those without any are left out."""
    rows = session.execute(
        select(Organisation.municipality, func.count())
        .where(Organisation.state == OrganisationState.ADMITTED)
        .group_by(Organisation.municipality)
    )
    return {code: number for code, number in rows}


def directory(sought: Sought, number: int, size: int = PAGE_SIZE) -> Page[Organisation]:
    """A page of the members that fit, in the order of Slovenian names.

    A network has hundreds of members, not millions: they are put in order here, because
    no order of names is the same on both databases.
    """
    found = [organisation for organisation in member_organisations() if _fits(organisation, sought)]
    last = max(1, -(-len(found) // size))
    number = min(max(number, 1), last)
    return Page(found[(number - 1) * size : number * size], number, size, len(found))


def _fits(organisation: Organisation, sought: Sought) -> bool:
    if sought.municipality and organisation.municipality != sought.municipality:
        return False
    if sought.area and region.current().area_of(organisation.municipality).key != sought.area:
        return False
    if sought.field_of_work and sought.field_of_work not in organisation.fields_of_work:
        return False
    name = skeleton_of(f"{organisation.name} {organisation.short_name}")
    return all(skeleton_of(word) in name for word in sought.words.split())


def applications(state: OrganisationState | None = None) -> list[Organisation]:
    """Those that wait or were asked back, the oldest first; or all in one state, the newest first."""
    statement = select(Organisation)
    if state is None:
        waiting = Organisation.state.in_([OrganisationState.APPLIED, OrganisationState.ASKED_BACK])
        return list(session.scalars(statement.where(waiting).order_by(Organisation.applied_at, Organisation.id)))
    return list(session.scalars(statement.where(Organisation.state == state).order_by(Organisation.id.desc())))


def application_by_form_key(applicant_id: int, form_key: str) -> Organisation | None:
    return session.scalar(
        select(Organisation).where(Organisation.applicant_id == applicant_id, Organisation.form_key == form_key)
    )


def is_slug_taken(slug: str) -> bool:
    return session.scalar(select(Organisation.id).where(Organisation.slug == slug)) is not None


def was_declined_before(name: str) -> bool:
    """An application under this name, or one that looks like it, was declined."""
    declined = select(Organisation.id).where(
        Organisation.name_skeleton == skeleton_of(name), Organisation.state == OrganisationState.DECLINED
    )
    return session.scalar(declined.limit(1)) is not None


def collisions(profile: Profile, own_id: int | None = None) -> dict[str, Any]:
    """What of a profile belongs to another organisation already: the field, and what to do about it."""
    registration_number = registration_number_of(profile.registration_number)
    tax_number = tax_number_of(profile.tax_number)
    skeleton = skeleton_of(profile.name)
    same = [Organisation.name_skeleton == skeleton]
    if registration_number:
        same.append(Organisation.registration_number == registration_number)
    if tax_number:
        same.append(Organisation.tax_number == tax_number)
    others = session.execute(
        select(Organisation.name_skeleton, Organisation.registration_number, Organisation.tax_number).where(
            or_(*same), Organisation.state != OrganisationState.DECLINED, Organisation.id != (own_id or 0)
        )
    ).all()
    found: dict[str, Any] = {}
    if any(row.name_skeleton == skeleton for row in others):
        found["name"] = _(
            "An organisation of this name, or of one that looks the same, is in the network or has applied already. "
            "If it is yours, ask to join it; otherwise write to the office."
        )
    if registration_number and any(row.registration_number == registration_number for row in others):
        found["registration_number"] = _("This registration number belongs to another organisation already.")
    if tax_number and any(row.tax_number == tax_number for row in others):
        found["tax_number"] = _("This tax number belongs to another organisation already.")
    return found
