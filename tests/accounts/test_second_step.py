"""The second step of signing in: codes, recovery codes, and who must have one."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from accounts.people import PASSWORD, is_signed_in, letters_to, person, sign_in
from factories import administrator, coordinator, council_representative
from flask_security import hash_password
from passlib.totp import TOTP

from participation.accounts.models import Passkey, User
from participation.foundation import clock, region
from participation.foundation.database import session


def code_of(key: str) -> str:
    """What the app on the phone shows now."""
    return str(TOTP(key).generate(time=clock.now()).token)


def key_on(page: str) -> str:
    found = re.search(r'<code class="key">([^<]+)</code>', page)
    assert found is not None, page
    return found.group(1)


def setting_up(client: Any) -> tuple[str, str]:
    """The key for the app, and where its first code is sent."""
    page = client.post("/tf-setup", data={"setup": "authenticator"}).text
    found = re.search(r'action="(/tf-(?:setup|validate)[^"]*)"', page)
    assert found is not None
    return key_on(page), found.group(1)


@pytest.fixture
def with_app(client: Any, stopped_clock: Any) -> tuple[User, str]:
    """A person who has set the app up a while ago and is signed out, and the key in the app."""
    ana = person(email="ana@primer.example")
    client.sign_in(ana)
    refresh_sign_in(client)
    key, address = setting_up(client)
    assert client.post(address, data={"code": code_of(key)}).location == "/profile"
    client.post("/logout")
    stopped_clock(stopped_clock.now + timedelta(minutes=5))
    return ana, key


def refresh_sign_in(client: Any) -> None:
    """Flask-Security reads the machine's clock where it asks for a recent sign-in."""
    import time

    with client.session_transaction() as cookie:
        cookie["fs_paa"] = time.time()


def recovery_codes(client: Any) -> list[str]:
    page = client.post("/mf-recovery-codes", data={"generate_new_codes": "y"}).text
    return re.findall(r"<li><code>([^<]+)</code></li>", page)


def test_app_is_set_up_with_its_first_code(client: Any) -> None:
    ana = person()
    sign_in(client, ana)
    page = client.get("/tf-setup").text
    assert "Set up the app" in page
    key, address = setting_up(client)
    assert client.post(address, data={"code": "000000"}, follow_redirects=True).status_code == 200
    assert not ana.has_code_app
    assert client.post(address, data={"code": code_of(key)}).location == "/profile"
    assert ana.has_code_app
    assert [letter.subject for letter in letters_to(ana.email)] == ["A second step has been set up"]


def test_key_is_not_readable_in_the_database(client: Any) -> None:
    ana = person()
    sign_in(client, ana)
    key, address = setting_up(client)
    client.post(address, data={"code": code_of(key)})
    assert key.replace("-", "").replace(" ", "").lower() not in (ana.tf_totp_secret or "").lower()


def test_password_alone_does_not_sign_in(client: Any, with_app: tuple[User, str]) -> None:
    ana, key = with_app
    assert sign_in(client, ana, next="/profile").location == "/tf-validate?next=/profile"
    assert not is_signed_in(client)
    answer = client.post("/tf-validate?next=/profile", data={"code": "000000"})
    assert answer.status_code == 422
    assert not is_signed_in(client)
    assert client.post("/tf-validate?next=/profile", data={"code": code_of(key)}).location == "/profile"
    assert is_signed_in(client)


def test_code_is_read_with_spaces(client: Any, with_app: tuple[User, str]) -> None:
    ana, key = with_app
    sign_in(client, ana)
    code = code_of(key)
    client.post("/tf-validate", data={"code": f" {code[:3]} {code[3:]} "})
    assert is_signed_in(client)


def test_code_counts_once(client: Any, new_client: Any, with_app: tuple[User, str]) -> None:
    ana, key = with_app
    code, watcher = code_of(key), new_client()
    sign_in(client, ana)
    sign_in(watcher, ana)
    client.post("/tf-validate", data={"code": code})
    assert is_signed_in(client)
    assert watcher.post("/tf-validate", data={"code": code}).status_code == 422
    assert not is_signed_in(watcher)


def test_person_with_app_and_passkey_chooses(client: Any, with_app: tuple[User, str]) -> None:
    ana, key = with_app
    ana.webauthn.append(
        Passkey(
            credential_id=b"kljuc",
            public_key=b"javni",
            backup_state=False,
            device_type="single_device",
            lastuse_datetime=clock.now(),
            name="telefon",
            usage="secondary",
        )
    )
    assert sign_in(client, ana, next="/profile").location == "/tf-select?next=/profile"
    page = client.get("/tf-select?next=/profile").text
    assert "With a code from the app" in page
    assert "With a passkey" in page
    assert client.post("/tf-select?next=/profile", data={"which": "sms"}).status_code == 422
    answer = client.post("/tf-select?next=/profile", data={"which": "webauthn"})
    assert answer.location == "/wan-signin?next=/profile"
    sign_in(client, ana)
    client.post("/tf-select", data={"which": "authenticator"})
    client.post("/tf-validate", data={"code": code_of(key)})
    assert is_signed_in(client)


def test_old_code_is_refused(client: Any, with_app: tuple[User, str], stopped_clock: Any) -> None:
    ana, key = with_app
    code = code_of(key)
    sign_in(client, ana)
    stopped_clock(stopped_clock.now + timedelta(minutes=2))
    assert client.post("/tf-validate", data={"code": code}).status_code == 422


def test_code_page_without_a_password_leads_to_the_sign_in(client: Any) -> None:
    assert client.get("/tf-validate").location == "/login"
    assert client.post("/tf-validate", data={"code": "123456"}).location == "/login"


def test_code_page_does_not_sign_out_who_is_signed_in(client: Any) -> None:
    sign_in(client, person())
    assert client.get("/tf-validate").location == "/profile"
    assert is_signed_in(client)


def test_recovery_code_signs_in_once(client: Any, new_client: Any, with_app: tuple[User, str]) -> None:
    ana, key = with_app
    sign_in(client, ana)
    client.post("/tf-validate", data={"code": code_of(key)})
    codes = recovery_codes(client)
    assert len(set(codes)) == 10
    assert not set(codes) & set(ana.mf_recovery_codes or [])

    phone = new_client()
    sign_in(phone, ana)
    assert phone.post("/mf-recovery", data={"code": "0000-0000-0000"}).status_code == 422
    assert phone.post("/mf-recovery?next=/profile", data={"code": f" {codes[3].upper()} "}).location == "/profile"
    assert is_signed_in(phone)
    assert len(ana.mf_recovery_codes or []) == 9

    thief = new_client()
    sign_in(thief, ana)
    assert thief.post("/mf-recovery", data={"code": codes[3]}).status_code == 422
    assert not is_signed_in(thief)


def test_new_recovery_codes_make_the_old_ones_void(client: Any, new_client: Any, with_app: tuple[User, str]) -> None:
    ana, key = with_app
    sign_in(client, ana)
    client.post("/tf-validate", data={"code": code_of(key)})
    old = recovery_codes(client)
    new = recovery_codes(client)
    assert not set(old) & set(new)
    phone = new_client()
    sign_in(phone, ana)
    assert phone.post("/mf-recovery", data={"code": old[0]}).status_code == 422


def test_person_without_the_phone_writes_to_the_office(client: Any, with_app: tuple[User, str]) -> None:
    ana, _key = with_app
    sign_in(client, ana)
    answer = client.post("/tf-rescue", data={"help_setup": "help"})
    assert "The office has got your message" in answer.text
    (letter,) = letters_to(region.current().email)
    assert ana.email in letter.text
    assert client.post("/tf-rescue", data={"help_setup": "email"}).status_code == 422
    assert [letter.subject for letter in letters_to(ana.email)] == ["A second step has been set up"]


def test_second_step_is_switched_off_again(client: Any, with_app: tuple[User, str]) -> None:
    ana, key = with_app
    sign_in(client, ana)
    client.post("/tf-validate", data={"code": code_of(key)})
    assert client.post("/tf-setup", data={"setup": "disable"}).location == "/profile"
    assert not ana.has_code_app
    client.post("/logout")
    sign_in(client, ana)
    assert is_signed_in(client)


def test_setting_up_asks_for_a_recent_sign_in(client: Any) -> None:
    sign_in(client, person())
    with client.session_transaction() as cookie:
        cookie["fs_paa"] -= 11 * 60
    for path in ("/tf-setup", "/mf-recovery-codes", "/wan-register"):
        assert client.get(path).location == f"/verify?next={path}"
    assert client.post("/tf-setup", data={"setup": "authenticator"}).location == "/verify?next=/tf-setup"


@pytest.mark.parametrize("make", [coordinator, administrator])
def test_office_must_set_a_second_step_up_before_the_first_sign_in(client: Any, make: Any) -> None:
    officer = make(password=hash_password(PASSWORD))
    assert sign_in(client, officer).location == "/tf-setup"
    assert not is_signed_in(client)
    key, address = setting_up(client)
    assert address == "/tf-validate"
    assert client.post(address, data={"code": code_of(key)}).location == "/welcome"
    assert is_signed_in(client)
    assert client.post("/tf-setup", data={"setup": "disable"}).status_code == 422
    assert officer.has_code_app


def test_others_need_none(client: Any) -> None:
    sign_in(client, council_representative(password=hash_password(PASSWORD)))
    assert is_signed_in(client)


def test_nobody_needs_one_where_everybody_looks_around(app: Any, client: Any) -> None:
    app.config["SECURITY_TWO_FACTOR_REQUIRED"] = False
    try:
        sign_in(client, coordinator(password=hash_password(PASSWORD)))
        assert is_signed_in(client)
    finally:
        app.config["SECURITY_TWO_FACTOR_REQUIRED"] = True


def test_second_step_stays_after_the_password_was_forgotten(client: Any, with_app: tuple[User, str]) -> None:
    from accounts.people import NEW_PASSWORD, link_in

    ana, _key = with_app
    client.post("/reset", data={"email": ana.email})
    link = link_in(letters_to(ana.email)[-1])
    client.post(link, data={"password": NEW_PASSWORD, "password_confirm": NEW_PASSWORD})
    assert sign_in(client, ana, NEW_PASSWORD).location.startswith("/tf-validate")
    session.rollback()
    assert not is_signed_in(client)
