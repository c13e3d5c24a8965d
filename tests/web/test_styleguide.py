"""The style guide shows every part, in the dark too, and is no page of production."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from participation import create_app
from participation.web.styleguide import samples, tokens

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", samples())
@pytest.mark.parametrize("language", ["sl", "en"])
def test_each_sample_can_be_shown(client: Any, name: str, language: str) -> None:
    page = client.get(f"/styleguide/{name}?language={language}")
    assert page.status_code == 200
    assert f'id="{name}"' in page.get_data(as_text=True)


def test_every_part_has_a_sample() -> None:
    parts = {path.stem for path in (ROOT / "templates/components").glob("[a-z]*.html")}
    furniture = {"csrf", "errors"}
    assert parts - furniture - set(samples()) == set()


def test_the_dark_tokens_come_only_when_asked_for(client: Any) -> None:
    assert "color-scheme:dark" in client.get("/styleguide/style.css?scheme=dark").get_data(as_text=True)
    assert "color-scheme:dark" not in client.get("/styleguide/style.css").get_data(as_text=True)


def test_every_colour_has_a_swatch() -> None:
    assert {"--paper", "--ink", "--accent", "--focus"} <= set(tokens()["colour"])
    assert "--space-4" in tokens()["space"]


def test_production_has_no_style_guide(tmp_path: Path) -> None:
    app = create_app(
        tmp_path, environment="production", secret_key="0123456789abcdef" * 4, public_url="https://soglasje.example"
    )
    assert "styleguide" not in app.blueprints
