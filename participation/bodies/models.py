"""The address book of public bodies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.database import Model, new_key
from participation.foundation.language import _


class Level(StrEnum):
    """The level of government that a body belongs to, and that a draft is decided on."""

    MUNICIPAL = "municipal"
    REGIONAL = "regional"
    NATIONAL = "national"
    EUROPEAN = "eu"

    @property
    def label(self) -> Any:
        return {
            Level.MUNICIPAL: _("municipal"),
            Level.REGIONAL: _("regional"),
            Level.NATIONAL: _("national"),
            Level.EUROPEAN: _("European Union"),
        }[self]


# Kinds that have a name in both languages; a body of another kind shows the kind as it is written.
KINDS: dict[str, Any] = {
    "municipality": _("municipality"),
    "city_municipality": _("city municipality"),
    "development_council": _("development council"),
    "council_of_mayors": _("council of mayors"),
    "development_agency": _("development agency"),
    "association_of_municipalities": _("association of municipalities"),
    "administrative_unit": _("administrative unit"),
    "advisory_body": _("advisory body"),
    "ministry": _("ministry"),
    "government": _("government"),
    "parliament": _("parliament"),
    "other": _("other public body"),
}


class PublicBody(Model):
    __tablename__ = "public_bodies"
    __table_args__ = (
        CheckConstraint("level in ('', 'municipal', 'regional', 'national', 'eu')", name="level_is_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # The key in the installation's data; None for bodies that the office added.
    installation_key: Mapped[str | None] = mapped_column(String(60), unique=True)
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[str] = mapped_column(String(250), unique=True)
    kind: Mapped[str] = mapped_column(String(60), default="")
    level: Mapped[str] = mapped_column(String(20), default="")
    municipality: Mapped[str | None] = mapped_column(String(20))  # a code of the installation
    address: Mapped[str] = mapped_column(String(250), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    form_key: Mapped[str] = mapped_column(String(40), unique=True, default=new_key)

    @property
    def kind_label(self) -> Any:
        return KINDS.get(self.kind, self.kind)

    @property
    def level_label(self) -> Any:
        return Level(self.level).label if self.level else ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What the address book says of a body; `municipality` is a code of the installation."""

    name: str
    kind: str
    level: Level
    municipality: str | None = None
    address: str = ""
    email: str = ""
