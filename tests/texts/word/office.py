"""LibreOffice without a window: it opens a file, accepts or rejects every change, and says what it sees."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import pytest

from participation.texts.writing.archives import packed, unpacked

SCRIPT = Path(__file__).with_name("settle.py")
PYTHON = "/usr/bin/python3"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


@dataclass(frozen=True)
class Seen:
    """Changes as (kind, author), comments as (author, text), and the paragraphs and tables once all is settled."""

    changes: list[tuple[str, str]]
    comments: list[tuple[str, str]]
    texts: list[str]


@cache
def soffice() -> str:
    """The program; the test is skipped where it is missing."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed.")
    asked = subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False)
    if asked.returncode:
        pytest.skip("LibreOffice cannot be spoken with: python3-uno is not installed.")
    return office


def saved(data: bytes) -> bytes:
    """The file as LibreOffice writes it after it has read it."""
    office = soffice()
    with TemporaryDirectory(prefix="office-") as folder:
        file = Path(folder, "given.docx")
        file.write_bytes(data)
        _convert(office, file, "docx:MS Word 2007 XML", Path(folder, "saved"))
        return Path(folder, "saved/given.docx").read_bytes()


def _convert(office: str, file: Path, kind: str, folder: Path) -> None:
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    command = [office, "--headless", "--norestore", profile, "--convert-to", kind, "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def settled(data: bytes) -> tuple[Seen, Seen]:
    """The file with everything accepted, and with everything rejected."""
    office = soffice()
    with TemporaryDirectory(prefix="office-") as folder:
        file = Path(folder, "given.docx")
        file.write_bytes(data)
        _convert(office, file, "odt", Path(folder))
        changes, comments = _without_comments(file.with_suffix(".odt"))
        done = subprocess.run(
            [PYTHON, str(SCRIPT), office, str(file.with_suffix(".odt"))], check=True, capture_output=True, timeout=120
        )
    found = json.loads(done.stdout)
    return Seen(changes, comments, found["accepted"]), Seen(changes, comments, found["rejected"])


def _without_comments(file: Path) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What LibreOffice has read; the comments are taken out, because drawing them crashes it without a window."""
    members = unpacked(file.read_bytes())
    root = ElementTree.fromstring(members["content.xml"])  # noqa: S314
    changes = [
        (kind.tag.rpartition("}")[2], kind.findtext(".//{http://purl.org/dc/elements/1.1/}creator", ""))
        for region in root.iter(f"{TEXT}changed-region")
        for kind in region
    ]
    comments = [
        (one.findtext("{http://purl.org/dc/elements/1.1/}creator", ""),
         "\n".join("".join(line.itertext()) for line in one.iter(f"{TEXT}p")))
        for one in root.iter(f"{OFFICE}annotation")
    ]  # fmt: skip
    content = members["content.xml"].decode()
    content = re.sub(r"<office:annotation(?:-end)? [^>]*/>", "", content)
    members["content.xml"] = re.sub(r"<office:annotation [^>]*>.*?</office:annotation>", "", content).encode()
    file.write_bytes(packed(members))
    return changes, comments
