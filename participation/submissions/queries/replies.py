"""What a body has written at its private address, and what of it is public."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from participation.accounts.models import NetworkRole, Role, User, roles_of_users
from participation.bodies.models import PublicBody
from participation.foundation.database import session

from ..models import Answer, AnswerDraft, Outcome, Submission, SubmissionPoint


@dataclass(frozen=True)
class Reply:
    """What a body says to one point, as its private page shows it: its draft, else what is public of it.

    `is_confirmed`: it is public and the body stands by it, so it can only be read.
    """

    point: SubmissionPoint
    outcome: Outcome | None
    words: str
    revision: int
    is_draft: bool
    answer: Answer | None

    @property
    def is_confirmed(self) -> bool:
        return self.answer is not None and self.answer.is_confirmed

    @property
    def is_given(self) -> bool:
        return self.outcome is not None and self.outcome is not Outcome.NO_REPLY


def drafts_of(submission: Submission, body: PublicBody) -> dict[int, AnswerDraft]:
    """By the number of the point's row; read anew."""
    found = session.scalars(
        select(AnswerDraft)
        .join(SubmissionPoint, SubmissionPoint.id == AnswerDraft.point_id)
        .where(SubmissionPoint.submission_id == submission.id, AnswerDraft.body_id == body.id)
        .execution_options(populate_existing=True)
    )
    return {draft.point_id: draft for draft in found}


def replies_of(submission: Submission, body: PublicBody) -> list[Reply]:
    """To every point, in their order. One statement, when the points and their answers are loaded."""
    drafts = drafts_of(submission, body)
    return [_reply(point, drafts.get(point.id), body) for point in submission.points]


def _reply(point: SubmissionPoint, draft: AnswerDraft | None, body: PublicBody) -> Reply:
    answer = next((one for one in point.answers if one.body_id == body.id), None)
    if draft is not None:
        outcome = Outcome(draft.outcome) if draft.outcome else None
        return Reply(point, outcome, draft.words, draft.revision, True, answer)
    if answer is None:
        return Reply(point, None, "", 0, False, None)
    return Reply(point, Outcome(answer.outcome), answer.words, 0, False, answer)


def state_of_drafts(drafts: Mapping[int, AnswerDraft]) -> str:
    """An opaque word that changes whenever one of the drafts does; the page of confirmation carries it."""
    said = [[number, str(draft.outcome or ""), draft.words] for number, draft in sorted(drafts.items())]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def office_of(submission: Submission) -> list[User]:
    """Who hears when a body acts: whoever compiled the submission, and the coordinators; each once."""
    coordinators = (
        select(roles_of_users.c.user_id)
        .join(Role, Role.id == roles_of_users.c.role_id)
        .where(Role.name == NetworkRole.COORDINATOR.value)
    )
    found = session.scalars(
        select(User)
        .where((User.id == submission.compiled_by_id) | User.id.in_(coordinators), User.active.is_(True))
        .order_by(User.id)
    )
    return list(found)
