"""`flask outbox work`: the worker that does what the outbox holds."""

from __future__ import annotations

import signal
import time
from threading import Event

import click
from flask import Flask
from flask.cli import AppGroup

from participation.foundation import outbox

outbox_group = AppGroup("outbox", help="Mail and jobs that wait to be done.")
PAUSE = 0.5


@outbox_group.command("work")
@click.option("--once", is_flag=True, help="Stop when nothing is due any more.")
def work(once: bool) -> None:
    """Do what is due, then wait for more; SIGTERM or SIGINT ends after the item at hand."""
    ending = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    while not ending.is_set():
        if outbox.work_once():
            continue
        if once:
            break
        time.sleep(PAUSE)


def join(app: Flask) -> None:
    app.cli.add_command(outbox_group)
