"""Addresses with numbers that no database can hold, addresses that are none, and other names of the site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from participation import create_app
from participation.web.redirects import safe_address

STRONG = "kV7w_9xTqLr2mZ8nB4cHsYpG6dJfAa3eUoXi"


@pytest.mark.parametrize("digits", [str(2**31), str(2**63), "1" + "0" * 30, "9" * 5000], ids=len)
def test_number_larger_than_any_thing_has_leads_nowhere(client: Any, digits: str) -> None:
    assert client.get(f"/comments/{digits}/replies").status_code == 404


@pytest.mark.parametrize(
    "address", ["/consultations/%00", "/positions/a%00b", "/bodies?level=%00", "/submissions?body=%00"]
)
def test_address_with_a_nul_leads_nowhere_on_any_database(client: Any, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("asked", ["//[::1", "http://[", "//evil.example", "https://evil.example", "/\\evil.example"])
def test_one_goes_on_only_to_addresses_of_this_site(app: Any, client: Any, asked: str) -> None:
    with app.test_request_context():
        assert safe_address(asked) == "/"
    answer = client.get("/language", query_string={"language": "sl", "next": asked})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


@pytest.mark.parametrize(
    ("host", "status"),
    [("soglasje.example", 200), ("soglasje.example:443", 200), ("evil.example", 400), ("x.soglasje.example", 400)],
)
def test_production_answers_by_its_own_name_alone(tmp_path: Path, host: str, status: int) -> None:
    app = create_app(
        tmp_path, environment="production", secret_key=STRONG, public_url="https://soglasje.example",
        demonstration=False,
    )  # fmt: skip
    assert app.test_client().get("/static/css/site.css").status_code == 200
    answer = app.test_client().get("/language", headers={"Host": host})
    assert answer.status_code == (303 if status == 200 else status)
