"""Finding consultations, their texts, and what waits to be done about them."""

from .comparing import Change, Comparison, comparison_of, origins_of, two_versions, versions_of
from .consultations import consultation_by_form_key, consultation_by_slug, slug_is_taken
from .density import Bar, density_of
from .drafts import (
    attachment_by_form_key,
    attachment_of,
    attachments_of,
    doubted_provisions,
    is_answered,
    kind_counts,
    provision_by_key,
    provision_count,
    provision_page,
    provisions_of,
    published_version,
    repeated_texts,
    text_version,
    version_by_number,
)
from .evidence import latest_evidence
from .imports import import_by_form_key, import_by_id, import_by_key, imports_to_mind, work_of
from .lists import (
    Filter,
    bodies_with_consultations,
    comment_counts,
    led_consultations,
    published_consultations,
)
from .margin import room_for_notes
from .phases import phase_on
from .places import OpenConsultations, consultations_by_municipality
from .reading import Line, Surroundings, contents_of, lines_of, provisions_by_id, reading_of, surroundings_of
from .tasks import waiting_for
from .versions import Step, as_texts, gone_before, step_to, version_in_preparation

__all__ = [
    "Bar",
    "Change",
    "Comparison",
    "Filter",
    "Line",
    "OpenConsultations",
    "Step",
    "Surroundings",
    "as_texts",
    "attachment_by_form_key",
    "attachment_of",
    "attachments_of",
    "bodies_with_consultations",
    "comment_counts",
    "comparison_of",
    "consultation_by_form_key",
    "consultation_by_slug",
    "consultations_by_municipality",
    "contents_of",
    "density_of",
    "doubted_provisions",
    "gone_before",
    "import_by_form_key",
    "import_by_id",
    "import_by_key",
    "imports_to_mind",
    "is_answered",
    "kind_counts",
    "latest_evidence",
    "led_consultations",
    "lines_of",
    "origins_of",
    "phase_on",
    "provision_by_key",
    "provision_count",
    "provision_page",
    "provisions_by_id",
    "provisions_of",
    "published_consultations",
    "published_version",
    "reading_of",
    "repeated_texts",
    "room_for_notes",
    "slug_is_taken",
    "step_to",
    "surroundings_of",
    "text_version",
    "two_versions",
    "version_by_number",
    "version_in_preparation",
    "versions_of",
    "waiting_for",
    "work_of",
]
