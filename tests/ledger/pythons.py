"""Which other versions of Python stand on this machine, for the program that has to run on all since 3.8."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

OLDEST, NEWEST = 8, 14


def pythons() -> dict[str, str]:
    """The interpreters that can be started, by version, the oldest first."""
    found: dict[str, str] = {}
    for minor in range(OLDEST, NEWEST + 1):
        for place in _places(f"python3.{minor}"):
            if f"3.{minor}" not in found and _starts(place):
                found[f"3.{minor}"] = place
    return found


def _places(name: str) -> Iterator[str]:
    on_path = shutil.which(name)
    if on_path:
        yield on_path
    kept_apart = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    yield from map(str, sorted(kept_apart.glob(f"*/bin/{name}")))


def _starts(python: str) -> bool:
    return subprocess.run([python, "-I", "-S", "-c", ""], capture_output=True).returncode == 0
