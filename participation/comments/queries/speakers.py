"""Who speaks, as the public may read it: these columns leave every other name in the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import case, func
from sqlalchemy.sql import ColumnElement

from participation.accounts.models import User
from participation.organisations.models import Organisation


def public_name() -> ColumnElement[Any]:
    """The person's name when the person wishes it public, else nothing."""
    return case((User.name_is_public, User.name), else_="")


def spoken_organisation() -> ColumnElement[Any]:
    """The organisation's short name, else its full one; null without an organisation."""
    return func.coalesce(func.nullif(Organisation.short_name, ""), Organisation.name)
