"""A next version of a text: who is who, what the person who loads it can correct, and what stays for good."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from consultations import files
from consultations.next_version import following, loaded, provision_with, published
from consultations.reading_in import followed, work
from factories import CommentFactory, OrganisationFactory, contributor, coordinator
from sqlalchemy import func, select
from texts.acts import VOICES, act, numbered

from participation.accounts.models import Operator
from participation.consultations.models import DraftImport, TextVersion, VersionState
from participation.consultations.operations import (
    AnotherDocument,
    begin_version,
    discard_version,
    match_provision,
    mend_provision,
    merge_provision,
    publish_version,
)
from participation.consultations.queries import step_to
from participation.foundation.access import Refused
from participation.foundation.database import Conflict, NotFound, session
from participation.foundation.files import StoredFile
from participation.texts.matching import Fate
from participation.texts.provisions import Kind, Provision

FIRST = act(numbered([[VOICES[0]], [VOICES[1], VOICES[2]], [VOICES[4]]]))


def words_of(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))).split())


def fates(version: TextVersion) -> list[Fate]:
    return [match.fate for match in step_to(version).matches]


def paragraph(text: str) -> Provision:
    return Provision(Kind.PARAGRAPH, "", 5, text)


def test_what_stays_keeps_its_key_though_every_number_is_another(app: Any) -> None:
    consultation = published(FIRST)
    second = loaded(consultation, act(numbered([[VOICES[7]], [VOICES[0]], [VOICES[1], VOICES[2]], [VOICES[4]]])))
    first = consultation.versions[0]
    for words in (VOICES[0], VOICES[1], VOICES[2], VOICES[4]):
        assert provision_with(second, words).key == provision_with(first, words).key
    assert provision_with(second, VOICES[7]).key not in {one.key for one in first.provisions}
    assert (second.number, second.state, second.language) == (2, VersionState.PREPARING, "sl")


def test_a_divided_provision_is_gone_on_by_one_part_and_named_by_the_other(app: Any) -> None:
    whole = f"{VOICES[1]} {VOICES[2]}"
    consultation = published(act([("1. člen", [VOICES[0]]), ("2. člen", [whole]), ("3. člen", [VOICES[4]])]))
    second = loaded(
        consultation, act([("1. člen", [VOICES[0]]), ("2. člen", [VOICES[1], VOICES[2]]), ("3. člen", [VOICES[4]])])
    )
    old = provision_with(consultation.versions[0], whole)
    parts = [provision_with(second, VOICES[1]), provision_with(second, VOICES[2])]
    assert {one.key for one in parts} & {old.key} == {old.key}
    (other,) = [one for one in parts if one.key != old.key]
    assert other.origins == [old.key]
    assert Fate.SPLIT in fates(second)


def test_joined_provisions_are_one_that_names_the_others(app: Any) -> None:
    consultation = published(FIRST)
    joined = f"{VOICES[1]} {VOICES[2]}"
    second = loaded(consultation, act(numbered([[VOICES[0]], [joined], [VOICES[4]]])))
    first = consultation.versions[0]
    keys = {provision_with(first, VOICES[1]).key, provision_with(first, VOICES[2]).key}
    made = provision_with(second, joined)
    assert {made.key, *made.origins} == keys
    assert Fate.MERGED in fates(second)


def test_words_that_come_back_a_version_later_are_who_they_were(app: Any) -> None:
    consultation = published(FIRST)
    key = provision_with(consultation.versions[0], VOICES[4]).key
    second = following(consultation, FIRST[:-2])
    assert key not in {one.key for one in second.provisions}
    third = following(consultation, FIRST)
    assert provision_with(third, VOICES[4]).key == key


def test_the_matching_can_be_corrected_and_the_other_one_becomes_new(app: Any) -> None:
    consultation = published(FIRST)
    second = loaded(consultation, FIRST)
    first = consultation.versions[0]
    one, other = provision_with(second, VOICES[1]), provision_with(second, VOICES[2])
    match_provision(Operator(), second, one.key, other.key, revision=second.revision)
    session.expire_all()
    assert provision_with(second, VOICES[1]).key == provision_with(first, VOICES[2]).key
    assert provision_with(second, VOICES[2]).key not in {one.key for one in first.provisions}
    match_provision(Operator(), second, provision_with(second, VOICES[1]).key, "", revision=second.revision)
    session.expire_all()
    assert provision_with(second, VOICES[1]).key not in {one.key for one in first.provisions}


def test_a_correction_of_what_changed_meanwhile_is_a_conflict(app: Any) -> None:
    second = loaded(published(FIRST), FIRST)
    key = second.provisions[1].key
    with pytest.raises(Conflict):
        match_provision(Operator(), second, key, "", revision=second.revision - 1)
    with pytest.raises(NotFound):
        match_provision(Operator(), second, key, "ni-taksnega", revision=second.revision)


def test_a_version_is_published_once_and_stays(app: Any) -> None:
    consultation = published(FIRST)
    second = following(consultation, FIRST)
    moment = second.published_at
    publish_version(Operator(), second)
    assert (second.published_at, second.state) == (moment, VersionState.PUBLISHED)
    key = second.provisions[1].key
    with pytest.raises(Refused):
        mend_provision(
            Operator(),
            second,
            key,
            kind=Kind.PARAGRAPH,
            label="",
            level=None,
            text="Drugo.",
            revision=second.revision,
        )
    with pytest.raises(Refused):
        match_provision(Operator(), second, key, "", revision=second.revision)
    with pytest.raises(Refused):
        discard_version(Operator(), second)


def test_another_document_is_published_only_by_whoever_says_so(app: Any) -> None:
    second = loaded(published(FIRST), act(numbered([[VOICES[5]], [VOICES[6]], [VOICES[7]]])))
    assert step_to(second).is_another_document
    with pytest.raises(AnotherDocument):
        publish_version(Operator(), second)
    publish_version(Operator(), second, is_right_file=True)
    assert second.state is VersionState.PUBLISHED


def test_only_one_version_is_in_preparation(app: Any) -> None:
    consultation = published(FIRST)
    loaded(consultation, FIRST)
    with pytest.raises(Refused, match="already being prepared"):
        begin_version(Operator(), consultation)


def test_a_discarded_version_leaves_nothing_behind(app: Any) -> None:
    consultation = published(FIRST)
    before = session.scalar(select(func.count()).select_from(StoredFile))
    discard_version(Operator(), loaded(consultation, FIRST))
    session.flush()
    assert [version.number for version in consultation.versions] == [1]
    assert session.scalar(select(func.count()).select_from(StoredFile)) == before
    assert begin_version(Operator(), consultation).number == 2


def test_the_present_text_is_edited_in_place_as_the_next_version(app: Any) -> None:
    consultation = published(FIRST)
    CommentFactory(consultation=consultation, provision=consultation.versions[0].provisions[1])
    second = begin_version(Operator(), consultation)
    session.expire_all()
    assert fates(second) == [Fate.KEPT] * len(FIRST)
    key = provision_with(second, VOICES[4]).key
    made = mend_provision(
        Operator(), second, key, kind=Kind.PARAGRAPH, label="", level=None,
        text=f"Park je javna zelena površina, namenjena počitku.\n\n{VOICES[6]}", revision=second.revision,
    )  # fmt: skip
    assert made[1].origins == [key]
    merged = merge_provision(Operator(), second, provision_with(second, VOICES[2]).key, revision=second.revision)
    session.expire_all()
    assert merged.origins == [provision_with(consultation.versions[0], VOICES[2]).key]
    assert sorted(fate for fate in fates(second) if fate is not Fate.KEPT) == [Fate.MERGED, Fate.SPLIT]
    assert provision_with(consultation.versions[0], VOICES[4]).text == VOICES[4]


# The desk


@pytest.fixture
def lead(client: Any, stopped_clock: Any) -> Any:
    return client.sign_in(coordinator())


def test_a_file_becomes_the_next_version_and_is_published_from_the_pages(lead: Any) -> None:
    consultation = published(
        [Provision(Kind.ARTICLE, "1. člen", 4, "(namen)"), paragraph("Ta odlok ureja parke."),
         Provision(Kind.ARTICLE, "2. člen", 4, "(pomen izrazov)"), paragraph("Park je zelena površina."),
         paragraph("Klop je za sedenje vseh, ki so utrujeni.")],
        slug="parki",
    )  # fmt: skip
    gone = CommentFactory(
        consultation=consultation, provision=provision_with(consultation.versions[0], "Klop"),
        organisation=OrganisationFactory(), excerpt="Klopi naj ostanejo.",
    )  # fmt: skip
    session.commit()
    desk = "/desk/consultations/parki"
    assert "A new version of the text" in words_of(lead.get(f"{desk}/text"))
    answer = lead.post(f"{desk}/versions/load", data={"file": (BytesIO(files.ACT.encode()), "odlok-2.txt")})
    assert "Look at what changes" in followed(lead, answer)
    page = lead.get(f"{desk}/versions/matching").get_data(as_text=True)
    assert "Correct the matching" in page
    assert lead.get(f"{desk}/versions/load").location == f"{desk}/versions/matching"
    public = words_of(lead.get("/consultations/parki"))
    assert "Klop je za sedenje" in public
    shown = words_of(lead.get(f"{desk}/versions/publish"))
    assert "On words that are no longer in the text 1" in shown
    assert "Klopi naj ostanejo." in shown
    assert lead.post(f"{desk}/versions/publish").location == "/consultations/parki"
    page = words_of(lead.get("/consultations/parki"))
    assert "Drevo je drevo." in page
    assert "Formerly here:" in page
    assert lead.get(f"/comments/{gone.id}").location.endswith(f"/provisions/{gone.provision.key}#comment-{gone.id}")
    assert "This provision is no longer in the text" in words_of(
        lead.get(f"/consultations/parki/provisions/{gone.provision.key}")
    )


def test_the_matching_is_corrected_on_its_page(lead: Any) -> None:
    consultation = published(FIRST, slug="parki")
    second = loaded(consultation, act(numbered([[VOICES[0]], [VOICES[1], VOICES[2]], [VOICES[6]]])))
    session.commit()
    key = provision_with(second, VOICES[6]).key
    old = provision_with(consultation.versions[0], VOICES[4]).key
    address = "/desk/consultations/parki/versions/matching"
    page = lead.get(address, query_string={"correct": key}).get_data(as_text=True)
    assert 'id="correct"' in page
    revision = re.findall(r'name="revision"[^>]* value="(\d+)"', page)[0]
    answer = lead.post(address, data={"key": key, "old_key": old, "revision": revision})
    assert answer.location.endswith(f"#p-{old}")
    session.expire_all()
    assert provision_with(second, VOICES[6]).key == old
    assert lead.post(address, data={"key": old, "old_key": "x", "revision": "9"}).status_code == 422


def test_another_document_is_asked_about(lead: Any) -> None:
    loaded(published(FIRST, slug="parki"), act(numbered([[VOICES[5]], [VOICES[6]], [VOICES[7]]])))
    session.commit()
    desk = "/desk/consultations/parki/versions"
    assert "Perhaps it is another document" in words_of(lead.get(f"{desk}/matching"))
    asked = lead.post(f"{desk}/publish")
    assert asked.status_code == 422
    assert "Say that it is the right file." in words_of(asked)
    assert lead.post(f"{desk}/publish", data={"is_right_file": "y"}).status_code == 303


def test_a_refused_file_is_asked_for_again_where_it_was_sent(lead: Any) -> None:
    published(FIRST, slug="parki")
    session.commit()
    answer = lead.post("/desk/consultations/parki/versions/load", data={"file": (BytesIO(files.PNG), "slika.png")})
    work()
    page = lead.get(answer.location)
    assert 'action="/desk/consultations/parki/versions/load"' in page.get_data(as_text=True)
    assert session.scalar(select(DraftImport.refusal)) == "unknown_format"
    assert session.scalar(select(func.count()).select_from(TextVersion)) == 1


def test_nobody_else_sees_a_version_in_preparation(client: Any, stopped_clock: Any) -> None:
    loaded(published(FIRST, slug="parki"), act(numbered([[VOICES[0]], [VOICES[6]]])))
    session.commit()
    for person in (None, contributor()):
        browser = client.sign_in(person) if person else client
        assert VOICES[6] not in browser.get("/consultations/parki").get_data(as_text=True)
        assert browser.get("/consultations/parki?version=2").status_code == 404
        assert browser.get("/desk/consultations/parki/versions/matching").status_code in (302, 403)
