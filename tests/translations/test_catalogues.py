"""Every text of the interface is in both languages; nothing is left out, in no plural form."""

from __future__ import annotations

import io
import re
import tomllib
from functools import lru_cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None, "lazy_ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)(.)")
DOMAINS = ("messages", "flask_security", "wtforms")


@lru_cache(maxsize=1)
def extracted() -> set[str | tuple[str, str]]:
    """Every text of the program as the extraction finds it, plural ones as pairs."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]["mappings"]
    return {
        tuple(message) if isinstance(message, tuple | list) else message
        for _file, _line, message, _comments, _context in extract_from_dir(
            str(ROOT),
            [(mapping["pattern"], mapping["method"]) for mapping in mappings],
            {mapping["pattern"]: mapping for mapping in mappings},
            keywords=KEYWORDS,  # type: ignore[arg-type]
            directory_filter=lambda folder: "/participation" in folder or "/templates" in folder,
        )
    }


@lru_cache(maxsize=8)
def catalogue(domain: str) -> Catalog:
    with open(ROOT / f"participation/translations/sl/LC_MESSAGES/{domain}.po", "rb") as file:
        return read_po(file, locale="sl")


def test_the_program_has_texts() -> None:
    assert len(extracted()) > 300


def test_every_text_of_the_interface_is_in_slovenian() -> None:
    known = {message.id for message in catalogue("messages") if message.id}
    assert sorted(map(str, extracted() - known)) == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_translation_is_empty_unsure_or_short_of_a_plural_form(domain: str) -> None:
    wrong = []
    for message in catalogue(domain):
        if not message.id:
            continue
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        wanted = 4 if message.pluralizable else 1
        if message.fuzzy or len(forms) != wanted or not all(form.strip() for form in forms):
            wrong.append(message.id)
    assert wrong == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_translations_keep_the_placeholders(domain: str) -> None:
    wrong = []
    for message in catalogue(domain):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        allowed = {name for text in ids for name, _kind in PLACEHOLDER.findall(text)}
        needed = {name for name, kind in PLACEHOLDER.findall(ids[-1]) if kind in "sd"}
        for form in forms:
            has = PLACEHOLDER.findall(form)
            names = {name for name, _kind in has}
            # A plural form may say the number in a word ("en dan"), and nothing else.
            missing = needed - names - ({"num"} if message.pluralizable else set())
            if not names <= allowed or missing or any(kind not in "sd" for _name, kind in has):
                wrong.append((message.id, form))
    assert wrong == []


def test_slovenian_has_its_four_plural_forms() -> None:
    assert catalogue("messages").num_plurals == 4
    translations = Translations(io.BytesIO(_compiled(catalogue("messages"))))
    plural = translations.plural  # type: ignore[attr-defined]
    assert [plural(number) for number in (0, 1, 2, 3, 4, 5, 11, 100, 101, 102, 103, 111, 202)] == [
        3, 0, 1, 2, 2, 3, 3, 3, 0, 1, 2, 3, 1,
    ]  # fmt: skip


def _compiled(source: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, source)
    return buffer.getvalue()


def test_numbers_are_written_as_strings_in_every_text() -> None:
    """Jinja extracts %(num)s and Python code may say %(num)d: two texts, of which one stays English."""
    wrong = [
        text
        for message in extracted()
        for text in (message if isinstance(message, tuple) else (message,))
        for _name, kind in PLACEHOLDER.findall(text)
        if kind != "s"
    ]
    assert wrong == []


# What is read by machines alone: classes of a page, commands to type.
UNSPOKEN = re.compile(
    r"\{% block body_class %\}.*?\{% endblock %\}|^flask --app [^\n]*$|<code>.*?</code>", re.S | re.M
)
JINJA = re.compile(r"\{%-?\s*trans\b.*?endtrans\s*-?%\}|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.S)
TAG = re.compile(r"<!--.*?-->|<(script|style|svg)\b.*?</\1>|<!doctype[^>]*>|<[^>]*>", re.S | re.I)
SPOKEN = re.compile(r"""\b(?:title|alt|placeholder|aria-label|label)=["']([^"'{]*[^\W\d_]{2}[^"'{]*)["']""")
# Words that are the same in every language: names of formats and of the product.
NAMES = {"PDF", "DOCX", "ODT", "CSV", "XLSX", "JSON", "HTML", "SHA-256", "Soglasje", "Word", "EVA", "EPA", "QR", "kB"}
NAMES |= {"Linux", "macOS", "Windows", "Ctrl", "Enter"}


def templates() -> list[Path]:
    """All but the samples of the style guide, which hold words of drafts as a network would write them."""
    found = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")]
    return sorted(path for path in found if path.parent.name != "styleguide")


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_no_template_says_a_word_past_the_catalogue(path: Path) -> None:
    source = JINJA.sub("\x00", UNSPOKEN.sub("", path.read_text(encoding="utf-8")))
    spoken = SPOKEN.findall(source)
    for piece in re.split(r"[\x00\n]", TAG.sub("\n", source)):
        words = [word for word in re.findall(r"[^\W\d_]{2,}[-\w]*", piece) if word not in NAMES]
        spoken += words
    assert spoken == []
