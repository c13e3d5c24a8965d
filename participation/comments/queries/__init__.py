"""Finding comments: beside the text, in a thread, by number, and what waits for whom."""

from .beside import Beside, Entry, Excerpt, comments_beside
from .single import chosen_comments, comment_by_id, comment_by_key, visible_comments

__all__ = [
    "Beside",
    "Entry",
    "Excerpt",
    "chosen_comments",
    "comment_by_id",
    "comment_by_key",
    "comments_beside",
    "visible_comments",
]
