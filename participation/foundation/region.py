"""The installation that this process serves."""

from __future__ import annotations

from pathlib import Path

from . import clock
from .installation import Installation

REGIONS = Path(__file__).resolve().parent.parent / "regions"

_in_use: Installation | None = None


def folder_of(name: str) -> Path:
    """The folder of a region that comes with the program, or any folder given as a path."""
    return Path(name) if "/" in name else REGIONS / name


def use(installation: Installation) -> None:
    """Serve this installation from now on."""
    global _in_use
    _in_use = installation
    clock.keep_zone(installation.time_zone)


def current() -> Installation:
    """The installation in use; raises RuntimeError before `use`."""
    if _in_use is None:
        raise RuntimeError("No installation is in use yet.")
    return _in_use
