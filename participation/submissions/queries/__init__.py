"""Finding submissions, what a new one can say, who is to be told, and what waits to be done."""

from .contents import contents_now, signed_since_freezing, withdrawals_since_freezing
from .documents import documents_of
from .evidence import carried_texts, evidence_of, slugs_of_organisations, submitted_record
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
from .onward import SentPoint, TakenUp, WayOn, ways_on_from_comments
from .people import people_to_tell
from .redlines import draft_with_demands
from .sources import (
    comments_to_compile,
    positions_by_ids,
    positions_open_for_cosigning,
    positions_to_compile,
    rule_of_answer,
    rule_that_set_day,
    usual_day_of_answer,
)
from .tasks import waiting_for

__all__ = [
    "Choices",
    "Filters",
    "Line",
    "SentPoint",
    "TakenUp",
    "WayOn",
    "answers_of",
    "carried_texts",
    "comments_to_compile",
    "contents_now",
    "documents_of",
    "draft_with_demands",
    "evidence_of",
    "filter_choices",
    "is_slug_taken",
    "lock",
    "overall_count",
    "people_to_tell",
    "positions_by_ids",
    "positions_open_for_cosigning",
    "positions_to_compile",
    "rule_of_answer",
    "rule_that_set_day",
    "signed_since_freezing",
    "slugs_of_organisations",
    "state_of_answers",
    "submission_by_form_key",
    "submission_by_id",
    "submission_by_slug",
    "submissions_of",
    "submissions_page",
    "submissions_with_comment",
    "submissions_with_position",
    "submitted_record",
    "usual_day_of_answer",
    "waiting_for",
    "ways_on_from_comments",
    "withdrawals_since_freezing",
]
