"""Numbers of things in addresses."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter

# What a column of numbers holds on every database; no thing can have a larger one.
LARGEST_NUMBER = 2**31 - 1


class NumberOfThing(IntegerConverter):
    """`<int:...>`: an address with a number that no database can hold leads nowhere."""

    def __init__(self, map: Any, *arguments: Any, max: int | None = LARGEST_NUMBER, **options: Any) -> None:
        super().__init__(map, *arguments, max=max, **options)


def join(app: Flask) -> None:
    app.url_map.converters = {**app.url_map.converters, "int": NumberOfThing}
