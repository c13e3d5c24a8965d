"""Browsers of people who read English, and a guard that counts guesses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}


@pytest.fixture
def client(app: Any) -> Any:
    app.config["WTF_CSRF_ENABLED"] = False
    browser = app.test_client()
    browser.environ_base.update(ENGLISH)
    return browser


@pytest.fixture
def new_client(app: Any) -> Callable[[], Any]:
    def make() -> Any:
        browser = app.test_client()
        browser.environ_base.update(ENGLISH)
        return browser

    app.config["WTF_CSRF_ENABLED"] = False
    return make


@pytest.fixture
def counted(app: Any) -> Iterator[None]:
    """Guesses are counted in this test, as they are outside of tests."""
    guesses = app.extensions["soglasje.guesses"]
    guesses.storage.reset()
    app.config["RATELIMIT_ENABLED"] = True
    yield
    guesses.storage.reset()
    app.config["RATELIMIT_ENABLED"] = False
