"""The process that reads one file: bytes come in, what was read or a refusal goes out as JSON.

On the way it says how far it has come, one JSON object a line, to the descriptor it was given.

Started by process.read_draft. It holds no secret, and its memory and time are limited, so that
a hostile file can harm nothing but its own reading.
"""

import contextlib
import json
import os
import resource
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from participation.texts.provisions import Unreadable
from participation.texts.reading import progress
from participation.texts.reading.documents import read_document
from participation.texts.word.redline_reading import read_redline

OUT_OF_MEMORY = 77
READERS: dict[str, Callable[[bytes, str], Any]] = {"draft": read_document, "redline": read_redline}


def main() -> None:
    what, filename = sys.argv[1:3]
    memory, seconds, teller = map(int, sys.argv[3:])
    os.set_blocking(teller, False)
    progress.listen(lambda reached: _tell(teller, reached))
    # Only the soft limits: pandoc, which this process starts, has its own and lifts ours.
    for limit, value in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds)):
        resource.setrlimit(limit, (value, resource.getrlimit(limit)[1]))
    try:
        outcome = _outcome(what, sys.stdin.buffer.read(), filename)
    except MemoryError:
        # No memory is left to say so in words.
        os._exit(OUT_OF_MEMORY)
    json.dump(outcome, sys.stdout)


def _tell(teller: int, reached: dict[str, Any]) -> None:
    # Whoever listens may be slow or gone; the reading goes on, and a step is left unsaid.
    with contextlib.suppress(BlockingIOError, BrokenPipeError):
        os.write(teller, json.dumps(reached).encode() + b"\n")


def _outcome(what: str, data: bytes, filename: str) -> dict[str, Any]:
    try:
        read = READERS[what](data, filename)
    except Unreadable as refusal:
        return {"unreadable": {"code": refusal.code, "details": refusal.details}}
    except RecursionError:
        return {"unreadable": {"code": "truncated", "details": {"reason": "nesting"}}}
    return {"read": asdict(read)}


if __name__ == "__main__":
    main()
