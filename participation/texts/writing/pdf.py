"""A submission as PDF: tagged, archival (PDF/A-2a) and accessible (PDF/UA-1) at once."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time
from itertools import count
from pathlib import Path
from typing import Any, Literal

from participation.texts.writing import characters
from participation.texts.writing.documents import (
    Document,
    Labels,
    PointRow,
    Run,
    Sender,
    action_word,
    by_area,
    marked_wordings,
    normalised,
    shortened,
    with_texts,
)
from participation.texts.writing.plain_pdf import plain_pdf
from participation.texts.writing.points import long_texts, numbers_named, table_rows
from participation.texts.writing.prose import Block, blocks

Standard = Literal["a-2a+ua-1", "none"]

FONTS = Path(__file__).parent / "fonts"
SECONDS = 60
TEMPLATE = Path(__file__).parent / "templates" / "submission.typ"
_TYPESETTING = Path(__file__).parent / "typesetting.py"
_LANGUAGE, _REGION = re.compile("[a-zA-Z]{2,3}"), re.compile("[a-zA-Z]{2}")
# A longer address than this is not a link that typst accepts.
_LINK = re.compile(r"(?i)(?:https?://|mailto:)[^\s\x00-\x1f]{1,1000}")


@dataclass(frozen=True)
class PdfResult:
    """A PDF, and the standards it keeps; "none" only where typesetting within them failed."""

    data: bytes
    standard: Standard


def pdf(document: Document) -> PdfResult:
    """Always gives a PDF: with the standards; with fewer characters; without the standards; at last plain text."""
    document = normalised(document)
    for reduce, strict in ((_shown, True), (_certain, True), (_certain, False)):
        data = _typeset(_as_data(document, reduce), document, strict)
        if data:
            return PdfResult(data, "a-2a+ua-1" if strict else "none")
    return PdfResult(plain_pdf(document), "none")


def _typeset(data: dict[str, Any], document: Document, strict: bool) -> bytes | None:
    moment = datetime.combine(document.dated, time(), UTC)
    request = {
        "template": str(TEMPLATE),
        "fonts": str(FONTS),
        "document": data,
        "strict": strict,
        "timestamp": max(0, int(moment.timestamp())),
    }
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_TYPESETTING)],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            cwd=TEMPLATE.parent,
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 and done.stdout.startswith(b"%PDF-") else None


def _shown(text: str) -> str:
    return characters.breakable(characters.bound(characters.shown(text)))


def _certain(text: str) -> str:
    return characters.breakable(characters.bound(characters.certain(characters.shown(text))))


def _as_data(document: Document, reduce: Callable[[str], str]) -> dict[str, Any]:
    """What the template reads: plain data, every text that is printed reduced to characters that the fonts have."""
    printed = with_texts(document, reduce)
    language, _, region = document.language.replace("_", "-").partition("-")
    points = [_point(place, point, reduce, document.labels) for place, point in enumerate(document.points)]
    return asdict(printed) | {
        "lang": language.lower() if _LANGUAGE.fullmatch(language) else "sl",
        "region": region.upper() if _REGION.fullmatch(region) else None,
        "dated": [document.dated.year, document.dated.month, document.dated.day],
        "link": document.address if _LINK.fullmatch(document.address) else "",
        "scan": _scanned(document.address) if document.labels.scan and _LINK.fullmatch(document.address) else "",
        "running_title": shortened(printed.title, 70),
        "running_sender": shortened(printed.sender.name, 45),
        "return_line": _return_line(printed.sender),
        "summary": [_demand(demand, document, reduce) for demand in document.summary],
        "general": _printed_blocks(blocks(document.general), reduce),
        "points": points,
        "has_marks": any(mark for point in points for side in ("existing", "demanded") for _, mark in point[side]),
        "signatories": _numbered(printed),
    }


def _scanned(address: str) -> str:
    """A QR code of the address as SVG: black squares of one unit, with the quiet zone around them."""
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code: Any = QRCode(error_correction=ERROR_CORRECT_M, border=2)
    code.add_data(address)
    rows = code.get_matrix()
    squares = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_black in enumerate(row) if is_black)
    size = len(rows)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{squares}"/></svg>'


def _return_line(sender: Sender) -> str:
    """The sender in one line, as it is read above the address in the window of an envelope."""
    return " · ".join([sender.name, *sender.address[:2]]) if sender.name and sender.address else ""


def _demand(demand: str, document: Document, reduce: Callable[[str], str]) -> dict[str, str]:
    numbers = numbers_named(demand, document.points)
    points = document.labels.see_points.replace("%(numbers)s", numbers) if numbers else ""
    return {"text": reduce(demand), "points": reduce(points)}


def _point(place: int, point: PointRow, reduce: Callable[[str], str], labels: Labels) -> dict[str, Any]:
    existing, demanded = marked_wordings(point)
    return asdict(with_texts(point, reduce)) | {
        "place": place,
        "bookmark": reduce(shortened(f"{point.number}  {point.article}", 120)),
        "long": asdict(long_texts(point)),
        "elsewhere": reduce(labels.see_in_full.replace("%(number)s", point.number)),
        "action": reduce(action_word(point, labels)),
        "existing": [(reduce(text), mark) for text, mark in existing if text],
        "demanded": [(reduce(text), mark) for text, mark in demanded if text],
        "tables": {"existing": _table(existing, reduce), "demanded": _table(demanded, reduce)},
        "reasons": _printed_blocks(blocks(point.reasons), reduce),
    }


def _table(runs: list[Run], reduce: Callable[[str], str]) -> list[list[list[Run]]]:
    return [[[(reduce(text), mark) for text, mark in cell] for cell in row] for row in table_rows(runs)]


def _printed_blocks(pieces: list[Block], reduce: Callable[[str], str]) -> list[Block]:
    printed = []
    for piece in pieces:
        changed = dict(piece)
        if "runs" in piece:
            changed["runs"] = [
                run
                | {"text": reduce(run["text"]), "address": run["address"] if _LINK.fullmatch(run["address"]) else ""}
                for run in piece["runs"]
            ]
        if "items" in piece:
            changed["items"] = [_printed_blocks(item, reduce) for item in piece["items"]]
        if "blocks" in piece:
            changed["blocks"] = _printed_blocks(piece["blocks"], reduce)
        printed.append(changed)
    return printed


def _numbered(printed: Document) -> list[dict[str, Any]]:
    numbers = count(1)
    return [
        {
            "area": area,
            "count": str(len(group)),
            "signatories": [asdict(one) | {"number": f"{next(numbers)}."} for one in group],
        }
        for area, group in by_area(printed.signatories)
    ]
