"""Every form where people write saves itself, under a place of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from architecture.world import build_world

from participation.organisations.models import OrganisationState
from participation.unfinished.forms import PLACE
from participation.unfinished.models import LONGEST_PLACE

Form = tuple[str, Callable[[Any], str]]


def asked_back(world: Any) -> str:
    world.applying_organisation.state = OrganisationState.ASKED_BACK
    return f"/organisations/{world.applying_organisation.slug}/application"


def key(world: Any) -> str:
    return str(world.open_consultation.versions[0].provisions[0].key)


FORMS: dict[str, Form] = {
    "comments.post:odprto:draft": ("contributor", lambda world: "/consultations/odprto/comments"),
    "comments.post:odprto:KEY": ("contributor", lambda world: f"/consultations/odprto/provisions/{key(world)}"),
    "comments.reply:NUMBER": ("contributor", lambda world: f"/comments/{world.comment.id}/replies"),
    "comments.edit:NUMBER": ("contributor", lambda world: f"/comments/{world.fresh_comment.id}/edit"),
    "positions.post_remark:osnovano": ("contributor", lambda world: "/positions/osnovano"),
    "positions.edit:osnovano": ("representative", lambda world: "/positions/osnovano/edit"),
    "positions.add_point:osnovano": ("representative", lambda world: "/positions/osnovano/points/new"),
    "positions.edit_point:NUMBER": (
        "representative",
        lambda world: f"/positions/osnovano/points/{world.drafted_position.points[0].id}/edit",
    ),
    "consultations_desk.describe:v-pripravi": (
        "coordinator",
        lambda world: "/desk/consultations/v-pripravi/fields",
    ),
    "submissions.compile:sopodpisovanje": (
        "council",
        lambda world: "/consultations/sopodpisovanje/submissions/new",
    ),
    "submissions.edit:sestavljena-oddaja": ("council", lambda world: "/submissions/sestavljena-oddaja/edit"),
    "submissions.answer:poslana-oddaja:obcina-primer": (
        "council",
        lambda world: "/submissions/poslana-oddaja/answers",
    ),
    "organisations.apply": ("outsider", lambda world: "/organisations/apply"),
    "organisations.complete:klub-breza": ("registered", asked_back),
    "organisations.edit:drustvo-lipa": ("representative", lambda world: "/organisations/drustvo-lipa/edit"),
    "positions.cosign:odprto-stalisce": ("representative", lambda world: "/positions/odprto-stalisce/cosign"),
}


@pytest.mark.parametrize("place", FORMS)
def test_the_form_saves_itself(place: str, client: Any, stopped_clock: Any) -> None:
    role, address = FORMS[place]
    world = build_world()
    path = address(world)
    client.sign_in(world.people[role])
    answer = client.get(path)
    assert answer.status_code == 200
    found = re.findall(r'data-autosave="([^"]*)" data-title="([^"]+)"', answer.text)
    assert len(found) == 1
    expected = re.escape(place).replace("NUMBER", r"\d+").replace("KEY", re.escape(key(world)))
    assert re.fullmatch(expected, found[0][0])
    assert re.match(PLACE, found[0][0])
    assert len(found[0][0]) <= LONGEST_PLACE
    # The marker stands inside the form that it saves, and the script is there once.
    form = next(part for part in answer.text.split("<form")[1:] if "data-autosave" in part.split("</form>")[0])
    assert 'method="post"' in form.split(">")[0]
    assert answer.text.count("js/autosave.js") == 1
