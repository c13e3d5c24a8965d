"""The house rules hold; and the tests that keep them notice when one is broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from architecture.house import House

from participation import FEATURES, LAYERS

ROOT = Path(__file__).resolve().parents[2]
HOUSE = House(ROOT / "participation", FEATURES, LAYERS)


def test_imports_follow_the_one_rule() -> None:
    assert HOUSE.complaints() == []


def test_every_operation_demands_its_rule() -> None:
    assert HOUSE.unguarded_operations() == []


def test_there_are_operations_to_judge() -> None:
    """Without this an empty search would pass as a clean house."""
    rooms = {HOUSE.place(module)[0] for module, _ in HOUSE.files() if HOUSE.place(module)[1] == "operations"}
    assert rooms >= {"accounts", "organisations", "consultations", "comments", "positions", "submissions"}


def test_only_the_process_that_reads_one_draft_reads_it_itself() -> None:
    """pdfium bears no second thread, and a hostile file may bring it down: the site never loads it."""
    reading = ROOT / "participation" / "texts" / "reading"
    sources = {path: path.read_text() for path in (ROOT / "participation").rglob("*.py")}
    assert {path for path in sources if "reading.documents" in sources[path]} == {reading / "worker.py"}
    assert {path.parent for path in sources if "pypdfium2" in sources[path]} == {reading}


@pytest.fixture
def small_house(tmp_path: Path) -> House:
    for place in ("foundation", "texts", "web", "cellar", "attic"):
        (tmp_path / "house" / place).mkdir(parents=True)
        (tmp_path / "house" / place / "__init__.py").write_text('"""A room."""\n')
    return House(tmp_path / "house", ("cellar", "attic"), LAYERS)


def write(house: House, place: str, source: str) -> None:
    path = house.root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source)


GOOD = [
    ("attic/rules.py", "from house.cellar.models import Barrel\nfrom house.foundation.access import ALLOWED\n"),
    ("attic/routes.py", "from house.cellar.routes import show\nfrom house.attic import queries\nimport flask\n"),
    ("cellar/receivers.py", "from house.attic.events import opened\n"),
    ("cellar/queries.py", "from house.attic.models import Trunk\n"),
]


@pytest.mark.parametrize(("place", "source"), GOOD)
def test_what_the_rule_allows_passes(small_house: House, place: str, source: str) -> None:
    write(small_house, place, source)
    assert small_house.complaints() == []


BROKEN = [
    ("cellar/models.py", "from house.attic.models import Trunk\n", "must not import house.attic.models.Trunk"),
    ("cellar/rules.py", "from house.cellar.operations import roll\n", "must not import house.cellar.operations"),
    ("cellar/rules.py", "import sqlalchemy\n", "touches sqlalchemy"),
    ("cellar/rules.py", "from flask import g\n", "touches flask"),
    ("cellar/routes.py", "from sqlalchemy import select\n", "touches sqlalchemy"),
    ("cellar/operations.py", "from flask import g\n", "touches flask"),
    ("cellar/operations.py", "from house.web.signin import viewer\n", "uses the glue"),
    ("foundation/clock.py", "from house.cellar.models import Barrel\n", "foundation must not know"),
    ("texts/reading.py", "from house.foundation import clock\n", "texts must not know"),
    ("web/errors.py", "from house.attic.models import Trunk\n", "web must not know"),
    ("cellar/operations.py", "def a():\n    from house.cellar.models import B\n", "hides an import"),
    ("cellar/helpers.py", "x = 1\n", "a name that says nothing"),
    ("cellar/barrels.py", "x = 1\n", "stands in no layer"),
    ("cellar/__init__.py", "x = 1\n", "a docstring, not code"),
]


@pytest.mark.parametrize(("place", "source", "words"), BROKEN)
def test_a_broken_rule_is_noticed(small_house: House, place: str, source: str, words: str) -> None:
    write(small_house, place, source)
    complaints = small_house.complaints()
    assert any(words in complaint for complaint in complaints), complaints


@pytest.mark.parametrize(
    ("body", "guarded"),
    [
        ("    demand(may_roll_barrel(actor, barrel))\n", True),
        ("    demand(first_refusal(may_roll_barrel(actor), other))\n", True),
        ("    may_roll_barrel(actor)\n", False),
        ("    demand(ALLOWED)\n", False),
        ("    return None\n", False),
    ],
)
def test_an_operation_without_its_rule_is_noticed(small_house: House, body: str, guarded: bool) -> None:
    write(small_house, "cellar/operations.py", f"def roll_barrel(actor, barrel):\n{body}")
    assert (small_house.unguarded_operations() == []) is guarded
