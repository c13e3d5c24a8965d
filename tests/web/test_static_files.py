"""How long a browser may keep a file without asking."""

from __future__ import annotations

from typing import Any

from flask import url_for


def cache_control(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.headers["Cache-Control"])


def test_a_file_with_the_hash_of_its_content_is_kept_for_a_year(app: Any, client: Any) -> None:
    with app.test_request_context():
        addresses = [url_for("static", filename=name) for name in ("js/autosave.js", "css/tokens.css")]
    assert [cache_control(client, address) for address in addresses] == ["max-age=31536000, public"] * 2


def test_a_script_that_another_imports_is_asked_for_again(client: Any) -> None:
    address = "/static/js/autosave/keeper.js"
    assert cache_control(client, address) == "no-cache"
    modified = client.get(address).headers["Last-Modified"]
    assert client.get(address, headers={"If-Modified-Since": modified}).status_code == 304
