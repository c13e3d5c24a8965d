"""Co-signatures: an organisation's signature under one exact text."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import User
from participation.foundation import clock
from participation.foundation.database import Model, choice
from participation.foundation.language import _
from participation.ledger.models import LedgerEntry
from participation.organisations.models import MandateLevel, Organisation

from .positions import PositionVersion
from .stances import Decision, Stance


class CosignatureState(StrEnum):
    """Live until it is taken back, replaced by another of the same organisation, or its text gives way to a newer."""

    LIVE = "live"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    LAPSED = "lapsed"

    @property
    def label(self) -> Any:
        return {
            CosignatureState.LIVE: _("signed"),
            CosignatureState.WITHDRAWN: _("withdrawn"),
            CosignatureState.SUPERSEDED: _("replaced by a newer one"),
            CosignatureState.LAPSED: _("lapsed"),
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
    stance: Mapped[Stance] = mapped_column(choice(Stance, 14), default=Stance.SIGNS)
    # The points that it does not sign, or asks other wordings of; by their numbers in the frozen text.
    excepted: Mapped[list[int]] = mapped_column(JSON, default=list)
    conditions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[CosignatureState] = mapped_column(choice(CosignatureState, 10), default=CosignatureState.LIVE)
    signed_at: Mapped[datetime] = mapped_column(default=clock.now)
    # When it stopped standing, for whatever reason; `withdrawn_because` is told of a withdrawal alone.
    withdrawn_at: Mapped[datetime | None]
    withdrawn_because: Mapped[str] = mapped_column(Text, default="")
    form_key: Mapped[str] = mapped_column(String(40), unique=True)
    # How far the mandate had been checked when it was used.
    level: Mapped[MandateLevel] = mapped_column(choice(MandateLevel, 2), default=MandateLevel.P1)
    # The number of its record in the ledger.
    seq: Mapped[int | None] = mapped_column(ForeignKey("ledger_entries.seq"), unique=True)

    version: Mapped[PositionVersion] = relationship(PositionVersion)
    organisation: Mapped[Organisation] = relationship(Organisation)
    signer: Mapped[User] = relationship(User)
    record: Mapped[LedgerEntry | None] = relationship(LedgerEntry)

    @property
    def decision(self) -> Decision:
        conditions = {int(number): wording for number, wording in self.conditions.items()}
        return Decision(Stance(self.stance), tuple(self.excepted), conditions, self.statement)

    @property
    def is_live(self) -> bool:
        return self.state == CosignatureState.LIVE
