"""Who may do what with organisations and their people.

Two questions that the rooms above ask stand first: `acts_for` and `represents`.
"""

from __future__ import annotations

from participation.accounts.models import User, Viewer
from participation.foundation.access import ALLOWED, Verdict, first_refusal, refused
from participation.foundation.language import _

from .models import Invitation, Membership, MembershipRole, MembershipState, Organisation, OrganisationState


def acts_for(viewer: Viewer, organisation: Organisation | None) -> bool:
    """The person may speak on behalf of this organisation now."""
    return _place_in(viewer, organisation) is not None


def represents(viewer: Viewer, organisation: Organisation | None) -> bool:
    """The person has the mandate of this organisation now."""
    place = _place_in(viewer, organisation)
    return place is not None and place.is_representative


def belongs_to_network(viewer: Viewer) -> bool:
    """The person has a place in any member organisation now."""
    return any(membership.is_live for membership in viewer.memberships)


def _place_in(viewer: Viewer, organisation: Organisation | None) -> Membership | None:
    if organisation is None:
        return None
    return next(
        (place for place in viewer.memberships if place.organisation_id == organisation.id and place.is_live), None
    )


def may_apply_for_admission(viewer: Viewer) -> Verdict:
    if not viewer.is_authenticated:
        return refused(_("Sign in to apply for your organisation."), sign_in_helps=True)
    if viewer.id is None:
        return refused(_("Only a person can apply for an organisation."))
    return ALLOWED


def may_see_application(viewer: Viewer, organisation: Organisation) -> Verdict:
    """The whole application with both numbers and the mandate: its applicant and the office."""
    if not viewer.is_authenticated:
        return refused(_("Sign in to see the application."), sign_in_helps=True)
    if viewer.is_coordinator or organisation.applicant_id == viewer.id:
        return ALLOWED
    return refused(_("An application is seen only by the person who wrote it and by the office."))


def may_complete_application(viewer: Viewer, organisation: Organisation) -> Verdict:
    if not viewer.is_authenticated:
        return refused(_("Sign in to complete the application."), sign_in_helps=True)
    if organisation.applicant_id != viewer.id:
        return refused(_("Only the person who wrote the application can complete it."))
    if organisation.state == OrganisationState.APPLIED:
        return refused(_("The application waits for the office. You will get an email when it is decided."))
    if organisation.state != OrganisationState.ASKED_BACK:
        return refused(_("This application has been decided already."))
    return ALLOWED


def may_see_applications(viewer: Viewer) -> Verdict:
    if not viewer.is_authenticated:
        return refused(_("Sign in to see the applications."), sign_in_helps=True)
    if not viewer.is_coordinator:
        return refused(_("Applications are seen and decided by the coordinator."))
    return ALLOWED


def may_admit_organisation(viewer: Viewer, organisation: Organisation) -> Verdict:
    """An organisation that left may come back."""
    if organisation.state == OrganisationState.LEFT:
        return may_see_applications(viewer)
    return _may_decide(viewer, organisation)


def may_ask_back_organisation(viewer: Viewer, organisation: Organisation) -> Verdict:
    verdict = _may_decide(viewer, organisation)
    if verdict and organisation.state == OrganisationState.ASKED_BACK:
        return refused(_("The applicant has been asked already; the application waits for the applicant."))
    return verdict


def may_decline_organisation(viewer: Viewer, organisation: Organisation) -> Verdict:
    return _may_decide(viewer, organisation)


def _may_decide(viewer: Viewer, organisation: Organisation) -> Verdict:
    verdict = may_see_applications(viewer)
    if verdict and not organisation.is_applying:
        return refused(_("This application has been decided already."))
    return verdict


def may_release_organisation(viewer: Viewer, organisation: Organisation) -> Verdict:
    """Record that an organisation left the network."""
    if not viewer.is_authenticated:
        return refused(_("Sign in to record that an organisation left."), sign_in_helps=True)
    if not viewer.is_coordinator:
        return refused(_("Only the coordinator records that an organisation left the network."))
    if not organisation.is_member:
        return refused(_("This organisation is not a member of the network."))
    return ALLOWED


def may_edit_organisation(viewer: Viewer, organisation: Organisation) -> Verdict:
    return _may_manage(viewer, organisation, _("Sign in to change what is said about the organisation."))


def may_see_people(viewer: Viewer, organisation: Organisation) -> Verdict:
    if not viewer.is_authenticated:
        return refused(_("Sign in to see the people of the organisation."), sign_in_helps=True)
    if viewer.is_coordinator or acts_for(viewer, organisation):
        return ALLOWED
    return refused(_("The people of an organisation are seen by its own members and by the office."))


def may_manage_people(viewer: Viewer, organisation: Organisation) -> Verdict:
    """What inviting, removing and deciding about people have in common."""
    return _may_manage(viewer, organisation, _("Sign in to manage the people of the organisation."))


def _may_manage(viewer: Viewer, organisation: Organisation, words: object) -> Verdict:
    if not viewer.is_authenticated:
        return refused(words, sign_in_helps=True)
    if not organisation.is_member:
        return refused(_("This organisation is not a member of the network."))
    if represents(viewer, organisation) or viewer.is_coordinator:
        return ALLOWED
    return refused(_("This is decided by a representative of the organisation."))


def may_invite_person(viewer: Viewer, organisation: Organisation) -> Verdict:
    if viewer.is_authenticated and viewer.id is None:
        return refused(_("Only a person can invite others."))
    return may_manage_people(viewer, organisation)


def may_revoke_invitation(viewer: Viewer, invitation: Invitation) -> Verdict:
    if invitation.accepted_at is not None:
        return first_refusal(
            may_manage_people(viewer, invitation.organisation), refused(_("The invitation was accepted already."))
        )
    return may_manage_people(viewer, invitation.organisation)


def may_accept_invitation(viewer: Viewer, invitation: Invitation) -> Verdict:
    """Only the person whose own confirmed address was invited: a forwarded link gives no place."""
    if not viewer.is_authenticated:
        return refused(_("Sign in with the invited email address to accept."), sign_in_helps=True)
    confirmed = viewer.email if isinstance(viewer, User) and viewer.confirmed_at is not None else ""
    if confirmed.lower() != invitation.email.lower():
        return refused(_("The invitation was sent to another email address than that of your account."))
    if invitation.invited_by_id == viewer.id:
        # The office may invite for every organisation, and must not speak for one by that.
        return refused(_("Nobody joins an organisation by an invitation of their own."))
    if invitation.accepted_at is not None:
        return refused(_("The invitation was used already."))
    if invitation.revoked_at is not None:
        return refused(_("The invitation was taken back. Ask the organisation for a new one."))
    if not invitation.is_open:
        return refused(_("The invitation has expired. Ask the organisation for a new one."))
    if not invitation.organisation.is_member:
        return refused(_("This organisation is not a member of the network."))
    return ALLOWED


def may_remove_person(viewer: Viewer, membership: Membership, representatives: int) -> Verdict:
    """`representatives`: how many live ones the organisation has. Everybody may leave by themselves."""
    leaves = viewer.is_authenticated and viewer.id is not None and membership.user_id == viewer.id
    if not leaves:
        verdict = may_manage_people(viewer, membership.organisation)
        if not verdict:
            return verdict
    if membership.state != MembershipState.LIVE:
        return refused(_("This person does not belong to the organisation any more."))
    return _somebody_must_represent(membership, representatives)


def may_check_mandate(viewer: Viewer, membership: Membership) -> Verdict:
    """The office looks at what shows a mandate: the register, a decision of the board."""
    if not viewer.is_authenticated:
        return refused(_("Sign in to check mandates."), sign_in_helps=True)
    if not viewer.is_coordinator:
        return refused(_("Mandates are checked by the office of the network."))
    if membership.user_id == viewer.id:
        return refused(_("Somebody else of the office checks your own mandate."))
    if not (membership.is_live and membership.is_representative):
        return refused(_("Only the mandate of a representative is checked."))
    return ALLOWED


def may_change_role(viewer: Viewer, membership: Membership, role: MembershipRole, representatives: int) -> Verdict:
    verdict = may_manage_people(viewer, membership.organisation)
    if not verdict:
        return verdict
    if membership.state != MembershipState.LIVE:
        return refused(_("This person does not belong to the organisation any more."))
    if role == MembershipRole.REPRESENTATIVE:
        return ALLOWED
    return _somebody_must_represent(membership, representatives)


def _somebody_must_represent(membership: Membership, representatives: int) -> Verdict:
    if membership.is_representative and representatives <= 1:
        return refused(
            _("This is the only representative of the organisation. Make somebody else a representative first.")
        )
    return ALLOWED


def may_request_membership(viewer: Viewer, organisation: Organisation) -> Verdict:
    if not viewer.is_authenticated:
        return refused(_("Sign in to ask for membership."), sign_in_helps=True)
    if viewer.id is None:
        return refused(_("Only a person can belong to an organisation."))
    if not organisation.is_member:
        return refused(_("This organisation is not a member of the network."))
    if acts_for(viewer, organisation):
        return refused(_("You belong to this organisation already."))
    return ALLOWED


def may_accept_request(viewer: Viewer, membership: Membership) -> Verdict:
    return _may_decide_request(viewer, membership)


def may_decline_request(viewer: Viewer, membership: Membership) -> Verdict:
    return _may_decide_request(viewer, membership)


def _may_decide_request(viewer: Viewer, membership: Membership) -> Verdict:
    verdict = may_manage_people(viewer, membership.organisation)
    if verdict and membership.state != MembershipState.REQUESTED:
        return refused(_("This request has been decided already."))
    return verdict


def may_act_for_organisation(viewer: Viewer, organisation: Organisation) -> Verdict:
    if not viewer.is_authenticated:
        return refused(_("Sign in to act for an organisation."), sign_in_helps=True)
    if not acts_for(viewer, organisation):
        return refused(_("You can act only for an organisation that you belong to."))
    return ALLOWED
