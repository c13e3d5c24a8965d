"""The canonical form of a position: the bytes that organisations sign.

RFC 8785 JSON of strings, whole numbers and lists alone; every text in the one normal form
(NFC, LF, no trailing spaces). Equal texts give equal bytes on every machine, and anybody
can check the fingerprint with `sha256sum`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import rfc8785

from participation.foundation.collation import collation_key
from participation.texts.differing import word_diff_html
from participation.texts.markdown import normalise, to_html

if TYPE_CHECKING:
    from .positions import Point, Position, PositionVersion


@dataclass(frozen=True)
class FrozenPoint:
    number: int
    action: str  # a WordingAction
    article: str
    existing: str
    demanded: str
    reasons: str
    difference_html: str
    reasons_html: str


@dataclass(frozen=True)
class FrozenText:
    """What a version says, read from its signed bytes and from nowhere else."""

    title: str
    language: str
    summary: tuple[str, ...]
    general: str
    general_html: str
    addressees: tuple[str, ...]
    consultation_title: str
    consultation_slug: str
    points: tuple[FrozenPoint, ...]


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
            # Databases sort names each in its own way; the bytes must not depend on that.
            "addressees": sorted((normalise(body.name) for body in position.addressees), key=collation_key),
            "consultation": {
                "slug": position.consultation.slug,
                "title": normalise(position.consultation.title),
            },
            "points": [_point(point, place) for place, point in enumerate(position.points, start=1)],
        }
    )


def _point(point: Point, number: int) -> dict[str, Any]:
    return {
        "number": number,
        "action": str(point.action),
        "article": normalise(point.article),
        "existing": normalise(point.existing),
        "demanded": normalise(point.demanded),
        "reasons": normalise(point.reasons),
    }


def frozen_text(version: PositionVersion) -> FrozenText:
    """The text of a version, from its bytes.

    HTML that was stored when the text was saved is used only where its source still equals
    the signed one; otherwise it is made anew, so that a page can never show other words than
    those that were signed.
    """
    position = version.position
    signed = json.loads(version.canonical)
    rows = dict(enumerate(position.points, start=1))
    return FrozenText(
        title=signed["title"],
        language=signed["language"],
        summary=tuple(signed["summary"]),
        general=signed["general"],
        general_html=_html(signed["general"], position.general, position.general_html),
        addressees=tuple(signed["addressees"]),
        consultation_title=signed["consultation"]["title"],
        consultation_slug=signed["consultation"]["slug"],
        points=tuple(_frozen_point(point, rows.get(point["number"])) for point in signed["points"]),
    )


def _frozen_point(signed: dict[str, Any], row: Point | None) -> FrozenPoint:
    same_wording = row is not None and (row.existing, row.demanded) == (signed["existing"], signed["demanded"])
    return FrozenPoint(
        **signed,
        difference_html=row.difference_html
        if row is not None and same_wording and row.difference_html
        else word_diff_html(signed["existing"], signed["demanded"]),
        reasons_html=_html(signed["reasons"], row.reasons if row else "", row.reasons_html if row else ""),
    )


def _html(signed: str, source: str, stored_html: str) -> str:
    return stored_html if stored_html and source == signed else to_html(signed)
