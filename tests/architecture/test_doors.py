"""Every address has a row in the table of doors, and gives each kind of person what the row says."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from architecture.doors import ROLES, Door
from architecture.snapshot import Snapshot
from architecture.world import build_world
from flask import url_for

from participation import FEATURES
from participation.web import Application

# What Flask and its extensions serve as files, with no person in mind.
FILES = {"static", "security.static"}


def all_doors() -> list[Door]:
    doors: list[Door] = []
    for room in (*FEATURES, "web"):
        try:
            doors += import_module(f"{room}.doors").DOORS
        except ModuleNotFoundError:
            continue
    return doors


DOORS = all_doors()


def test_every_address_has_a_row(app: Application) -> None:
    addresses = {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint not in FILES
    }
    assert addresses - {(door.method, door.endpoint) for door in DOORS} == set()


def test_no_row_is_about_an_address_that_is_gone(app: Application) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert {door.endpoint for door in DOORS} - endpoints == set()


def test_a_row_must_name_every_role() -> None:
    with pytest.raises(ValueError, match="roles without a status"):
        Door("GET", "lobby.index", visitor=200)


@pytest.mark.parametrize("door", DOORS, ids=repr)
def test_each_person_gets_what_the_row_says(door: Door, new_client: Callable[[], Any], app: Application) -> None:
    world = build_world()
    with app.test_request_context():
        address = url_for(door.endpoint, **door.values(world))
    before = Snapshot()
    got = {}
    for role in ROLES:
        client = new_client()
        if role != "visitor":
            client.sign_in(world.people[role])
        got[role] = client.open(address, method=door.method, data=door.form(world)).status_code
        if door.method == "GET" or got[role] >= 400:
            continue  # Nothing happened: reading never writes, and what is refused leaves nothing behind.
        # One person's act must not open or close the door for the next.
        before.put_back()
    assert got == door.statuses
