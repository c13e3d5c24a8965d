"""Alembic's environment: the models' metadata against the database of the application."""

from __future__ import annotations

from alembic import context
from flask import current_app

from participation.foundation.database import Moment, db


def render_item(kind: str, item: object, autogen_context: object) -> str | bool:
    """Write our own column type as the plain one that it is stored as."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and type(item).__name__ == "AsaList":
        return "sa.UnicodeText()"
    return False


def run_migrations() -> None:
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            render_item=render_item,
            compare_type=False,
        )
        with context.begin_transaction():
            context.run_migrations()


assert current_app, "Run migrations through `flask db`."  # noqa: S101
run_migrations()
