"""Finding comments: beside the text, in a thread, by number, and what waits for whom."""

from .beside import Beside, Entry, Excerpt, comments_beside
from .clashes import Clash, clashes_on
from .exports import Exported, comments_for_export
from .places import Place, place_in_text, still_stands
from .single import chosen_comments, comment_by_id, comment_by_key, support_by, visible_comments
from .tasks import waiting_for
from .threads import (
    Filters,
    Line,
    comments_of,
    organisations_that_commented,
    page_among_all,
    page_of_comment,
    thread_of,
)
from .versions import comments_on_version

__all__ = [
    "Beside",
    "Clash",
    "Entry",
    "Excerpt",
    "Exported",
    "Filters",
    "Line",
    "Place",
    "chosen_comments",
    "clashes_on",
    "comment_by_id",
    "comment_by_key",
    "comments_beside",
    "comments_for_export",
    "comments_of",
    "comments_on_version",
    "organisations_that_commented",
    "page_among_all",
    "page_of_comment",
    "place_in_text",
    "still_stands",
    "support_by",
    "thread_of",
    "visible_comments",
    "waiting_for",
]
