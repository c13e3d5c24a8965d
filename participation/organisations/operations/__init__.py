from .admissions import (
    admit_organisation,
    apply_for_admission,
    ask_back_organisation,
    complete_application,
    decline_organisation,
    edit_organisation,
    release_organisation,
)
from .people import (
    accept_invitation,
    accept_request,
    change_role,
    check_mandate,
    decline_request,
    invite_person,
    remove_person,
    request_membership,
    revoke_invitation,
)

__all__ = [
    "accept_invitation",
    "accept_request",
    "admit_organisation",
    "apply_for_admission",
    "ask_back_organisation",
    "change_role",
    "check_mandate",
    "complete_application",
    "decline_organisation",
    "decline_request",
    "edit_organisation",
    "invite_person",
    "release_organisation",
    "remove_person",
    "request_membership",
    "revoke_invitation",
]
