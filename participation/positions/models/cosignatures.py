"""Co-signatures: an organisation's signature under one exact text."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import User
from participation.foundation import clock
from participation.foundation.database import Model, choice
from participation.foundation.language import _
from participation.organisations.models import Organisation

from .positions import PositionVersion


class CosignatureState(StrEnum):
    LIVE = "live"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> Any:
        return {
            CosignatureState.LIVE: _("signed"),
            CosignatureState.WITHDRAWN: _("withdrawn"),
        }[self]


class Cosignature(Model):
    """An organisation's signature under one text version; one live row each, by the index."""

    __tablename__ = "cosignatures"
    __table_args__ = (
        Index(
            "uq_cosignatures_one_live",
            "version_id",
            "organisation_id",
            unique=True,
            sqlite_where=text("state = 'live'"),
            postgresql_where=text("state = 'live'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("position_versions.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    signer_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    sha256_seen: Mapped[str] = mapped_column(String(64))
    statement: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[CosignatureState] = mapped_column(choice(CosignatureState, 10), default=CosignatureState.LIVE)
    signed_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_because: Mapped[str] = mapped_column(Text, default="")
    form_key: Mapped[str] = mapped_column(String(40), unique=True)

    version: Mapped[PositionVersion] = relationship(PositionVersion)
    organisation: Mapped[Organisation] = relationship(Organisation)
    signer: Mapped[User] = relationship(User)

    @property
    def is_live(self) -> bool:
        return self.state == CosignatureState.LIVE
