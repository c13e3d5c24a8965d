"""`flask accounts ...`: people from the command line."""

from __future__ import annotations

import secrets
from typing import Any

import click
from flask.cli import AppGroup

from participation.foundation import region
from participation.foundation.access import Refused
from participation.foundation.database import Conflict, NotFound, session

from . import operations
from .forms import SHORTEST_PASSWORD, is_common
from .models import NetworkRole, Operator, User
from .queries import user_of_email, users_with_role

accounts = AppGroup("accounts", help="People and their roles in the network.")
groups = [accounts]
ROLE = click.Choice([role.value for role in NetworkRole])


@accounts.command("create")
@click.argument("email")
@click.option("--name", required=True, help="Name and surname.")
@click.option("--role", "roles", multiple=True, type=ROLE, help="A role in the network; may be given again.")
@click.option("--language", default=None, help="Language of mails and pages; the installation's first by default.")
@click.option("--ask", is_flag=True, help="Ask for the password instead of making one.")
def create(email: str, name: str, roles: tuple[str, ...], language: str | None, ask: bool) -> None:
    """Open an account whose address needs no confirmation, and print its password."""
    languages = region.current().languages
    if language is not None and language not in languages:
        raise click.BadParameter(f"choose one of {', '.join(languages)}", param_hint="--language")
    password = _asked_password(name, email) if ask else secrets.token_urlsafe(15)
    chosen = [NetworkRole(role) for role in roles]
    try:
        operations.open_account(Operator(), name, email, password, language or languages[0], chosen, confirmed=True)
    except (Conflict, Refused) as error:
        raise click.ClickException(str(error)) from error
    session.commit()
    click.echo(f"The account {email.strip().lower()} is open.")
    if not ask:
        click.echo(f"Password: {password}")


@accounts.command("roles")
def roles() -> None:
    """Who has which role in the network."""
    for role in NetworkRole:
        people = users_with_role(role)
        click.echo(f"{role.value}: {', '.join(f'{user.name} <{user.email}>' for user in people) or '-'}")


@accounts.command("grant")
@click.argument("email")
@click.argument("role", type=ROLE)
def grant(email: str, role: str) -> None:
    """Give a person a role in the network; the person signs in anew."""
    operations.grant_role(Operator(), _person(email), NetworkRole(role))
    session.commit()


@accounts.command("revoke")
@click.argument("email")
@click.argument("role", type=ROLE)
def revoke(email: str, role: str) -> None:
    """Take a role in the network back."""
    operations.revoke_role(Operator(), _person(email), NetworkRole(role))
    session.commit()


@accounts.command("close")
@click.argument("email")
@click.option("--because", required=True, help="The reason, for the log.")
def close(email: str, because: str) -> None:
    """Close an account: its sign-ins end and nobody signs in with it; what the person wrote stays."""
    operations.close_account(Operator(), _person(email), because)
    session.commit()


@accounts.command("drop-second-step")
@click.argument("email")
@click.option("--because", required=True, help="How the person proved who they are, for the log.")
def drop_second_step(email: str, because: str) -> None:
    """Let a person who lost the phone sign in with the password alone."""
    operations.drop_second_step(Operator(), _person(email), because)
    session.commit()


def _person(email: str) -> User:
    try:
        return user_of_email(email)
    except NotFound as error:
        raise click.ClickException(f"Nobody has the address {email}.") from error


def _asked_password(name: str, email: str) -> str:
    password: Any = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    if len(password) < SHORTEST_PASSWORD:
        raise click.ClickException(f"A password has at least {SHORTEST_PASSWORD} characters.")
    if is_common(password, name, email):
        raise click.ClickException("This password is guessed first; choose another.")
    return str(password)
