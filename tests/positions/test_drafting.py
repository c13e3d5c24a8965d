"""The points that several proposals for one provision make."""

from __future__ import annotations

from typing import Any

import pytest
from consultations.next_version import following, published
from factories import CommentFactory, ConsultationFactory, OrganisationFactory, coordinator

from participation.comments.models import Comment, FurtherChange, WordingAction
from participation.consultations.models import Consultation
from participation.foundation.database import new_key, session
from participation.positions.models import Point
from participation.positions.operations import draft_position
from participation.texts import provisions as texts

pytestmark = pytest.mark.usefixtures("app", "stopped_clock")

EXISTING = "Rok za pripombe je trideset dni od objave na spletni strani."
LONGER = EXISTING.replace("trideset", "šestdeset")
MUCH_LONGER = EXISTING.replace("trideset", "devetdeset")
ELSEWHERE = EXISTING.replace("spletni strani", "oglasni deski")


@pytest.fixture
def consultation() -> Consultation:
    made: Consultation = ConsultationFactory()
    made.versions[0].provisions[0].text = EXISTING
    return made


def propose(
    consultation: Consultation, wording: str, action: WordingAction = WordingAction.CHANGE, **values: Any
) -> Comment:
    chosen = {"organisation": OrganisationFactory(), "provision": consultation.versions[0].provisions[0]} | values
    made: Comment = CommentFactory(
        consultation=consultation, kind="wording", wording_action=action, wording=wording, **chosen
    )
    return made


def points_from(*comments: Comment) -> list[Point]:
    position = draft_position(
        coordinator(), comments[0].consultation, title="Stališče", comments=comments, form_key=new_key()
    )
    session.flush()
    return position.points


def test_proposals_that_do_not_exclude_each_other_make_one_wording(consultation: Consultation) -> None:
    both = [propose(consultation, LONGER), propose(consultation, ELSEWHERE), propose(consultation, LONGER)]
    [point] = points_from(*both)
    assert point.demanded == "Rok za pripombe je šestdeset dni od objave na oglasni deski."
    assert (point.action, point.comments) == (WordingAction.CHANGE, both)
    assert "<ins>šestdeset</ins>" in point.difference_html


def test_of_proposals_that_exclude_each_other_the_first_is_taken_for_that_passage(consultation: Consultation) -> None:
    first, second = propose(consultation, MUCH_LONGER), propose(consultation, LONGER)
    [point] = points_from(second, propose(consultation, ELSEWHERE), first)
    assert point.demanded == "Rok za pripombe je devetdeset dni od objave na oglasni deski."


def test_additions_stand_below_each_other_and_near_identical_ones_once(consultation: Consultation) -> None:
    added = [
        propose(consultation, words, WordingAction.ADD)
        for words in ("Rok poleti ne teče.", "Organ odgovori pisno.", "rok poleti ne teče")
    ]
    [point] = points_from(*added)
    assert (point.action, point.existing) == (WordingAction.ADD, "")
    assert point.demanded == "Rok poleti ne teče.\nOrgan odgovori pisno."


def test_what_is_added_below_a_changed_provision_stands_in_its_point(consultation: Consultation) -> None:
    [point] = points_from(
        propose(consultation, "Organ odgovori pisno.", WordingAction.ADD), propose(consultation, LONGER)
    )
    assert (point.action, point.existing) == (WordingAction.CHANGE, EXISTING)
    assert point.demanded == f"{LONGER}\nOrgan odgovori pisno."


def test_a_proposal_for_several_provisions_counts_in_the_point_of_each(consultation: Consultation) -> None:
    second = consultation.versions[0].provisions[1]
    both = propose(consultation, LONGER, source="Poleti nas ni.")
    both.further_changes.append(
        FurtherChange(number=1, provision=second, action=WordingAction.CHANGE, wording="Drugače.")
    )
    session.flush()
    points = points_from(propose(consultation, ELSEWHERE), both)
    assert [(point.number, point.article, point.demanded) for point in points] == [
        (1, "1. člen", "Rok za pripombe je šestdeset dni od objave na oglasni deski."),
        (2, "2. člen", "Drugače."),
    ]
    assert [both in point.comments for point in points] == [True, True]
    assert points[1].reasons == "Poleti nas ni."


def test_to_move_a_provision_is_a_point_of_its_own(consultation: Consultation) -> None:
    last = consultation.versions[0].provisions[-1]
    mover = propose(consultation, "", WordingAction.MOVE, wording_after=last)
    changer = propose(consultation, LONGER)
    words, place = points_from(mover, changer)
    assert (words.action, words.demanded, words.comments) == (WordingAction.CHANGE, LONGER, [changer])
    assert (place.action, place.comments, place.existing) == (WordingAction.MOVE, [mover], EXISTING)
    assert last.label in place.demanded


def test_a_wording_for_an_earlier_text_is_taken_only_where_no_other_fits() -> None:
    consultation = published([texts.Provision(texts.Kind.PARAGRAPH, "", 5, EXISTING)])
    outdated = propose(consultation, LONGER)
    reads_now = EXISTING.replace("pripombe", "vse pripombe")
    newest = following(consultation, [texts.Provision(texts.Kind.PARAGRAPH, "", 5, reads_now)])
    [alone] = points_from(outdated)
    assert (alone.existing, alone.demanded) == (reads_now, LONGER)
    fitting = propose(consultation, reads_now.replace("objave", "objave osnutka"), provision=newest.provisions[0])
    [point] = points_from(outdated, fitting)
    assert (point.demanded, point.comments) == (fitting.wording, [outdated, fitting])
