"""The stylesheet is sent as one file."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import pytest

from participation.web.stylesheet import put_together


def address_of(client: Any) -> str:
    page = client.get("/").get_data(as_text=True)
    return str(page.split('rel="stylesheet" href="', 1)[1].split('"', 1)[0])


def test_it_holds_every_part_in_the_order_of_the_layers(client: Any) -> None:
    css = client.get(address_of(client)).get_data(as_text=True)
    assert "@import" not in css
    layers = re.findall(r"@layer (\w+)\{", css)
    assert list(dict.fromkeys(layers)) == ["pico", "tokens", "base", "layout", "components"]
    assert css.startswith("@layer pico, tokens, base, layout, components;")


def test_every_file_that_it_names_is_there(client: Any) -> None:
    css = client.get(address_of(client)).get_data(as_text=True)
    files = re.findall(r'url\("(/static/[^"]+)"\)', css)
    assert len(files) >= 5
    assert {client.get(file).status_code for file in files} == {200}


def test_a_browser_that_can_gets_it_compressed(client: Any) -> None:
    plain = client.get(address_of(client))
    compressed = client.get(address_of(client), headers={"Accept-Encoding": "gzip, br"})
    assert compressed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(compressed.data) == plain.data
    assert len(compressed.data) < len(plain.data) / 4


def test_only_the_address_of_this_version_may_be_kept_for_long(client: Any) -> None:
    assert client.get(address_of(client)).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/style.css?v=older").headers["Cache-Control"] == "public, max-age=60"


def test_a_part_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "css").mkdir()
    (tmp_path / "css/site.css").write_text('@import url("gone.css") layer(base);')
    with pytest.raises(FileNotFoundError):
        put_together(tmp_path, str)


def test_addresses_are_made_from_where_the_part_lies(tmp_path: Path) -> None:
    (tmp_path / "css/components").mkdir(parents=True)
    (tmp_path / "css/site.css").write_text('@layer base;\n@import url("components/a.css") layer(base);')
    (tmp_path / "css/components/a.css").write_text('/* x */\na {\n  b: url("../../img/c.svg");\n  d: url("data:,");}')
    sheet = put_together(tmp_path, lambda path: f"/files/{path}?v=1")
    expected = '@layer base;\n@layer base{a { b: url("/files/img/c.svg?v=1"); d: url("data:,");}}'
    assert sheet.css.decode() == expected
