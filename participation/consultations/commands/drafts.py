"""`flask drafts read` and `flask drafts import`."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import AppGroup

from participation.accounts.models import Operator, Viewer
from participation.accounts.queries import user_by_email
from participation.bodies.queries import body_by_name
from participation.foundation import clock
from participation.foundation.access import Refused
from participation.foundation.database import session
from participation.foundation.language import _
from participation.texts.provisions import Kind, Reading, Unreadable
from participation.texts.reading import read_draft
from participation.texts.reading.formats import MAXIMUM_BYTES

from .. import operations
from ..forms.drafts import MEDIA_TYPES, extension_of
from ..models import Dates
from ..models.doubts import words_of_doubt, words_of_refusal
from ..models.kinds import label_of

WRONG = 2
DAY = click.DateTime(["%Y-%m-%d"])
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

drafts = AppGroup("drafts", help="Drafts of policies: read, compare, or put before the network.")


@drafts.command("read")
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def read(file: Path, as_json: bool) -> None:
    """Say what is read from FILE; nothing is stored."""
    reading = read_file(file)
    if as_json:
        click.echo(json.dumps(reading.as_json(), ensure_ascii=False, indent=2))
        return
    click.echo(reading.title)
    click.echo(", ".join(_counts(reading)))
    _say_doubts(reading)
    for provision in reading.provisions:
        click.echo("  " * (provision.level - 1) + f"{provision.label} {provision.text}".strip())


@drafts.command("import")
@click.argument("file", type=FILE)
@click.option("--title", required=True, help="The consultation's title.")
@click.option("--closes", required=True, type=DAY, help="The last day for comments, such as 2026-12-31.")
@click.option("--opens", type=DAY, help="The first day for comments; today if left out.")
@click.option("--official", type=DAY, help="The official deadline of the body.")
@click.option("--body", "body_name", help="The public body that prepares the draft, by its name.")
@click.option("--publish", is_flag=True, help="Publish it at once.")
@click.option("--as", "email", help="Act as the person with this email address.")
def import_draft(
    file: Path,
    title: str,
    closes: datetime,
    opens: datetime | None,
    official: datetime | None,
    body_name: str | None,
    publish: bool,
    email: str | None,
) -> None:
    """Read FILE and store it as a consultation; prints its address."""
    actor = _actor(email)
    first = opens.date() if opens else clock.today()
    _demand_sense(Dates(first, closes.date(), None, official.date() if official else None))
    description = operations.Description(
        title=title,
        official_deadline_on=official.date() if official else None,
        body_id=_body_id(body_name),
    )
    reading = read_file(file)
    try:
        consultation = operations.upload_draft(
            actor,
            reading,
            bytes_of(file),
            file.name,
            MEDIA_TYPES.get(extension_of(file.name), "application/octet-stream"),
            title=title,
            opens_on=first,
            internal_deadline_on=closes.date(),
        )
        operations.describe_consultation(actor, consultation, description)
        if publish:
            operations.publish_consultation(actor, consultation)
    except Refused as refusal:
        session.rollback()
        fail(refusal.verdict.reason)
    session.commit()
    _say_doubts(reading)
    state = _("published") if consultation.is_public else _("in preparation")
    click.echo(f"/consultations/{consultation.slug} ({state})")


def _demand_sense(dates: Dates) -> None:
    for _field, words in dates.contradictions():
        fail(words)


def read_file(file: Path) -> Reading:
    """What is read from a file; ends with a message where nothing can be."""
    try:
        return read_draft(bytes_of(file), file.name)
    except Unreadable as refusal:
        fail(words_of_refusal(refusal.code, refusal.details))


def bytes_of(file: Path) -> bytes:
    """What is in a file; ends with a message where that is more than a draft can have."""
    with file.open("rb") as opened:
        content = opened.read(MAXIMUM_BYTES + 1)
    if len(content) > MAXIMUM_BYTES:
        fail(words_of_refusal("too_large", {"limit": str(MAXIMUM_BYTES)}))
    return content


def _actor(email: str | None) -> Viewer:
    if email is None:
        return Operator()
    user = user_by_email(email)
    if user is None:
        fail(_("Nobody here has the address %(email)s.", email=email))
    return user


def _body_id(name: str | None) -> int | None:
    if not name:
        return None
    body = body_by_name(name)
    if body is None:
        fail(_("There is no public body named “%(name)s”.", name=name))
    return body.id


def _counts(reading: Reading) -> list[str]:
    return [f"{label_of(kind)}: {reading.counts[kind]}" for kind in Kind if reading.counts[kind]]


def _say_doubts(reading: Reading) -> None:
    for doubt in reading.warnings:
        click.echo(f"! {words_of_doubt(doubt.code, doubt.details)}", err=True)


def fail(words: Any) -> NoReturn:
    """End with a message and the status of a wrong call."""
    click.echo(str(words), err=True)
    raise SystemExit(WRONG)
