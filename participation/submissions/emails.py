"""What those who took part in a submission are told."""

from __future__ import annotations

from participation.accounts.models import User
from participation.bodies.models import PublicBody
from participation.foundation import clock
from participation.foundation.mail import Message

from .models import Submission


def answers_recorded(to: User, submission: Submission, body: PublicBody) -> Message:
    """To a person who took part: a body has answered. One a person, body and day of recording."""
    return Message(
        to=to.email,
        language=to.language,
        template="submissions/emails/answers_recorded.txt",
        about=f"answers-recorded-{submission.id}-{body.id}-{clock.today().isoformat()}",
        values={"title": submission.title, "slug": submission.slug, "body": body.name},
    )
