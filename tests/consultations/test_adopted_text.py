"""The adopted text: who publishes it and when, what it says of itself, and that nothing follows it."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from consultations.next_version import following, loaded, published
from consultations.test_rules import LEADERS, PEOPLE, consultation_in
from factories import coordinator
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from texts.acts import VOICES, act, numbered

from participation.accounts.models import Operator
from participation.consultations import rules
from participation.consultations.events import adopted_text_published
from participation.consultations.models import Consultation, Phase, TextVersion, VersionState
from participation.consultations.operations import (
    AnotherDocument,
    begin_version,
    discard_version,
    mend_provision,
    publish_adopted_text,
    publish_version,
)
from participation.consultations.queries import version_in_preparation
from participation.foundation import clock
from participation.foundation.access import Refused
from participation.foundation.audit import AuditEntry
from participation.foundation.database import session
from participation.texts.provisions import Kind

TEXT = act(numbered([[VOICES[0]], [VOICES[1], VOICES[2]], [VOICES[4]]]))
CHANGED = act(numbered([[VOICES[0]], [VOICES[1], VOICES[2]], [VOICES[4]], [VOICES[7]]]))
GAZETTE = "Uradni list RS, št. 12/2027"


def closed(**values: Any) -> Consultation:
    """A consultation whose comments closed some days ago."""
    day = clock.today()
    dates = {
        "opens_on": day - timedelta(days=30),
        "internal_deadline_on": day - timedelta(days=20),
        "cosigning_from_on": day - timedelta(days=15),
        "official_deadline_on": day - timedelta(days=10),
    }
    return published(TEXT, **dates | values)


def adopted(consultation: Consultation, **values: Any) -> TextVersion:
    version = loaded(consultation, CHANGED)
    publish_adopted_text(
        Operator(), version, **{"adopted_on": clock.today() - timedelta(days=2), "source": GAZETTE} | values
    )
    session.flush()
    return version


@pytest.mark.parametrize("phase", list(Phase))
def test_what_can_come_of_a_text_in_which_phase(phase: Phase, app: Any, stopped_clock: Any) -> None:
    consultation = consultation_in(phase)
    version = TextVersion(consultation=consultation, number=2)
    session.add(version)
    session.flush()
    people = {name: make() for name, make in PEOPLE.items()}

    def allowed(judge: Any) -> set[str]:
        return {name for name, person in people.items() if judge(person)}

    leaders, nobody = set(LEADERS), set()
    is_public = phase is not Phase.PREPARING
    is_closed = phase not in (Phase.PREPARING, Phase.ANNOUNCED, Phase.OPEN)
    assert allowed(lambda one: rules.may_load_version(one, consultation, None)) == (leaders if is_public else nobody)
    assert allowed(lambda one: rules.may_publish_version(one, version, 3)) == (
        nobody if phase is Phase.CONCLUDED else leaders
    )
    assert allowed(lambda one: rules.may_publish_adopted_text(one, version, 3)) == (leaders if is_closed else nobody)
    assert allowed(lambda one: rules.may_publish_adopted_text(one, version, 0)) == nobody
    # What was read wrongly from the file can be mended, however long the consultation has been over.
    assert allowed(lambda one: rules.may_mend_text(one, version, False)) == leaders


def test_the_adopted_text_says_when_and_where_and_is_announced_once(app: Any) -> None:
    heard: list[TextVersion] = []

    def hear(version: TextVersion, **facts: Any) -> None:
        heard.append(version)

    consultation = closed()
    following(consultation, TEXT)
    with adopted_text_published.connected_to(hear):
        version = adopted(consultation, source=f"  {GAZETTE}\n")
        publish_adopted_text(Operator(), version, adopted_on=clock.today() - timedelta(days=2), source=GAZETTE)
    session.expire_all()
    assert heard == [version]
    assert (version.number, version.state, version.adopted_source) == (3, VersionState.PUBLISHED, GAZETTE)
    assert [one.is_adopted for one in consultation.versions] == [False, False, True]
    assert consultation.adopted_text is version
    entries = session.scalars(select(AuditEntry).where(AuditEntry.action == "version.published-as-adopted")).all()
    assert [(one.thing_id, one.details) for one in entries] == [
        (version.id, {"number": 3, "on": version.adopted_on.isoformat(), "source": GAZETTE})
    ]


def test_nothing_follows_the_adopted_text(app: Any) -> None:
    consultation = closed()
    version = adopted(consultation)
    words = "The adopted text is published: it is the last version."
    assert str(rules.may_load_version(coordinator(), consultation, None).reason) == words
    with pytest.raises(Refused, match=words):
        begin_version(Operator(), consultation)
    assert str(rules.may_extend_deadline(coordinator(), consultation).reason) == (
        "The adopted text is published, so no deadline can be moved."
    )
    with pytest.raises(Refused):
        discard_version(Operator(), version)
    with pytest.raises(Refused):
        publish_adopted_text(Operator(), version, adopted_on=clock.today(), source="Drugje")
    session.add(
        TextVersion(
            consultation=consultation, number=9, state=VersionState.PUBLISHED, adopted_on=clock.today(),
            adopted_source="Drugje",
        )
    )  # fmt: skip
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_a_version_in_preparation_is_nothing_that_was_adopted(app: Any) -> None:
    version = loaded(closed(), CHANGED)
    version.adopted_on, version.adopted_source = clock.today(), GAZETTE
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (1, "This day is still to come. Publish the adopted text when it is adopted."),
        (-31, "The consultation opened after this day, so the text cannot have been adopted then."),
    ],
)
def test_a_day_that_cannot_be_is_refused(app: Any, day: int, reason: str) -> None:
    version = loaded(closed(), CHANGED)
    with pytest.raises(Refused, match=reason):
        publish_adopted_text(Operator(), version, adopted_on=clock.today() + timedelta(days=day), source=GAZETTE)
    assert version.state is VersionState.PREPARING


def test_another_document_is_asked_about_as_with_every_version(app: Any) -> None:
    consultation = closed()
    version = loaded(consultation, act(numbered([["Povsem druge besede o ribah in barkah na morju."]])))
    with pytest.raises(AnotherDocument):
        publish_adopted_text(Operator(), version, adopted_on=clock.today(), source=GAZETTE)
    assert version.adopted_on is None
    publish_adopted_text(Operator(), version, adopted_on=clock.today(), source=GAZETTE, is_right_file=True)
    assert version.is_adopted


def test_the_adopted_text_comes_when_the_consultation_is_long_over(app: Any) -> None:
    consultation = closed(concluded_on=clock.today() - timedelta(days=1))
    version = loaded(consultation, CHANGED)
    mend_provision(
        Operator(), version, version.provisions[-1].key, kind=Kind.PARAGRAPH, label="", level=None,
        text="Popravljeno.", revision=version.revision,
    )  # fmt: skip
    with pytest.raises(Refused, match="only the adopted text can still be published"):
        publish_version(Operator(), version)
    publish_adopted_text(Operator(), version, adopted_on=clock.today(), source=GAZETTE)
    assert consultation.phase is Phase.CONCLUDED


class TestPages:
    @pytest.fixture
    def consultation(self, app: Any) -> Consultation:
        return closed(slug="parki", concluded_on=clock.today())

    @pytest.fixture
    def lead(self, client: Any, consultation: Consultation) -> Any:
        return client.sign_in(coordinator())

    def test_a_leader_loads_and_publishes_it(self, lead: Any, consultation: Consultation) -> None:
        assert 'href="/desk/consultations/parki/versions/load"' in lead.get("/consultations/parki").text
        assert "Load the adopted text" in lead.get("/consultations/parki").text
        loaded(consultation, CHANGED)
        address = "/desk/consultations/parki/versions/publish"
        assert 'name="adopted_source"' in lead.get(address).text
        day = clock.today() - timedelta(days=1)
        sent = {"is_adopted": "y", "adopted_on": day.isoformat(), "adopted_source": GAZETTE}
        answer = lead.post(address, data=sent)
        assert (answer.status_code, answer.location) == (303, "/consultations/parki")
        assert consultation.versions[-1].adopted_on == day
        page = unescape(lead.get("/consultations/parki").text)
        assert page.count("This is the text that was adopted on") == 1
        assert page.count(GAZETTE) == 1
        assert "/versions/load" not in page
        assert "version 2: adopted text</a>" in page
        before = unescape(lead.get("/consultations/parki?version=1").text)
        assert ("Read the adopted text" in before, "This is the text that was adopted" in before) == (True, False)
        assert "is what was adopted on" in lead.get("/consultations/parki/compare?old=1&new=2").text

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            ({"is_adopted": "y", "adopted_source": GAZETTE}, "Say on which day it was adopted."),
            ({"is_adopted": "y", "adopted_on": "2020-01-01"}, "Say where the adopted text is published."),
            ({"is_adopted": "y", "adopted_on": "30. 2. 2027", "adopted_source": GAZETTE}, "Not a valid date value."),
            (
                {"is_adopted": "y", "adopted_on": "2999-01-01", "adopted_source": GAZETTE},
                "This day is still to come.",
            ),
            ({"adopted_source": GAZETTE}, "Say that it is the adopted text, or leave its day and source empty."),
            (
                {"is_adopted": "y", "adopted_on": "2020-01-01", "adopted_source": GAZETTE * 40},
                "The source is longer than 500 characters.",
            ),
        ],
    )
    def test_what_is_missing_stands_beside_its_field_and_nothing_typed_is_lost(
        self, lead: Any, consultation: Consultation, sent: dict[str, str], words: str
    ) -> None:
        loaded(consultation, CHANGED)
        answer = lead.post("/desk/consultations/parki/versions/publish", data=sent)
        assert answer.status_code == 422
        page = unescape(answer.text)
        assert words in page
        if "adopted_source" in sent:
            assert f'value="{sent["adopted_source"]}"' in page
        assert version_in_preparation(consultation) is not None

    def test_a_version_without_the_box_is_refused_once_it_is_over(self, lead: Any, consultation: Any) -> None:
        loaded(consultation, CHANGED)
        answer = lead.post("/desk/consultations/parki/versions/publish", data={})
        assert answer.status_code == 403
        assert "only the adopted text can still be published" in answer.text

    def test_while_comments_are_taken_nothing_is_asked_about_adoption(self, client: Any) -> None:
        consultation = published(TEXT, slug="odprto")
        client.sign_in(coordinator())
        loaded(consultation, CHANGED)
        assert 'name="is_adopted"' not in client.get("/desk/consultations/odprto/versions/publish").text
        sent = {"is_adopted": "y", "adopted_on": clock.today().isoformat(), "adopted_source": GAZETTE}
        assert client.post("/desk/consultations/odprto/versions/publish", data=sent).status_code == 403
