"""The page of what a person said and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from factories import CommentFactory, ConsultationFactory, PositionFactory, contributor

from participation.comments.models import CommentState
from participation.foundation import clock
from participation.foundation.database import session
from participation.positions.models import Omission, OmissionKind, Position, PositionState, PositionVersion

pytestmark = pytest.mark.usefixtures("app", "stopped_clock")


@pytest.fixture
def position() -> Position:
    made: Position = PositionFactory(title="Stališče", state=PositionState.OPENED)
    made.versions.append(
        PositionVersion(
            number=1, canonical=b"{}", sha256="0" * 64, opened_at=clock.now(), opened_by_id=made.created_by_id,
            cosigning_until=clock.now(),
        )
    )  # fmt: skip
    session.flush()
    return made


def comment_by(author: Any, position: Position, **values: Any) -> Any:
    provision = position.consultation.versions[0].provisions[0]
    chosen = {"provision": provision, "kind": "provision", "author": author} | values
    return CommentFactory(consultation=position.consultation, **chosen)


def leave_out(position: Position, comment: Any) -> None:
    session.add(
        Omission(
            position_id=position.id,
            comment_id=comment.id,
            kind=OmissionKind.OTHER,
            words="Ker ni časa.",
            since_version=1,
            recorded_by_id=position.created_by_id,
        )
    )
    session.flush()


def test_an_author_reads_where_a_comment_went_and_why_another_did_not(client: Any, position: Position) -> None:
    author = contributor()
    taken, left = comment_by(author, position), comment_by(author, position)
    position.points[0].comments.append(taken)
    leave_out(position, left)
    comment_by(author, position)
    session.commit()
    client.sign_in(author)
    page = client.get("/comments/mine").text
    assert page.count('class="comment"') == 3
    assert page.count("Taken up in the joint position") == 1
    assert page.count("Left out of the joint position") == 1
    assert "Ker ni časa." in page
    assert page.count("No joint position has said anything of it yet.") == 1


def test_comments_of_others_and_where_hidden_ones_went_are_not_there(client: Any, position: Position) -> None:
    author = contributor()
    comment_by(contributor(), position)
    hidden = comment_by(author, position, state=CommentState.HIDDEN, hidden_because="Žaljivo.")
    comment_by(author, position, parent=hidden)
    position.points[0].comments.append(hidden)
    session.commit()
    client.sign_in(author)
    page = client.get("/comments/mine").text
    assert page.count('class="comment"') == 1
    assert "Žaljivo." in page
    assert "Taken up" not in page


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_costs_the_same_for_one_and_for_thirty(
    client: Any, position: Position, count_queries: Callable[[], Any], number: int
) -> None:
    author = contributor()
    for _ in range(number):
        leave_out(position, comment_by(author, position))
    session.commit()
    client.sign_in(author)
    client.get("/comments/mine")
    with count_queries() as queries:
        page = client.get("/comments/mine").text
    assert page.count("Ker ni časa.") == min(number, 20)
    counted = [query for query in queries if not query.startswith(("PRAGMA", "BEGIN"))]
    assert len(counted) <= 7, counted


def test_who_said_nothing_is_shown_the_drafts(client: Any) -> None:
    ConsultationFactory()
    client.sign_in(contributor())
    assert "You have not commented on any draft yet." in client.get("/comments/mine").text
