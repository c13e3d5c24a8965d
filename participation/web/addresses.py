"""What stands in addresses: numbers of things, and signs that no text has."""

from __future__ import annotations

from typing import Any

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter

# What a column of numbers holds on every database; no thing can have a larger one.
LARGEST_NUMBER = 2**31 - 1
NOT_FOUND = 404


class NumberOfThing(IntegerConverter):
    """`<int:...>`: an address with a number that no database can hold leads nowhere."""

    def __init__(
        self,
        map: Any,
        fixed_digits: int = 0,
        min: int | None = None,
        max: int | None = LARGEST_NUMBER,
        signed: bool = False,
    ) -> None:
        super().__init__(map, fixed_digits, min, max, signed)


def refuse_nul() -> None:
    """PostgreSQL takes no NUL in a text, so nothing can be found by one."""
    asked = [request.path, *(value for values in request.args.listvalues() for value in values)]
    if any("\0" in text for text in asked):
        abort(NOT_FOUND)


def join(app: Flask) -> None:
    app.url_map.converters = {**app.url_map.converters, "int": NumberOfThing}
    app.before_request(refuse_nul)
