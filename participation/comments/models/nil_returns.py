"""An organisation says that it has no comments on a draft."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.consultations.models import Consultation
from participation.foundation import clock
from participation.foundation.database import Model
from participation.organisations.models import Organisation


class NilReturn(Model):
    """An answer, and neither consent nor silence. Rows are only added; `withdrawn_at` ends one."""

    __tablename__ = "nil_returns"
    __table_args__ = (
        Index(
            "uq_nil_returns_one_stands",
            "consultation_id",
            "organisation_id",
            unique=True,
            sqlite_where=text("withdrawn_at is null"),
            postgresql_where=text("withdrawn_at is null"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    given_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    given_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]

    consultation: Mapped[Consultation] = relationship(Consultation)
    organisation: Mapped[Organisation] = relationship(Organisation)

    def end(self) -> None:
        self.withdrawn_at = clock.now()
