from .doubts import Doubt
from .memberships import (
    INVITATION_LASTS,
    Invitation,
    MandateLevel,
    Membership,
    MembershipRole,
    MembershipState,
    mandate_thread,
)
from .names import skeleton_of
from .numbers import is_sound_registration_number, is_sound_tax_number
from .organisations import Organisation, OrganisationState, PresenceKind
from .profiles import Presentation, Profile

__all__ = [
    "INVITATION_LASTS",
    "Doubt",
    "Invitation",
    "MandateLevel",
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
    "mandate_thread",
    "skeleton_of",
]
