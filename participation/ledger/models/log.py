"""The log of this installation, and what is kept of it outside the database.

The folder holds, readable by everybody, `checkpoints.jsonl` (each signed checkpoint) and
`records.jsonl` (each record that a checkpoint covers), both only ever appended to; and,
readable by the worker alone, `key` (the private key). From the records a database that was
restored from yesterday gets back what it lost.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from participation.foundation.database import db

from .notes import Head, read_head


@dataclass(frozen=True)
class Log:
    """`origin` names the log to the world (host/ledger); `folder` is outside the database."""

    origin: str
    folder: Path

    @property
    def key_file(self) -> Path:
        return self.folder / "key"

    @property
    def checkpoints_file(self) -> Path:
        return self.folder / "checkpoints.jsonl"

    @property
    def records_file(self) -> Path:
        return self.folder / "records.jsonl"

    def last_head(self) -> Head | None:
        """The newest checkpoint that was written outside the database; None before the first."""
        line = _last_line(self.checkpoints_file)
        return read_head(json.loads(line)["note"]) if line else None

    def kept_size(self) -> int:
        """How many records are written outside the database."""
        line = _last_line(self.records_file)
        return json.loads(line)["seq"] + 1 if line else 0

    def keep(self, records: Iterable[bytes], note: str) -> None:
        """Write down the records from `kept_size` on, then the checkpoint; on the disk when it returns."""
        self.folder.mkdir(parents=True, exist_ok=True)
        numbered = enumerate(records, start=self.kept_size())
        _append(self.records_file, ({"seq": seq, "record": said.decode()} for seq, said in numbered))
        _append(self.checkpoints_file, [{"note": note}])

    def put_records_aside(self, mark: str) -> None:
        """Keep the records under another name: a log that is started anew writes its own."""
        if self.records_file.exists():
            self.records_file.rename(self.records_file.with_name(f"records-until-{mark}.jsonl"))

    def kept_records(self) -> Iterator[tuple[int, bytes]]:
        """The records outside the database with their numbers, in order."""
        if not self.records_file.exists():
            return
        with self.records_file.open(encoding="utf-8") as lines:
            for line in lines:
                said = json.loads(line)
                yield said["seq"], said["record"].encode()


def _append(file: Path, rows: Iterable[dict[str, Any]]) -> None:
    _drop_cut_line(file)
    with file.open("a", encoding="utf-8") as end:
        for row in rows:
            end.write(json.dumps(row, ensure_ascii=False) + "\n")
        end.flush()
        os.fsync(end.fileno())


def _drop_cut_line(file: Path) -> None:
    """What a crash left half written would spoil the line after it."""
    if not file.exists():
        return
    with file.open("r+b") as end:
        size = end.seek(0, os.SEEK_END)
        while size and not _ends_line(end, size):
            size -= 1
        end.truncate(size)


def _ends_line(end: BinaryIO, size: int) -> bool:
    end.seek(size - 1)
    return end.read(1) == b"\n"


def _last_line(file: Path) -> str:
    """The last whole line; a line that a crash cut short does not count."""
    if not file.exists():
        return ""
    with file.open("rb") as end:
        end.seek(0, os.SEEK_END)
        size, step = end.tell(), 4096
        while True:
            end.seek(max(0, size - step))
            lines = end.read().split(b"\n")
            if len(lines) > 2 or step >= size:
                break
            step *= 2
    return lines[-2].decode() if len(lines) > 1 else ""


# An engine is one database; each database has the log that stands beside it.
_logs: WeakKeyDictionary[Engine, Log] = WeakKeyDictionary()


def use(log: Log) -> None:
    """Let the database of the application at work write to this log from now on."""
    _logs[db.engine] = log


def current() -> Log:
    """The log of the database of the application at work; raises KeyError before `use`."""
    return _logs[db.engine]
