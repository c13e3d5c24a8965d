"""Documents of submissions on the command line."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import BinaryIO

import click
from flask import current_app
from flask.cli import AppGroup

from participation.accounts.models import Operator
from participation.foundation.access import demand
from participation.foundation.database import NotFound, reading, session

from .models import DocumentFormat, Submission, canonical_bytes, letter_of, zipped
from .operations import MadeDocument
from .queries import contents_now, draft_with_demands, submission_by_slug
from .receivers import NotSent, packed, written, written_draft
from .routes.addresses import permanent_address
from .rules import may_see_submission

submissions_group = AppGroup("submissions", help="What goes to the decision-makers.")
groups = [submissions_group]


@submissions_group.command("build")
@click.argument("slug")
@click.option(
    "--format", "document_format", type=click.Choice([f.value for f in DocumentFormat]), default="pdf",
    show_default=True,
)  # fmt: skip
@click.option("--output", type=click.File("wb"), required=True, help="The file to write; - for standard output.")
def build(slug: str, document_format: str, output: BinaryIO) -> None:
    """Make a document of a submission from what was frozen.

    One that is not frozen yet is made as it would be now.
    """
    settings = current_app.config["SETTINGS"]
    with reading(), current_app.test_request_context(base_url=settings.public_url):
        try:
            submission = submission_by_slug(slug, Operator())
        except NotFound:
            raise click.ClickException(f"There is no submission with the address {slug}.") from None
        demand(may_see_submission(Operator(), submission))
        make = _maker(submission, DocumentFormat(document_format))
        session.rollback()
    made = make()
    output.write(made.content)
    if made.standard:
        click.echo(f"{made.format}: {made.standard}", err=True)


def _maker(submission: Submission, document_format: DocumentFormat) -> Callable[[], MadeDocument]:
    if document_format == DocumentFormat.DRAFT:
        return partial(written_draft, draft_with_demands(submission))
    if document_format != DocumentFormat.ZIP:
        return partial(written, letter_of(_canonical(submission)), document_format)
    try:
        files, at = packed(submission)
    except NotSent:
        raise click.ClickException(
            "The package proves what was sent, and this submission has not been sent, or its sending waits "
            "for its checkpoint (flask --app app ledger sign)."
        ) from None
    return lambda: MadeDocument(DocumentFormat.ZIP, zipped(files, at))


def _canonical(submission: Submission) -> bytes:
    if submission.canonical is not None:
        return submission.canonical
    click.echo("This submission is not frozen yet: the document shows what it would say now.", err=True)
    return canonical_bytes(contents_now(submission, permanent_address(submission)))
