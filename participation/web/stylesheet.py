"""The stylesheet as one file: what static/css/site.css imports, put together and kept compressed.

The parts stay separate files for those who write them. A browser that followed the imports would
ask for a dozen files one after the other before it could show a word.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from flask import Blueprint, Flask, Response, current_app, request, url_for

A_YEAR = 365 * 24 * 3600
_IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\((\w+)\);')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLANKS = re.compile(r"\s*\n\s*")
_ADDRESS = re.compile(r'url\("?([^")]+)"?\)')

blueprint = Blueprint("stylesheet", __name__)


@dataclass(frozen=True)
class Stylesheet:
    css: bytes
    compressed: bytes
    version: str


def put_together(folder: Path, address_of: Callable[[str], str]) -> Stylesheet:
    """The text of site.css with each import replaced by the file itself, in a block of its layer.

    `address_of` makes the address of a file that the parts refer to (a font) from its path in
    `folder`. Raises FileNotFoundError for an import that leads nowhere.
    """
    main = (folder / "css/site.css").read_text()

    def block(found: re.Match[str]) -> str:
        path = _within(PurePosixPath("css"), found[1])
        words = _COMMENT.sub("", (folder / path).read_text())
        place = PurePosixPath(path).parent
        words = _ADDRESS.sub(lambda match: _address(match, place, address_of), words)
        return f"@layer {found[2]}{{{_BLANKS.sub(' ', words).strip()}}}"

    css = _IMPORT.sub(block, _COMMENT.sub("", main)).strip().encode()
    return Stylesheet(css, gzip.compress(css, 9, mtime=0), hashlib.sha256(css).hexdigest()[:12])


def _address(match: re.Match[str], place: PurePosixPath, address_of: Callable[[str], str]) -> str:
    if match[1].startswith(("data:", "#")):
        return match[0]
    return f'url("{address_of(_within(place, match[1]))}")'


def _within(place: PurePosixPath, relative: str) -> str:
    parts: list[str] = []
    for part in (place / relative).parts:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def current() -> Stylesheet:
    """The stylesheet of this program, put together once; again after each change of a file in debug."""
    kept: dict[str, Stylesheet] = current_app.extensions.setdefault("soglasje.stylesheet", {})
    if "now" not in kept or current_app.debug:
        folder = Path(str(current_app.static_folder))
        kept["now"] = put_together(folder, lambda path: url_for("static", filename=path))
    return kept["now"]


@blueprint.get("/style.css")
def show() -> Response:
    """The address carries the version as ?v=, so a copy never goes stale."""
    sheet = current()
    is_compressed = request.accept_encodings.quality("gzip") > 0
    response = Response(sheet.compressed if is_compressed else sheet.css, mimetype="text/css")
    if is_compressed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    is_this = request.args.get("v") == sheet.version
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable" if is_this else "public, max-age=60"
    return response


def join(app: Flask) -> None:
    app.register_blueprint(blueprint)

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == "stylesheet.show":
            values.setdefault("v", current().version)
