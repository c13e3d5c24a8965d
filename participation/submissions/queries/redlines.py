"""The draft with what a submission demands, as Word shows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from participation.comments.models import WordingAction
from participation.consultations.models import Provision, TextVersion
from participation.consultations.queries import provisions_of
from participation.foundation import clock
from participation.foundation.database import session
from participation.foundation.language import _, force_locale
from participation.positions.models import Point
from participation.redlines.queries.drafts import phrases
from participation.texts.provisions import Kind
from participation.texts.provisions import Provision as ReadProvision
from participation.texts.word.demands import Action, Demand, DraftInWord, Note

from ..models import Submission, SubmissionPoint, contents_from

# What a tracked change can show; where a provision should move to, the words of the point say.
TRACKED = {WordingAction.ADD: Action.ADD, WordingAction.CHANGE: Action.CHANGE, WordingAction.DELETE: Action.DELETE}


def draft_with_demands(submission: Submission) -> DraftInWord:
    """The text that the demands are about, with each as a tracked change or, where it cannot be one, as a comment.

    Of the frozen points alone, so the same submission always gives the same file.
    """
    points = list(
        session.scalars(
            select(SubmissionPoint)
            .where(SubmissionPoint.submission_id == submission.id)
            .options(selectinload(SubmissionPoint.point).selectinload(Point.provisions))
            .order_by(SubmissionPoint.number)
        )
    )
    version = _version(submission, points)
    provisions = provisions_of(version)
    sender = contents_from(submission.canonical).sender_name if submission.canonical else ""
    moment = submission.frozen_at or clock.now()
    with force_locale(submission.language):
        said = phrases()
        found = [one for point in points for one in _said(point, provisions, sender, moment)]
    return DraftInWord(
        version.title or submission.consultation.title,
        submission.consultation.language,
        moment,
        [ReadProvision(Kind(one.kind), one.label, one.level, one.text) for one in provisions],
        [one.key for one in provisions],
        [one for one in found if isinstance(one, Demand)],
        [one for one in found if isinstance(one, Note)],
        said,
    )


def _version(submission: Submission, points: list[SubmissionPoint]) -> TextVersion:
    """The newest text that a point is about; else the newest of the consultation."""
    numbers = {one.version_id for point in points if point.point for one in point.point.provisions}
    versions = submission.consultation.versions
    chosen = [version for version in versions if version.id in numbers]
    return (chosen or versions)[-1]


def _said(
    point: SubmissionPoint, provisions: list[Provision], sender: str, moment: datetime
) -> Iterator[Demand | Note]:
    about = point.point.provisions if point.point else []
    text_of = {one.key: one.text for one in provisions}
    here = [one for one in about if one.key in text_of]
    reasons = f"{_('Point %(number)s', number=point.number)}\n\n{point.reasons}".strip()
    action = TRACKED.get(point.action) if point.action else None
    is_of_one = len(here) == len(about) == 1
    if action and is_of_one and (action is Action.ADD or text_of[here[0].key] == point.existing):
        yield Demand(here[0].key, sender, moment, action, point.demanded, reasons)
    else:
        words = "\n\n".join(part for part in (point.article, point.demanded, reasons) if part)
        yield Note(here[0].key if here else "", sender, moment, words)
