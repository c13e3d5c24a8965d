"""`flask demo load` and `flask demo prepare`."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from participation.accounts.models import Operator
from participation.foundation.access import Refused
from participation.foundation.database import session
from participation.web.serving import serve_until_interrupted

from .operations import PASSWORD, load_demonstration
from .queries import accounts_to_try, is_empty

group = AppGroup("demo", help="A network to look around in.")
groups = [group]


@group.command("load")
def load() -> None:
    """Fill an empty database with the demonstration network."""
    try:
        load_demonstration(Operator(), _address_of)
    except Refused as error:
        raise click.ClickException(str(error.verdict.reason)) from error
    session.commit()
    _print_accounts()


@group.command("run")
@click.option("--port", default=8000, show_default=True)
def run(port: int) -> None:
    """Bring the database up to date, fill it if it is new and a demonstration is wanted, and serve."""
    _prepare()
    serve_until_interrupted("127.0.0.1", port)


@group.command("prepare")
def prepare() -> None:
    """The same without serving."""
    _prepare()


def _prepare() -> None:
    from flask_migrate import upgrade  # Alembic is heavy, and the web process loads this module too.

    upgrade(directory=f"{current_app.root_path}/participation/migrations")
    settings = current_app.config["SETTINGS"]
    if settings.demonstration and is_empty():
        click.echo("Making the demonstration network ...")
        load_demonstration(Operator(), _address_of)
        session.commit()
    session.remove()
    if settings.demonstration:
        _print_accounts()


def _address_of(slug: str) -> str:
    return f"{current_app.config['SETTINGS'].public_url}/submissions/{slug}"


def _print_accounts() -> None:
    click.echo(f"\nDemonstration accounts (password: {PASSWORD})")
    for email, role in accounts_to_try():
        click.echo(f"  {email:36} {role}")
    click.echo()
