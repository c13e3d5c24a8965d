"""A page carries the icons that it shows."""

from __future__ import annotations

import re
from typing import Any

import pytest

from participation.web import icons


@pytest.mark.parametrize("path", ["/", "/styleguide/icon", "/login", "/help"])
def test_a_page_carries_the_icons_it_shows_and_no_others(client: Any, path: str) -> None:
    page = client.get(path).get_data(as_text=True)
    shown = set(re.findall(r'<use href="#icon-([a-z-]+)"', page))
    assert set(re.findall(r'<symbol id="icon-([a-z-]+)"', page)) == shown


def test_the_style_guide_shows_every_icon(client: Any) -> None:
    page = client.get("/styleguide/icon").get_data(as_text=True)
    assert len(icons.symbols()) > 10
    assert all(f'<use href="#icon-{name}"' in page for name in icons.symbols())


def test_each_symbol_of_the_set_is_found() -> None:
    assert len(icons.symbols()) == icons.SPRITE.read_text().count("<symbol ")


def test_an_icon_that_does_not_exist_is_a_mistake_of_the_template(app: Any) -> None:
    with app.test_request_context(), pytest.raises(KeyError):
        icons.draw("unicorn")
