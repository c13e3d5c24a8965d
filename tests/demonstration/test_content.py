"""The demonstration network's content hangs together: whatever it refers to is there, at a possible time."""

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from participation.foundation.installation import load_installation

ROOT = Path(__file__).parents[2] / "participation"
CONTENT = ROOT / "demonstration" / "content"
INSTALLATION = load_installation(ROOT / "regions" / "savinjska")
PHASES = ["announced", "open", "positions", "cosigning", "submitted", "answered", "concluded"]
KINDS = {"general", "provision", "wording", "question", "editorial", "support"}
OUTCOMES = {"accepted", "partly", "rejected", "noted", "not-competent", "no-reply"}


def entries(file: str, table: str) -> list[dict[str, Any]]:
    return tomllib.loads((CONTENT / file).read_text(encoding="utf-8"))[table]


def by_key(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    assert [key for key, times in Counter(row["key"] for row in rows).items() if times > 1] == []
    return {row["key"]: row for row in rows}


PEOPLE = by_key(entries("people.toml", "person"))
ORGANISATIONS = by_key(entries("organisations.toml", "organisation"))
CONSULTATIONS = by_key(entries("consultations.toml", "consultation"))
COMMENTS = by_key(entries("comments.toml", "comment"))
POSITIONS = by_key(entries("positions.toml", "position"))
SUBMISSIONS = by_key(entries("submissions.toml", "submission"))
BODY_NAMES = {body.name.in_language("sl") for body in INSTALLATION.bodies}
ADMITTED = {key for key, organisation in ORGANISATIONS.items() if organisation["state"] == "admitted"}

each_person = pytest.mark.parametrize("person", PEOPLE.values(), ids=PEOPLE)
each_organisation = pytest.mark.parametrize("organisation", ORGANISATIONS.values(), ids=ORGANISATIONS)
each_consultation = pytest.mark.parametrize("consultation", CONSULTATIONS.values(), ids=CONSULTATIONS)
each_comment = pytest.mark.parametrize("comment", COMMENTS.values(), ids=COMMENTS)
each_position = pytest.mark.parametrize("position", POSITIONS.values(), ids=POSITIONS)
each_submission = pytest.mark.parametrize("submission", SUBMISSIONS.values(), ids=SUBMISSIONS)


def provisions_of(draft: str) -> dict[tuple[str, ...], str]:
    """The text of every article, paragraph and indent, by its labels from the outside in."""
    found: dict[tuple[str, ...], str] = {}
    article: tuple[str, ...] = ()
    indents = 0

    def note(path: tuple[str, ...], text: str) -> None:
        assert path not in found, f"{draft}: {path} stands twice"
        found[path] = text

    for block in re.split(r"\n{2,}|\n(?=- )", (CONTENT / "drafts" / draft).read_text(encoding="utf-8")):
        block = block.strip()
        if heading := re.fullmatch(r"### (\d+\. člen)", block):
            article, indents = (heading[1],), 0
            note(article, "")
        elif block.startswith("#"):
            article = ()
        elif paragraph := re.match(r"(\(\d+\)) ", block):
            note((*article, paragraph[1]), block[paragraph.end() :])
        elif block.startswith("- "):
            indents += 1
            note((*article, f"–{indents}"), block[2:])
        elif article and not block.startswith("("):
            note((*article, ""), block)
    return found


PROVISIONS = {key: provisions_of(consultation["draft"]) for key, consultation in CONSULTATIONS.items()}


def member_of(person: str, organisation: str) -> bool:
    return person in {member["person"] for member in ORGANISATIONS[organisation]["member"]}


def speaks_for(person: str, organisation: str) -> bool:
    """The person may write for the organisation, or writes as a person of the network's office or of the public."""
    if organisation == "":
        return person in PEOPLE
    return organisation in ADMITTED and member_of(person, organisation)


def days(number_of_days: int) -> int:
    return number_of_days * 24


def test_the_network_has_the_size_it_promises() -> None:
    assert len(ORGANISATIONS) == 14
    assert Counter(organisation["state"] for organisation in ORGANISATIONS.values()) == {
        "admitted": 12,
        "applied": 1,
        "asked-back": 1,
    }
    assert len(COMMENTS) == 64
    assert [key for key, position in POSITIONS.items() if len(position.get("cosignature", [])) == 9] == [
        "razpisi-nvo"
    ]


@pytest.mark.parametrize("role", ["administrator", "coordinator", "council_representative"])
def test_one_person_has_each_role_of_the_network(role: str) -> None:
    assert len([person for person in PEOPLE.values() if person.get(role, False)]) == 1


@each_person
def test_a_person_has_an_address_that_cannot_reach_anybody(person: dict[str, Any]) -> None:
    assert re.fullmatch(r"[a-z.]+@[a-z]+\.example", person["email"])
    assert person["language"] in INSTALLATION.languages


def test_no_two_people_share_a_name_or_an_address() -> None:
    assert len({person["email"] for person in PEOPLE.values()}) == len(PEOPLE)
    assert len({person["name"] for person in PEOPLE.values()}) == len(PEOPLE)


def test_every_area_of_the_region_has_an_admitted_organisation() -> None:
    areas = {INSTALLATION.area_of(ORGANISATIONS[key]["municipality"]).key for key in ADMITTED}

    assert areas == {area.key for area in INSTALLATION.areas}


@each_organisation
def test_an_organisation_refers_to_what_the_installation_has(organisation: dict[str, Any]) -> None:
    assert INSTALLATION.legal_form(organisation["legal_form"])
    assert INSTALLATION.municipality(organisation["municipality"])
    assert [INSTALLATION.topic(field).key for field in organisation["fields"]] == organisation["fields"]
    assert organisation["fields"] != []


@each_organisation
def test_an_organisation_has_known_people_and_one_representative(organisation: dict[str, Any]) -> None:
    assert {member["person"] for member in organisation["member"]} <= set(PEOPLE)
    assert Counter(member["role"] for member in organisation["member"])["representative"] == 1
    assert {member["role"] for member in organisation["member"]} <= {"representative", "contributor"}


@each_organisation
def test_an_organisation_was_admitted_after_it_applied(organisation: dict[str, Any]) -> None:
    admitted_days_ago = organisation.get("admitted_days_ago", -1)

    assert (admitted_days_ago >= 0) == (organisation["state"] == "admitted")
    assert organisation["applied_days_ago"] >= admitted_days_ago
    assert ("asked_because" in organisation) == (organisation["state"] == "asked-back")


@each_organisation
def test_registration_and_tax_numbers_have_valid_check_digits(organisation: dict[str, Any]) -> None:
    registration, tax = organisation["registration_number"], organisation["tax_number"]

    assert registration == "" or registration_check_digit(registration[:6]) == registration[6:]
    assert tax == "" or tax_check_digit(tax[:7]) == tax[7:]


def registration_check_digit(serial: str) -> str:
    """The rule of the business register: weights 7 to 2, modulo 11; a remainder of 0 is never issued."""
    remainder = sum(int(digit) * weight for digit, weight in zip(serial, range(7, 1, -1), strict=True)) % 11
    return {0: "not issued", 1: "0"}.get(remainder, str(11 - remainder))


def tax_check_digit(serial: str) -> str:
    check = 11 - sum(int(digit) * weight for digit, weight in zip(serial, range(8, 1, -1), strict=True)) % 11
    return {10: "0", 11: "not issued"}.get(check, str(check))


def test_a_consultation_stands_in_every_phase_and_one_open_one_is_express() -> None:
    assert {consultation["phase"] for consultation in CONSULTATIONS.values()} == set(PHASES)
    assert [c["phase"] for c in CONSULTATIONS.values() if c["express"]] == ["open"]


@each_consultation
def test_the_dates_of_a_consultation_come_to_its_phase(consultation: dict[str, Any]) -> None:
    assert phase_from_dates(consultation) == consultation["phase"]


def phase_from_dates(consultation: dict[str, Any]) -> str:
    for field in ("concluded", "answered", "submitted"):
        if consultation.get(f"{field}_in", 1) <= 0:
            return field
    if consultation["opens_in"] > 0:
        return "announced"
    if consultation["internal_deadline_in"] >= 0:
        return "open"
    return "cosigning" if consultation.get("cosigning_opens_in", 1) <= 0 else "positions"


@each_consultation
def test_the_dates_of_a_consultation_follow_one_another(consultation: dict[str, Any]) -> None:
    order = [
        "published_in",
        "opens_in",
        "internal_deadline_in",
        "cosigning_opens_in",
        "cosigning_deadline_in",
        "submitted_in",
        "answered_in",
        "concluded_in",
    ]
    dates = [consultation[field] for field in order if field in consultation]
    official = consultation["official_deadline_in"]

    assert dates == sorted(dates)
    assert consultation.get("submitted_in", consultation["internal_deadline_in"]) <= official
    assert consultation.get("cosigning_deadline_in", official) <= official


@each_consultation
def test_a_consultation_refers_to_what_exists(consultation: dict[str, Any]) -> None:
    assert consultation["body"] in BODY_NAMES
    assert INSTALLATION.period_rule(consultation["period_rule"]).level in {consultation["level"], "any"}
    assert all(INSTALLATION.topic(topic) for topic in consultation["topics"])
    assert all(INSTALLATION.municipality(code) for code in consultation["municipalities"])
    assert (consultation["municipalities"] != []) == (consultation["level"] == "municipal")
    assert consultation["opened_by"] in PEOPLE
    assert consultation["who_may_comment"] in {"members", "registered"}
    assert consultation["eva"] == "" or re.fullmatch(r"\d{4}-\d{4}-\d{4}", consultation["eva"])


def test_every_draft_belongs_to_one_consultation() -> None:
    assert sorted(c["draft"] for c in CONSULTATIONS.values()) == sorted(
        p.name for p in (CONTENT / "drafts").iterdir()
    )


def test_the_main_draft_has_about_forty_provisions_that_stand_on_their_own() -> None:
    main = PROVISIONS["sodelovanje-z-nvo"]

    assert len([path for path in main if len(path) == 1]) == 16
    assert len([path for path in main if len(path) == 2 and not path[1].startswith("–")]) == 42


@pytest.mark.parametrize("key", sorted(set(CONSULTATIONS) - {"sodelovanje-z-nvo"}))
def test_the_other_drafts_are_short(key: str) -> None:
    assert 6 <= len([path for path, text in PROVISIONS[key].items() if text]) <= 14


@each_comment
def test_a_comment_is_on_a_provision_of_its_draft(comment: dict[str, Any]) -> None:
    path = tuple(comment["provision"])

    assert path == () or path in PROVISIONS[comment["consultation"]]
    assert (path == ()) == (comment["kind"] == "general")


@each_comment
def test_a_comment_is_by_somebody_who_may_write_it(comment: dict[str, Any]) -> None:
    consultation = CONSULTATIONS[comment["consultation"]]

    assert comment["kind"] in KINDS
    assert speaks_for(comment["author"], comment["organisation"])
    assert comment["organisation"] != "" or consultation["who_may_comment"] == "registered"
    assert all(speaks_for(reply["author"], reply["organisation"]) for reply in comment.get("reply", []))


@each_comment
def test_a_comment_was_written_while_its_consultation_was_open(comment: dict[str, Any]) -> None:
    consultation = CONSULTATIONS[comment["consultation"]]
    opened = days(-consultation["opens_in"])
    closed = days(max(0, -consultation["internal_deadline_in"]))
    replies = [reply["hours_ago"] for reply in comment.get("reply", [])]
    hidden = [comment["hidden"]["hours_ago"]] if "hidden" in comment else []
    moments = [comment["hours_ago"], *replies, *hidden]

    # Two hours to spare, because a day is an hour longer or shorter when the clocks change.
    assert closed + 2 * (closed > 0) <= min(moments)
    assert max(moments) <= opened - 2
    assert moments == sorted(moments, reverse=True)


@each_comment
def test_a_comment_is_supported_by_other_admitted_organisations_once_each(comment: dict[str, Any]) -> None:
    supports = comment["supports"]

    assert set(supports) <= ADMITTED - {comment["organisation"]}
    assert len(set(supports)) == len(supports)


@each_comment
def test_only_a_proposed_wording_has_a_wording_and_it_has_reasons(comment: dict[str, Any]) -> None:
    if comment["kind"] != "wording":
        assert {"action", "wording", "reasons", "after", "further"} & set(comment) == set()
        return

    assert comment["reasons"].strip() != ""
    for change in (comment, *comment.get("further", [])):
        existing = PROVISIONS[comment["consultation"]][tuple(change["provision"])]
        assert change["action"] in {"add", "change", "delete", "move"}
        assert (change["wording"] == "") == (change["action"] in {"delete", "move"})
        assert ("after" in change) == (change["action"] == "move")
        assert tuple(change.get("after", change["provision"])) in PROVISIONS[comment["consultation"]]
        assert change["wording"] != existing
        assert not re.match(r"\(\d+\)", change["wording"])
        assert existing != ""


@each_comment
def test_the_words_that_are_quoted_stand_in_the_provision_once(comment: dict[str, Any]) -> None:
    if "quote" in comment:
        text = PROVISIONS[comment["consultation"]][tuple(comment["provision"])]
        assert text.count(comment["quote"]) == 1


def test_one_comment_is_hidden_with_a_reason_by_the_coordinator() -> None:
    hidden = [comment["hidden"] for comment in COMMENTS.values() if "hidden" in comment]

    assert [PEOPLE[entry["by"]]["coordinator"] for entry in hidden] == [True]
    assert hidden[0]["reason"] != ""


def test_every_kind_of_comment_and_of_wording_appears() -> None:
    assert {comment["kind"] for comment in COMMENTS.values()} == KINDS
    assert {comment.get("action") for comment in COMMENTS.values()} == {"add", "change", "delete", "move", None}
    assert any("further" in comment for comment in COMMENTS.values())


@each_position
def test_a_position_demands_something_of_what_the_draft_really_says(position: dict[str, Any]) -> None:
    provisions = PROVISIONS[position["consultation"]]

    for point in position["point"]:
        texts = [provisions[tuple(path)] for path in point["provisions"]]
        assert point["existing"] == ("" if point["action"] == "add" else "\n\n".join(texts))
        assert (point["demanded"] == "") == (point["action"] == "delete")
        assert point["demanded"] != point["existing"]
        assert point["reasons"] != ""


@each_position
def test_a_position_takes_up_comments_of_its_own_consultation(position: dict[str, Any]) -> None:
    taken_up = [key for point in position["point"] for key in point["comments"]]

    assert {COMMENTS[key]["consultation"] for key in taken_up} <= {position["consultation"]}
    assert {"hidden" in COMMENTS[key] for key in taken_up} <= {False}
    assert len(set(taken_up)) == len(taken_up)


@each_position
def test_a_position_is_addressed_to_bodies_and_summed_up(position: dict[str, Any]) -> None:
    assert position["addressees"] != []
    assert set(position["addressees"]) <= BODY_NAMES
    assert len(position["summary"].splitlines()) == len(position["point"])


@each_position
def test_a_position_stands_where_its_consultation_stands(position: dict[str, Any]) -> None:
    phase = CONSULTATIONS[position["consultation"]]["phase"]

    assert position["state"] == {"positions": "drafted", "cosigning": "opened"}.get(phase, "delivered")
    assert (position.get("cosignature", []) == []) == (position["state"] == "drafted")


@each_position
def test_a_position_was_drafted_after_comments_closed_and_discussed_until_it_was_frozen(
    position: dict[str, Any],
) -> None:
    consultation = CONSULTATIONS[position["consultation"]]
    frozen = days(max(0, -consultation.get("cosigning_opens_in", 0)))
    remarks = [remark["hours_ago"] for remark in position.get("remark", [])]

    assert position["drafted_hours_ago"] < days(-consultation["internal_deadline_in"])
    assert all(frozen + 2 < moment < position["drafted_hours_ago"] for moment in remarks)
    assert all(speaks_for(remark["author"], remark["organisation"]) for remark in position.get("remark", []))


@each_position
def test_an_organisation_co_signs_once_by_its_representative_in_time(position: dict[str, Any]) -> None:
    consultation = CONSULTATIONS[position["consultation"]]
    cosignatures = position.get("cosignature", [])

    assert {signature["organisation"] for signature in cosignatures} <= ADMITTED
    assert len({signature["organisation"] for signature in cosignatures}) == len(cosignatures)
    for signature in cosignatures:
        members = ORGANISATIONS[signature["organisation"]]["member"]
        assert {"person": signature["person"], "role": "representative"} in members
        assert signature["hours_ago"] <= days(-consultation["cosigning_opens_in"]) - 2
        assert signature["hours_ago"] > days(max(0, -consultation["cosigning_deadline_in"]))


@each_submission
def test_a_submission_sends_delivered_positions_of_one_consultation_to_known_bodies(
    submission: dict[str, Any],
) -> None:
    positions = [POSITIONS[key] for key in submission["positions"]]
    consultation = CONSULTATIONS[positions[0]["consultation"]]

    assert {position["state"] for position in positions} == {"delivered"}
    assert {position["consultation"] for position in positions} == {consultation["key"]}
    assert set(submission["bodies"]) | set(submission["copies"]) <= BODY_NAMES
    assert submission["sent_in"] == consultation["submitted_in"]
    assert submission["answer_due_in"] > submission["sent_in"]
    assert submission["compiled_by"] in PEOPLE


@each_submission
def test_an_answer_is_by_an_addressee_to_a_point_that_was_sent(submission: dict[str, Any]) -> None:
    answers = submission.get("answer", [])
    consultation = CONSULTATIONS[POSITIONS[submission["positions"][0]]["consultation"]]

    assert len({(a["position"], a["point"], a["body"]) for a in answers}) == len(answers)
    for answer in answers:
        assert answer["position"] in submission["positions"]
        assert 1 <= answer["point"] <= len(POSITIONS[answer["position"]]["point"])
        assert answer["body"] in submission["bodies"]
        silent = answer["outcome"] == "no-reply"
        assert (answer["words"] == "", answer["source"] == "", "answered_days_ago" not in answer) == (silent,) * 3
        assert silent or -consultation["answered_in"] <= answer["answered_days_ago"] < -submission["sent_in"]


def test_submissions_are_answered_at_every_point_or_wait() -> None:
    answered = {
        key: {(answer["position"], answer["point"]) for answer in submission.get("answer", [])}
        for key, submission in SUBMISSIONS.items()
    }
    sent = {
        key: {(name, n) for name in s["positions"] for n, _point in enumerate(POSITIONS[name]["point"], start=1)}
        for key, s in SUBMISSIONS.items()
    }

    assert {key for key, points in answered.items() if points == sent[key]} == {
        "vkljucujoca-skupnost",
        "zelene-povrsine",
    }
    assert {key for key, points in answered.items() if not points} == {"prostorski-nacrt"}


def test_every_outcome_appears_in_one_submission() -> None:
    outcomes = {answer["outcome"] for answer in SUBMISSIONS["vkljucujoca-skupnost"]["answer"]}

    assert outcomes == OUTCOMES


@pytest.mark.parametrize("path", sorted(CONTENT.rglob("*.*")), ids=lambda path: path.name)
def test_the_texts_are_set_as_slovenian_is_set(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    prose = "\n".join(line for line in text.splitlines() if not line.startswith(("#", "key =", "[[")))

    assert re.findall(r"“|”|„", prose) == []
    assert re.findall(r" +[,.;:!?](?!\.)(?=\s)", prose) == []
    assert re.findall(r"[^\n ]  +[^\n ]", prose) == []
    assert re.findall(r"(?i)lorem|ipsum|todo|xxx", prose) == []
