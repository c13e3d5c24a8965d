"""Finding consultations, their texts, and what waits to be done about them."""

from .consultations import consultation_by_slug, slug_is_taken
from .drafts import is_answered, provision_by_key, provisions_of, published_version, text_version, version_by_number

__all__ = [
    "consultation_by_slug",
    "is_answered",
    "provision_by_key",
    "provisions_of",
    "published_version",
    "slug_is_taken",
    "text_version",
    "version_by_number",
]
