"""What an organisation says of itself when it applies, and may mend later."""

from __future__ import annotations

from dataclasses import dataclass

from .organisations import PresenceKind


@dataclass(frozen=True)
class Profile:
    """The two numbers as typed, or empty; codes and keys are the installation's."""

    name: str
    legal_form: str
    municipality: str
    email: str
    short_name: str = ""
    presence: PresenceKind = PresenceKind.SEAT
    address: str = ""
    registration_number: str = ""
    tax_number: str = ""
    fields_of_work: tuple[str, ...] = ()
    phone: str = ""
    contact_is_public: bool = True
    website: str = ""
    description: str = ""
    mandate_statement: str = ""
