"""Describing, publishing, extending and concluding a consultation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict

from participation.accounts.models import Viewer
from participation.bodies.models import Level
from participation.foundation import audit, clock, region
from participation.foundation.access import demand
from participation.foundation.database import Conflict, session
from participation.foundation.language import _
from participation.foundation.slugs import free_slug, slug_of
from participation.texts.markdown import normalise, to_html

from ..events import consultation_published
from ..models import (
    Audience,
    Consultation,
    ConsultationState,
    Dates,
    Deadline,
    DeadlineChange,
    VersionState,
    brought_forward,
    period_evidence_of,
)
from ..models.paths import paths_of
from ..queries import is_answered, latest_evidence, provision_count, slug_is_taken, text_version
from ..rules import (
    may_conclude_consultation,
    may_describe_consultation,
    may_extend_deadline,
    may_lead_consultation,
    may_publish_consultation,
)

_MARKDOWN = ("summary", "why_it_matters")
_DATES = ("opens_on", "internal_deadline_on", "cosigning_from_on", "official_deadline_on")
_COLUMNS = {Deadline.INTERNAL: _DATES[1], Deadline.COSIGNING: _DATES[2], Deadline.OFFICIAL: _DATES[3]}


class Description(TypedDict, total=False):
    """What people are told about a consultation; what is left out stays as it is.

    `summary` and `why_it_matters` are Markdown. The four dates can be described only until
    the consultation is published; afterwards they are extended.
    """

    title: str
    language: str
    summary: str
    why_it_matters: str
    body_id: int | None
    level: Level
    municipalities: list[str]
    topics: list[str]
    act_kind: str
    identifiers: dict[str, Any]
    published_at_address: str
    published_by_body_on: date | None
    period_rule: str
    contact: str
    links: list[dict[str, Any]]
    audience: Audience
    is_express: bool
    opens_on: date
    internal_deadline_on: date
    cosigning_from_on: date | None
    official_deadline_on: date | None


def describe_consultation(
    actor: Viewer, consultation: Consultation, description: Description, *, revision: int | None = None
) -> None:
    """Write down the fields of a consultation; its address follows the title until it is published.

    `revision` is the one that the form was filled in against; raises Conflict when it is not
    the present one. ValueError for dates that are settled or contradict one another.
    """
    demand(may_describe_consultation(actor, consultation))
    values = {name: value for name, value in description.items() if getattr(consultation, name) != value}
    if not values:
        return
    _demand_revision(consultation, revision, consultation.summary)
    if consultation.is_public and set(values) & set(_DATES):
        raise ValueError("The dates of a published consultation are extended, not described.")
    _demand_sense({name: values.get(name, getattr(consultation, name)) for name in _DATES})
    for name in _MARKDOWN:
        if name in values:
            written = normalise(str(values[name]))
            values[name], values[f"{name}_html"] = written, to_html(written)
    language = str(values.pop("language", consultation.language))
    for name, value in values.items():
        setattr(consultation, name, value)
    if not consultation.is_public and slug_of(consultation.title) != slug_of(consultation.slug):
        with session.no_autoflush:
            consultation.slug = free_slug(
                consultation.title, lambda slug: slug != consultation.slug and slug_is_taken(slug)
            )
    if language != consultation.language:
        _change_language(consultation, language)
    audit.record(actor, "consultation.described", consultation)
    if consultation.is_public:
        _keep_evidence(consultation)


def _change_language(consultation: Consultation, language: str) -> None:
    consultation.language = language
    version = text_version(consultation)
    if is_answered(version):
        return
    version.language = language
    for provision, path in zip(version.provisions, paths_of(version.provisions, language), strict=True):
        provision.path = path


def publish_consultation(actor: Viewer, consultation: Consultation) -> None:
    """Put the consultation and its text before the public; done already, it stays as it is."""
    demand(may_lead_consultation(actor))
    if consultation.is_public:
        return
    version = text_version(consultation)
    demand(may_publish_consultation(actor, consultation, provision_count(version)))
    moment = clock.now()
    consultation.state, consultation.published_at = ConsultationState.PUBLISHED, moment
    version.state, version.published_at = VersionState.PUBLISHED, moment
    audit.record(actor, "consultation.published", consultation)
    _keep_evidence(consultation)
    consultation_published.send(consultation)


def extend_deadline(
    actor: Viewer,
    consultation: Consultation,
    dates: Mapping[Deadline, date],
    because: str,
    *,
    revision: int | None = None,
) -> list[DeadlineChange]:
    """Move deadlines, with a public reason; days that stay the same are no change.

    The network keeps the days that it has given: only the body brings its deadline forward, and then the one for
    comments may follow; neither into the past. The first day of co-signing may be set or moved as one likes. Raises
    Conflict when the consultation changed meanwhile, ValueError for days that are not allowed or contradict one
    another.
    """
    demand(may_extend_deadline(actor, consultation))
    moved = {deadline: day for deadline, day in dates.items() if getattr(consultation, _COLUMNS[deadline]) != day}
    if not moved:
        return []
    _demand_revision(consultation, revision, "")
    for column, words in brought_forward(consultation, {_COLUMNS[one]: day for one, day in moved.items()}):
        raise ValueError(f"{column}: {words}")
    _demand_sense(
        {name: getattr(consultation, name) for name in _DATES} | {_COLUMNS[one]: day for one, day in moved.items()}
    )
    changes = []
    for deadline, day in moved.items():
        before = getattr(consultation, _COLUMNS[deadline])
        setattr(consultation, _COLUMNS[deadline], day)
        changes.append(
            DeadlineChange(
                consultation_id=consultation.id,
                deadline=deadline,
                before_on=before,
                after_on=day,
                because=normalise(because),
                changed_by_id=actor.id,
                changed_at=clock.now(),
            )
        )
    session.add_all(changes)
    audit.record(actor, "deadline.extended", consultation, because=because)
    _keep_evidence(consultation)
    return changes


def conclude_consultation(actor: Viewer, consultation: Consultation) -> None:
    """Say that nothing more will come; done already, it stays as it is."""
    demand(may_lead_consultation(actor))
    if consultation.concluded_on is not None:
        return
    demand(may_conclude_consultation(actor, consultation))
    consultation.concluded_on = clock.today()
    audit.record(actor, "consultation.concluded", consultation)


def _keep_evidence(consultation: Consultation) -> None:
    """Whenever the body gives too few days; the same finding is kept once."""
    found = period_evidence_of(consultation, region.current().own_periods)
    if found is None:
        return
    latest = latest_evidence(consultation.id)
    if latest is None or latest.facts != found.facts:
        session.add(found)
        session.flush()


def _demand_revision(consultation: Consultation, revision: int | None, stored: str) -> None:
    if revision is None or revision == consultation.revision:
        return
    raise Conflict(
        _("The consultation was changed meanwhile, by somebody else or in another window."),
        stored=stored,
        fields={
            "title": consultation.title,
            "summary": consultation.summary,
            "why_it_matters": consultation.why_it_matters,
        },
        fresh={"revision": consultation.revision},
    )


def _demand_sense(days: Mapping[str, Any]) -> None:
    for field, words in Dates(**days).contradictions():
        raise ValueError(f"{field}: {words}")
