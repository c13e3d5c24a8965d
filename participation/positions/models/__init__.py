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
from .texts import FrozenPoint, FrozenText, canonical_bytes, fingerprint, frozen_text

__all__ = [
    "Cosignature",
    "CosignatureState",
    "FrozenPoint",
    "FrozenText",
    "Point",
    "Position",
    "PositionState",
    "PositionVersion",
    "Remark",
    "addressees_of_positions",
    "canonical_bytes",
    "comments_of_points",
    "fingerprint",
    "frozen_text",
    "provisions_of_points",
]
