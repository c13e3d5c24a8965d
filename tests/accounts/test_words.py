"""Every message of Flask-Security and WTForms has Slovenian words, with the same placeholders."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

OURS = Path(__file__).resolve().parents[2] / "participation/translations/sl/LC_MESSAGES"
TEMPLATES = {
    "flask_security": files("flask_security") / "translations/flask_security.pot",
    "wtforms": files("wtforms") / "locale/wtforms.pot",
}
# Upstream forgot the conversion of this one; routes/messages.py says it in other words.
BROKEN = "Value entered must be less than %(length) characters"


def catalogue(file: Any) -> Catalog:
    with file.open("rb") as handle:
        return read_po(handle)


@pytest.mark.parametrize("name", TEMPLATES)
def test_nothing_is_left_without_words(name: str) -> None:
    ours = catalogue(OURS / f"{name}.po")
    missing = [
        message.id
        for message in catalogue(TEMPLATES[name])
        if message.id and not _all_forms(ours.get(_singular(message.id)))
    ]
    assert missing == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_plurals_have_four_forms(name: str) -> None:
    ours = catalogue(OURS / f"{name}.po")
    assert ours.num_plurals == 4
    assert {len(message.string) for message in ours if message.pluralizable} <= {4}


@pytest.mark.parametrize("name", TEMPLATES)
def test_placeholders_are_the_same(name: str) -> None:
    for message in catalogue(OURS / f"{name}.po"):
        if not message.id or message.id == BROKEN:
            continue
        for form in message.string if message.pluralizable else [message.string]:
            assert _placeholders(form) == _placeholders(_singular(message.id)), message.id


def _singular(message_id: Any) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


def _all_forms(message: Any) -> bool:
    if message is None:
        return False
    return all(message.string) if message.pluralizable else bool(message.string)


def _placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)[sd]|%s", text))
