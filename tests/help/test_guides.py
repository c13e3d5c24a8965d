"""Each guide is in both languages, says what the pages say, and leads somewhere."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from werkzeug.exceptions import HTTPException

from participation.foundation.database import NotFound
from participation.foundation.language import force_locale
from participation.help.models import Guide, GuideName
from participation.help.queries import FOLDER, LANGUAGES, WORDS, BadGuide, guide_for, read_guide, term_of

ROOT = Path(__file__).resolve().parents[2]
NAMES = [*(name.value for name in GuideName), WORDS]
ONE_PAGE = 600  # words
BOLD = re.compile(r"\*\*(.+?)\*\*")
LINK = re.compile(r"\]\((/[^)]*)\)")
# A plain text of a template or a form, as it is marked for translation.
LABEL = re.compile(r"""_\(\s*(["'])(.+?)\1\s*\)""")


def source(name: str, language: str) -> str:
    return (FOLDER / f"{name}.{language}.md").read_text(encoding="utf-8")


def guide(name: str, language: str) -> Guide:
    return read_guide(name, language, "The Network", "office@network.example")


@lru_cache(maxsize=1)
def labels() -> set[str]:
    files = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "participation").rglob("*.py")]
    return {label for file in files for _quote, label in LABEL.findall(file.read_text(encoding="utf-8"))}


@lru_cache(maxsize=1)
def catalogue() -> Catalog:
    with open(ROOT / "participation/translations/sl/LC_MESSAGES/messages.po", "rb") as file:
        return read_po(file, locale="sl")


def test_the_folder_has_each_guide_in_both_languages_and_nothing_else() -> None:
    expected = {f"{name}.{language}.md" for name in NAMES for language in LANGUAGES}
    assert {file.name for file in FOLDER.iterdir()} == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name.value for name in GuideName])
def test_a_guide_is_one_page(name: str, language: str) -> None:
    assert 250 < len(re.sub(r"\{#[a-z-]+\}|[*#]", " ", source(name, language)).split()) <= ONE_PAGE


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_sections(name: str) -> None:
    anchors = [section.anchor for section in guide(name, "sl").sections]
    assert anchors == [section.anchor for section in guide(name, "en").sections]
    assert len(anchors) == len(set(anchors)) > 4


@pytest.mark.parametrize("name", [name.value for name in GuideName])
def test_a_guide_says_what_it_is_what_cannot_go_wrong_and_whom_to_ask(name: str) -> None:
    anchors = [section.anchor for section in guide(name, "sl").sections]
    assert (anchors[0], anchors[-2], anchors[-1]) == ("what", "safe", "ask")
    assert any("<ol>" in section.html for section in guide(name, "sl").sections)


@pytest.mark.parametrize("name", NAMES)
def test_words_in_bold_stand_on_a_page(name: str) -> None:
    assert sorted(set(BOLD.findall(source(name, "en"))) - labels()) == []


@pytest.mark.parametrize("name", NAMES)
def test_words_in_bold_are_what_the_page_says_in_slovenian(name: str) -> None:
    """In the same order as in English, so that no step names another button than its twin."""
    translated = [
        str(message.string) for label in BOLD.findall(source(name, "en")) if (message := catalogue().get(label))
    ]
    assert BOLD.findall(source(name, "sl")) == translated


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_links_of_the_site_lead_somewhere(app: Any, name: str, language: str) -> None:
    adapter = app.url_map.bind("localhost")
    dead = []
    for link in LINK.findall(source(name, language)):
        path, _, anchor = link.partition("#")
        try:
            endpoint, values = adapter.match(path)
        except HTTPException:
            dead.append(link)
            continue
        anchors = {"words", "guides", *(term.anchor for term in guide(WORDS, language).sections)}
        if endpoint == "help.show":
            anchors = {section.anchor for section in guide_for(values["name"]).sections}
        if anchor and anchor not in anchors:
            dead.append(link)
    assert dead == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_the_markup_is_left_in_the_page(name: str, language: str) -> None:
    made = guide(name, language)
    html = made.opening_html + "".join(section.heading + section.html for section in made.sections)
    assert re.findall(r"\*\*|\]\(|\{|\}|^#", html) == []
    assert "nofollow" not in html


def test_the_office_of_the_installation_is_named() -> None:
    asked = guide("reader", "en").sections[-1].html
    assert 'href="mailto:office@network.example"' in asked


def test_a_language_without_guides_reads_english(app: Any) -> None:
    with force_locale("de"):
        assert guide_for("reader").language == "en"
    with force_locale("sl"):
        assert guide_for("reader").language == "sl"


def test_no_guide_of_that_name(app: Any) -> None:
    for name in ("words", "../reader", "reader.en", ""):
        with pytest.raises(NotFound):
            guide_for(name)


def test_a_file_without_its_facts_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "plain.en.md").write_text("## Heading {#heading}\n", encoding="utf-8")
    monkeypatch.setattr("participation.help.queries.FOLDER", tmp_path)
    with pytest.raises(BadGuide):
        guide("plain", "en")


def test_every_word_that_a_page_explains_is_among_the_terms(app: Any) -> None:
    asked = {
        name
        for file in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r'explain\("([^"]+)"\)', file.read_text(encoding="utf-8"))
    }
    for name in asked:
        assert term_of(name).anchor == name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_is_answered_in_two_to_four_sentences(app: Any, language: str) -> None:
    with force_locale(language):
        for section in guide(WORDS, language).sections:
            answer = re.sub(r"<[^>]+>", "", term_of(section.anchor).answer_html)
            assert 2 <= len(re.findall(r"[.!?]”?(?=\s|$)", answer.replace("23.59.", "23:59."))) <= 4, section.anchor
            assert section.heading.endswith("?")
