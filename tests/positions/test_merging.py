"""Several proposals become one demand, and who asked for what stays known."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from consultations.next_version import following, published
from factories import CommentFactory, OrganisationFactory, UserFactory, coordinator
from positions.making import fingerprint_of
from submissions.making import SubmissionFactory, frozen

from participation.comments.models import Comment, CommentState, WordingAction
from participation.consultations.models import Consultation
from participation.foundation import clock
from participation.foundation.database import Conflict, new_key, session
from participation.positions.models import Point, Position, text_of
from participation.positions.operations import draft_position, merge_point, open_position
from participation.positions.queries import Decisions, accounts_in, merge_of, waiting_in
from participation.texts import provisions as texts

pytestmark = pytest.mark.usefixtures("app")

EXISTING = "Rok za pripombe je trideset dni od objave na spletni strani."
LONGER = EXISTING.replace("trideset", "šestdeset")
MUCH_LONGER = EXISTING.replace("trideset", "devetdeset")
ELSEWHERE = EXISTING.replace("spletni strani", "oglasni deski")


@pytest.fixture
def consultation() -> Consultation:
    return published([texts.Provision(texts.Kind.PARAGRAPH, "", 5, EXISTING)], slug="parki")


def propose(consultation: Consultation, wording: str, speaker: str = "", **values: Any) -> Comment:
    chosen = {
        "provision": consultation.versions[0].provisions[0],
        "organisation": OrganisationFactory(name=speaker) if speaker else None,
        "wording_action": WordingAction.CHANGE,
    }
    made: Comment = CommentFactory(consultation=consultation, kind="wording", wording=wording, **(chosen | values))
    return made


def drafted(*comments: Comment) -> Position:
    position = draft_position(
        coordinator(), comments[0].consultation, title="Stališče", comments=comments, form_key=new_key()
    )
    session.flush()
    return position


def account_of(position: Position) -> dict[str, list[tuple[list[str], list[str]]]]:
    """Which words of the first point come from whom, and what was not taken from whom."""
    [account] = accounts_in(text_of(position)).values()
    return {
        name: [([line.words for line in one.lines], [voice.speaker for voice in one.voices]) for one in asked]
        for name, asked in (("taken", account.taken), ("left", account.left))
    }


def merge(point: Point, *comments: Comment, **decided: Any) -> None:
    chosen = {"choices": {}, "left": set()} | decided
    merge_point(coordinator(), point, Decisions({one.id for one in comments}, **chosen), revision=point.revision)


def passage_of(point: Point, *comments: Comment) -> Any:
    [passage] = merge_of(point, Decisions({one.id for one in comments}, choices={}, left=set())).passages
    return passage


def test_the_chosen_demand_comes_out_and_the_others_stay_known(consultation: Consultation) -> None:
    lipa, hrast = propose(consultation, LONGER, "Lipa"), propose(consultation, MUCH_LONGER, "Hrast")
    breza = propose(consultation, ELSEWHERE, "Breza")
    position = drafted(lipa, hrast, breza)
    [point] = position.points
    assert point.demanded.startswith("Rok za pripombe je šestdeset")
    passage = passage_of(point, lipa, hrast, breza)
    assert [(value, line.words) for value, line in passage.options] == [
        (str(lipa.id), "šestdeset"),
        (str(hrast.id), "devetdeset"),
    ]
    merge(point, lipa, hrast, breza, choices={passage.key: str(hrast.id)})
    assert point.demanded == "Rok za pripombe je devetdeset dni od objave na oglasni deski."
    assert "<ins>devetdeset</ins>" in point.difference_html
    assert account_of(position) == {
        "taken": [(["devetdeset"], ["Hrast"]), (["oglasni deski"], ["Breza"])],
        "left": [(["šestdeset"], ["Lipa"])],
    }


def test_a_point_says_that_somebody_must_decide_until_somebody_does(consultation: Consultation) -> None:
    lipa, hrast = propose(consultation, LONGER, "Lipa"), propose(consultation, MUCH_LONGER, "Hrast")
    position = drafted(lipa, hrast)
    [point] = position.points
    assert waiting_in(position)[point.id].is_disputed
    passage = passage_of(point, lipa, hrast)
    # The first stands in it already: to decide so is a decision, though no word changes.
    merge(point, lipa, hrast, choices={passage.key: str(lipa.id)})
    assert point.demanded == LONGER
    assert not waiting_in(position)[point.id].is_disputed


def test_the_existing_words_can_stay(consultation: Consultation) -> None:
    lipa, hrast = propose(consultation, LONGER, "Lipa"), propose(consultation, MUCH_LONGER, "Hrast")
    breza = propose(consultation, ELSEWHERE, "Breza")
    [point] = drafted(lipa, hrast, breza).points
    key = passage_of(point, lipa, hrast, breza).key
    merge(point, lipa, hrast, breza, choices={key: "existing"})
    assert point.demanded == ELSEWHERE
    merged = merge_of(point)
    assert [passage.chosen for passage in merged.passages] == ["existing"]


def test_comments_that_came_later_are_taken_up_and_remarks_stay(consultation: Consultation) -> None:
    lipa = propose(consultation, LONGER, "Lipa")
    remark = CommentFactory(consultation=consultation, provision=lipa.provision, kind="provision")
    position = drafted(lipa, remark)
    [point] = position.points
    assert waiting_in(position) == {}
    later = propose(consultation, ELSEWHERE, "Breza")
    assert (waiting_in(position)[point.id].new, merge_of(point).outcome) == (1, LONGER)
    merge(point, lipa, later)
    session.expire(point)
    assert {comment.id for comment in point.comments} == {lipa.id, remark.id, later.id}
    assert point.demanded == "Rok za pripombe je šestdeset dni od objave na oglasni deski."


def test_what_could_be_had_can_be_left_out_and_is_remembered(consultation: Consultation) -> None:
    lipa, breza = propose(consultation, LONGER, "Lipa"), propose(consultation, ELSEWHERE, "Breza")
    position = drafted(lipa, breza)
    [point] = position.points
    [_days, place] = merge_of(point).offers
    merge(point, lipa, breza, left={place.line.key})
    assert point.demanded == LONGER
    assert [offer.is_left for offer in merge_of(point).offers] == [False, True]
    assert account_of(position)["left"] == [(["oglasni deski"], ["Breza"])]


def test_what_was_written_by_hand_is_kept_unless_the_editor_lets_it_go(consultation: Consultation) -> None:
    lipa, breza = propose(consultation, LONGER, "Lipa"), propose(consultation, ELSEWHERE, "Breza")
    position = drafted(lipa)
    [point] = position.points
    point.demanded = LONGER.replace("pripombe", "pripombe in predloge")
    session.flush()
    merged = merge_of(point, Decisions({lipa.id, breza.id}, choices={}, left=set()))
    assert merged.is_by_hand
    assert merged.outcome == "Rok za pripombe in predloge je šestdeset dni od objave na oglasni deski."
    assert account_of(position)["taken"] == [(["in predloge"], []), (["šestdeset"], ["Lipa"])]
    merge(point, lipa, breza, keeps_by_hand=False)
    assert point.demanded == "Rok za pripombe je šestdeset dni od objave na oglasni deski."


def test_additions_are_each_known_by_who_asked(consultation: Consultation) -> None:
    first = propose(consultation, "Rok poleti ne teče.", "Lipa", wording_action=WordingAction.ADD)
    second = propose(consultation, "Organ odgovori pisno.", "Hrast", wording_action=WordingAction.ADD)
    position = drafted(first, second)
    assert account_of(position)["taken"] == [
        (["Rok poleti ne teče."], ["Lipa"]),
        (["Organ odgovori pisno."], ["Hrast"]),
    ]
    [point] = position.points
    changing = propose(consultation, LONGER, "Breza")
    merge(point, first, second, changing)
    assert (point.action, point.existing) == (WordingAction.CHANGE, EXISTING)
    assert point.demanded == f"{LONGER}\nRok poleti ne teče.\nOrgan odgovori pisno."


def test_all_left_out_is_no_demand(consultation: Consultation) -> None:
    lipa = propose(consultation, LONGER, "Lipa")
    [point] = drafted(lipa).points
    [offer] = merge_of(point).offers
    with pytest.raises(Conflict):
        merge(point, lipa, left={offer.line.key})
    assert point.demanded == LONGER


def test_of_two_editors_the_second_is_told(consultation: Consultation) -> None:
    lipa, breza = propose(consultation, LONGER, "Lipa"), propose(consultation, ELSEWHERE, "Breza")
    [point] = drafted(lipa).points
    seen = point.revision
    merge(point, lipa, breza)
    with pytest.raises(Conflict) as raised:
        merge_point(coordinator(), point, Decisions({lipa.id}, choices={}, left=set()), revision=seen)
    assert raised.value.fresh == {"revision": str(point.revision)}


def test_hidden_comments_are_not_told_of(consultation: Consultation) -> None:
    lipa, hrast = propose(consultation, LONGER, "Lipa"), propose(consultation, MUCH_LONGER, "Hrast")
    position = drafted(lipa, hrast, propose(consultation, ELSEWHERE, "Breza"))
    hrast.state, hrast.hidden_because = CommentState.HIDDEN, "Žaljivo."
    session.flush()
    assert account_of(position)["left"] == []
    assert hrast.id not in merge_of(position.points[0]).chosen


def test_names_that_are_not_public_stay_out(consultation: Consultation) -> None:
    quiet = UserFactory(name="Tiha Oseba", name_is_public=False)
    lipa = propose(consultation, LONGER, author=quiet)
    position = drafted(lipa, propose(consultation, ELSEWHERE, "Breza"))
    assert account_of(position)["taken"] == [(["šestdeset"], [""]), (["oglasni deski"], ["Breza"])]


def test_a_wording_of_an_earlier_text_is_not_merged_and_the_point_says_so(consultation: Consultation) -> None:
    early = propose(consultation, LONGER, "Lipa")
    reads_now = EXISTING.replace("pripombe", "vse pripombe")
    newest = following(consultation, [texts.Provision(texts.Kind.PARAGRAPH, "", 5, reads_now)]).provisions[0]
    late = propose(consultation, reads_now.replace("spletni strani", "oglasni deski"), "Breza", provision=newest)
    position = drafted(early, late)
    [candidate, other] = merge_of(position.points[0]).candidates
    assert (candidate.voice.speaker, candidate.fits, other.fits) == ("Lipa", False, True)
    [account] = accounts_in(text_of(position)).values()
    assert [voice.speaker for voice in account.apart] == ["Lipa"]


def test_one_wording_taken_as_it_is_needs_no_account(consultation: Consultation) -> None:
    assert accounts_in(text_of(drafted(propose(consultation, LONGER, "Lipa")))) == {}


@pytest.mark.parametrize("number", [1, 30])
def test_who_asked_costs_one_statement(number: int, client: Any, count_queries: Callable[[], Any]) -> None:
    provisions = [texts.Provision(texts.Kind.PARAGRAPH, "", 5, f"{place}. {EXISTING}") for place in range(number)]
    consultation = published(provisions)
    comments = [
        propose(consultation, f"{place}. {wording}", f"{name} {place}", provision=provision)
        for place, provision in enumerate(consultation.versions[0].provisions)
        for name, wording in (("Lipa", LONGER), ("Hrast", MUCH_LONGER))
    ]
    position = drafted(*comments)
    text = text_of(position)
    with count_queries() as queries:
        assert len(accounts_in(text)) == number
    assert len([query for query in queries if query.startswith("SELECT")]) == 1
    client.sign_in(coordinator())
    client.get(f"/positions/{position.slug}")
    with count_queries() as queries:
        assert client.get(f"/positions/{position.slug}").status_code == 200
    assert len([query for query in queries if not query.startswith(("BEGIN", "SAVEPOINT"))]) <= 14


def form_of(page: str) -> dict[str, Any]:
    """What the page would send back if nothing were touched."""
    form: dict[str, Any] = {"comments": re.findall(r'name="comments" value="(\d+)" checked', page)}
    form |= dict(re.findall(r'name="(choices-[^"]+)" value="([^"]+)" checked', page))
    form |= dict(re.findall(r'name="(revision|by_hand)"[^>]* value="([^"]+)"', page))
    return form | {"left": re.findall(r'name="left" value="([^"]+)" checked', page)}


def test_the_page_shows_the_conflict_and_merges_what_is_chosen(client: Any, consultation: Consultation) -> None:
    lipa, hrast = propose(consultation, LONGER, "Lipa"), propose(consultation, MUCH_LONGER, "Hrast")
    breza = propose(consultation, ELSEWHERE, "Breza")
    position = drafted(lipa, hrast)
    address = f"/positions/{position.slug}/points/{position.points[0].id}/merge"
    client.sign_in(coordinator())
    assert f'href="{address}"' in client.get(f"/positions/{position.slug}/edit").text
    page = client.get(address).text
    form = form_of(page)
    [name] = [one for one in form if one.startswith("choices-")]
    assert (form["comments"], form[name]) == ([str(lipa.id), str(hrast.id)], str(lipa.id))
    chosen = form | {"comments": [*form["comments"], str(breza.id)], name: str(hrast.id)}
    preview = client.post(address, data=chosen | {"act": "preview"})
    assert preview.status_code == 200
    assert "oglasni deski</ins>" in preview.text
    assert form_of(preview.text)[name] == str(hrast.id)
    answer = client.post(address, data=chosen | {"act": "save"})
    assert (answer.status_code, answer.location) == (303, f"/positions/{position.slug}/edit#point-1")
    page = client.get(f"/positions/{position.slug}?language=en").text
    assert "Asked for, but not taken up in these words" in page
    overtaken = client.post(address, data=chosen | {"act": "save"})
    assert overtaken.status_code == 409
    assert f'value="{hrast.id}"' in overtaken.text


def test_a_passage_without_a_choice_comes_back_with_all_that_was_ticked(
    client: Any, consultation: Consultation
) -> None:
    lipa, hrast = propose(consultation, LONGER, "Lipa"), propose(consultation, MUCH_LONGER, "Hrast")
    position = drafted(lipa)
    address = f"/positions/{position.slug}/points/{position.points[0].id}/merge"
    client.sign_in(coordinator())
    form = form_of(client.get(address).text) | {"comments": [str(lipa.id), str(hrast.id)], "act": "save"}
    answer = client.post(f"{address}?language=en", data=form)
    assert answer.status_code == 422
    assert "Choose in each passage what the point demands, or leave the existing words." in answer.text
    assert form_of(answer.text)["comments"] == form["comments"]
    assert position.points[0].demanded == LONGER


def test_a_frozen_position_and_its_submission_say_who_asked(client: Any, consultation: Consultation) -> None:
    position = drafted(propose(consultation, LONGER, "Lipa"), propose(consultation, MUCH_LONGER, "Hrast"))
    body, lead = consultation.body, coordinator()
    open_position(lead, position, until=clock.today(), sha256_seen=fingerprint_of(position))
    submission = frozen(
        SubmissionFactory(consultation=consultation, compiled_by=lead, addressees=[body], positions=[position])
    )
    session.flush()
    client.sign_in(lead)
    for address in (f"/positions/{position.slug}", f"/submissions/{submission.slug}"):
        page = client.get(f"{address}?language=en").text
        assert "Who asked for what" in page
        assert re.findall(r'href="/comments/\d+"><bdi>([^<]+)', page) == ["Lipa", "Hrast"]
