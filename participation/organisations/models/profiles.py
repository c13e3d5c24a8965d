"""What an organisation says of itself when it applies, and may mend later."""

from __future__ import annotations

from dataclasses import dataclass

from .organisations import PresenceKind


@dataclass(frozen=True, kw_only=True)
class Presentation:
    """What the members of an organisation may mend at any time. Codes and keys are the installation's."""

    email: str
    short_name: str = ""
    address: str = ""
    fields_of_work: tuple[str, ...] = ()
    phone: str = ""
    contact_is_public: bool = True
    website: str = ""
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class Profile(Presentation):
    """The whole application. The two numbers are as typed, or empty."""

    name: str
    legal_form: str
    municipality: str
    presence: PresenceKind = PresenceKind.SEAT
    registration_number: str = ""
    tax_number: str = ""
    mandate_statement: str = ""
