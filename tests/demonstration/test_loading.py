"""The demonstration is lived through: afterwards the network stands as its content says."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import func, select

from participation.accounts.models import Operator, User
from participation.comments.models import Comment, FurtherChange
from participation.comments.queries import overview_of
from participation.consultations.models import Consultation, Phase
from participation.demonstration.operations import PASSWORD, load_demonstration
from participation.demonstration.queries import accounts_to_try
from participation.foundation.access import Refused
from participation.foundation.database import session
from participation.organisations.models import Organisation
from participation.positions.models import Cosignature, Position
from participation.submissions.models import Answer, Outcome, PointUptake, Submission
from participation.web import Application


def load() -> None:
    load_demonstration(Operator(), lambda slug: f"https://mreza.example/submissions/{slug}")
    session.commit()


def test_the_demonstration_shows_every_state(app: Application) -> None:
    load()
    states = Counter(session.scalars(select(Organisation.state)))
    assert states == {"admitted": 12, "applied": 1, "asked-back": 1}
    phases = Counter(consultation.phase for consultation in session.scalars(select(Consultation)))
    assert phases == {phase: 1 for phase in Phase if phase is not Phase.PREPARING} | {Phase.OPEN: 2}
    comments = session.scalar(select(func.count(Comment.id)).where(Comment.parent_id.is_(None)))
    assert comments == 64
    assert session.scalar(select(func.count(Comment.id)).where(Comment.quote_exact != "")) == 6
    assert session.scalar(select(func.count(FurtherChange.id))) == 1
    alike = [group for one in session.scalars(select(Consultation)) for group in overview_of(one).alike]
    assert [len(group.others) for group in alike] == [2]
    opened = session.scalars(select(Position).where(Position.state == "opened")).one()
    signed = session.scalar(select(func.count(Cosignature.id)).where(Cosignature.version_id == opened.frozen.id))
    assert signed == 9
    assert Counter(session.scalars(select(Submission.state))) == {"sent": 3}
    assert set(session.scalars(select(Answer.outcome))) == set(Outcome)
    uptakes = session.scalars(select(PointUptake).order_by(PointUptake.point_id)).all()
    assert [(uptake.standing.value, uptake.is_confirmed) for uptake in uptakes] == [
        ("part", True), ("verbatim", True), ("opposite", True), ("not", False),
    ]  # fmt: skip
    emails = set(session.scalars(select(User.email)))
    assert {email for email, _role in accounts_to_try()} <= emails
    assert len(PASSWORD) >= 12
    with pytest.raises(Refused):
        load()


def test_nobody_but_the_command_line_loads_it(app: Application) -> None:
    with pytest.raises(Refused):
        load_demonstration(User(name="Nekdo"), str)  # type: ignore[arg-type]
