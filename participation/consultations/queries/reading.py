"""What the reading page shows, in few statements of light rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from markupsafe import escape
from sqlalchemy import Date, Integer, Select, String, Text, case, cast, literal, null, select, type_coerce, union_all
from sqlalchemy.orm import joinedload

from participation.accounts.models import Viewer
from participation.foundation.database import Moment, NotFound, session
from participation.foundation.files import StoredFile
from participation.positions.models import Point, Position, PositionState, provisions_of_points
from participation.positions.rules import sees_drafts
from participation.submissions.models import Submission, SubmissionState
from participation.texts import provisions as texts
from participation.texts.provisions import HEADINGS

from ..models import (
    Attachment,
    Consultation,
    Deadline,
    DeadlineChange,
    PeriodEvidence,
    Provision,
    TextVersion,
    VersionState,
)
from ..rules import may_see_consultation


def reading_of(slug: str, number: int | None, viewer: Viewer) -> tuple[Consultation, TextVersion]:
    """The consultation with its body and the published text of that number, or the newest.

    Before publication those who lead consultations read the text in preparation, and by its number the next
    version. Raises NotFound.
    """
    statement = (
        select(Consultation, TextVersion)
        .join(TextVersion, TextVersion.consultation_id == Consultation.id)
        .where(Consultation.slug == slug)
        .options(joinedload(Consultation.body))
        .order_by(case((TextVersion.state == VersionState.PUBLISHED, 0), else_=1), TextVersion.number.desc())
        .limit(1)
    )
    if not viewer.leads_consultations:
        statement = statement.where(TextVersion.state == VersionState.PUBLISHED)
    if number is not None:
        statement = statement.where(TextVersion.number == number)
    found = session.execute(statement).first()
    if found is None or not may_see_consultation(viewer, found[0]):
        raise NotFound(slug)
    return found[0], found[1]


@dataclass(slots=True)
class Line:
    """A provision as the page prints it. `depth` is that of its heading, 3 to 6, or 0 for plain text."""

    id: int
    key: str
    kind: str
    label: str
    level: int
    text: str
    html: str
    path: str
    depth: int = 0
    marked: str = ""  # the words with the passages that comments are about, where there are any

    @property
    def table_html(self) -> str:
        """The HTML of a table with its name as the caption."""
        return (self.marked or self.html).replace("<table>", f"<table><caption>{escape(self.path)}</caption>", 1)


def lines_of(version: TextVersion) -> list[Line]:
    """All provisions of a text in reading order."""
    rows = session.execute(
        select(
            Provision.id,
            Provision.key,
            Provision.kind,
            Provision.label,
            Provision.level,
            Provision.text,
            Provision.html,
            Provision.path,
        )
        .where(Provision.version_id == version.id)
        .order_by(Provision.position)
    )
    return with_depths(Line(*row) for row in rows)


def provisions_by_id(version: TextVersion) -> dict[int, texts.Provision]:
    """A text as the text engine knows it, in reading order, by the ids of its provisions."""
    rows = session.execute(
        select(Provision.id, Provision.kind, Provision.label, Provision.level, Provision.text, Provision.place)
        .where(Provision.version_id == version.id)
        .order_by(Provision.position)
    )
    return {row.id: texts.Provision(texts.Kind(row.kind), row.label, row.level, row.text, row.place) for row in rows}


def with_depths(lines: Iterable[Line]) -> list[Line]:
    """Give headings the depth they have in the page's outline, below its title (1) and "Text of the draft" (2)."""
    above: list[int] = []
    counted = []
    for line in lines:
        if line.kind in HEADINGS:
            while above and above[-1] >= line.level:
                above.pop()
            line.depth = min(len(above) + 3, 6)
            above.append(line.level)
        counted.append(line)
    return counted


def contents_of(lines: Iterable[Line], counts: Mapping[int, int]) -> list[tuple[Line, int]]:
    """The headings with the number of comments on each and on all that stands below it.

    `counts` are those of single provisions, by their id.
    """
    contents: list[list[Any]] = []
    open_above: list[list[Any]] = []
    for line in lines:
        while open_above and open_above[-1][0].level >= line.level:
            open_above.pop()
        if line.depth:
            open_above.append([line, 0])
            contents.append(open_above[-1])
        if count := counts.get(line.id, 0):
            for entry in open_above:
                entry[1] += count
    return [(line, count) for line, count in contents]


@dataclass(frozen=True, slots=True)
class File:
    id: int
    title: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A deadline that was moved, for the public log."""

    deadline: Deadline
    before_on: date | None
    after_on: date
    because: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class AdoptedText:
    """Which version is what the body adopted, when it did, and where that is published."""

    number: int
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A position or submission that came of the consultation."""

    slug: str
    title: str
    state: Any
    on: date | None


@dataclass(frozen=True, slots=True)
class Demand:
    """A point of a joint position, beside the provision that it wants changed."""

    slug: str
    title: str
    number: int


@dataclass(slots=True)
class Surroundings:
    """What stands around the text on its page."""

    attachments: list[File] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    evidence: list[PeriodEvidence] = field(default_factory=list)
    versions: list[int] = field(default_factory=list)
    adopted: AdoptedText | None = None
    positions: list[Outcome] = field(default_factory=list)
    submissions: list[Outcome] = field(default_factory=list)
    demands: dict[str, list[Demand]] = field(default_factory=dict)  # by the key of the provision


def surroundings_of(consultation: Consultation, viewer: Viewer) -> Surroundings:
    """Attachments, moved deadlines, short periods, versions, positions with points, submissions: one statement."""
    found = Surroundings()
    for row in session.execute(_surroundings(consultation.id, viewer)):
        match row.what:
            case "attachment":
                found.attachments.append(File(row.number, row.title, row.name, row.size))
            case "moved":
                deadline = Deadline(row.state)
                found.moved.append(Moved(deadline, row.before_on, row.after_on, row.title, row.at))
            case "evidence":
                found.evidence.append(
                    PeriodEvidence(
                        begins_on=row.before_on,
                        deadline_on=row.after_on,
                        days_asked=row.size,
                        minimum_days=int(row.state) if row.state else None,
                        found_at=row.at,
                    )
                )
            case "version":
                found.versions.append(row.number)
                if row.after_on is not None:
                    found.adopted = AdoptedText(row.number, row.after_on, row.title)
            case "position":
                found.positions.append(Outcome(row.name, row.title, PositionState(row.state), None))
            case "demand":
                found.demands.setdefault(row.state, []).append(Demand(row.name, row.title, row.number))
            case "submission":
                found.submissions.append(Outcome(row.name, row.title, SubmissionState(row.state), row.after_on))
    return found


def _surroundings(consultation_id: int, viewer: Viewer) -> Any:
    positions = _piece("position", Position, name=Position.slug, title=Position.title, state=Position.state)
    demands = (
        _piece("demand", Position, Point.number, name=Position.slug, title=Position.title, state=Provision.key)
        .join(Point, Point.position_id == Position.id)
        .join(provisions_of_points, provisions_of_points.c.point_id == Point.id)
        .join(Provision, Provision.id == provisions_of_points.c.provision_id)
    )
    if not sees_drafts(viewer):
        positions = positions.where(Position.state != PositionState.DRAFTED)
        demands = demands.where(Position.state != PositionState.DRAFTED)
    submissions = _piece(
        "submission",
        Submission,
        name=Submission.slug,
        title=Submission.title,
        state=Submission.state,
        after_on=Submission.sent_on,
    )
    if not viewer.leads_consultations:
        submissions = submissions.where(Submission.state == SubmissionState.SENT)
    attachments = _piece(
        "attachment", Attachment, title=Attachment.title, name=StoredFile.name, size=StoredFile.size
    ).join(StoredFile, StoredFile.id == Attachment.file_id)
    moved = _piece(
        "moved",
        DeadlineChange,
        title=DeadlineChange.because,
        state=DeadlineChange.deadline,
        before_on=DeadlineChange.before_on,
        after_on=DeadlineChange.after_on,
        at=DeadlineChange.changed_at,
    )
    evidence = _piece(
        "evidence",
        PeriodEvidence,
        state=cast(PeriodEvidence.minimum_days, String),
        size=PeriodEvidence.days_asked,
        before_on=PeriodEvidence.begins_on,
        after_on=PeriodEvidence.deadline_on,
        at=PeriodEvidence.found_at,
    )
    versions = _piece(
        "version",
        TextVersion,
        number=TextVersion.number,
        title=TextVersion.adopted_source,
        after_on=TextVersion.adopted_on,
    ).where(TextVersion.state == VersionState.PUBLISHED)
    pieces = (
        (attachments, Attachment),
        (moved, DeadlineChange),
        (evidence, PeriodEvidence),
        (versions, TextVersion),
        (positions, Position),
        (demands, Position),
        (submissions, Submission),
    )
    united = union_all(*(piece.where(owner.consultation_id == consultation_id) for piece, owner in pieces)).subquery()
    return select(united).order_by(united.c.what, united.c.number, united.c.name)


# The columns that every piece of the union has, with what stands where a piece has none.
_EMPTY: dict[str, Any] = {
    "name": cast(null(), String),
    "title": cast(null(), Text),
    "state": cast(null(), String),
    "size": cast(null(), Integer),
    "before_on": cast(null(), Date),
    "after_on": cast(null(), Date),
    "at": cast(null(), Moment()),
}


def _piece(what: str, entity: Any, number: Any = None, **given: Any) -> Select[Any]:
    columns = {name: type_coerce(given.get(name, empty), empty.type) for name, empty in _EMPTY.items()}
    return select(
        literal(what).label("what"),
        (entity.id if number is None else number).label("number"),
        *(column.label(name) for name, column in columns.items()),
    ).select_from(entity)
