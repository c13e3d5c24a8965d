"""`flask outbox work`: the worker that does what the outbox holds."""

from __future__ import annotations

import logging
import signal
import time
from threading import Event
from typing import Any

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError

from participation.foundation import outbox
from participation.foundation.database import session

outbox_group = AppGroup("outbox", help="Mail and jobs that wait to be done.")
PAUSE = 0.5
PAUSE_AFTER_FAILURE = 5

log = logging.getLogger(__name__)


@outbox_group.command("work")
@click.option("--once", is_flag=True, help="Stop when nothing is due any more.")
def work(once: bool) -> None:
    """Do what is due, then wait for more; SIGTERM or SIGINT ends after the item at hand."""
    ending = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    while not ending.is_set():
        try:
            if outbox.work_once():
                continue
        except OperationalError:
            # The database is restarted or busy: the work is still there afterwards.
            session.rollback()
            log.exception("the outbox could not be reached")
            if once:
                raise
            time.sleep(PAUSE_AFTER_FAILURE)
            continue
        if once:
            break
        time.sleep(PAUSE)


class DatabaseCommands(click.Command):
    """`flask db ...`: Flask-Migrate's own commands, loaded only when they are asked for."""

    def make_context(self, *args: Any, **values: Any) -> click.Context:
        from flask_migrate.cli import db

        commands: click.Group = db
        return commands.make_context(*args, **values)


def join(app: Flask) -> None:
    app.cli.add_command(outbox_group)
    app.cli.add_command(DatabaseCommands("db", help="Bring the database up to date."))
