"""The address book of public bodies."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.database import Model


class PublicBody(Model):
    __tablename__ = "public_bodies"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[str] = mapped_column(String(250), unique=True)
    kind: Mapped[str] = mapped_column(String(60), default="")
    level: Mapped[str] = mapped_column(String(20), default="")  # municipal, regional, national, eu
    municipality: Mapped[str | None] = mapped_column(String(20))  # a code of the installation
    address: Mapped[str] = mapped_column(String(250), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
