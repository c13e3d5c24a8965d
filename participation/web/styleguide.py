"""`/styleguide`: every token and every part of a page in every state; for those who build, never in production.

A sample is a template in templates/styleguide/, named after the part it shows.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from flask import Blueprint, Flask, Response, render_template, request
from markupsafe import Markup
from wtforms import BooleanField, Form, RadioField, SelectChoice, SelectField, StringField, TextAreaField

from participation.foundation import geography, region
from participation.foundation.database import NotFound
from participation.foundation.language import _

from . import icons
from .passages import words_with_passages

blueprint = Blueprint("styleguide", __name__, url_prefix="/styleguide")

ROOT = Path(__file__).resolve().parents[2]
_DARK = re.compile(r"@media \(prefers-color-scheme: dark\) \{\s*(:root \{.*?\})\s*\}", re.DOTALL)
_TOKEN = re.compile(r"^\s*(--[a-z0-9-]+):\s*(.+?);", re.MULTILINE)

OPTIONS = [SelectChoice("a", _("question")), SelectChoice("b", _("editorial"))]


class SampleForm(Form):
    """A form with a field of each kind, one of them filled in wrongly."""

    title = StringField(_("Title"))
    statement = TextAreaField(_("Statement"))
    kind = SelectField(_("Kind"), choices=OPTIONS)
    wrong = StringField(_("Email"))
    agree = BooleanField(_("I have read the whole text."))
    choice = RadioField(_("Kind"), choices=OPTIONS, default="a")


def sample_form() -> SampleForm:
    form = SampleForm(data={"wrong": "ana.example", "choice": "a"})
    form.wrong.errors = [_("This is not an email address.")]
    return form


def sample_map() -> geography.ShadedMap:
    """Numbers from none to many, one municipality after the other."""
    codes = [municipality.code for municipality in region.current().municipalities]
    return geography.shaded(region.current(), {code: place % 9 for place, code in enumerate(codes)})


class SamplePassage(NamedTuple):
    id: int
    start: int
    end: int
    speaker: str


def sample_passages() -> Markup:
    """Passages next to each other, one within another, and two that cross."""
    text = (
        "Rok za pripombe ne sme biti krajši od tridesetih dni, občina pa ga podaljša, kadar to predlaga več kot "
        "deset organizacij."
    )
    society, library = "Okoljsko društvo Živa struga", "Medobčinska splošna knjižnica"
    quoted = [(0, 16, society), (23, 53, library), (39, 48, ""), (55, 78, society), (73, 100, library)]
    passages = [SamplePassage(number, *one) for number, one in enumerate(quoted, 1)]
    return words_with_passages(f"<p>{text}</p>", text, passages, lambda number: f"#passage-{number}")


def samples() -> list[str]:
    return sorted(path.stem for path in (ROOT / "templates/styleguide").glob("[a-z]*.html"))


def _tokens_css() -> str:
    return (ROOT / "static/css/tokens.css").read_text()


def tokens() -> dict[str, list[str]]:
    """The names of the tokens that are shown, in groups: colours, sizes of type, spaces."""
    names = [name for name, _value in _TOKEN.findall(_tokens_css().partition("@media")[0])]
    groups: dict[str, list[str]] = {"colour": [], "size": [], "space": []}
    for name in dict.fromkeys(names):
        kind = next((kind for kind in ("size", "space") if name.startswith(f"--{kind}-")), None)
        if kind:
            groups[kind].append(name)
        elif "#" in dict(_TOKEN.findall(_tokens_css())).get(name, ""):
            groups["colour"].append(name)
    return groups


@blueprint.get("")
def index() -> str:
    return render_template("styleguide/_index.html", names=samples(), chosen=samples(), **_looks())


@blueprint.get("/<name>")
def show(name: str) -> str:
    if name not in samples():
        raise NotFound(name)
    return render_template("styleguide/_index.html", names=samples(), chosen=[name], **_looks())


def _looks() -> dict[str, object]:
    return {
        "is_dark": request.args.get("scheme") == "dark",
        "token_groups": tokens(),
        "icon_names": list(icons.symbols()),
        "sample": sample_form(),
        "sample_map": sample_map(),
        "sample_passages": sample_passages(),
    }


@blueprint.get("/style.css")
def style() -> Response:
    """A swatch for each token, and, when asked, the dark tokens for a browser that asks for light pages."""
    rules = [f".token{name}{{background:var({name})}}" for name in tokens()["colour"]]
    rules += [f".token{name}{{font-size:var({name})}}" for name in tokens()["size"]]
    rules += [f".token{name}{{inline-size:var({name})}}" for name in tokens()["space"]]
    found = _DARK.search(_tokens_css()) if request.args.get("scheme") == "dark" else None
    dark = f"@layer tokens{{{found[1]} :root{{color-scheme:dark}}}}" if found else ""
    return Response(dark + "@layer components{" + "".join(rules) + "}", mimetype="text/css")


def join(app: Flask) -> None:
    settings = app.config["SETTINGS"]
    if settings.environment == "testing" or settings.demonstration or app.debug:
        app.register_blueprint(blueprint)
