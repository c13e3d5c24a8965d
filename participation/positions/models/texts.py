"""The canonical form of a position: the bytes that organisations sign.

RFC 8785 JSON of strings, whole numbers and lists alone; every text in the one normal form
(NFC, LF, no trailing spaces). Equal texts give equal bytes on every machine, and anybody
can check the fingerprint with `sha256sum`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import rfc8785
from markupsafe import escape

from participation.comments.models import WordingAction
from participation.foundation.collation import collation_key
from participation.texts.differing import side_by_side, word_diff_html
from participation.texts.markdown import normalise, to_html

if TYPE_CHECKING:
    from .positions import Point, Position


@dataclass(frozen=True)
class PointText:
    number: int
    action: WordingAction
    article: str
    existing: str
    demanded: str
    reasons: str
    difference_html: str
    reasons_html: str
    # The row that the point was frozen from, for its links; its words are those of the text.
    row: Point | None

    @property
    def existing_html(self) -> str:
        """The existing wording, with the words marked that should go."""
        return side_by_side(self.difference_html)[0] or str(escape(self.existing))

    @property
    def demanded_html(self) -> str:
        """The demanded wording, with the words marked that are new in it; empty where nothing is demanded."""
        return side_by_side(self.difference_html)[1] or str(escape(self.demanded))


@dataclass(frozen=True)
class PositionText:
    """What a position says, read from canonical bytes and from nowhere else."""

    title: str
    language: str
    summary: tuple[str, ...]
    general: str
    general_html: str
    addressees: tuple[str, ...]
    consultation_title: str
    points: tuple[PointText, ...]


def fingerprint(canonical: bytes) -> str:
    """SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(canonical).hexdigest()


def canonical_bytes(position: Position, number: int) -> bytes:
    """The bytes of this position's text as it stands, as its version `number`."""
    return rfc8785.dumps(
        {
            "position": f"p-{position.id}",
            "version": number,
            "language": position.language,
            "title": normalise(position.title),
            "summary": [normalise(demand) for demand in position.key_demands],
            "general": normalise(position.general),
            "addressees": _names(position),
            "consultation": {
                "slug": position.consultation.slug,
                "title": normalise(position.consultation.title),
            },
            "points": [_point(point, place) for place, point in enumerate(position.points, start=1)],
        }
    )


def _names(position: Position) -> list[str]:
    """Databases sort names each in its own way; the bytes must not depend on that."""
    return sorted((normalise(body.name) for body in position.addressees), key=collation_key)


def _point(point: Point, number: int) -> dict[str, Any]:
    return {
        "number": number,
        "action": str(point.action),
        "article": normalise(point.article),
        "existing": normalise(point.existing),
        "demanded": normalise(point.demanded),
        "reasons": normalise(point.reasons),
    }


def wordings_in(canonical: bytes) -> dict[int, str]:
    """What a frozen text demands, by the numbers of its points."""
    return {point["number"]: point["demanded"] for point in json.loads(canonical)["points"]}


def text_of(position: Position) -> PositionText:
    """The frozen text where there is one, else the draft as it stands, read from its bytes alike."""
    version = position.frozen
    return text_from(version.canonical if version else canonical_bytes(position, 1), position)


def text_from(canonical: bytes, position: Position) -> PositionText:
    """HTML that was stored when the text was saved is used only where its source equals the
    words of the bytes; otherwise it is made anew, so that a page can never show other words
    than those that were signed.
    """
    said = json.loads(canonical)
    rows = list(position.points)
    return PositionText(
        title=said["title"],
        language=said["language"],
        summary=tuple(said["summary"]),
        general=said["general"],
        general_html=_html(said["general"], position.general, position.general_html),
        addressees=tuple(said["addressees"]),
        consultation_title=said["consultation"]["title"],
        points=tuple(_point_text(point, _row_of(point, rows)) for point in said["points"]),
    )


def difference_html(action: str, existing: str, demanded: str) -> str:
    """What a point inserts and deletes; empty as long as it does not say what it demands, and where it moves."""
    if action == WordingAction.MOVE:
        return ""
    if action == WordingAction.ADD:
        return word_diff_html("", demanded)
    if action == WordingAction.DELETE:
        return word_diff_html(existing, "")
    return word_diff_html(existing, demanded) if demanded else ""


def draft_text_of(position: Position) -> PositionText:
    """The text as it is being written, whatever stands frozen beside it."""
    return text_from(canonical_bytes(position, len(position.versions) + 1), position)


def says_something_else(before: bytes, after: bytes) -> bool:
    """Whether two versions differ in more than their number."""
    return json.loads(before) | {"version": 0} != json.loads(after) | {"version": 0}


def parts_that_differ(seen: bytes | None, now: bytes) -> str:
    """The parts of a canonical text that are not as they were seen, as they stand now; all, if nothing was."""
    before, after = json.loads(seen) if seen else {}, json.loads(now)
    parts = [after[part] for part in ("title", "summary", "general", "addressees") if before.get(part) != after[part]]
    points = [point for point in after["points"] if point not in before.get("points", [])]
    return "\n\n".join(
        ["\n".join(part) if isinstance(part, list) else part for part in parts if part]
        + [f"{point['number']}. {point['article']}: {point['demanded'] or point['existing']}" for point in points]
    )


def _row_of(said: dict[str, Any], rows: Sequence[Point]) -> Point | None:
    """The row that says the same, or else one about the same words: the next version may be in the rows."""
    words = (said["action"], said["existing"], said["demanded"])
    same = [row for row in rows if (str(row.action), row.existing, row.demanded) == words]
    about = [row for row in rows if (row.existing, normalise(row.article)) == (said["existing"], said["article"])]
    return next((row for row in same if row.number == said["number"]), next(iter([*same, *about]), None))


def _point_text(said: dict[str, Any], row: Point | None) -> PointText:
    is_same = row is not None and (str(row.action), row.existing, row.demanded) == (
        said["action"],
        said["existing"],
        said["demanded"],
    )
    stored_difference = row.difference_html if row is not None and is_same else ""
    return PointText(
        number=said["number"],
        action=WordingAction(said["action"]),
        article=said["article"],
        existing=said["existing"],
        demanded=said["demanded"],
        reasons=said["reasons"],
        difference_html=stored_difference or difference_html(said["action"], said["existing"], said["demanded"]),
        reasons_html=_html(said["reasons"], row.reasons if row else "", row.reasons_html if row else ""),
        row=row,
    )


def _html(said: str, source: str, stored_html: str) -> str:
    return stored_html if stored_html and source == said else to_html(said)
