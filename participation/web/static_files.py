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
    served = WhiteNoise(app.wsgi_app, root=str(folder), prefix="static/", max_age=A_YEAR, autorefresh=app.debug)
    app.wsgi_app = _Modules(served)  # type: ignore[method-assign]


class _Modules:
    """A script that another script imports has no hash in its address: browsers ask whether it changed."""

    def __init__(self, served: Any) -> None:
        self._served = served

    def __call__(self, environ: Any, start_response: Any) -> Any:
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        if not path.startswith("/static/js/") or query.startswith("v="):
            return self._served(environ, start_response)

        def start(status: str, headers: Any, *rest: Any) -> Any:
            kept = [(name, value) for name, value in headers if name.lower() != "cache-control"]
            return start_response(status, [*kept, ("Cache-Control", "no-cache")], *rest)

        return self._served(environ, start)
