"""The icons of a page: each page carries the ones it shows, and no others.

static/img/icons.svg is the one set (Lucide, ISC; see static/vendor/lucide). A phone has to read every
symbol of it before it shows a word, and most pages show three.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from flask import Flask, g
from markupsafe import Markup

SPRITE = Path(__file__).resolve().parents[2] / "static/img/icons.svg"
_SYMBOL = re.compile(r'<symbol id="icon-([a-z-]+)".*?</symbol>')


@cache
def symbols() -> dict[str, Markup]:
    """The symbols of the set by their names."""
    # A file of the program itself, no words of anybody: it may be markup.
    return {found[1]: Markup(found[0]) for found in _SYMBOL.finditer(SPRITE.read_text())}  # noqa: S704


def draw(name: str) -> str:
    """The address of a symbol within the page, which from now on carries it. KeyError for a name that is none."""
    shown: dict[str, Markup] = g.setdefault("icons", {})
    shown[name] = symbols()[name]
    return f"#icon-{name}"


def drawn() -> list[Markup]:
    """The symbols that the page has shown so far."""
    return list(g.get("icons", {}).values())


def join(app: Flask) -> None:
    app.jinja_env.globals["draw_icon"] = draw
    app.jinja_env.globals["drawn_icons"] = drawn
