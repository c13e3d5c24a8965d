"""Finding positions, what they are drafted from, and the signatures under them."""

from .cosignatures import (
    Progress,
    cosignature_by_form_key,
    live_cosignature_of,
    live_cosignatures,
    live_mandate,
    progress_of,
    representatives,
    waiting_for,
    withdrawn_cosignatures,
)
from .coverage import AreaCoverage, area_of, coverage
from .drafts import (
    CommentsOnProvision,
    by_provision,
    point_by_form_key,
    point_of,
    points_of,
    remark_by_form_key,
    remarks_on,
)
from .positions import (
    hold,
    is_slug_taken,
    position_by_form_key,
    position_by_slug,
    positions_of,
    positions_page,
    version_by_fingerprint,
    version_by_number,
)

__all__ = [
    "AreaCoverage",
    "CommentsOnProvision",
    "Progress",
    "area_of",
    "by_provision",
    "cosignature_by_form_key",
    "coverage",
    "hold",
    "is_slug_taken",
    "live_cosignature_of",
    "live_cosignatures",
    "live_mandate",
    "point_by_form_key",
    "point_of",
    "points_of",
    "position_by_form_key",
    "position_by_slug",
    "positions_of",
    "positions_page",
    "progress_of",
    "remark_by_form_key",
    "remarks_on",
    "representatives",
    "version_by_fingerprint",
    "version_by_number",
    "waiting_for",
    "withdrawn_cosignatures",
]
