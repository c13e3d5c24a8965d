"""The pages of joint positions: reading, drafting, opening, co-signing."""

from __future__ import annotations

from flask import Flask

from participation.foundation.language import _
from participation.web import navigation

from . import agreement, cosignatures, coverage, omissions, opening, points, positions, proposed_decisions, remarks
from .blueprint import blueprint

__all__ = [
    "agreement",
    "blueprint",
    "cosignatures",
    "coverage",
    "join",
    "omissions",
    "opening",
    "points",
    "positions",
    "proposed_decisions",
    "remarks",
]


def join(app: Flask) -> None:
    navigation.add(app, "positions.index", _("Positions"), 20)
