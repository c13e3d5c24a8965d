"""A contributor proposes what the organisation should decide; a representative approves or sends it back."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import Client
from factories import OrganisationFactory, UserFactory, contributor, coordinator, representative
from positions.making import opened_position, organisation_of, sign, version_of
from sqlalchemy import select, update
from sqlalchemy.exc import DatabaseError

from participation.accounts.models import Visitor
from participation.foundation import clock
from participation.foundation.access import Refused
from participation.foundation.database import Conflict, NotFound, new_key, session
from participation.foundation.mail import KIND
from participation.foundation.outbox import OutboxItem
from participation.organisations.models import Membership, MembershipState
from participation.organisations.operations import release_organisation
from participation.positions.models import (
    Decision,
    Position,
    PositionState,
    ProposedDecision,
    ProposedDecisionState,
    Stance,
    canonical_bytes,
    fingerprint,
)
from participation.positions.operations import (
    UnsoundDecision,
    draft_next_version,
    open_position,
    propose_decision,
    send_back_proposed_decision,
    withdraw_proposed_decision,
)
from participation.positions.queries import (
    coverage,
    live_cosignatures,
    proposed_decision_by_id,
    proposed_decisions_of,
    waiting_for,
)
from participation.positions.rules import (
    may_propose_decision,
    may_send_back_proposed_decision,
    may_withdraw_proposed_decision,
)
from participation.web.mailing import Letter, letter_of

pytestmark = pytest.mark.usefixtures("app", "stopped_clock")

OBJECTS = Decision(Stance.OBJECTS, statement="Preveč je klopi.")


@pytest.fixture
def scene() -> Any:
    """An open position, and an organisation with a contributor and a representative."""
    organisation = OrganisationFactory(name="Društvo Reka")
    return SimpleNamespace(
        organisation=organisation,
        author=contributor(organisation, name="Ana Primer", email="ana@primer.example"),
        boss=representative(organisation, name="Bor Zgled", email="bor@primer.example"),
        position=opened_position(title="Stališče o klopeh"),
    )


def propose(scene: Any, person: Any = None, decision: Decision = OBJECTS, **values: Any) -> ProposedDecision:
    given = {"sha256_seen": version_of(scene.position).sha256, "form_key": new_key()} | values
    return propose_decision(person or scene.author, scene.position, scene.organisation, decision=decision, **given)


def states() -> list[ProposedDecisionState]:
    return list(session.scalars(select(ProposedDecision.state).order_by(ProposedDecision.id)))


def letters(template: str) -> list[Letter]:
    items = session.scalars(select(OutboxItem).where(OutboxItem.kind == KIND).order_by(OutboxItem.id))
    return [
        letter_of(item.payload) for item in items if item.payload["template"] == f"positions/emails/{template}.txt"
    ]


def words(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def open_next_version(position: Position) -> None:
    lead, points = coordinator(), [point.number for point in position.points]
    draft_next_version(lead, position, version=version_of(position), points=points)
    position.points[0].demanded = "Čisto drugo besedilo."
    session.flush()
    seen = fingerprint(canonical_bytes(position, len(position.versions) + 1))
    open_position(lead, position, until=clock.today(), sha256_seen=seen)


class TestRules:
    @pytest.mark.parametrize(
        ("person", "why_not"),
        [
            ("visitor", "Sign in to propose what your organisation should decide."),
            ("registered", "What an organisation should decide is proposed by its own people."),
            ("coordinator", "What an organisation should decide is proposed by its own people."),
            ("outsider", "What an organisation should decide is proposed by its own people."),
            ("contributor", ""),
            ("representative", "You have the mandate of your organisation, so you decide yourself."),
        ],
    )
    def test_contributors_propose_for_their_own(self, scene: Any, person: str, why_not: str) -> None:
        people = {
            "visitor": Visitor(),
            "registered": UserFactory(),
            "coordinator": coordinator(),
            "outsider": contributor(),
            "contributor": scene.author,
            "representative": scene.boss,
        }
        verdict = may_propose_decision(people[person], scene.position, scene.organisation)
        assert str(verdict.reason or "") == why_not

    def test_nothing_is_proposed_once_nothing_can_be_signed(self, scene: Any, stopped_clock: Any) -> None:
        stopped_clock(clock.now() + timedelta(days=30))
        assert not may_propose_decision(scene.author, scene.position, scene.organisation)
        scene.position.state = PositionState.DELIVERED
        verdict = may_propose_decision(scene.author, scene.position, scene.organisation)
        assert str(verdict.reason) == "The position has been delivered, so it takes no more co-signatures."

    def test_a_representative_sends_back_and_the_author_takes_back(self, scene: Any) -> None:
        proposed = propose(scene)
        people = (scene.author, scene.boss, contributor(scene.organisation), representative(), Visitor())
        assert [bool(may_send_back_proposed_decision(one, proposed)) for one in people] == [0, 1, 0, 0, 0]
        assert [bool(may_withdraw_proposed_decision(one, proposed)) for one in people] == [1, 0, 0, 0, 0]
        withdraw_proposed_decision(scene.author, proposed)
        assert not may_send_back_proposed_decision(scene.boss, proposed)
        assert not may_withdraw_proposed_decision(scene.author, proposed)


class TestProposing:
    def test_it_is_kept_and_counts_for_nothing(self, scene: Any) -> None:
        proposed = propose(scene)
        assert (proposed.author, proposed.organisation, proposed.decision) == (
            scene.author,
            scene.organisation,
            OBJECTS,
        )
        assert live_cosignatures(version_of(scene.position).id) == []
        assert sum(len(area.signed) for area in coverage([], [scene.organisation])) == 0

    def test_the_same_press_of_the_button_proposes_once(self, scene: Any) -> None:
        first = propose(scene, form_key="isti")
        assert propose(scene, form_key="isti") is first
        assert propose(scene) is first

    def test_the_later_replaces_the_earlier_whose_author_is_told(self, scene: Any) -> None:
        propose(scene)
        propose(scene, contributor(scene.organisation, name="Cene"), Decision(Stance.ABSTAINS))
        assert states() == [ProposedDecisionState.REPLACED, ProposedDecisionState.PROPOSED]
        [letter] = letters("decision_ended")
        assert (letter.to, letter.subject) == (
            "ana@primer.example",
            "Your proposal was replaced: Stališče o klopeh",
        )
        assert "Cene has proposed something else" in letter.text

    def test_who_replaces_their_own_is_not_told(self, scene: Any) -> None:
        propose(scene)
        propose(scene, decision=Decision(Stance.ABSTAINS))
        assert letters("decision_ended") == []

    def test_another_text_and_an_unsound_decision_are_refused(self, scene: Any) -> None:
        with pytest.raises(Conflict):
            propose(scene, sha256_seen="0" * 64)
        with pytest.raises(UnsoundDecision):
            propose(scene, decision=Decision(Stance.SIGNS_EXCEPT, (99,)))

    def test_whose_place_ended_meanwhile_is_refused(self, scene: Any) -> None:
        session.execute(
            update(Membership)
            .where(Membership.user_id == scene.author.id)
            .values(state=MembershipState.ENDED, ended_at=clock.now()),
            execution_options={"synchronize_session": False},
        )
        with pytest.raises(Refused):
            propose(scene)

    def test_the_words_never_change(self, scene: Any) -> None:
        proposed = propose(scene)
        with pytest.raises(DatabaseError), session.begin_nested():
            session.execute(
                update(ProposedDecision).where(ProposedDecision.id == proposed.id).values(statement="Drugo.")
            )

    def test_nobody_else_finds_it(self, scene: Any) -> None:
        proposed = propose(scene)
        assert proposed_decision_by_id(proposed.id, scene.boss) is proposed
        for stranger in (Visitor(), coordinator(), representative()):
            with pytest.raises(NotFound):
                proposed_decision_by_id(proposed.id, stranger)


class TestDeciding:
    def test_signing_what_was_proposed_approves_it(self, scene: Any) -> None:
        proposed = propose(scene)
        signed = sign(scene.position, scene.boss, scene.organisation, decision=OBJECTS, proposal_seen=proposed.id)
        assert (proposed.state, proposed.cosignature, proposed.ended_by) == (
            ProposedDecisionState.APPROVED,
            signed,
            scene.boss,
        )
        [letter] = letters("decision_ended")
        assert "Recorded: Društvo Reka objects." in letter.text

    def test_signing_something_else_replaces_it(self, scene: Any) -> None:
        proposed = propose(scene)
        sign(scene.position, scene.boss, scene.organisation, proposal_seen=proposed.id)
        assert proposed.state == ProposedDecisionState.REPLACED
        [letter] = letters("decision_ended")
        assert "Recorded: Društvo Reka signs all of it." in letter.text

    def test_a_proposal_that_was_not_seen_is_shown_first(self, scene: Any) -> None:
        proposed = propose(scene)
        with pytest.raises(Conflict) as conflict:
            sign(scene.position, scene.boss, scene.organisation)
        assert conflict.value.fresh == {"proposal_seen": str(proposed.id)}
        assert proposed.waits

    def test_a_proposal_of_others_does_not_stand_in_the_way(self, scene: Any) -> None:
        proposed = propose(scene)
        other = representative()
        sign(scene.position, other, organisation_of(other))
        assert proposed.waits

    def test_the_author_cannot_sign_it(self, scene: Any) -> None:
        proposed = propose(scene)
        with pytest.raises(Refused):
            sign(scene.position, scene.author, scene.organisation, decision=OBJECTS, proposal_seen=proposed.id)

    def test_it_is_sent_back_with_a_reason(self, scene: Any) -> None:
        proposed = propose(scene)
        send_back_proposed_decision(scene.boss, proposed, "Milejše, prosim.")
        assert (proposed.state, proposed.because) == (ProposedDecisionState.SENT_BACK, "Milejše, prosim.")
        [letter] = letters("decision_sent_back")
        assert letter.to == "ana@primer.example"
        assert "Milejše, prosim." in letter.text
        with pytest.raises(Refused):
            send_back_proposed_decision(scene.boss, proposed, "Še enkrat.")
        assert propose(scene).waits


class TestLapsing:
    def test_a_changed_text_lets_it_lapse_and_keeps_its_words(self, scene: Any) -> None:
        proposed = propose(scene)
        open_next_version(scene.position)
        assert (proposed.state, proposed.ended_by) == (ProposedDecisionState.LAPSED, None)
        [letter] = letters("decision_ended")
        assert (letter.to, letter.subject) == ("ana@primer.example", "Your proposal has lapsed: Stališče o klopeh")
        assert waiting_for(scene.boss, scene.boss.memberships[0])[0].values == {"slug": scene.position.slug}

    def test_it_is_not_approved_on_a_text_that_was_not_seen(self, scene: Any) -> None:
        proposed, seen = propose(scene), version_of(scene.position).sha256
        open_next_version(scene.position)
        with pytest.raises(Conflict):
            sign(
                scene.position, scene.boss, scene.organisation,
                decision=OBJECTS, sha256_seen=seen, proposal_seen=proposed.id,
            )  # fmt: skip
        assert live_cosignatures(version_of(scene.position).id) == []

    def test_its_words_fill_the_forms_about_the_new_text(self, client: Client, scene: Any) -> None:
        proposed = propose(scene)
        open_next_version(scene.position)
        address, told = f"/positions/{scene.position.slug}", "The text has changed since"
        pages = ((scene.author, "propose-decision"), (scene.boss, f"cosign?proposal={proposed.id}"))
        for person, page in pages:
            answer = client.sign_in(person).get(f"{address}/{page}")
            assert "Preveč je klopi.</textarea>" in answer.text
            assert told in words(answer)

    def test_an_organisation_that_leaves_decides_nothing(self, scene: Any) -> None:
        proposed = propose(scene)
        release_organisation(coordinator(), scene.organisation, "Prenehala je delovati.")
        assert proposed.state == ProposedDecisionState.LAPSED
        with pytest.raises(Refused):
            propose(scene)


class TestTasks:
    def test_it_waits_for_the_representative_once(self, scene: Any) -> None:
        place = scene.boss.memberships[0]
        assert [task.endpoint for task in waiting_for(scene.boss, place)] == ["positions.cosign"]
        proposed = propose(scene)
        [task] = waiting_for(scene.boss, place)
        assert task.values == {"slug": scene.position.slug, "proposal": proposed.id}

    def test_what_was_sent_back_waits_for_its_author_until_proposed_again(self, scene: Any) -> None:
        place, proposed = scene.author.memberships[0], propose(scene)
        assert waiting_for(scene.author, place) == []
        send_back_proposed_decision(scene.boss, proposed, "Milejše.")
        [task] = waiting_for(scene.author, place)
        assert task.endpoint == "positions.propose_decision"
        propose(scene)
        assert waiting_for(scene.author, place) == []

    @pytest.mark.parametrize("number", [1, 30])
    def test_the_tasks_take_two_statements(self, scene: Any, count_queries: Any, number: int) -> None:
        for at in range(number):
            propose(scene, decision=Decision(Stance.ABSTAINS, statement=str(at)))
        place = scene.boss.memberships[0]
        with count_queries() as queries:
            waiting_for(scene.boss, place)
        assert len([query for query in queries if not query.startswith(("BEGIN", "SAVEPOINT"))]) == 2
        with count_queries() as queries:
            assert len(proposed_decisions_of(scene.position, scene.organisation)) == number
        assert len(queries) == 1


class TestPages:
    def test_from_the_proposal_to_the_signature(self, client: Client, new_client: Any, scene: Any) -> None:
        address = f"/positions/{scene.position.slug}"
        client.sign_in(scene.author)
        form = {
            "sha256_seen": version_of(scene.position).sha256, "stance": "objects",
            "statement": "Preveč je klopi.", "form_key": new_key(),
        }  # fmt: skip
        assert client.get(f"{address}/propose-decision").status_code == 200
        assert client.post(f"{address}/propose-decision", data=form).status_code == 303
        proposed = session.scalars(select(ProposedDecision)).one()
        assert "Preveč je klopi." in words(client.get(address))
        for stranger in (new_client(), new_client().sign_in(coordinator()), new_client().sign_in(representative())):
            assert "Preveč je klopi." not in words(stranger.get(address))
        boss = new_client().sign_in(scene.boss)
        assert "Approve or change it and sign" in words(boss.get(address))
        page = boss.get(f"{address}/cosign?proposal={proposed.id}")
        assert "Preveč je klopi.</textarea>" in page.text
        assert re.search(r'value="objects"[^>]* checked|checked[^>]* value="objects"', page.text)
        signing = form | {"form_key": new_key(), "proposal_seen": proposed.id, "agree": "y"}
        assert boss.post(f"{address}/cosign", data=signing).status_code == 303
        session.expire_all()
        assert states() == [ProposedDecisionState.APPROVED]

    def test_without_having_seen_it_the_form_comes_back_with_what_was_typed(self, client: Client, scene: Any) -> None:
        propose(scene)
        client.sign_in(scene.boss)
        form = {
            "sha256_seen": version_of(scene.position).sha256, "stance": "abstains", "statement": "Naše besede.",
            "form_key": new_key(), "agree": "y",
        }  # fmt: skip
        answer = client.post(f"/positions/{scene.position.slug}/cosign", data=form)
        assert answer.status_code == 409
        assert "Naše besede." in answer.text
        assert "Ana Primer proposes within your organisation that it objects." in words(answer)

    def test_sending_back_needs_a_reason(self, client: Client, scene: Any) -> None:
        proposed = propose(scene)
        client.sign_in(scene.boss)
        address = f"/proposed-decisions/{proposed.id}/send-back"
        assert client.get(address).status_code == 200
        assert client.post(address, data={"because": " "}).status_code == 422
        assert client.post(address, data={"because": "Milejše."}).status_code == 303
        page = client.sign_in(scene.author).get(f"/positions/{scene.position.slug}/propose-decision")
        assert "Milejše." in words(page)
        assert "Preveč je klopi.</textarea>" in page.text

    def test_of_another_organisation_it_is_not_found(self, client: Client, scene: Any) -> None:
        proposed = propose(scene)
        client.sign_in(representative())
        assert client.get(f"/proposed-decisions/{proposed.id}/send-back").status_code == 404
        assert client.post(f"/proposed-decisions/{proposed.id}/withdraw").status_code == 404
        assert client.get(f"/positions/{scene.position.slug}/cosign?proposal={proposed.id}").status_code == 404


@pytest.mark.parametrize("language", ["sl", "en"])
def test_the_mails_speak_the_language_of_their_reader(scene: Any, language: str) -> None:
    scene.author.language = scene.boss.language = language
    send_back_proposed_decision(scene.boss, propose(scene), "Milejše.")
    [asked], [back] = letters("decision_proposed"), letters("decision_sent_back")
    begins = {
        "sl": ["Čaka na vas:", "Vaš predlog je vrnjen:"],
        "en": ["Waits for you:", "Your proposal was sent back:"],
    }
    assert [letter.subject.partition(":")[0] + ":" for letter in (asked, back)] == begins[language]
