"""Finding what goes out to Word, and what came back from it."""

from .drafts import draft_in_word
from .edited import edited_file, edited_file_by_form_key, edited_file_by_id, work_of
from .items import Sorted, sorted_findings
from .spoken import Spoken, hidden_on, spoken_on

__all__ = [
    "Sorted",
    "Spoken",
    "draft_in_word",
    "edited_file",
    "edited_file_by_form_key",
    "edited_file_by_id",
    "hidden_on",
    "sorted_findings",
    "spoken_on",
    "work_of",
]
