"""What a contributor proposes that the organisation decide; it counts for nothing until a representative signs."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import User
from participation.foundation import clock
from participation.foundation.database import Model, choice
from participation.foundation.language import _
from participation.organisations.models import Organisation

from .cosignatures import Cosignature
from .positions import PositionVersion
from .stances import Decision, Stance


class ProposedDecisionState(StrEnum):
    """Proposed until a representative or its author says otherwise, another replaces it, or its text gives way."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    SENT_BACK = "sent-back"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    LAPSED = "lapsed"

    @property
    def label(self) -> Any:
        return {
            ProposedDecisionState.PROPOSED: _("waits for a representative"),
            ProposedDecisionState.APPROVED: _("approved and signed"),
            ProposedDecisionState.SENT_BACK: _("sent back"),
            ProposedDecisionState.WITHDRAWN: _("taken back by its author"),
            ProposedDecisionState.REPLACED: _("replaced by another one"),
            ProposedDecisionState.LAPSED: _("lapsed"),
        }[self]


class ProposedDecision(Model):
    """The words never change: who proposes anew makes another row. One waits in each organisation, by the index."""

    __tablename__ = "proposed_decisions"
    __table_args__ = (
        Index(
            "uq_proposed_decisions_one_waits",
            "version_id",
            "organisation_id",
            unique=True,
            sqlite_where=text("state = 'proposed'"),
            postgresql_where=text("state = 'proposed'"),
        ),
        CheckConstraint("(state = 'proposed') = (ended_at is null)", name="its_end_is_known"),
        CheckConstraint("(state = 'sent-back') = (because <> '')", name="sent_back_for_a_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("position_versions.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    sha256_seen: Mapped[str] = mapped_column(String(64))
    stance: Mapped[Stance] = mapped_column(choice(Stance, 14))
    excepted: Mapped[list[int]] = mapped_column(JSON, default=list)
    conditions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    statement: Mapped[str] = mapped_column(Text, default="")
    proposed_at: Mapped[datetime] = mapped_column(default=clock.now)
    form_key: Mapped[str] = mapped_column(String(40), unique=True)
    state: Mapped[ProposedDecisionState] = mapped_column(
        choice(ProposedDecisionState, 10), default=ProposedDecisionState.PROPOSED
    )
    ended_at: Mapped[datetime | None]
    # Nobody, where the text gave way to a newer one.
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    because: Mapped[str] = mapped_column(Text, default="")
    # What the representative signed with it before the eyes: the same, or something else.
    cosignature_id: Mapped[int | None] = mapped_column(ForeignKey("cosignatures.id"), index=True)

    version: Mapped[PositionVersion] = relationship(PositionVersion)
    organisation: Mapped[Organisation] = relationship(Organisation)
    author: Mapped[User] = relationship(User, foreign_keys=[author_id])
    ended_by: Mapped[User | None] = relationship(User, foreign_keys=[ended_by_id])
    cosignature: Mapped[Cosignature | None] = relationship(Cosignature)

    @property
    def decision(self) -> Decision:
        conditions = {int(number): wording for number, wording in self.conditions.items()}
        return Decision(Stance(self.stance), tuple(self.excepted), conditions, self.statement)

    def end(self, state: ProposedDecisionState, by: User | None = None) -> None:
        self.state, self.ended_at, self.ended_by = state, clock.now(), by

    @property
    def waits(self) -> bool:
        return self.state == ProposedDecisionState.PROPOSED
