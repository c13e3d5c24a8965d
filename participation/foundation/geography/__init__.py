"""The map of the region's municipalities: of their outlines where the installation has them, else of equal tiles."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import lru_cache

from participation.foundation.entries import InstallationError
from participation.foundation.installation import Installation

from .drawing import draw_outlines
from .outlines import read_outlines
from .picture import Place, RegionMap
from .shading import Level, ShadedArea, ShadedMap, ShadedPlace, shade
from .tiles import draw_tiles

__all__ = [
    "Level",
    "Place",
    "RegionMap",
    "ShadedArea",
    "ShadedMap",
    "ShadedPlace",
    "map_of",
    "shaded",
]

log = logging.getLogger(__name__)


@lru_cache(maxsize=4)
def map_of(installation: Installation) -> RegionMap:
    """The map of this installation, drawn once.

    A file of outlines that cannot be used never stops the program: what is wrong with it is
    logged, and readers see the map of tiles.
    """
    if installation.map_file is not None:
        try:
            outlines = read_outlines(installation.map_file, installation.municipalities)
            return draw_outlines(outlines, installation.municipalities)
        except (InstallationError, ValueError) as error:
            log.warning("The map of the region cannot be used, so equal tiles are shown instead. %s", error)
    return draw_tiles(installation.municipalities)


def shaded(installation: Installation, counts: Mapping[str, int]) -> ShadedMap:
    """The map with a number for each municipality by its code, named in the reader's language."""
    return shade(map_of(installation), installation, counts)
