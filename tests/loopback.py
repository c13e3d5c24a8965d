"""Servers and browsers of tests and benchmarks: on this machine's loopback only, stopped by their own process id."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
# Chromium on a machine without a screen, asking nobody for anything.
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
SECONDS_TO_COME_UP = 120


def chromium() -> dict[str, Any] | None:
    """How to launch the machine's own Chromium; None where there is none."""
    executable = shutil.which("chromium")
    return executable and {"executable_path": executable, "args": CHROMIUM_OPTIONS}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    command: list[str], port: int, environment: dict[str, str], folder: Path = ROOT
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends. RuntimeError, with its last words, when it does not come up."""
    words = Path(environment["SOGLASJE_INSTANCE"]) / f"server-{port}.log"
    with words.open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, env={**os.environ, **environment}, stdout=log, stderr=log)
        try:
            _wait_for(server, port, words)
            yield server
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


@contextmanager
def working(environment: dict[str, str]) -> Iterator[None]:
    """Run the worker of an installation until the block ends: mails, documents, drafts that were sent in."""
    command = [sys.executable, "-m", "flask", "--app", "app", "outbox", "work"]
    worker = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait(30)


def _wait_for(server: subprocess.Popen[bytes], port: int, words: Path) -> None:
    """Until it answers a request: a bare connection could be one to ourselves."""
    give_up_at = time.monotonic() + SECONDS_TO_COME_UP
    while time.monotonic() < give_up_at:
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5)
            return
        except urllib.error.HTTPError:
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"The server did not come up: {words.read_text(errors='replace')[-2000:]}")
