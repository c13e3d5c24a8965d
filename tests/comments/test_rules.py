"""Who may do what with comments: tables of phase x person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from factories import (
    CommentFactory,
    ConsultationFactory,
    OrganisationFactory,
    SupportFactory,
    UserFactory,
    administrator,
    contributor,
    coordinator,
    council_representative,
    representative,
)

from participation.accounts.models import Operator, Visitor
from participation.comments.models import CommentState
from participation.comments.rules import (
    may_edit_comment,
    may_hide_comment,
    may_post_comment,
    may_reply_to_comment,
    may_support_comment,
    may_unhide_comment,
    may_withdraw_support,
)
from participation.consultations.models import Audience, ConsultationState, Phase
from participation.foundation import clock
from participation.foundation.database import session
from participation.organisations.models import OrganisationState

pytestmark = pytest.mark.usefixtures("app", "stopped_clock")

PHASES: dict[Phase, Callable[[], dict[str, Any]]] = {
    Phase.PREPARING: lambda: {"state": ConsultationState.PREPARING},
    Phase.ANNOUNCED: lambda: {"opens_on": clock.today() + timedelta(days=1)},
    Phase.OPEN: lambda: {},
    Phase.POSITIONS: lambda: {"internal_deadline_on": clock.today() - timedelta(days=1)},
    Phase.COSIGNING: lambda: {
        "internal_deadline_on": clock.today() - timedelta(days=1),
        "cosigning_from_on": clock.today(),
    },
    Phase.SUBMITTED: lambda: {"submitted_on": clock.today()},
    Phase.ANSWERED: lambda: {"answered_on": clock.today()},
    Phase.CONCLUDED: lambda: {"concluded_on": clock.today()},
}


@pytest.fixture
def network() -> Any:
    """One person of each sort; `own` is the organisation of contributor and representative."""
    own = OrganisationFactory()
    former = OrganisationFactory(state=OrganisationState.LEFT)
    return SimpleNamespace(
        own=own,
        visitor=Visitor(),
        operator=Operator(),
        registered=UserFactory(),
        contributor=contributor(own),
        representative=representative(own),
        outsider=representative(),
        former_member=contributor(former),
        former=former,
        council=council_representative(),
        coordinator=coordinator(),
        administrator=administrator(),
    )


def organisation_of(network: Any, person: str) -> Any:
    user = getattr(network, person)
    place = next((membership for membership in user.memberships if membership.is_live), None)
    return place.organisation if place else None


@pytest.mark.parametrize("phase", PHASES)
def test_members_post_comments_only_while_the_consultation_is_open(network: Any, phase: Phase) -> None:
    consultation = ConsultationFactory(**PHASES[phase]())
    assert consultation.phase is phase
    for person in ("contributor", "representative"):
        assert bool(may_post_comment(getattr(network, person), consultation, network.own)) is (phase is Phase.OPEN)


@pytest.mark.parametrize(
    ("person", "members_only", "anyone_registered"),
    [
        ("visitor", False, False),
        ("operator", False, False),
        ("registered", False, True),
        ("contributor", True, True),
        ("representative", True, True),
        ("outsider", True, True),
        ("former_member", False, True),
        ("council", False, True),
        ("coordinator", False, True),
        ("administrator", False, True),
    ],
)
def test_the_audience_of_the_consultation_decides_who_may_post(
    network: Any, person: str, members_only: bool, anyone_registered: bool
) -> None:
    organisation = organisation_of(network, person)
    found = {
        audience: bool(
            may_post_comment(getattr(network, person), ConsultationFactory(audience=audience), organisation)
        )
        for audience in Audience
    }
    assert found == {Audience.MEMBERS: members_only, Audience.REGISTERED: anyone_registered}


def test_a_visitor_is_told_to_sign_in(network: Any) -> None:
    verdict = may_post_comment(network.visitor, ConsultationFactory(), None)
    assert (str(verdict.reason), verdict.sign_in_helps) == ("Sign in to comment.", True)


@pytest.mark.parametrize("person", ["coordinator", "council"])
def test_those_who_lead_consultations_are_not_told_to_join(network: Any, person: str) -> None:
    verdict = may_post_comment(getattr(network, person), ConsultationFactory(audience=Audience.MEMBERS), None)
    assert str(verdict.reason) == "You act for the network here. Its member organisations comment on this draft."


def test_nobody_posts_in_the_name_of_a_foreign_organisation(network: Any) -> None:
    assert not may_post_comment(network.outsider, ConsultationFactory(), network.own)


def test_a_former_member_organisation_does_not_speak(network: Any) -> None:
    assert not may_post_comment(network.former_member, ConsultationFactory(), network.former)


def test_a_member_speaks_for_an_organisation_and_not_alone(network: Any) -> None:
    assert not may_post_comment(network.contributor, ConsultationFactory(audience=Audience.REGISTERED), None)


def test_the_deadline_counts_to_its_last_moment(network: Any, stopped_clock: Any) -> None:
    consultation = ConsultationFactory()
    last = clock.end_of(consultation.internal_deadline_on)
    stopped_clock(last)
    assert may_post_comment(network.contributor, consultation, network.own)
    stopped_clock(last + timedelta(microseconds=1))
    verdict = may_post_comment(network.contributor, consultation, network.own)
    assert str(verdict.reason) == "The deadline for comments has passed. What was said stays here to be read."


@pytest.mark.parametrize(
    ("person", "allowed"),
    [
        ("visitor", False),
        ("registered", False),
        ("contributor", False),  # The comment is of the contributor's own organisation.
        ("representative", False),
        ("outsider", True),
        ("former_member", False),
        ("council", False),
        ("coordinator", False),
        ("administrator", False),
    ],
)
def test_support_is_given_by_other_organisations(network: Any, person: str, allowed: bool) -> None:
    comment = CommentFactory(author=network.contributor, organisation=network.own)
    organisation = organisation_of(network, person)
    verdict = may_support_comment(getattr(network, person), comment, comment.consultation, organisation)
    assert bool(verdict) is allowed


@pytest.mark.parametrize("phase", PHASES)
def test_support_is_given_and_withdrawn_while_the_consultation_is_open(network: Any, phase: Phase) -> None:
    comment = CommentFactory(consultation=ConsultationFactory(**PHASES[phase]()), organisation=network.own)
    organisation = organisation_of(network, "outsider")
    given = may_support_comment(network.outsider, comment, comment.consultation, organisation)
    withdrawn = may_withdraw_support(network.outsider, comment.consultation, organisation)
    assert (bool(given), bool(withdrawn)) == (phase is Phase.OPEN, phase is Phase.OPEN)


def test_hidden_comments_and_replies_are_not_supported(network: Any) -> None:
    consultation = ConsultationFactory()
    parent = CommentFactory(consultation=consultation, organisation=network.own)
    reply = CommentFactory(consultation=consultation, parent=parent)
    hidden = CommentFactory(consultation=consultation, state=CommentState.HIDDEN)
    organisation = organisation_of(network, "outsider")
    verdicts = [
        bool(may_support_comment(network.outsider, one, consultation, organisation))
        for one in (parent, reply, hidden)
    ]
    assert verdicts == [True, False, False]


def test_nobody_supports_words_written_by_themselves_for_another_organisation(network: Any) -> None:
    comment = CommentFactory(author=network.outsider, organisation=network.own)
    organisation = organisation_of(network, "outsider")
    assert not may_support_comment(network.outsider, comment, comment.consultation, organisation)


def test_replies_go_one_level_deep_and_never_below_a_hidden_comment(network: Any) -> None:
    consultation = ConsultationFactory()
    parent = CommentFactory(consultation=consultation)
    reply = CommentFactory(consultation=consultation, parent=parent)
    hidden = CommentFactory(consultation=consultation, state=CommentState.HIDDEN)
    verdicts = [
        bool(may_reply_to_comment(network.contributor, one, consultation, network.own))
        for one in (parent, reply, hidden)
    ]
    assert verdicts == [True, False, False]


@pytest.mark.parametrize(
    ("person", "allowed"),
    [
        ("visitor", False),
        ("registered", False),
        ("contributor", True),
        ("representative", False),
        ("outsider", False),
        ("council", False),
        ("coordinator", False),
        ("administrator", False),
    ],
)
def test_only_its_author_edits_a_comment(network: Any, person: str, allowed: bool) -> None:
    comment = CommentFactory(author=network.contributor, organisation=network.own)
    assert bool(may_edit_comment(getattr(network, person), comment, comment.consultation)) is allowed


@pytest.mark.parametrize("phase", PHASES)
def test_comments_are_edited_only_while_the_consultation_is_open(network: Any, phase: Phase) -> None:
    consultation = ConsultationFactory(**PHASES[phase]())
    comment = CommentFactory(author=network.contributor, consultation=consultation)
    assert bool(may_edit_comment(network.contributor, comment, consultation)) is (phase is Phase.OPEN)


def test_a_comment_is_edited_for_exactly_fifteen_minutes(network: Any, stopped_clock: Any) -> None:
    comment = CommentFactory(author=network.contributor)
    stopped_clock(comment.posted_at + timedelta(minutes=15))
    assert may_edit_comment(network.contributor, comment, comment.consultation)
    stopped_clock(comment.posted_at + timedelta(minutes=15, microseconds=1))
    verdict = may_edit_comment(network.contributor, comment, comment.consultation)
    assert str(verdict.reason) == (
        "A comment can be edited for 15 minutes after it was posted. Reply to it to say what should differ."
    )


def test_words_that_others_built_on_are_not_edited(network: Any) -> None:
    supported, answered, alone = (CommentFactory(author=network.contributor) for _ in range(3))
    SupportFactory(comment=supported)
    CommentFactory(consultation=answered.consultation, parent=answered)
    session.flush()
    verdicts = [
        bool(may_edit_comment(network.contributor, comment, comment.consultation))
        for comment in (supported, answered, alone)
    ]
    assert verdicts == [False, False, True]


def test_a_hidden_comment_is_not_edited(network: Any) -> None:
    comment = CommentFactory(author=network.contributor, state=CommentState.HIDDEN)
    assert not may_edit_comment(network.contributor, comment, comment.consultation)


@pytest.mark.parametrize(
    ("person", "allowed"),
    [
        ("visitor", False),
        ("registered", False),
        ("contributor", False),
        ("representative", False),
        ("outsider", False),
        ("council", False),
        ("coordinator", True),
        ("administrator", False),
    ],
)
def test_the_office_alone_moderates(network: Any, person: str, allowed: bool) -> None:
    user = getattr(network, person)
    assert (bool(may_hide_comment(user)), bool(may_unhide_comment(user))) == (allowed, allowed)
