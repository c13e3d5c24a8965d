"""The private address at which a body confirms receipt and answers, without an account.

It opens one submission for one body and nothing else. Nothing in the database opens it: the row holds the
half that finds it (`key`); the other half is a seal that only this installation's secret key can make
(see foundation/sealing.py), and it is made anew for each mail that needs it. Opening changes nothing.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import User
from participation.bodies.models import PublicBody
from participation.foundation import clock
from participation.foundation.database import KEY, Model, new_key

from .submissions import Submission

# What the seal of the address is good for.
PURPOSE = "submissions.answer-by-link"


class PrivateLink(Model):
    """It ends when the office revokes it. At most one of a body is live."""

    __tablename__ = "private_links"
    __table_args__ = (
        Index(
            "uq_private_links_one_live",
            "submission_id",
            "body_id",
            unique=True,
            sqlite_where=text("revoked_at is null"),
            postgresql_where=text("revoked_at is null"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(KEY, unique=True, default=new_key)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("public_bodies.id"), index=True)
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    issued_at: Mapped[datetime] = mapped_column(default=clock.now)
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    revoked_because: Mapped[str] = mapped_column(Text, default="")

    submission: Mapped[Submission] = relationship(Submission)
    body: Mapped[PublicBody] = relationship(PublicBody)
    issued_by: Mapped[User] = relationship(User, foreign_keys=issued_by_id)

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None
