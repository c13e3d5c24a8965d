"""Reading a file in a process of its own, with a time and a memory limit."""

import contextlib
import json
import logging
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from participation.texts.provisions import Doubt, Kind, Provision, Reading, Unreadable
from participation.texts.reading.formats import MAXIMUM_BYTES

SECONDS = 30
MEMORY = 1536 * 1024 * 1024
_ROOT = Path(__file__).resolve().parents[3]
# The package above would load the whole site into a process that must know nothing of it.
_START = """
import sys, types
package = types.ModuleType("participation")
package.__path__ = [sys.argv.pop(1)]
sys.modules["participation"] = package
from participation.texts.reading.worker import main
main()
"""

# worker.OUT_OF_MEMORY; importing the worker here would load every parser.
_OUT_OF_MEMORY = 77
# What a worker may leave unsaid about its progress in one line; a longer one is none of ours.
_LONGEST_LINE = 4_096

Report = Callable[[dict[str, Any]], None]

log = logging.getLogger(__name__)


def _nobody(reached: dict[str, Any]) -> None:
    """Nobody waits to be told."""


def read_draft(
    data: bytes, filename: str, seconds: int = SECONDS, memory: int = MEMORY, report: Report = _nobody
) -> Reading:
    """Read a draft file into its provisions.

    Blocks for at most `seconds`, and as long as `report` takes: it is called with every step as
    the reading reaches it (see progress.py). Raises Unreadable with a code for every file that
    cannot be read, whatever is wrong with it.
    """
    return _reading(read_apart("draft", data, filename, seconds, memory, report))


def read_apart(
    what: str, data: bytes, filename: str, seconds: int = SECONDS, memory: int = MEMORY, report: Report = _nobody
) -> Any:
    """What a reader of the worker (see worker.READERS) makes of a file, as plain values. As `read_draft`."""
    if len(data) > MAXIMUM_BYTES:
        raise Unreadable("too_large", bytes=str(len(data)), limit=str(MAXIMUM_BYTES))
    name = filename.replace("\0", "").encode("utf-8", "replace").decode()[-255:]
    answer = _run_worker(data, [what, name, str(memory), str(seconds)], seconds, report)
    if "unreadable" in answer:
        raise Unreadable(answer["unreadable"]["code"], **answer["unreadable"]["details"])
    return answer["read"]


def _run_worker(data: bytes, arguments: list[str], seconds: int, report: Report) -> dict[str, Any]:
    # Files take in what is said at either end, so only the progress has to be listened to.
    with TemporaryFile() as given, TemporaryFile() as output, TemporaryFile() as errors:
        given.write(data)
        given.seek(0)
        hear, tell = os.pipe()
        try:
            code = _worker_ended([*arguments, str(tell)], (given, output, errors), (hear, tell), seconds, report)
        finally:
            os.close(hear)
        if code == -signal.SIGXCPU:
            raise Unreadable("timeout", seconds=str(seconds))
        if code == _OUT_OF_MEMORY:
            raise Unreadable("too_large")
        output.seek(0)
        try:
            return json.load(output)
        except ValueError as error:
            # The worker died: the file broke the parser, or the system took its memory.
            errors.seek(0)
            log.warning("A draft could not be read: %s", errors.read().decode("utf-8", "replace")[-2000:])
            raise Unreadable("truncated", reason="crash") from error


def _worker_ended(
    arguments: list[str], files: tuple[Any, Any, Any], pipe: tuple[int, int], seconds: int, report: Report
) -> int:
    """Start the worker and listen to it until it ends; its exit code."""
    hear, tell = pipe
    given, output, errors = files
    try:
        worker = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, str(_ROOT / "participation"), *arguments],
            stdin=given,
            stdout=output,
            stderr=errors,
            env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"},
            start_new_session=True,
            pass_fds=(tell,),
        )
    finally:
        os.close(tell)
    with worker:
        try:
            deadline = _listen(hear, time.monotonic() + seconds, report)
            # A worker that said its last word has nothing left to do but to end.
            return worker.wait(max(1.0, deadline - time.monotonic()))
        except (TimeoutError, subprocess.TimeoutExpired) as error:
            _kill(worker)
            raise Unreadable("timeout", seconds=str(seconds)) from error
        except BaseException:
            _kill(worker)
            raise


def _listen(hear: int, deadline: float, report: Report) -> float:
    """Report every line until the worker ends; gives back the deadline, moved by what reporting took.

    Raises TimeoutError when the worker says nothing until the deadline.
    """
    heard = b""
    while True:
        ready, _, _ = select.select([hear], [], [], max(0.0, deadline - time.monotonic()))
        if not ready or time.monotonic() > deadline:
            raise TimeoutError
        chunk = os.read(hear, 65_536)
        if not chunk:
            return deadline
        *lines, heard = (heard + chunk).split(b"\n")
        heard = heard[-_LONGEST_LINE:]
        began = time.monotonic()
        for line in lines:
            _report(line, report)
        deadline += time.monotonic() - began


def _report(line: bytes, report: Report) -> None:
    try:
        reached = json.loads(line)
    except ValueError:
        return
    if isinstance(reached, dict) and isinstance(reached.get("step"), str):
        report(reached)


def _kill(worker: subprocess.Popen[bytes]) -> None:
    """End the worker and what it started; all of them are in the session it leads."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(worker.pid, signal.SIGKILL)


def _reading(values: dict[str, Any]) -> Reading:
    return Reading(
        values["title"],
        values["language"],
        tuple(Doubt(**one) for one in values["warnings"]),
        tuple(Provision(**(one | {"kind": Kind(one["kind"])})) for one in values["provisions"]),
    )
