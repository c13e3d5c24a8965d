"""Static files: served compressed by WhiteNoise, addressed by a hash of their content."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask
from whitenoise import WhiteNoise

A_YEAR = 365 * 24 * 3600


def join(app: Flask) -> None:
    folder = Path(str(app.static_folder))

    @lru_cache(maxsize=256)
    def version_of(filename: str) -> str:
        path = folder / filename
        return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else ""

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "filename" in values:
            values["v"] = version_of(values["filename"])

    # Every address carries the hash of its content, so a copy never goes stale.
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app, root=str(folder), prefix="static/", max_age=A_YEAR, autorefresh=app.debug
    )
