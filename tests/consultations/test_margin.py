"""What the margin of the reading page has room for, and where comments gather."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from factories import CommentFactory, ConsultationFactory, OrganisationFactory, PositionFactory

from participation.consultations.models import Audience, Phase
from participation.consultations.models.phase_words import meaning_of
from participation.consultations.queries import Line, density_of, room_for_notes
from participation.positions.models import PositionState


@dataclass
class Said:
    speaker: str = "Društvo"
    words: str = "Trideset dni je premalo, ker se odbori prostovoljskih društev sestajajo enkrat na mesec."


def lines(*lengths: int) -> list[Line]:
    return [
        Line(number, str(number), "paragraph", "", 5, "b" * length, "", str(number))
        for number, length in enumerate(lengths, 1)
    ]


def test_a_long_provision_shows_two_excerpts_and_a_short_one_a_line() -> None:
    rooms = room_for_notes(lines(1000, 20), {1: [Said(), Said()], 2: [Said(), Said()]})
    assert rooms == {1: (2, 3), 2: (0, 0)}


def test_a_note_reaches_down_along_provisions_without_one() -> None:
    alone = room_for_notes(lines(20, 20, 20, 20, 20), {1: [Said()]})
    crowded = room_for_notes(lines(20, 20, 20, 20, 20), {number: [Said()] for number in range(1, 6)})
    assert alone == {1: (2, 3)}
    assert set(crowded.values()) == {(0, 0)}


def test_a_demand_without_comments_is_a_line() -> None:
    assert room_for_notes(lines(1000), {1: []}) == {1: (0, 0)}


def test_density_has_a_bar_for_each_commented_heading() -> None:
    text = lines(100, 100, 100, 100)
    text[0].depth = text[2].depth = 4
    first, second = density_of(text, {2: 1, 3: 3, 4: 1})
    assert (first.key, first.count, first.x, first.width, first.height) == ("1", 1, 0, 500, 25)
    assert (second.key, second.count, second.x, second.width, second.height) == ("3", 4, 500, 500, 100)
    assert density_of(text, {}) == []
    assert density_of([], {}) == []


def test_a_very_long_text_has_a_hundred_bars_at_most() -> None:
    text = lines(*[50] * 460)
    for one in text:
        one.depth = 4
    bars = density_of(text, {one.id: 1 for one in text})
    assert len(bars) == 92
    assert sum(bar.count for bar in bars) == 460
    assert bars[0].name == "1 – 5"


def test_a_provision_says_that_a_joint_position_wants_it_changed(client: Any) -> None:
    consultation = ConsultationFactory(slug="parki")
    provision = consultation.versions[0].provisions[0]
    PositionFactory(consultation=consultation, title="Odprto stališče", state=PositionState.OPENED)
    PositionFactory(consultation=consultation, title="Osnutek")
    page = client.get("/consultations/parki?language=en").get_data(as_text=True)
    note = page[page.index(f'id="n-{provision.key}"') :]
    assert "1 joint demand" in note
    assert "Odprto stališče, point 1" in note
    assert "Osnutek" not in page


def test_a_note_names_its_provision_and_escapes_what_people_wrote(client: Any) -> None:
    consultation = ConsultationFactory(slug="parki")
    provision = consultation.versions[0].provisions[0]
    provision.path = "<1. člen>"
    CommentFactory(
        consultation=consultation, provision=provision, excerpt="<i>", organisation=OrganisationFactory(name="<b>")
    )
    page = client.get("/consultations/parki?language=en").get_data(as_text=True)
    assert 'role="group" aria-label="&lt;1. člen&gt;"' in page
    assert "<bdi>&lt;b&gt;</bdi>" in page
    assert "&lt;i&gt;</p>" in page


def test_a_table_has_its_name_as_its_caption() -> None:
    table = Line(1, "a", "table", "", 5, "a | b", "<table><tbody></tbody></table>", "1. <tabela>")
    assert table.table_html == "<table><caption>1. &lt;tabela&gt;</caption><tbody></tbody></table>"


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("may_comment", [True, False])
def test_every_phase_has_its_sentence(audience: Audience, may_comment: bool, app: Any) -> None:
    class Standing:
        def __init__(self, phase: Phase) -> None:
            self.phase, self.audience = phase, audience

    sentences = {str(meaning_of(Standing(phase), may_comment)) for phase in Phase}  # type: ignore[arg-type]
    assert len(sentences) == len(Phase)
