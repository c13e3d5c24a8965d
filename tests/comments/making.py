"""Comments on words of a text."""

from __future__ import annotations

from typing import Any

from consultations.next_version import provision_with
from factories import CommentFactory, OrganisationFactory

from participation.comments.models import Comment
from participation.consultations.models import Consultation


def comment_on(consultation: Consultation, words: str, **values: Any) -> Comment:
    """An organisation's comment on the provision that begins with these words, in the first version of its text."""
    version = values.pop("version", consultation.versions[0])
    return CommentFactory(
        consultation=consultation,
        version=version,
        provision=provision_with(version, words),
        organisation=OrganisationFactory(),
        **values,
    )


def quoting(text: str, exact: str) -> dict[str, Any]:
    """The columns of a comment on this passage of the text."""
    at = text.index(exact)
    return {
        "quote_exact": exact,
        "quote_prefix": text[max(0, at - 32) : at],
        "quote_suffix": text[at + len(exact) :][:32],
        "quote_start": at,
        "quote_end": at + len(exact),
    }
