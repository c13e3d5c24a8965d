"""Putting a submission together, and changing it until it is frozen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from participation.accounts.models import User
from participation.bodies.models import PublicBody
from participation.comments.models import Comment
from participation.consultations.models import Consultation
from participation.foundation import audit
from participation.foundation.access import demand
from participation.foundation.database import Conflict, keep_first, session
from participation.foundation.language import _
from participation.foundation.slugs import free_slug
from participation.positions.models import Position
from participation.texts.markdown import normalise, one_line, to_html

from ..models import Submission
from ..queries import is_slug_taken, lock, submission_by_form_key
from ..rules import may_compile_submission, may_discard_submission, may_edit_submission


@dataclass(frozen=True)
class SubmissionContent:
    """What is compiled. An empty `summary` takes the key demands of the positions; `cover` is Markdown."""

    title: str
    language: str
    cover: str
    summary: str
    addressees: Sequence[PublicBody]
    copies: Sequence[PublicBody] = ()
    positions: Sequence[Position] = ()
    comments: Sequence[Comment] = ()


def compile_submission(
    actor: User, consultation: Consultation, content: SubmissionContent, *, form_key: str
) -> Submission:
    """A new submission; the same form makes the same one. Raises TooLong."""
    demand(may_compile_submission(actor, consultation))
    earlier = submission_by_form_key(form_key)
    if earlier is not None:
        return earlier
    submission = Submission(
        slug=free_slug(content.title, is_slug_taken),
        consultation=consultation,
        compiled_by=actor,
        form_key=form_key,
    )
    _write(submission, content)
    kept = keep_first(submission, lambda: submission_by_form_key(form_key))
    if kept is not submission:
        return kept
    audit.record(actor, "submission.compiled", submission, **_carried(submission))
    return submission


def edit_submission(actor: User, submission: Submission, content: SubmissionContent, *, revision: int) -> None:
    """Raises Conflict when somebody has saved the submission since `revision` was read; and TooLong."""
    lock(submission)
    demand(may_edit_submission(actor, submission))
    if submission.revision != revision:
        session.refresh(submission)
        raise Conflict(
            _("Somebody else has changed this submission since you opened the page."),
            stored="\n\n".join(part for part in (submission.title, submission.summary, submission.cover) if part),
            fields={"title": submission.title, "summary": submission.summary, "cover": submission.cover},
            fresh={"revision": submission.revision},
        )
    _write(submission, content)
    session.flush()
    audit.record(actor, "submission.edited", submission, **_carried(submission))


def discard_submission(actor: User, submission: Submission) -> None:
    """Take away a submission that was never sent, with its documents. Irreversible; the log keeps its title."""
    lock(submission)
    demand(may_discard_submission(actor, submission))
    audit.record(
        actor, "submission.discarded", submission, title=submission.title, sha256=submission.sha256,
        **_carried(submission),
    )  # fmt: skip
    files = [document.file for document in submission.documents]
    session.delete(submission)
    session.flush()
    for file in files:
        session.delete(file)


def _write(submission: Submission, content: SubmissionContent) -> None:
    submission.title = one_line(content.title)
    submission.language = content.language
    submission.cover = normalise(content.cover)
    submission.cover_html = to_html(content.cover)
    submission.summary = normalise(content.summary) or "\n".join(
        demanded for position in content.positions for demanded in position.key_demands
    )
    submission.addressees = list(content.addressees)
    submission.copies = [body for body in content.copies if body not in content.addressees]
    submission.positions = list(content.positions)
    submission.comments = list(content.comments)


def _carried(submission: Submission) -> dict[str, Any]:
    return {
        "positions": [position.id for position in submission.positions],
        "comments": [comment.id for comment in submission.comments],
        "addressees": [body.id for body in submission.addressees],
    }
