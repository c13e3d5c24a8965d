"""Page numbers in addresses."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Flask, request, url_for


def page_number() -> int:
    """The page that was asked for; 1 when it is missing or no number."""
    asked = request.args.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def page_address(endpoint: str, number: int, **values: str) -> str:
    """The address of another page of the same list, with the same filters.

    `values` are of its address where that of this request, to which a form was sent, does not have them.
    """
    # What stands in an address was chosen by whoever made it: never a parameter of url_for, such as _scheme.
    asked = {**request.args.to_dict(flat=False), "page": [str(number)]}
    return f"{url_for(endpoint, **{**(request.view_args or {}), **values})}?{urlencode(asked, doseq=True)}"


def join(app: Flask) -> None:
    app.jinja_env.globals["page_address"] = page_address
