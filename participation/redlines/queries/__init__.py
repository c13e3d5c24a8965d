"""Finding what goes out to Word, and what came back from it."""

from .drafts import Spoken, draft_in_word, spoken_on
from .edited import edited_file, edited_file_by_form_key
from .items import Sorted, sorted_findings

__all__ = [
    "Sorted",
    "Spoken",
    "draft_in_word",
    "edited_file",
    "edited_file_by_form_key",
    "sorted_findings",
    "spoken_on",
]
