"""`flask ledger ...`: checking a package or the log, and what the operator does after a loss."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from participation.accounts.models import Operator
from participation.accounts.queries import user_of_email
from participation.foundation.access import Refused
from participation.foundation.database import NotFound, session

from .models import current
from .operations import LedgerDamaged, NotTheSameLog, erase_secrets, recover_ledger, rotate_key, sign_checkpoint
from .queries import latest_checkpoint

ledger = AppGroup("ledger", help="The record of signatures.")
groups = [ledger]
VERIFY = Path(__file__).parent / "content" / "verify.py"


@ledger.command("verify")
@click.argument("file", type=click.Path())
@click.option("--against", type=click.Path(), help="A receipt that somebody kept.")
@click.option("--key", help="The public key, from somewhere else than the file.")
@click.option("--language", type=click.Choice(["sl", "en"]))
def verify(file: str, against: str | None, key: str | None, language: str | None) -> None:
    """Check the package of a submission: the same as its own verify.py."""
    program = runpy.run_path(str(VERIFY))
    options = {"--against": against, "--key": key, "--language": language}
    given = [part for name, value in options.items() if value for part in (name, value)]
    sys.exit(program["main"]([file, *given]))


@ledger.command("sign")
def sign() -> None:
    """Read every record anew and sign a checkpoint now, if the log grew."""
    try:
        checkpoint = sign_checkpoint(Operator())
    except (LedgerDamaged, Refused) as error:
        raise click.ClickException(str(error)) from error
    session.commit()
    latest = checkpoint or latest_checkpoint()
    click.echo(latest.note if latest else "The log is empty.")


@ledger.command("rotate-key")
def rotate() -> None:
    """Go on with a new key. What the old one signed stays valid."""
    rotate_key(Operator())
    session.commit()
    click.echo(f"The new key is in {current().key_file}; the next checkpoint is signed with it.")


@ledger.command("recover")
@click.option("--start-anew", is_flag=True, help="Go on although the missing records are kept nowhere.")
def recover(start_anew: bool) -> None:
    """Load the records that a restored database lacks, from the files outside of it."""
    try:
        recovery = recover_ledger(Operator(), start_anew=start_anew)
    except (NotTheSameLog, Refused) as error:
        raise click.ClickException(str(error)) from error
    session.commit()
    click.echo(f"Loaded: {recovery.loaded}. Lost for good: {recovery.lost}.")


@ledger.command("erase")
@click.argument("email")
@click.confirmation_option(prompt="Nobody can undo this. Erase what shows that this person signed?")
def erase(email: str) -> None:
    """Erase who stands behind the records of a person. What the organisation signed stays proved."""
    try:
        person = user_of_email(email)
    except NotFound:
        raise click.ClickException(f"There is no account with the address {email}.") from None
    try:
        number = erase_secrets(Operator(), person.id)
    except Refused as error:
        raise click.ClickException(str(error)) from error
    session.commit()
    click.echo(f"Erased behind records: {number}.")
