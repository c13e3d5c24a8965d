"""The package of a submission that proves itself: its files, and the ZIP file of them.

What is in it is read by `participation/ledger/content/verify.py`, which lies in it too.
"""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import rfc8785

from participation.ledger.models import read_record
from participation.positions.models import standing_signatures

FORMAT = "soglasje-bundle/1"
VERIFY = Path(__file__).resolve().parents[2] / "ledger" / "content" / "verify.py"
# The ZIP format counts from 1980; a file in it is as old as the record that closed it.
ZIP_ERA = 1980


@dataclass(frozen=True)
class Evidence:
    """What the ledger holds about a submission, as of one checkpoint over everything in it.

    `records` are (number in the log, bytes) by thread; `words` the opened commitments of
    statements and conditions by number; `leaves` all leaf hashes that the checkpoint covers.
    """

    submission: str  # its thread
    records: Mapping[str, Sequence[tuple[int, bytes]]]
    words: Mapping[int, tuple[bytes, Mapping[str, Any]]]
    leaves: Sequence[bytes]
    checkpoint: str
    key: str


@dataclass(frozen=True)
class CarriedText:
    """A position of the submission: the bytes that were signed. `thread` is that of its records."""

    thread: str
    slug: str
    version: int
    canonical: bytes

    @property
    def file_name(self) -> str:
        return f"texts/{self.slug}-{self.version}.json"


def package_files(
    canonical: bytes,
    documents: Mapping[str, bytes],
    texts: Sequence[CarriedText],
    slugs: Mapping[str, str],
    evidence: Evidence,
    how_to: str,
) -> dict[str, bytes]:
    """All files of the package by name. `slugs` are those of the organisations by "o-<number>"."""
    signatories = _signatories(texts, slugs, evidence)
    files = {
        **documents,
        "submission.json": canonical,
        "signatories.json": rfc8785.dumps(signatories),
        "signatories.csv": _table(signatories),
        "proofs.json": rfc8785.dumps(_proofs(texts, evidence)),
        "leaves.bin": b"".join(evidence.leaves),
        "checkpoint.txt": evidence.checkpoint.encode(),
        "key.txt": f"{evidence.key}\n".encode(),
        "verify.py": VERIFY.read_bytes(),
        "HOWTO.txt": how_to.encode(),
        **{text.file_name: text.canonical for text in texts},
    }
    manifest = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    return files | {"MANIFEST.sha256": "".join(manifest).encode()}


def zipped(files: Mapping[str, bytes], at: datetime) -> bytes:
    """The ZIP file; the same files and moment always give the same bytes."""
    made = io.BytesIO()
    moment = (max(ZIP_ERA, at.year), at.month, at.day, at.hour, at.minute, at.second)
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as bundle:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            bundle.writestr(entry, content)
    return made.getvalue()


def _proofs(texts: Sequence[CarriedText], evidence: Evidence) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "submission": evidence.submission,
        "positions": [
            {"thread": text.thread, "slug": text.slug, "version": text.version, "text": text.file_name}
            for text in texts
        ],
        "threads": {
            thread: [{"seq": seq, "record": record.decode()} for seq, record in rows]
            for thread, rows in evidence.records.items()
        },
    }


def _signatories(texts: Sequence[CarriedText], slugs: Mapping[str, str], evidence: Evidence) -> list[dict[str, Any]]:
    """Who took part in each position when it was closed, in the order of the log."""
    rows = []
    for text in texts:
        said = [(seq, read_record(record)) for seq, record in evidence.records[text.thread]]
        for seq, record in standing_signatures(said, evidence.submission):
            kept = ("org", "org_name", "level", "stance", "points", "at", "version")
            row = {"position": text.thread, "seq": seq, "slug": slugs[record["org"]]}
            row |= {name: record[name] for name in kept}
            if seq in evidence.words:
                salt, words = evidence.words[seq]
                row["words"] = {"salt": salt.hex(), "said": dict(words)}
            rows.append(row)
    return rows


def _table(signatories: Iterable[Mapping[str, Any]]) -> bytes:
    written = io.StringIO()
    columns = ("position", "version", "seq", "at", "org", "org_name", "level", "stance", "points")
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(columns)
    for row in signatories:
        table.writerow([" ".join(map(str, row[name])) if name == "points" else row[name] for name in columns])
    return "\ufeff".encode() + written.getvalue().encode()
