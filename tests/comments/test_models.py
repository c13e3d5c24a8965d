"""What the database itself keeps true of comments."""

from __future__ import annotations

from typing import Any

import pytest
from factories import CommentFactory, OrganisationFactory, SupportFactory
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError

from participation.foundation.database import session

pytestmark = pytest.mark.usefixtures("app", "stopped_clock")


@pytest.mark.parametrize(
    "values",
    [
        "kind = 'shout'",
        "state = 'gone'",
        "kind = 'wording', wording_action = 'eat'",
        "kind = 'wording'",
        "kind = 'general', wording_action = 'add'",
    ],
)
def test_the_database_refuses_what_no_comment_can_be(values: str) -> None:
    CommentFactory()
    with pytest.raises(IntegrityError):
        session.execute(text(f"UPDATE comments SET {values}"))


@pytest.mark.parametrize("values", [{"kind": "shout"}, {"state": "gone"}])
def test_a_choice_that_does_not_exist_is_refused_before_the_database(values: dict[str, Any]) -> None:
    with pytest.raises(StatementError):
        CommentFactory(**values)


def test_a_wording_is_proposed_to_a_provision_only() -> None:
    whole = CommentFactory()
    provision = whole.consultation.versions[0].provisions[0]
    proposal = CommentFactory(
        consultation=whole.consultation, provision=provision, kind="wording", wording_action="add"
    )
    assert proposal.provision is provision
    proposal.provision = None
    with pytest.raises(IntegrityError):
        session.flush()


def test_one_form_makes_one_comment() -> None:
    CommentFactory(form_key="isti")
    with pytest.raises(IntegrityError):
        CommentFactory(form_key="isti")


def test_an_organisation_supports_a_comment_once() -> None:
    comment, organisation = CommentFactory(), OrganisationFactory()
    SupportFactory(comment=comment, organisation=organisation)
    SupportFactory(comment=comment)
    with pytest.raises(IntegrityError):
        SupportFactory(comment=comment, organisation=organisation)
