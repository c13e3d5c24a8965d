"""Who gets what at each address of this room."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from architecture.doors import Door
from factories import UserFactory
from sqlalchemy import select

from participation.foundation import clock
from participation.foundation.database import session
from participation.organisations import queries
from participation.organisations.models import (
    Invitation,
    Membership,
    MembershipRole,
    MembershipState,
    OrganisationState,
)

APPLICATION = {
    "name": "Društvo Jelka",
    "legal_form": "association",
    "presence": "seat",
    "municipality": "SI-011",
    "fields_of_work": ["youth"],
    "email": "pisarna@jelka.example",
    "mandate_statement": "Sem predsednica društva.",
}


def of_member(world: Any) -> dict[str, Any]:
    return {"slug": world.organisation.slug}


def of_applicant(world: Any) -> dict[str, Any]:
    return {"slug": world.applying_organisation.slug}


def _place(world: Any, role: str) -> Membership:
    person = world.people[role]
    return session.scalars(select(Membership).where(Membership.user_id == person.id)).one()


def of_contributor(world: Any) -> dict[str, Any]:
    return {"slug": world.organisation.slug, "membership_id": _place(world, "contributor").id}


def of_representative(world: Any) -> dict[str, Any]:
    return {"slug": world.organisation.slug, "membership_id": _place(world, "representative").id}


def of_request(world: Any) -> dict[str, Any]:
    request = Membership(user=UserFactory(), organisation=world.organisation, state=MembershipState.REQUESTED)
    session.add(request)
    session.commit()
    return {"slug": world.organisation.slug, "membership_id": request.id}


def _invitation(world: Any, **values: Any) -> Invitation:
    invitation = Invitation(
        organisation=world.organisation,
        email=world.people["registered"].email,
        role=MembershipRole.CONTRIBUTOR,
        token_sha256=queries.hash_of("zeton"),
        invited_by=world.people["representative"],
        expires_at=clock.now() + timedelta(days=14),
        **values,
    )
    session.add(invitation)
    session.commit()
    return invitation


def of_invitation(world: Any) -> dict[str, Any]:
    return {"invitation_id": _invitation(world).id}


def of_invitation_here(world: Any) -> dict[str, Any]:
    return {"slug": world.organisation.slug, "invitation_id": _invitation(world).id}


def of_token(world: Any) -> dict[str, Any]:
    _invitation(world)
    return {"token": "zeton"}


def of_asked_back(world: Any) -> dict[str, Any]:
    world.applying_organisation.state = OrganisationState.ASKED_BACK
    session.commit()
    return of_applicant(world)


# Whoever manages the people of world.organisation, and the office.
MANAGERS = {
    "visitor": 401,
    "registered": 403,
    "contributor": 403,
    "representative": 303,
    "outsider": 403,
    "council": 403,
    "coordinator": 303,
    "administrator": 403,
}
OFFICE = MANAGERS | {"representative": 403}
READERS_AT_OFFICE = dict.fromkeys(MANAGERS, 403) | {"visitor": 302, "coordinator": 200}


def reason(world: Any) -> dict[str, Any]:
    return {"reason": "Manjka pooblastilo."}


DOORS = [
    Door("GET", "organisations.index", everyone=200),
    Door("GET", "organisations.show", values=of_member, everyone=200),
    Door("GET", "organisations.show", values=of_applicant, case="application", everyone=404, registered=200,
         coordinator=200),
    Door("GET", "organisations.apply", everyone=200, visitor=302),
    Door("POST", "organisations.apply", form=lambda world: APPLICATION, everyone=303, visitor=401),
    Door("GET", "organisations.complete", values=of_applicant, everyone=403, visitor=302, registered=200,
         coordinator=200),
    Door("POST", "organisations.complete", values=of_applicant, form=lambda world: APPLICATION, case="not asked back",
         everyone=403, visitor=401),
    Door("POST", "organisations.complete", values=of_asked_back, form=lambda world: APPLICATION, everyone=403,
         visitor=401, registered=303),
    Door("GET", "organisations.edit", values=of_member,
         **(MANAGERS | {"visitor": 302, "representative": 200, "coordinator": 200})),
    Door("POST", "organisations.edit", values=of_member, form=lambda world: APPLICATION, **MANAGERS),
    Door("POST", "organisations.request_membership", values=of_member, everyone=303, visitor=401, contributor=403,
         representative=403),
    Door("POST", "organisations.request_membership", values=of_applicant, case="application", everyone=404,
         registered=403, coordinator=403),
    Door("GET", "organisations.people", values=of_member, everyone=403, visitor=302, contributor=200,
         representative=200, coordinator=200),
    Door("POST", "organisations.invite", values=of_member,
         form=lambda world: {"email": "nova@primer.example", "role": "contributor"}, **MANAGERS),
    Door("POST", "organisations.remove", values=of_contributor, **(MANAGERS | {"contributor": 303})),
    Door("POST", "organisations.remove", values=of_representative, case="the only representative",
         everyone=403, visitor=401),
    Door("POST", "organisations.change_role", values=of_contributor, form=lambda world: {"role": "representative"},
         **MANAGERS),
    Door("POST", "organisations.check_mandate", values=of_representative, form=lambda world: {"seen": "AJPES, 5. 3."},
         **OFFICE),
    Door("POST", "organisations.check_mandate", values=of_contributor, form=lambda world: {"seen": "AJPES"},
         case="no representative", everyone=403, visitor=401),
    Door("POST", "organisations.accept_request", values=of_request, **MANAGERS),
    Door("POST", "organisations.decline_request", values=of_request, **MANAGERS),
    Door("POST", "organisations.revoke_invitation", values=of_invitation_here, **MANAGERS),
    Door("GET", "organisations.open_invitation", values=of_token, everyone=303),
    Door("GET", "organisations.open_invitation", values=lambda world: {"token": "napacen"}, case="wrong token",
         everyone=404),
    Door("GET", "organisations.invitations", everyone=200),
    Door("POST", "organisations.accept_invitation", values=of_invitation, everyone=403, visitor=401, registered=303),
    Door("POST", "organisations.act", form=lambda world: {"organisation_id": world.organisation.id}, everyone=403,
         visitor=401, contributor=303, representative=303),
    Door("GET", "organisations_desk.applications", **READERS_AT_OFFICE),
    Door("GET", "organisations_desk.application", values=of_applicant, **READERS_AT_OFFICE),
    Door("POST", "organisations_desk.admit", values=of_applicant, **OFFICE),
    Door("POST", "organisations_desk.ask_back", values=of_applicant, form=reason, **OFFICE),
    Door("POST", "organisations_desk.decline", values=of_applicant, form=reason, **OFFICE),
    Door("POST", "organisations_desk.release", values=of_member, form=reason, **OFFICE),
]  # fmt: skip
