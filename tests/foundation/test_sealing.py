"""Seals: the proof in an address that opens something without an account."""

from __future__ import annotations

from typing import Any

import pytest

from participation.foundation.sealing import is_seal, seal


def test_a_seal_is_good_for_its_purpose_and_thing_alone(app: Any) -> None:
    made = seal("answering", "a")
    assert is_seal("answering", "a", made)
    assert len(made) == 43
    assert made == seal("answering", "a")
    others = [("reading", "a", made), ("answering", "b", made), ("answering", "a", made[:-1]), ("answering", "a", "")]
    assert not any(is_seal(*other) for other in others)


def test_another_secret_key_ends_every_seal(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    made = seal("answering", "a")
    monkeypatch.setitem(app.config, "SECRET_KEY", "another secret that is long enough to be one")
    assert not is_seal("answering", "a", made)


@pytest.mark.parametrize("said", ["č" * 43, "\ud800", "a" * 100_000])
def test_whatever_is_said_instead_of_a_seal_is_no_error(app: Any, said: str) -> None:
    assert not is_seal("answering", "a", said)
