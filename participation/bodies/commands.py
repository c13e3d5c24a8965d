"""`flask bodies load`: fill the address book from the installation's data."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from participation.accounts.models import Operator
from participation.foundation.database import session

from .operations import load_bodies

bodies = AppGroup("bodies", help="The address book of public bodies.")
groups = [bodies]


@bodies.command("load")
def load() -> None:
    """Add the installation's bodies that are not in the address book yet."""
    added = load_bodies(Operator())
    session.commit()
    for body in added:
        click.echo(body.name)
    click.echo(f"Added to the address book: {len(added)}")
