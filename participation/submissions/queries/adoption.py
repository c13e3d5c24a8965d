"""What was adopted of what was sent, counted: for an organisation and by year; and the points of an organisation.

What a person said of a point counts; else what the program found of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, extract, func, select
from sqlalchemy.orm import aliased

from participation.consultations.models import Consultation, TextVersion
from participation.foundation.database import session
from participation.foundation.language import _
from participation.organisations.models import Organisation
from participation.texts.uptake import Verdict

from ..models import PointUptake, Submission, SubmissionPoint, SubmissionState, UptakeConfirmation, verdict_label
from .tallies import Tally, points_of_organisation, tallies_by_year

# The tones of a strip (components/strip.html).
TONES = {Verdict.VERBATIM: "done", Verdict.PART: "open", Verdict.NOT: "wrong", Verdict.OPPOSITE: "late"}
LATEST = 10
# A confirmation that no later one has taken the place of.
STANDS = and_(UptakeConfirmation.uptake_id == PointUptake.id, UptakeConfirmation.superseded_at.is_(None))


def standing_verdict() -> ColumnElement[Verdict]:
    return func.coalesce(UptakeConfirmation.verdict, PointUptake.verdict)


@dataclass(frozen=True)
class Adoption:
    """How many points became what, where the adopted text is known.

    `unchecked` is how many of them nobody has looked at yet; `not_compared` have no wording that could be looked for,
    or are still being compared.
    """

    verdicts: dict[Verdict, int] = field(default_factory=dict)
    unchecked: int = 0
    not_compared: int = 0

    @property
    def compared(self) -> int:
        return sum(self.verdicts.values())

    @property
    def points(self) -> int:
        """All points whose adopted text is known."""
        return self.compared + self.not_compared

    @property
    def parts(self) -> list[tuple[Any, int, str]]:
        """Label, number and tone of each part of the strip, in one order everywhere."""
        parts = [(verdict_label(verdict), self.verdicts.get(verdict, 0), TONES[verdict]) for verdict in Verdict]
        return [part for part in [*parts, (_("not compared"), self.not_compared, "noted")] if part[1]]


@dataclass(frozen=True)
class Year:
    """What was sent in a year, what was answered to it, and what of it was adopted."""

    year: int
    points: int
    answers: Tally
    adoption: Adoption


@dataclass(frozen=True, slots=True)
class AdoptedPoint:
    """A point of an organisation, and what became of it."""

    slug: str
    title: str
    language: str
    number: int
    article: str
    verdict: Verdict
    is_confirmed: bool
    adopted_on: date

    @property
    def label(self) -> Any:
        return verdict_label(self.verdict)


def adoption_of_organisation(organisation: Organisation) -> Adoption:
    """Of the points that the organisation signed or proposed; each once. Two statements."""
    points = points_of_organisation(organisation)
    rows = session.execute(_verdicts().where(SubmissionPoint.id.in_(points))).all()
    known = session.scalar(_points_with_text().where(SubmissionPoint.id.in_(points))) or 0
    return _adoption([(verdict, number, unchecked) for verdict, number, unchecked in rows], known)


def latest_adopted_of(organisation: Organisation) -> list[AdoptedPoint]:
    """The points of the organisation whose texts were adopted last, newest first. One statement."""
    rows = session.execute(
        select(
            Submission.slug,
            Submission.title,
            Submission.language,
            SubmissionPoint.number,
            SubmissionPoint.article,
            standing_verdict(),
            UptakeConfirmation.id.is_not(None),
            TextVersion.adopted_on,
        )
        .select_from(PointUptake)
        .join(SubmissionPoint, SubmissionPoint.id == PointUptake.point_id)
        .join(Submission, Submission.id == SubmissionPoint.submission_id)
        .join(TextVersion, TextVersion.id == PointUptake.version_id)
        .outerjoin(UptakeConfirmation, STANDS)
        .where(SubmissionPoint.id.in_(points_of_organisation(organisation)), Submission.state == SubmissionState.SENT)
        .order_by(TextVersion.adopted_on.desc(), Submission.id.desc(), SubmissionPoint.number)
        .limit(LATEST)
    )
    return [
        AdoptedPoint(slug, title, language, number, article, Verdict(verdict), bool(is_confirmed), adopted_on)
        for slug, title, language, number, article, verdict, is_confirmed, adopted_on in rows.all()
        if adopted_on is not None
    ]


def years() -> list[Year]:
    """What came of all that was sent, by the year of sending, newest first. Four statements."""
    answers, year = tallies_by_year(), extract("year", Submission.sent_on)
    sent = select(year, func.count()).select_from(SubmissionPoint).join(Submission).where(_is_sent()).group_by(year)
    points = {int(of_year): number for of_year, number in session.execute(sent)}
    known = {
        int(of_year): number
        for number, of_year in session.execute(_points_with_text().add_columns(year).group_by(year))
    }
    verdicts: dict[int, list[tuple[Verdict, int, int]]] = {}
    for verdict, number, unchecked, of_year in session.execute(_verdicts().add_columns(year).group_by(year)):
        verdicts.setdefault(int(of_year), []).append((verdict, number, unchecked))
    return [
        Year(one, points[one], answers.get(one, Tally()), _adoption(verdicts.get(one, []), known.get(one, 0)))
        for one in sorted(points, reverse=True)
    ]


def _verdicts() -> Any:
    """What counts, of how many points, and how many of these nobody has looked at."""
    is_unchecked = case((UptakeConfirmation.id.is_(None), 1), else_=0)
    verdict = standing_verdict()
    return (
        select(verdict, func.count(), func.sum(is_unchecked))
        .select_from(PointUptake)
        .join(SubmissionPoint, SubmissionPoint.id == PointUptake.point_id)
        .join(Submission, Submission.id == SubmissionPoint.submission_id)
        .outerjoin(UptakeConfirmation, STANDS)
        .where(_is_sent())
        .group_by(verdict)
    )


def _points_with_text() -> Any:
    """How many points were sent on drafts whose adopted text is known."""
    adopted = aliased(TextVersion)
    return (
        select(func.count())
        .select_from(SubmissionPoint)
        .join(Submission, Submission.id == SubmissionPoint.submission_id)
        .join(Consultation, Consultation.id == Submission.consultation_id)
        .join(adopted, and_(adopted.consultation_id == Consultation.id, adopted.adopted_on.is_not(None)))
        .where(_is_sent())
    )


def _is_sent() -> ColumnElement[bool]:
    return Submission.state == SubmissionState.SENT


def _adoption(rows: list[tuple[Verdict, int, int]], points: int) -> Adoption:
    verdicts = {Verdict(verdict): number for verdict, number, _unchecked in rows}
    unchecked = sum(int(number) for _verdict, _number, number in rows)
    return Adoption(verdicts, unchecked, max(points - sum(verdicts.values()), 0))
