"""The links at the top of every page; rooms add theirs when they are opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request


@dataclass(frozen=True)
class Link:
    endpoint: str
    label: Any  # a lazy translation
    weight: int

    @property
    def is_here(self) -> bool:
        """The reader stands in the room that the link leads to."""
        return bool(request.blueprint) and request.blueprint == self.endpoint.partition(".")[0]


def add(app: Flask, endpoint: str, label: Any, weight: int) -> None:
    """Add a link; lighter ones stand further to the left."""
    app.extensions.setdefault("soglasje.navigation", []).append(Link(endpoint, label, weight))


def links() -> list[Link]:
    return sorted(current_app.extensions.get("soglasje.navigation", []), key=lambda link: link.weight)


def join(app: Flask) -> None:
    app.jinja_env.globals["navigation_links"] = links
