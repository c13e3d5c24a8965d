"""Who stands behind a comment."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.foundation import clock
from participation.foundation.database import Model
from participation.organisations.models import Organisation

from .comments import Comment


class Support(Model):
    """An organisation stands behind another's comment, once."""

    __tablename__ = "supports"
    __table_args__ = (UniqueConstraint("comment_id", "organisation_id", name="uq_supports_once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    given_at: Mapped[datetime] = mapped_column(default=clock.now)

    comment: Mapped[Comment] = relationship(Comment, back_populates="supports")
    organisation: Mapped[Organisation] = relationship(Organisation)
