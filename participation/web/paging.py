"""Page numbers in addresses."""

from __future__ import annotations

from flask import Flask, request, url_for


def page_number() -> int:
    """The page that was asked for; 1 when it is missing or no number."""
    asked = request.args.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def page_address(endpoint: str, number: int) -> str:
    """The address of another page of the same list, with the same filters."""
    values = {**(request.view_args or {}), **request.args.to_dict(flat=False), "page": number}
    return url_for(endpoint, **values)


def join(app: Flask) -> None:
    app.jinja_env.globals["page_address"] = page_address
