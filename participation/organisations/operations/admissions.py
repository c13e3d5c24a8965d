"""How an organisation joins the network, and leaves it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy.exc import IntegrityError

from participation.accounts.models import NetworkRole, User, Viewer
from participation.accounts.queries import users_with_role
from participation.foundation import audit, clock, mail
from participation.foundation.access import demand
from participation.foundation.database import Conflict, keep_first, session
from participation.foundation.language import _
from participation.foundation.slugs import free_slug
from participation.organisations import emails, queries
from participation.organisations.events import mandate_changed, organisation_left
from participation.organisations.models import (
    Doubt,
    Membership,
    MembershipRole,
    MembershipState,
    Organisation,
    OrganisationState,
    Presentation,
    Profile,
    is_sound_registration_number,
    is_sound_tax_number,
    skeleton_of,
)
from participation.organisations.models.names import mixes_alphabets
from participation.organisations.models.numbers import registration_number_of, tax_number_of
from participation.organisations.rules import (
    may_admit_organisation,
    may_apply_for_admission,
    may_ask_back_organisation,
    may_complete_application,
    may_decline_organisation,
    may_edit_organisation,
    may_release_organisation,
)

# Addresses that pages of this room have: no organisation may be called so.
RESERVED_SLUGS = {"apply"}


def apply_for_admission(actor: User, profile: Profile, form_key: str) -> Organisation:
    """Send an application to the office; raises Conflict when the name or a number is taken.

    The same key gives the application that was sent first.
    """
    demand(may_apply_for_admission(actor))
    earlier = queries.application_by_form_key(actor.id, form_key)
    if earlier is not None:
        return earlier
    _refuse_collisions(queries.collisions(profile))
    organisation = Organisation(
        slug=free_slug(profile.name, lambda slug: slug in RESERVED_SLUGS or queries.is_slug_taken(slug)),
        applicant=actor,
        applied_at=clock.now(),
        form_key=form_key,
    )
    _write(organisation, profile)
    try:
        kept = keep_first(organisation, lambda: queries.application_by_form_key(actor.id, form_key))
    except IntegrityError:
        raise Conflict(_("Somebody applied with the same name or number at the same moment.")) from None
    if kept is not organisation:
        return kept
    audit.record(actor, "organisation.applied", organisation)
    _tell_coordinators(organisation)
    return organisation


def complete_application(actor: Viewer, organisation: Organisation, profile: Profile) -> None:
    """Send the application again after it was asked back; raises Conflict as applying does."""
    _take(organisation)
    demand(may_complete_application(actor, organisation))
    _refuse_collisions(queries.collisions(profile, organisation.id))
    _write(organisation, profile)
    organisation.state = OrganisationState.APPLIED
    organisation.applied_at = clock.now()
    audit.record(actor, "organisation.completed", organisation)
    _tell_coordinators(organisation)


def admit_organisation(actor: Viewer, organisation: Organisation) -> None:
    """Make it a member; the applicant becomes its representative, or gets the place back."""
    _take(organisation)
    demand(may_admit_organisation(actor, organisation))
    _decide(organisation, OrganisationState.ADMITTED, "")
    _seat_applicant(organisation)
    audit.record(actor, "organisation.admitted", organisation)
    mail.send(emails.admitted(organisation))
    _tell_of_mandates(organisation)


def ask_back_organisation(actor: Viewer, organisation: Organisation, reason: str) -> None:
    """Ask the applicant to complete the application."""
    _take(organisation)
    demand(may_ask_back_organisation(actor, organisation))
    _decide(organisation, OrganisationState.ASKED_BACK, reason)
    audit.record(actor, "organisation.asked-back", organisation, because=reason)
    mail.send(emails.asked_back(organisation))


def decline_organisation(actor: Viewer, organisation: Organisation, reason: str) -> None:
    """Final for this application; its name and numbers are free for another one."""
    _take(organisation)
    demand(may_decline_organisation(actor, organisation))
    _decide(organisation, OrganisationState.DECLINED, reason)
    audit.record(actor, "organisation.declined", organisation, because=reason)
    mail.send(emails.declined(organisation))


def release_organisation(actor: Viewer, organisation: Organisation, reason: str) -> None:
    """Record that it left the network: its people may no longer act for it; its words stay."""
    _take(organisation)
    demand(may_release_organisation(actor, organisation))
    _decide(organisation, OrganisationState.LEFT, reason)
    audit.record(actor, "organisation.left", organisation, because=reason)
    for representative in queries.representatives_of(organisation):
        mail.send(emails.left(organisation, representative))
    _tell_of_mandates(organisation)
    organisation_left.send(organisation)


def edit_organisation(actor: Viewer, organisation: Organisation, presentation: Presentation) -> None:
    """Change what the directory says; name, form, seat and numbers stay as they were admitted."""
    demand(may_edit_organisation(actor, organisation))
    changed = _present(organisation, presentation)
    audit.record(actor, "organisation.edited", organisation, changed=changed)


def _take(organisation: Organisation) -> None:
    """Read it as it stands now and keep others from deciding about it until this is done."""
    session.refresh(organisation, with_for_update=True)


def _refuse_collisions(found: dict[str, Any]) -> None:
    if found:
        raise Conflict(next(iter(found.values())))


def _write(organisation: Organisation, profile: Profile) -> None:
    organisation.name = profile.name
    organisation.name_skeleton = skeleton_of(profile.name)
    organisation.legal_form = profile.legal_form
    organisation.presence = profile.presence
    organisation.municipality = profile.municipality
    organisation.registration_number = registration_number_of(profile.registration_number)
    organisation.tax_number = tax_number_of(profile.tax_number)
    organisation.mandate_statement = profile.mandate_statement
    organisation.warnings = [doubt.value for doubt in _doubts(organisation)]
    _present(organisation, profile)


def _present(organisation: Organisation, presentation: Presentation) -> list[str]:
    changed = []
    for name in Presentation.__dataclass_fields__:
        value = asdict(presentation)[name]
        value = list(value) if isinstance(value, tuple) else value
        if getattr(organisation, name) != value:
            setattr(organisation, name, value)
            changed.append(name)
    return changed


def _doubts(organisation: Organisation) -> list[Doubt]:
    found = []
    if organisation.registration_number is None:
        found.append(Doubt.REGISTRATION_NUMBER_MISSING)
    elif not is_sound_registration_number(organisation.registration_number):
        found.append(Doubt.REGISTRATION_NUMBER_UNSOUND)
    if organisation.tax_number is None:
        found.append(Doubt.TAX_NUMBER_MISSING)
    elif not is_sound_tax_number(organisation.tax_number):
        found.append(Doubt.TAX_NUMBER_UNSOUND)
    if mixes_alphabets(organisation.name):
        found.append(Doubt.NAME_MIXES_ALPHABETS)
    if queries.was_declined_before(organisation.name):
        found.append(Doubt.NAME_WAS_DECLINED)
    return found


def _decide(organisation: Organisation, state: OrganisationState, reason: str) -> None:
    organisation.state = state
    organisation.decided_at = clock.now()
    organisation.decision_reason = reason


def _seat_applicant(organisation: Organisation) -> None:
    if queries.number_of_representatives(organisation) > 0:
        return
    place = queries.place_of(organisation.applicant, organisation)
    if place is None:
        place = Membership(user=organisation.applicant, organisation=organisation)
        session.add(place)
    place.role, place.state, place.began_at = MembershipRole.REPRESENTATIVE, MembershipState.LIVE, clock.now()
    session.flush()
    session.expire(organisation.applicant, ["memberships"])


def _tell_of_mandates(organisation: Organisation) -> None:
    for place in queries.places_of_representatives(organisation):
        mandate_changed.send(place)


def _tell_coordinators(organisation: Organisation) -> None:
    for coordinator in users_with_role(NetworkRole.COORDINATOR):
        mail.send(emails.application_received(organisation, coordinator))
