"""Finding submissions, what a new one can say, who is to be told, and what waits to be done."""

from .contents import contents_now, withdrawals_since_freezing
from .documents import documents_of
from .finding import (
    answers_of,
    is_slug_taken,
    overall_count,
    state_of_answers,
    submission_by_form_key,
    submission_by_id,
    submission_by_slug,
    submissions_of,
    submissions_with_comment,
    submissions_with_position,
)
from .listing import Choices, Filters, Line, filter_choices, submissions_page
from .locking import lock
from .people import people_to_tell
from .sources import (
    comments_to_compile,
    positions_by_ids,
    positions_open_for_cosigning,
    positions_to_compile,
    usual_day_of_answer,
)
from .tasks import waiting_for
from .uptake import SentPoint, TakenUp, Uptake, uptake_of_comments

__all__ = [
    "Choices",
    "Filters",
    "Line",
    "SentPoint",
    "TakenUp",
    "Uptake",
    "answers_of",
    "comments_to_compile",
    "contents_now",
    "documents_of",
    "filter_choices",
    "is_slug_taken",
    "lock",
    "overall_count",
    "people_to_tell",
    "positions_by_ids",
    "positions_open_for_cosigning",
    "positions_to_compile",
    "state_of_answers",
    "submission_by_form_key",
    "submission_by_id",
    "submission_by_slug",
    "submissions_of",
    "submissions_page",
    "submissions_with_comment",
    "submissions_with_position",
    "uptake_of_comments",
    "usual_day_of_answer",
    "waiting_for",
    "withdrawals_since_freezing",
]
