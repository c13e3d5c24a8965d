"""`flask serve`: the web server and the worker together, for one machine.

One gunicorn process with threads, because limits are counted in memory and SQLite has one
writer; the worker is a process of its own, so that long work never holds up a page.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from types import FrameType

import click
from flask import Flask, current_app

THREADS = 8
PAUSE = 0.2
SECONDS_TO_END = 15


def server_command(host: str, port: int) -> list[str]:
    """The command line of the web server. Its control socket stays shut: nobody needs that door."""
    return [
        sys.executable, "-m", "gunicorn", "app:app", "--bind", f"{host}:{port}",
        "--workers", "1", "--threads", str(THREADS), "--worker-class", "gthread",
        "--no-control-socket", "--timeout", "120", "--graceful-timeout", "10",
    ]  # fmt: skip


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
def serve(host: str, port: int) -> None:
    """Serve the site and do its jobs until interrupted; if one of the two ends, so does the other."""
    serve_until_interrupted(host, port)


def serve_until_interrupted(host: str, port: int) -> None:
    """Start the web server and the worker, and stay until a signal.

    Raises ClickException when one of the two ended by itself.
    """
    folder = current_app.root_path
    click.echo(f"Open {current_app.config['SETTINGS'].public_url} in a browser; Ctrl+C ends.")
    children = [
        subprocess.Popen(server_command(host, port), cwd=folder),
        subprocess.Popen([sys.executable, "-m", "flask", "--app", "app", "outbox", "work"], cwd=folder),
    ]
    ending = False

    def end(number: int, frame: FrameType | None) -> None:
        nonlocal ending
        ending = True

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    while not ending and all(child.poll() is None for child in children):
        time.sleep(PAUSE)
    _end_all(children)
    if not ending:
        raise click.ClickException("The server or the worker ended by itself; see its words above.")


def _end_all(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
    for child in children:
        try:
            child.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            os.kill(child.pid, signal.SIGKILL)


def join(app: Flask) -> None:
    app.cli.add_command(serve)
