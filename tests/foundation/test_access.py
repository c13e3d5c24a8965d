"""A verdict is true or says why not."""

from __future__ import annotations

import pytest

from participation.foundation.access import ALLOWED, Refused, demand, first_refusal, refused


def test_a_refusal_is_false_and_keeps_its_reason() -> None:
    verdict = refused("The deadline has passed.")
    assert not verdict
    assert verdict.reason == "The deadline has passed."


def test_what_is_allowed_may_be_demanded() -> None:
    demand(ALLOWED)


def test_demanding_what_is_refused_raises_with_the_verdict() -> None:
    verdict = refused("No.")
    with pytest.raises(Refused) as caught:
        demand(verdict)
    assert caught.value.verdict is verdict


def test_the_first_refusal_of_several_counts() -> None:
    first, second = refused("first"), refused("second")
    assert first_refusal(ALLOWED, first, second) is first
    assert first_refusal(ALLOWED, ALLOWED) is ALLOWED
