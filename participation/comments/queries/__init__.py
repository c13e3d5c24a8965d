"""Finding comments: beside the text, in a thread, by number, and what waits for whom."""

from .beside import Beside, Entry, Excerpt, Gone, comments_beside, comments_gone
from .carrying import Carried, carried_to, counts_of
from .clashes import Clash, Dispute, clashes_on, disputes_in
from .exports import Exported, ExportedChange, comments_for_export
from .lines import Line
from .nil_returns import has_commented, nil_return_of, nil_returns_on, organisations_without_comments
from .overview import Overview, overview_of
from .own import own_comments
from .passages import QuotedPassage, passages_in
from .places import Place, heir_in_text, place_in_text
from .single import chosen_comments, comment_by_id, comment_by_key, support_by, visible_comments
from .standing import provision_of_comment
from .tasks import waiting_for
from .threads import (
    Filters,
    LinePage,
    comments_of,
    organisations_that_commented,
    page_among_all,
    page_of_comment,
    thread_of,
)
from .versions import comments_on_version

__all__ = [
    "Beside",
    "Carried",
    "Clash",
    "Dispute",
    "Entry",
    "Excerpt",
    "Exported",
    "ExportedChange",
    "Filters",
    "Gone",
    "Line",
    "LinePage",
    "Overview",
    "Place",
    "QuotedPassage",
    "carried_to",
    "chosen_comments",
    "clashes_on",
    "comment_by_id",
    "comment_by_key",
    "comments_beside",
    "comments_for_export",
    "comments_gone",
    "comments_of",
    "comments_on_version",
    "counts_of",
    "disputes_in",
    "has_commented",
    "heir_in_text",
    "nil_return_of",
    "nil_returns_on",
    "organisations_that_commented",
    "organisations_without_comments",
    "overview_of",
    "own_comments",
    "page_among_all",
    "page_of_comment",
    "passages_in",
    "place_in_text",
    "provision_of_comment",
    "support_by",
    "thread_of",
    "visible_comments",
    "waiting_for",
]
