"""Reading a draft in a process of its own, with a time and a memory limit."""

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
from pathlib import Path
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

log = logging.getLogger(__name__)


def read_draft(data: bytes, filename: str, seconds: int = SECONDS, memory: int = MEMORY) -> Reading:
    """Read a draft file into its provisions.

    Blocks for at most `seconds`. Raises Unreadable with a code for every file that cannot be
    read, whatever is wrong with it.
    """
    if len(data) > MAXIMUM_BYTES:
        raise Unreadable("too_large", bytes=str(len(data)), limit=str(MAXIMUM_BYTES))
    name = filename.replace("\0", "").encode("utf-8", "replace").decode()[-255:]
    answer = _run_worker(data, [name, str(memory), str(seconds)], seconds)
    if "unreadable" in answer:
        raise Unreadable(answer["unreadable"]["code"], **answer["unreadable"]["details"])
    return _reading(answer["reading"])


def _run_worker(data: bytes, arguments: list[str], seconds: int) -> dict[str, Any]:
    command = [sys.executable, "-I", "-c", _START, str(_ROOT / "participation"), *arguments]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"},
        start_new_session=True,
    ) as worker:
        try:
            output, errors = worker.communicate(data, timeout=seconds)
        except subprocess.TimeoutExpired as error:
            _kill(worker)
            raise Unreadable("timeout", seconds=str(seconds)) from error
        except BaseException:
            _kill(worker)
            raise
    if worker.returncode == -signal.SIGXCPU:
        raise Unreadable("timeout", seconds=str(seconds))
    if worker.returncode == _OUT_OF_MEMORY:
        raise Unreadable("too_large")
    try:
        return json.loads(output)
    except ValueError as error:
        # The worker died: the file broke the parser, or the system took its memory.
        log.warning("A draft could not be read: %s", errors.decode("utf-8", "replace")[-2000:])
        raise Unreadable("truncated", reason="crash") from error


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
