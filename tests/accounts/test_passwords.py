"""Which passwords are taken for common ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.accounts.forms import is_common


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "P@ssw0rd!2024",
        "geslogeslogeslo",
        "GESLO-GESLO-GESLO",
        "123456789012",
        "210987654321",
        "qwertzuiopas",
        "abcdefghijklm",
        "Ljubljana2026!",
        "Dobrodošli123",
        "aaaaaaaaaaaa",
        "ababababababab",
        "sonce4poletje",
        "mreza.nvo.savinjska",
        "Žalec-Velenje-1",
        "1. 2. 1970 / 3",
    ],
)
def test_password_that_everybody_tries_is_common(password: str) -> None:
    assert is_common(password)


@pytest.mark.parametrize(
    "password", ["korenje dimnik metla", "metuljnapolici", "tri žabe na lokvanju", "Xk4-pQ9.vL2w"]
)
def test_other_passwords_are_not(password: str) -> None:
    assert not is_common(password)


def test_own_name_and_address_are_no_secret() -> None:
    assert is_common("zvonka.petrič.71", "Zvonka Petrič", "zvonka.petric@primer.example")
    assert not is_common("zvonka.petrič.71", "Ana Kos", "ana.kos@primer.example")


@given(st.text(max_size=128))
def test_any_text_is_judged(text: str) -> None:
    assert is_common(text) in (True, False)
