"""What no keyboard types breaks no door: each field of each form is sent with signs that databases stumble over."""

from __future__ import annotations

from typing import Any

import pytest
from architecture.doors import Door
from architecture.test_doors import DOORS
from architecture.world import build_world
from flask import url_for

from participation.web import Application

# A NUL, digits that are no number to Python's int, numbers that no column holds, and letters that double when tidied.
ODD = ("{}\0", "\0", "²", "٣", "9" * 30, "9" * 5_000, "-1", "1e9", "\ufffe\u202e", "\u0958" * 499)
POSTING = [door for door in DOORS if door.method == "POST" and min(door.statuses.values()) < 400]


def role_let_in(door: Door) -> str:
    """Whoever gets furthest."""
    return min(door.statuses, key=lambda role: (door.statuses[role] >= 400, door.statuses[role]))


@pytest.mark.parametrize("door", POSTING, ids=repr)
def test_no_door_breaks_on_odd_signs(door: Door, client: Any, app: Application) -> None:
    world = build_world()
    with app.test_request_context():
        address = url_for(door.endpoint, **door.values(world))
    form, role = door.form(world), role_let_in(door)
    if role != "visitor":
        client.sign_in(world.people[role])
    broken = []
    for name, value in form.items():
        if not isinstance(value, str | int):
            continue
        for odd in ODD:
            answer = client.post(address, data=form | {name: odd.format(value)})
            if answer.status_code >= 500:
                broken.append((name, odd[:10], answer.status_code))
    assert broken == []
