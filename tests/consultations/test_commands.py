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
