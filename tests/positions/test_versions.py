"""The next version of a frozen text, and deciding again: nothing carries over by silence."""

from __future__ import annotations

from typing import Any

import pytest
from factories import OrganisationFactory, PositionFactory, coordinator, representative
from positions.making import organisation_of, sign, version_of
from sqlalchemy import select
from submissions.making import consultation_in_cosigning

from participation.foundation import clock
from participation.foundation.access import Refused
from participation.foundation.database import Conflict, session
from participation.foundation.mail import KIND
from participation.foundation.outbox import OutboxItem
from participation.ledger.queries import entries_of
from participation.organisations.operations import release_organisation
from participation.positions.models import (
    ChangeKind,
    Changes,
    CosignatureState,
    Decision,
    Point,
    PositionState,
    Stance,
    canonical_bytes,
    fingerprint,
    position_thread,
    standing_signatures,
    text_of,
)
from participation.positions.operations import UnsoundDecision, draft_next_version, open_position
from participation.positions.queries import lapsed_cosignature_of, live_cosignatures, waiting_for
from participation.web.mailing import letter_of

pytestmark = pytest.mark.usefixtures("app", "stopped_clock")


@pytest.fixture
def position(app: Any) -> Any:
    """Open, with three points."""
    lead = coordinator()
    made = PositionFactory(consultation=consultation_in_cosigning(), created_by=lead, with_point=False)
    provisions = made.consultation.versions[0].provisions
    for number in (1, 2, 3):
        about = provisions[(number - 1) % len(provisions)]
        wording = f"Novo besedilo {number}."
        made.points.append(Point(number=number, existing=about.text, demanded=wording, provisions=[about]))
    made.addressees.append(made.consultation.body)
    session.flush()
    open_position(lead, made, until=clock.today(), sha256_seen=fingerprint(canonical_bytes(made, 1)))
    return made


def decide(position: Any, *decisions: Decision) -> list[Any]:
    """An organisation for each decision, and what it decided."""
    people = [representative() for _ in decisions]
    return [
        sign(position, person, organisation_of(person), decision=decision)
        for person, decision in zip(people, decisions, strict=True)
    ]


def open_next(position: Any, points: tuple[int, ...], **wordings: str) -> Any:
    lead = coordinator()
    draft_next_version(lead, position, version=version_of(position), points=points)
    for number, wording in wordings.items():
        position.points[int(number[1:]) - 1].demanded = wording
    session.flush()
    return open_position(
        lead,
        position,
        until=clock.today(),
        sha256_seen=fingerprint(canonical_bytes(position, len(position.versions) + 1)),
    )


EXCEPT_2 = Decision(Stance.SIGNS_EXCEPT, excepted=(2,))
IF_3 = Decision(Stance.SIGNS_IF, conditions={3: "Kot želimo mi."})


def test_each_stance_stands_as_it_was_given_and_is_in_the_record(position: Any) -> None:
    given = [Decision(), EXCEPT_2, IF_3, *(Decision(stance) for stance in list(Stance)[3:])]
    rows = decide(position, *given)
    assert [row.decision for row in rows] == given
    said = [entry.said for entry in entries_of([position_thread(position.id)]) if entry.kind == "cosign"]
    assert [(record["stance"], record["points"]) for record in said] == [
        ("signs", []), ("signs-except", [2]), ("signs-if", [3]), ("no-objection", []), ("abstains", []),
        ("objects", []),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "decision",
    [
        Decision(Stance.SIGNS_EXCEPT),
        Decision(Stance.SIGNS_EXCEPT, excepted=(1, 2, 3)),
        Decision(Stance.SIGNS_EXCEPT, excepted=(7,)),
        Decision(Stance.SIGNS_IF),
        Decision(Stance.SIGNS_IF, conditions={7: "x"}),
        Decision(Stance.SIGNS_IF, conditions={1: "Novo besedilo 1."}),
    ],
)
def test_a_decision_that_does_not_fit_together_is_not_recorded(position: Any, decision: Decision) -> None:
    with pytest.raises(UnsoundDecision):
        decide(position, decision)
    assert live_cosignatures(version_of(position).id) == []


def test_what_a_stance_does_not_need_is_not_kept(position: Any) -> None:
    [row] = decide(position, Decision(Stance.SIGNS, excepted=(1,), conditions={2: "x"}))
    assert row.decision == Decision()


def test_an_organisation_changes_its_mind_knowingly_and_one_decision_stands(position: Any) -> None:
    [first] = decide(position, Decision())
    second = sign(position, first.signer, first.organisation, decision=EXCEPT_2, standing_seen=first.id)
    assert (first.state, second.state) == (CosignatureState.SUPERSEDED, CosignatureState.LIVE)
    entries = [(entry.seq, entry.said) for entry in entries_of([position_thread(position.id)])]
    assert [seq for seq, _ in standing_signatures(entries)] == [second.seq]


def test_a_colleague_who_decides_differently_unknowingly_is_told_who_decided_what(position: Any) -> None:
    [first] = decide(position, Decision())
    colleague = representative(first.organisation)
    with pytest.raises(Conflict) as conflict:
        sign(position, colleague, first.organisation, decision=Decision(Stance.OBJECTS))
    assert first.signer.name in str(conflict.value)
    assert conflict.value.fresh == {"standing_seen": str(first.id)}
    assert first.state == CosignatureState.LIVE


def test_a_colleague_who_decides_the_same_changes_nothing(position: Any) -> None:
    [first] = decide(position, EXCEPT_2)
    colleague = representative(first.organisation)
    assert sign(position, colleague, first.organisation, decision=EXCEPT_2) is first


def test_the_next_version_begins_with_the_chosen_points_while_the_last_one_stays_open(position: Any) -> None:
    decide(position, Decision())
    draft_next_version(coordinator(), position, version=version_of(position), points=(1, 3))
    assert position.state == PositionState.REVISED
    assert [point.demanded for point in position.points] == ["Novo besedilo 1.", "Novo besedilo 3."]
    assert [point.number for point in text_of(position).points] == [1, 2, 3]
    [late] = decide(position, EXCEPT_2)
    assert late.is_live


def test_opening_the_next_version_lets_every_decision_lapse(position: Any) -> None:
    rows = decide(position, Decision(), EXCEPT_2, Decision(Stance.OBJECTS))
    version = open_next(position, (1, 3))
    assert version.number == 2
    assert {row.state for row in rows} == {CosignatureState.LAPSED}
    assert live_cosignatures(version.id) == []
    entries = [(entry.seq, entry.said) for entry in entries_of([position_thread(position.id)])]
    assert standing_signatures(entries) == []


def test_opening_the_same_text_again_asks_nobody(position: Any) -> None:
    decide(position, Decision())
    with pytest.raises(Refused, match="open already"):
        open_next(position, (1, 2, 3))


def test_an_old_page_signs_nothing_after_the_text_changed(position: Any) -> None:
    old = version_of(position)
    person = representative()
    open_next(position, (1, 3))
    with pytest.raises(Conflict) as conflict:
        sign(position, person, organisation_of(person), sha256_seen=old.sha256)
    assert conflict.value.stored
    assert live_cosignatures(version_of(position).id) == []


@pytest.mark.parametrize(
    ("decision", "kinds", "again"),
    [
        (Decision(), [ChangeKind.CHANGED, ChangeKind.GONE], Decision()),
        (EXCEPT_2, [ChangeKind.CHANGED, ChangeKind.EXCEPTION_GONE], Decision()),
        (IF_3, [ChangeKind.CONDITION_MET, ChangeKind.GONE], Decision()),
        (
            Decision(Stance.SIGNS_EXCEPT, excepted=(3,)),
            [ChangeKind.STILL_EXCEPTED, ChangeKind.GONE],
            Decision(Stance.SIGNS_EXCEPT, excepted=(2,)),
        ),
        (
            Decision(Stance.SIGNS_IF, conditions={3: "Čisto drugače."}),
            [ChangeKind.CONDITION_OPEN, ChangeKind.GONE],
            Decision(Stance.SIGNS_IF, conditions={2: "Čisto drugače."}),
        ),
    ],
)
def test_each_signatory_sees_what_changed_for_it(
    position: Any, decision: Decision, kinds: list[ChangeKind], again: Decision
) -> None:
    [row] = decide(position, decision)
    version = open_next(position, (1, 3), p2="Kot želimo mi.")
    lapsed = lapsed_cosignature_of(version, row.organisation)
    assert lapsed is row
    changes = Changes.between(row.version.canonical, version.canonical, decision)
    assert [change.kind for change in changes.points] == kinds
    assert (changes.decision, changes.has_other_parts) == (again, False)


def test_signatories_are_told_what_changed_for_them_and_others_that_it_is_open(position: Any) -> None:
    [row] = decide(position, EXCEPT_2)
    other = representative(OrganisationFactory())
    open_next(position, (1, 3))
    mails = [letter_of(item.payload) for item in session.scalars(select(OutboxItem).where(OutboxItem.kind == KIND))]
    own = next(letter for letter in mails if letter.to == row.signer.email and "changed" in letter.subject)
    assert "a point that you did not sign is gone" in own.text
    assert "/again" in own.text
    assert [letter.subject for letter in mails if letter.to == other.email] == [
        f"Waits for your decision: {position.title}"
    ]


def test_a_lapsed_decision_waits_on_the_desk_again(position: Any) -> None:
    [row] = decide(position, Decision())
    [membership] = row.signer.memberships
    assert waiting_for(row.signer, membership) == []
    open_next(position, (1, 3))
    assert [task.title for task in waiting_for(row.signer, membership)] == [position.title]


def test_signing_again_is_one_act_from_the_page_of_what_changed(position: Any, client: Any) -> None:
    [row] = decide(position, Decision(statement="Podpiramo."))
    version = open_next(position, (1, 3))
    client.sign_in(row.signer)
    page = client.get(f"/positions/{position.slug}/again")
    assert page.status_code == 200
    assert "a point that you signed is gone" in page.text
    assert "Novo besedilo 2." in page.text
    assert "Novo besedilo 1." not in page.text
    form = {"sha256_seen": version.sha256, "stance": "signs", "statement": "Podpiramo.", "form_key": "k1"}
    assert client.post(f"/positions/{position.slug}/cosign", data=form).status_code == 422
    assert client.post(f"/positions/{position.slug}/cosign", data=form | {"agree": "y"}).status_code == 303
    [now] = live_cosignatures(version.id)
    assert (now.organisation_id, now.decision) == (row.organisation_id, Decision(statement="Podpiramo."))


def test_the_page_of_what_is_agreed_shows_both_texts_and_makes_the_next_version(position: Any, client: Any) -> None:
    decide(position, Decision(), Decision(), EXCEPT_2, IF_3, Decision(Stance.OBJECTS, statement="Ne."))
    lead = coordinator()
    client.sign_in(lead)
    page = client.get(f"/positions/{position.slug}/agreement?at_least=2").text
    assert "Kot želimo mi." in page
    assert "The widest text" in page
    assert "The strongest text" in page
    form = {"version": str(version_of(position).id), "points": ["1"]}
    assert client.post(f"/positions/{position.slug}/next", data=form).status_code == 303
    session.refresh(position)
    assert position.state == PositionState.REVISED
    assert client.get(f"/positions/{position.slug}/next").status_code == 200
    writing = client.get(f"/positions/{position.slug}/edit")
    assert writing.status_code == 200
    assert "Write point 1" in writing.text
    assert "Write point 2" not in writing.text
    assert client.get(f"/positions/{position.slug}/open").status_code == 200
    public = client.get(f"/positions/{position.slug}").text
    assert "The next version of this text is being drafted" in public
    assert "Novo besedilo 3." in public


@pytest.mark.parametrize(
    "asked", ["?at_least=0", "?at_least=x", "?at_least=99999999999", "?area=nikjer", "?at_least=-1"]
)
def test_odd_questions_are_answered(position: Any, client: Any, asked: str) -> None:
    decide(position, Decision())
    client.sign_in(coordinator())
    assert client.get(f"/positions/{position.slug}/agreement{asked}").status_code == 200


def test_what_was_typed_stays_when_the_decision_does_not_fit(position: Any, client: Any) -> None:
    person = representative()
    client.sign_in(person)
    form = {
        "sha256_seen": version_of(position).sha256, "stance": "signs-if", "statement": "Moja izjava",
        "conditions-1": "Novo besedilo 1.", "agree": "y",
    }  # fmt: skip
    page = client.post(f"/positions/{position.slug}/cosign", data=form)
    assert page.status_code == 422
    assert "the one that the text has already" in page.text
    assert "Moja izjava" in page.text


def test_an_unknown_stance_is_no_error(position: Any, client: Any) -> None:
    client.sign_in(representative())
    form = {"sha256_seen": version_of(position).sha256, "stance": "kdo ve", "agree": "y"}
    assert client.post(f"/positions/{position.slug}/cosign", data=form).status_code == 422


def test_an_organisation_that_leaves_the_network_signs_nothing_that_was_not_sent(position: Any) -> None:
    stays, leaves = decide(position, Decision(), EXCEPT_2)
    release_organisation(coordinator(), leaves.organisation, "Izstop.")
    assert (stays.state, leaves.state) == (CosignatureState.LIVE, CosignatureState.LAPSED)
    entries = [(entry.seq, entry.said) for entry in entries_of([position_thread(position.id)])]
    assert [seq for seq, _ in standing_signatures(entries)] == [stays.seq]
