"""Looking at a page takes no lock, also for who is signed in."""

from __future__ import annotations

from typing import Any

import pytest
from accounts.people import person

from participation.foundation.database import db


def test_reader_who_is_signed_in_begins_without_a_lock(client: Any, count_queries: Any) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("only SQLite locks the whole database for a transaction that may write")
    client.sign_in(person())
    with count_queries() as queries:
        assert client.get("/profile").status_code == 200
    assert [query for query in queries if query.startswith("BEGIN")] == ["BEGIN"]
