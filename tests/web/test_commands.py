"""The command line of the front."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(instance: Path, *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "SOGLASJE_INSTANCE": str(instance)},
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def test_a_new_database_is_brought_up_to_date(tmp_path: Path) -> None:
    run(tmp_path, "-m", "flask", "--app", "app", "db", "upgrade")
    assert "(head)" in run(tmp_path, "-m", "flask", "--app", "app", "db", "current")


def test_the_web_process_carries_nothing_that_no_page_needs(tmp_path: Path) -> None:
    heavy = ("alembic", "typst", "pypdfium2", "pypandoc", "xlsxwriter")
    asked = f"import app, sys; print([name for name in {heavy} if name in sys.modules])"
    assert run(tmp_path, "-c", asked).strip() == "[]"
