"""Who may open which address of the accounts.

Flask-Security sends who is signed in already from the pages of visitors to the front of
their own, and visitors from the pages of people to the sign-in: both are 302.
"""

from __future__ import annotations

from architecture.doors import Door

WRONG_TOKEN = {"token": "izmišljen"}
OF_PEOPLE = {"visitor": 302}
OF_VISITORS = {"visitor": 200}

DOORS: list[Door] = [
    Door("GET", "accounts.profile", **OF_PEOPLE, everyone=200),
    Door(
        "POST",
        "accounts.change_profile",
        form=lambda world: {"name": "Novo Ime", "language": "sl"},
        visitor=401,
        everyone=303,
    ),
    Door("GET", "accounts.look_at_mail", everyone=200),
    Door("GET", "accounts.arrive", **OF_PEOPLE, everyone=303),
    Door("GET", "security.login", **OF_VISITORS, everyone=302),
    Door(
        "POST",
        "security.login",
        form=lambda world: {"email": "nihce@primer.example", "password": "ne vem katero geslo"},
        visitor=422,
        everyone=302,
    ),
    Door("POST", "security.logout", everyone=302),
    Door("GET", "security.register", **OF_VISITORS, everyone=302),
    Door("POST", "security.register", form=lambda world: {"name": "Nekdo"}, visitor=422, everyone=302),
    Door("GET", "security.send_confirmation", everyone=200),
    Door("POST", "security.send_confirmation", form=lambda world: {"email": "nihce@primer.example"}, everyone=303),
    Door("GET", "security.confirm_email", values=lambda world: WRONG_TOKEN, everyone=302),
    Door("POST", "security.confirm_email", values=lambda world: WRONG_TOKEN, everyone=302),
    Door("GET", "security.forgot_password", everyone=200),
    Door("POST", "security.forgot_password", form=lambda world: {"email": "nihce@primer.example"}, everyone=303),
    Door("GET", "security.reset_password", values=lambda world: WRONG_TOKEN, everyone=302),
    Door("POST", "security.reset_password", values=lambda world: WRONG_TOKEN, everyone=302),
    Door("GET", "security.change_password", **OF_PEOPLE, everyone=200),
    Door(
        "POST",
        "security.change_password",
        form=lambda world: {"password": "napačno"},
        visitor=302,
        everyone=422,
    ),
    Door("GET", "security.change_email", **OF_PEOPLE, everyone=200),
    Door(
        "POST",
        "security.change_email",
        form=lambda world: {"email": "nov-naslov@primer.example"},
        visitor=302,
        everyone=303,
    ),
    Door("GET", "security.change_email_confirm", values=lambda world: WRONG_TOKEN, everyone=302),
    Door("POST", "security.change_email_confirm", values=lambda world: WRONG_TOKEN, everyone=302),
    Door("GET", "security.verify", **OF_PEOPLE, everyone=200),
    Door("POST", "security.verify", form=lambda world: {"password": "napačno"}, visitor=302, everyone=422),
    Door("GET", "security.two_factor_setup", **OF_PEOPLE, everyone=200),
    Door(
        "POST",
        "security.two_factor_setup",
        form=lambda world: {"setup": "authenticator"},
        visitor=302,
        everyone=200,
    ),
    Door("POST", "security.two_factor_setup_validate", values=lambda world: WRONG_TOKEN, everyone=302),
    Door("GET", "security.two_factor_token_validation", visitor=302, everyone=303),
    Door("POST", "security.two_factor_token_validation", form=lambda world: {"code": "1"}, visitor=302, everyone=303),
    Door("GET", "security.two_factor_rescue", everyone=302),
    Door("POST", "security.two_factor_rescue", form=lambda world: {"help_setup": "help"}, everyone=302),
    Door("GET", "security.tf_select", everyone=302),
    Door("POST", "security.tf_select", form=lambda world: {"which": "authenticator"}, everyone=302),
    Door("GET", "security.mf_recovery", everyone=302),
    Door("POST", "security.mf_recovery", form=lambda world: {"code": "0000-0000-0000"}, everyone=302),
    Door("GET", "security.mf_recovery_codes", **OF_PEOPLE, everyone=200),
    Door("POST", "security.mf_recovery_codes", visitor=302, everyone=200),
    Door("GET", "security.wan_register", **OF_PEOPLE, everyone=200),
    Door(
        "POST",
        "security.wan_register",
        form=lambda world: {"name": "telefon", "usage": "secondary"},
        visitor=302,
        everyone=200,
    ),
    Door("POST", "security.wan_register_response", values=lambda world: WRONG_TOKEN, everyone=302),
    Door("GET", "security.wan_signin", **OF_VISITORS, everyone=302),
    Door("POST", "security.wan_signin", **OF_VISITORS, everyone=302),
    Door("POST", "security.wan_signin_response", values=lambda world: WRONG_TOKEN, everyone=302),
    Door("GET", "security.wan_delete", everyone=302),
    Door("POST", "security.wan_delete", form=lambda world: {"name": "neznan"}, everyone=302),
    Door("GET", "security.wan_verify", **OF_PEOPLE, everyone=200),
    Door("POST", "security.wan_verify", visitor=302, everyone=200),
    Door("POST", "security.wan_verify_response", values=lambda world: WRONG_TOKEN, everyone=302),
]
