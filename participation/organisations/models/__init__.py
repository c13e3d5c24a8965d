from .doubts import Doubt
from .memberships import (
    INVITATION_LASTS,
    Invitation,
    Membership,
    MembershipRole,
    MembershipState,
)
from .names import skeleton_of
from .numbers import is_sound_registration_number, is_sound_tax_number
from .organisations import Organisation, OrganisationState, PresenceKind
from .profiles import Presentation, Profile

__all__ = [
    "INVITATION_LASTS",
    "Doubt",
    "Invitation",
    "Membership",
    "MembershipRole",
    "MembershipState",
    "Organisation",
    "OrganisationState",
    "PresenceKind",
    "Presentation",
    "Profile",
    "is_sound_registration_number",
    "is_sound_tax_number",
    "skeleton_of",
]
