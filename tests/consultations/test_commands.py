"""The command line: `drafts read` and `drafts import`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from consultations import files
from factories import PublicBodyFactory, UserFactory, coordinator
from sqlalchemy import func, select

from participation.consultations.models import Consultation, Phase
from participation.foundation.database import session


@pytest.fixture
def act(tmp_path: Path) -> Path:
    path = tmp_path / "odlok.md"
    path.write_text("# " + files.ACT, encoding="utf-8")
    return path


def run(app: Any, *arguments: Any) -> Any:
    session.commit()
    return app.test_cli_runner().invoke(args=["drafts", *map(str, arguments)])


def test_reading_prints_json_in_reading_order(app: Any, act: Path) -> None:
    result = run(app, "read", act, "--json")
    printed = json.loads(result.stdout)
    assert result.exit_code == 0
    assert list(printed) == ["title", "language", "warnings", "counts", "provisions"]
    assert (printed["title"], printed["language"], printed["warnings"]) == ("Odlok o parkih", "sl", [])
    assert {kind: count for kind, count in printed["counts"].items() if count} == {"article": 2, "paragraph": 3}
    assert printed["provisions"][3] == {
        "kind": "paragraph", "label": "(1)", "level": 5, "text": "Park je zelena površina.",
    }  # fmt: skip


def test_reading_prints_the_text_for_people(app: Any, act: Path) -> None:
    result = run(app, "read", act)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "Odlok o parkih"
    assert "        (2) Drevo je drevo." in result.stdout.splitlines()


def test_reading_needs_no_database(tmp_path: Path, act: Path) -> None:
    from participation import create_app

    app = create_app(tmp_path / "instance", environment="testing", database="sqlite:////nowhere/at/all.sqlite3")
    result = app.test_cli_runner().invoke(args=["drafts", "read", str(act), "--json"])
    assert (result.exit_code, json.loads(result.stdout)["title"]) == (0, "Odlok o parkih")


@pytest.mark.parametrize("command", [["read"], ["import", "--title", "T", "--closes", "2026-12-31"]])
def test_what_cannot_be_read_is_said_and_nothing_is_stored(app: Any, tmp_path: Path, command: list[str]) -> None:
    path = tmp_path / "odlok.docx"
    path.write_bytes(files.PNG)
    result = run(app, command[0], path, *command[1:])
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.strip().splitlines()) == 1
    assert session.scalar(select(func.count()).select_from(Consultation)) == 0


def test_an_imported_draft_waits_for_its_publication(app: Any, act: Path, stopped_clock: Any) -> None:
    body = PublicBodyFactory(name="Občina Primer")
    result = run(app, "import", act, "--title", "Parki", "--closes", "2026-12-31", "--body", "Občina Primer")
    assert result.exit_code == 0, result.stderr
    made = session.scalars(select(Consultation)).one()
    assert (made.title, made.body_id, made.internal_deadline_on, made.created_by_id, made.phase) == (
        "Parki", body.id, date(2026, 12, 31), None, Phase.PREPARING,
    )  # fmt: skip
    assert result.stdout.startswith("/consultations/parki ")


def test_an_imported_draft_can_be_published_as_a_person(app: Any, act: Path, stopped_clock: Any) -> None:
    person = coordinator(email="pisarna@primer.example")
    result = run(
        app, "import", act, "--title", "Parki", "--closes", "2026-12-31", "--official", "2027-01-15", "--publish",
        "--as", "pisarna@primer.example",
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    made = session.scalars(select(Consultation)).one()
    assert (made.created_by, made.phase, made.official_deadline_on) == (person, Phase.OPEN, date(2027, 1, 15))


@pytest.mark.parametrize(
    "wrong",
    [
        ["--closes", "2026-11-01"],
        ["--closes", "2026-12-31", "--official", "2026-12-01"],
        ["--closes", "2026-12-31", "--body", "Ni je"],
        ["--closes", "2026-12-31", "--as", "nihce@primer.example"],
        ["--closes", "2026-12-31", "--as", "navaden@primer.example"],
        ["--closes", "jutri"],
    ],
)
def test_a_wrong_import_leaves_nothing_behind(app: Any, act: Path, stopped_clock: Any, wrong: list[str]) -> None:
    UserFactory(email="navaden@primer.example")
    result = run(app, "import", act, "--title", "Parki", "--publish", *wrong)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr != ""
    assert session.scalar(select(func.count()).select_from(Consultation)) == 0


NEWER = """# Odlok o parkih

## 1. člen

Za park skrbi občinska uprava skupaj z društvi, ki v njem delujejo.

## 2. člen

(1) Park je zelena površina.

(2) Drevo je staro drevo.
"""


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    path = tmp_path / "nova.md"
    path.write_text(NEWER, encoding="utf-8")
    return path


def quotes(tmp_path: Path, rows: Any) -> Path:
    path = tmp_path / "quotes.json"
    path.write_text(rows if isinstance(rows, str) else json.dumps(rows), encoding="utf-8")
    return path


def test_comparing_says_what_became_of_each_provision(app: Any, act: Path, newer: Path) -> None:
    result = run(app, "compare", act, newer, "--json")
    assert result.exit_code == 0
    printed = json.loads(result.stdout)
    assert list(printed) == ["resemblance", "counts", "provisions"]
    assert sum(printed["counts"].values()) == len(printed["provisions"])
    changed = [one for one in printed["provisions"] if one["fate"] == "changed"][-1]
    assert (changed["old"][0]["text"], changed["new"][0]["text"]) == ("Drevo je drevo.", "Drevo je staro drevo.")
    assert 0 < changed["likeness"] < 1


def test_comparing_for_people_shows_the_changed_words(app: Any, act: Path, newer: Path) -> None:
    result = run(app, "compare", act, newer)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[lines.index("~ changed: 2. člen, (2)") + 1] == "    Drevo je {+staro +}drevo."


def test_another_document_is_said_to_be_one(app: Any, act: Path, tmp_path: Path) -> None:
    other = tmp_path / "drugo.md"
    other.write_text(
        "# Poslovnik\n\n## 1. člen\n\nSeje sveta sklicuje predsednica ali njen namestnik.\n", encoding="utf-8"
    )
    assert "two different documents" in run(app, "compare", act, other).stderr
    assert "two different documents" not in run(app, "compare", act, act).stderr


def test_carrying_says_where_each_quote_stands(app: Any, act: Path, newer: Path, tmp_path: Path) -> None:
    asked = quotes(tmp_path, [
        {"id": 7, "label": "2. člen", "exact": "zelena površina", "prefix": "Park je ", "suffix": "."},
        {"id": "b", "label": "2. člen", "exact": "Drevo je drevo"},
        {"id": "c", "exact": "česar ni nikjer"},
    ])  # fmt: skip
    result = run(app, "carry", act, newer, "--quotes", asked, "--json")
    assert result.exit_code == 0
    printed = json.loads(result.stdout)
    assert [list(one) for one in printed] == [["id", "state", "label", "exact", "score"]] * 3
    assert [(one["id"], one["state"], one["label"], one["exact"]) for one in printed] == [
        (7, "placed", "2. člen", "zelena površina"),
        ("b", "changed", "2. člen", "Drevo je staro drevo"),
        ("c", "orphaned", "", "česar ni nikjer"),
    ]
    assert run(app, "carry", act, newer, "--quotes", asked).stdout.startswith(
        "placed: 1, moved: 0, changed: 1, orphaned: 1\n"
    )


def test_the_label_of_a_heading_is_printed_as_it_is_read(app: Any, tmp_path: Path) -> None:
    path = tmp_path / "code.md"
    path.write_text(
        "# Code civil\n\n## Article 17-1\n\nArticle 17-1 ---- Les lois nouvelles s'appliquent.\n\n"
        "## Article 21-25-1\n\nLa réponse est donnée.\n",
        encoding="utf-8",
    )
    articles = [
        (one["label"], one["text"])
        for one in json.loads(run(app, "read", path, "--json").stdout)["provisions"]
        if one["kind"] == "article"
    ]
    assert articles == [("Article 17-1", ""), ("Article 21-25-1", "")]
    asked = quotes(tmp_path, [{"id": 1, "label": "Article 17-1", "exact": "17-1 ---- Les lois nouvelles"}])
    (found,) = json.loads(run(app, "carry", path, path, "--quotes", asked, "--json").stdout)
    assert (found["state"], found["label"]) == ("placed", "Article 17-1")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("{", "quotes.json is not JSON."),
        ("[" * 100_000, "quotes.json is not JSON."),
        ([{"id": 1, "exact": "Rok \ud800"}], "quotes.json is not JSON."),
        ([{"id": "\udfff", "exact": "Rok"}], "quotes.json is not JSON."),
        ({}, "quotes.json must hold a list of quotes."),
        ([{"id": 1}], "Quote 1 of quotes.json needs an id"),
        ([{"exact": "x"}], "Quote 1 of quotes.json needs an id"),
        ([{"id": 1, "exact": "x"}, 5], "Quote 2 of quotes.json needs an id"),
        ([{"id": 1, "exact": 5}], "Quote 1 of quotes.json needs an id"),
    ],
)
def test_quotes_that_are_none_are_refused(app: Any, act: Path, tmp_path: Path, rows: Any, said: str) -> None:
    result = run(app, "carry", act, act, "--quotes", quotes(tmp_path, rows))
    assert (result.exit_code, said in result.stderr) == (2, True)


@pytest.mark.parametrize("command", ["read", "compare", "carry"])
def test_a_file_that_no_draft_can_be_is_not_read_to_its_end(
    app: Any, act: Path, tmp_path: Path, command: str
) -> None:
    endless = Path("/dev/zero")
    more = {"read": [endless], "compare": [act, endless], "carry": [act, act, "--quotes", endless]}[command]
    result = run(app, command, *more)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "The file is larger than" in result.stderr
