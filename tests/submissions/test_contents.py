"""What a submission says: its points, who supports them, who signed, and the bytes of all that."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from factories import CommentFactory, OrganisationFactory, SupportFactory, coordinator
from submissions.making import (
    SITE,
    SubmissionFactory,
    consultation_in_cosigning,
    cosigned,
    opened_position,
    submission_of,
)

from participation.comments.models import CommentKind, CommentState, FurtherChange, WordingAction
from participation.foundation import clock
from participation.positions.models import CosignatureState
from participation.submissions.models import canonical_bytes, contents_from, fingerprint, letter_of
from participation.submissions.queries import contents_now, positions_open_for_cosigning, usual_day_of_answer
from participation.web import Application

CELJE, ZALEC, NOWHERE = "SI-011", "SI-190", "XX-999"


def contents(submission: Any) -> Any:
    return contents_now(submission, SITE + submission.slug)


def test_points_of_a_position_say_what_was_signed(app: Application) -> None:
    author = coordinator()
    position = opened_position(consultation_in_cosigning(), author, points=2)
    opened_position(position.consultation, author, slug="druga")  # It was not chosen.
    said = contents(submission_of(position, author))
    assert [(p.number, p.article, p.existing, p.demanded, p.reasons) for p in said.points] == [
        (1, "1. člen", "To je besedilo 1. člena.", "Novo besedilo 1.", "Razlog 1."),
        (2, "2. člen", "To je besedilo 2. člena.", "Novo besedilo 2.", "Razlog 2."),
    ]
    assert [(point.position, point.comment) for point in said.points] == [(position.slug, 0)] * 2
    assert said.positions[0].sha256 == position.versions[0].sha256


def test_signatories_stand_by_area_and_name_in_slovenian_order(app: Application) -> None:
    position = opened_position(consultation_in_cosigning(), coordinator())
    for name, seat in (("Žarek", CELJE), ("Čuk", CELJE), ("Cvet", CELJE), ("Abak", ZALEC), ("Aaa", NOWHERE)):
        cosigned(position, OrganisationFactory(name=name, municipality=seat))
    said = contents(submission_of(position, coordinator()))
    assert [(signature.name, signature.seat, signature.area) for signature in said.signatures] == [
        ("Cvet", "Celje", "Osrednje Celjsko"),
        ("Čuk", "Celje", "Osrednje Celjsko"),
        ("Žarek", "Celje", "Osrednje Celjsko"),
        ("Abak", "Žalec", "Spodnje Savinjsko"),
        ("Aaa", "", ""),
    ]


def test_a_person_is_named_only_by_their_own_wish(app: Application) -> None:
    position = opened_position(consultation_in_cosigning(), coordinator())
    cosigned(position, OrganisationFactory(name="A"), name="Ana Javna", name_is_public=True)
    cosigned(position, OrganisationFactory(name="B"), name="Bor Zasebni", name_is_public=False)
    submission = submission_of(position, coordinator())
    assert [signature.person for signature in contents(submission).signatures] == ["Ana Javna", ""]
    assert "Bor Zasebni" not in canonical_bytes(contents(submission)).decode()


def test_a_withdrawn_signature_is_not_among_the_signatories(app: Application) -> None:
    position = opened_position(consultation_in_cosigning(), coordinator())
    gone = cosigned(position, OrganisationFactory(name="A"))
    cosigned(position, OrganisationFactory(name="B"))
    gone.state, gone.withdrawn_at = CosignatureState.WITHDRAWN, clock.now()
    said = contents(submission_of(position, coordinator(), language="en"))
    assert [signature.name for signature in said.signatures] == ["B"]
    assert said.points[0].supported_by == "Joint position. Signatories: B"


def test_few_signatories_are_named_beside_a_point_and_many_are_counted(app: Application) -> None:
    position = opened_position(consultation_in_cosigning(), coordinator())
    submission = submission_of(position, coordinator(), language="en")
    supported = []
    for name in "ABCD":
        supported.append(contents(submission).points[0].supported_by)
        cosigned(position, OrganisationFactory(name=name, municipality=CELJE))
    supported.append(contents(submission).points[0].supported_by)
    assert supported == [
        "Joint position. Signatories: 0",
        "Joint position. Signatories: A",
        "Joint position. Signatories: A; B",
        "Joint position. Signatories: A; B; C",
        "Joint position. Signatories: 4",
    ]


def test_an_organisation_stands_once_and_says_what_it_signed_of_several_positions(app: Application) -> None:
    author = coordinator()
    first = opened_position(consultation_in_cosigning(), author, title="Prvo", slug="prvo")
    second = opened_position(first.consultation, author, title="Drugo", slug="drugo")
    both, one = OrganisationFactory(name="Obe"), OrganisationFactory(name="Samo ena")
    cosigned(first, both, statement="Da.")
    cosigned(second, both, statement="Tudi.")
    cosigned(second, one)
    submission = submission_of(first, author, positions=[first, second], language="en")
    said = contents(submission)
    assert [(signature.name, signature.statement, titles) for signature, titles in said.signatories] == [
        ("Obe", "Da.\nTudi.", []),
        ("Samo ena", "", ["Drugo"]),
    ]
    assert [point.supported_by for point in said.points] == [
        "Joint position “Prvo”. Signatories: Obe",
        "Joint position “Drugo”. Signatories: Obe; Samo ena",
    ]
    letter = letter_of(canonical_bytes(said))
    assert [(one.name, one.statement) for one in letter.signatories] == [
        ("Obe", "Da.\nTudi."),
        ("Samo ena", "Signs: Drugo"),
    ]


def test_a_comment_becomes_a_point_under_the_name_of_its_organisation(app: Application) -> None:
    author = coordinator()
    consultation = consultation_in_cosigning()
    provision = consultation.versions[0].provisions[0]
    values = {"consultation": consultation, "organisation": OrganisationFactory(name="Lipa")}
    wording = CommentFactory(
        provision=provision,
        kind=CommentKind.WORDING,
        wording_action=WordingAction.CHANGE,
        wording="To je boljše besedilo.",
        source="Ker je boljše.",
        **values,
    )
    general = CommentFactory(source="Osnutek podpiramo.", **values)
    SupportFactory(comment=general, organisation=OrganisationFactory(name="Žaba"))
    SupportFactory(comment=general, organisation=OrganisationFactory(name="Čmrlj"))
    hidden = CommentFactory(state=CommentState.HIDDEN, **values)
    submission = SubmissionFactory(
        consultation=consultation,
        compiled_by=author,
        addressees=[consultation.body],
        comments=[wording, general, hidden],
        language="en",
    )
    said = contents(submission)
    assert [
        (p.comment, p.action, p.article, p.existing, p.demanded, p.reasons, p.supported_by) for p in said.points
    ] == [
        (
            wording.id, "change", "1. člen", "To je besedilo 1. člena.", "To je boljše besedilo.", "Ker je boljše.",
            "Lipa",
        ),
        (general.id, "", "The whole draft", "", "", "Osnutek podpiramo.", "Lipa. Supported by: Čmrlj; Žaba"),
    ]  # fmt: skip
    assert [row.demanded for row in letter_of(canonical_bytes(said)).points] == [
        "To je boljše besedilo.",
        "No wording is proposed; see the reasons.",
    ]


def test_a_proposal_of_several_changes_is_one_point_that_lists_them(app: Application) -> None:
    consultation = consultation_in_cosigning()
    first, second = consultation.versions[0].provisions
    proposal = CommentFactory(
        consultation=consultation,
        provision=first,
        kind=CommentKind.WORDING,
        wording_action=WordingAction.CHANGE,
        wording="Prvo.",
        source="Ker.",
        organisation=OrganisationFactory(name="Lipa"),
        further_changes=[
            FurtherChange(number=1, provision=first, action=WordingAction.ADD, wording="Novo."),
            FurtherChange(number=2, provision=second, action=WordingAction.DELETE),
            FurtherChange(number=3, provision=first, action=WordingAction.MOVE, after=second),
        ],
    )
    submission = SubmissionFactory(
        consultation=consultation,
        compiled_by=coordinator(),
        addressees=[consultation.body],
        comments=[proposal],
        language="en",
    )
    (point,) = contents(submission).points
    assert (point.action, point.article) == ("change", "1. člen; 2. člen")
    assert point.existing.split("\n\n") == [
        "1. člen:\nTo je besedilo 1. člena.",
        "2. člen:\nTo je besedilo 2. člena.",
        "1. člen:\nTo je besedilo 1. člena.",
    ]
    assert point.demanded.split("\n\n") == [
        "1. člen:\nPrvo.",
        "1. člen:\nNovo.",
        "2. člen:\nTo be deleted",
        "1. člen:\nTo stand after: 2. člen",
    ]


def test_the_general_part_is_the_cover_letter_and_what_each_position_says(app: Application) -> None:
    author = coordinator()
    first = opened_position(
        consultation_in_cosigning(), author, slug="a", title="*Prvo*", general="Eno.", general_html="<p>Eno.</p>"
    )
    second = opened_position(
        first.consultation, author, slug="b", title="<Drugo>", general="Dva.", general_html="<p>Dva.</p>"
    )
    submission = submission_of(
        first, author, positions=[first, second], cover="Spoštovani.", cover_html="<p>Spoštovani.</p>"
    )
    said = contents(submission)
    assert said.general == "Spoštovani.\n\n**\\*Prvo\\***\n\nEno.\n\n**\\<Drugo\\>**\n\nDva."
    assert said.general_html == (
        "<p>Spoštovani.</p>\n<p><strong>*Prvo*</strong></p>\n<p>Eno.</p>\n"
        "<p><strong>&lt;Drugo&gt;</strong></p>\n<p>Dva.</p>"
    )


def test_the_bytes_are_canonical_and_give_everything_back(app: Application) -> None:
    author = coordinator()
    position = opened_position(consultation_in_cosigning(), author, points=3)
    cosigned(position, OrganisationFactory(), statement="Vrstica\r\nin druga  ")
    submission = submission_of(position, author)
    said = contents(submission)
    canonical = canonical_bytes(said)
    assert fingerprint(canonical) == hashlib.sha256(canonical).hexdigest()
    assert (
        canonical
        == json.dumps(json.loads(canonical), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    )
    assert canonical_bytes(contents_from(canonical)) == canonical
    assert contents_from(canonical).signatures[0].statement == "Vrstica\nin druga"
    html = {point.number: (point.difference_html, point.reasons_html) for point in said.points}
    again = contents_from(canonical, general_html=said.general_html, point_html=html)
    assert [(p.number, p.demanded, p.difference_html) for p in again.points] == [
        (p.number, p.demanded, p.difference_html) for p in said.points
    ]


def test_the_letter_has_its_fixed_words_in_the_language_of_the_submission(app: Application) -> None:
    position = opened_position(consultation_in_cosigning(identifiers={"eva": "2026-1", "epa": ""}), coordinator())
    letter = letter_of(canonical_bytes(contents(submission_of(position, coordinator(), language="en"))))
    assert letter.labels.summary == "Summary of demands"
    assert letter.labels.page == "Page %(page)s of %(pages)s"
    assert letter.labels.actions == ("Addition", "Change of wording", "Deletion", "Move")
    assert letter.reference == "EVA 2026-1"
    assert letter.sender.name == "Network of NGOs of the Savinja Region"
    assert letter.our_reference.replace("\u00a0", "") == letter.fingerprint[:12]
    assert letter.labels.see_points == "see No. %(numbers)s"
    day = clock.today()
    assert letter.place_and_date == f"Celje, {day.day}\u00a0{day:%B}\u00a0{day.year}"


@pytest.mark.parametrize(
    ("said", "contact", "email"),
    [
        (("Mojca, mojca@mreza.example", "pisarna@mreza.example"), ("Mojca, mojca@mreza.example",),
         "pisarna@mreza.example"),
        (("pisarna@mreza.example",), (), "pisarna@mreza.example"),
        (("Mojca, mojca@mreza.example",), ("Mojca, mojca@mreza.example",), ""),
        ((), (), ""),
    ],
)  # fmt: skip
def test_the_networks_own_address_is_in_the_letterhead_and_the_contact_is_a_person(
    app: Application, said: tuple[str, ...], contact: tuple[str, ...], email: str
) -> None:
    position = opened_position(consultation_in_cosigning(), coordinator())
    contents_ = replace(contents(submission_of(position, coordinator())), sender_contact=said)
    sender = letter_of(canonical_bytes(contents_)).sender
    assert (sender.contact, sender.email) == (contact, email)


def test_positions_that_can_still_be_signed_are_pointed_out(app: Application, stopped_clock: Any) -> None:
    position = opened_position(consultation_in_cosigning(), coordinator())
    submission = submission_of(position, coordinator())
    assert positions_open_for_cosigning(submission) == [position]
    stopped_clock(position.versions[0].cosigning_until + timedelta(microseconds=1))
    assert positions_open_for_cosigning(submission) == []


def test_the_usual_day_of_the_answer_follows_the_rule_of_the_consultation(app: Application) -> None:
    day = clock.today()
    consultation = consultation_in_cosigning()
    rules = {"plan-with-environmental-assessment": day + timedelta(days=70), "environment-regulation": None,
             "none": None, "": None, "gone-from-the-installation": None}  # fmt: skip
    got = {}
    for rule in rules:
        consultation.period_rule = rule
        got[rule] = usual_day_of_answer(consultation, day)
    assert got == rules
