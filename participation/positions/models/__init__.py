"""Positions, their points, the frozen text, co-signatures, remarks."""

from .cosignatures import Cosignature, CosignatureState
from .positions import (
    Point,
    Position,
    PositionState,
    PositionVersion,
    Remark,
    addressees_of_positions,
    comments_of_points,
    provisions_of_points,
)
from .texts import (
    PointText,
    PositionText,
    canonical_bytes,
    difference_html,
    fingerprint,
    parts_that_differ,
    text_from,
    text_of,
)

__all__ = [
    "Cosignature",
    "CosignatureState",
    "Point",
    "PointText",
    "Position",
    "PositionState",
    "PositionText",
    "PositionVersion",
    "Remark",
    "addressees_of_positions",
    "canonical_bytes",
    "comments_of_points",
    "difference_html",
    "fingerprint",
    "parts_that_differ",
    "provisions_of_points",
    "text_from",
    "text_of",
]
