"""Finding what goes out to Word."""

from .drafts import Spoken, draft_in_word, spoken_on

__all__ = ["Spoken", "draft_in_word", "spoken_on"]
