"""Settings: a weak key never reaches production, and the embedded default makes its own."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from participation.config import BadSetting, is_weak, read_settings, secret_key

STRONG = "kV7w_9xTqLr2mZ8nB4cHsYpG6dJfAa3eUoXi"


@pytest.mark.parametrize("key", ["", "short", "a" * 64, "changeme" * 6, "secret-secret-secret-secret-secret-x"])
def test_production_refuses_a_weak_or_missing_key(key: str, tmp_path: Path) -> None:
    settings = read_settings(tmp_path, environment="production", secret_key=key)
    with pytest.raises(BadSetting, match="SOGLASJE_SECRET_KEY"):
        secret_key(settings, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_production_takes_a_strong_key(tmp_path: Path) -> None:
    settings = read_settings(tmp_path, environment="production", secret_key=STRONG)
    assert secret_key(settings, tmp_path) == STRONG


def test_the_embedded_default_makes_a_strong_key_once_and_keeps_it(tmp_path: Path) -> None:
    settings = read_settings(tmp_path, environment="embedded", secret_key="")
    first = secret_key(settings, tmp_path)
    assert not is_weak(first)
    assert secret_key(settings, tmp_path) == first
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_a_weak_key_in_the_instance_folder_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("changeme")
    assert not is_weak(secret_key(read_settings(tmp_path, environment="embedded", secret_key=""), tmp_path))


def test_the_environment_comes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "settings.toml").write_text('region = "drugje"\nproxies = 1\n')
    monkeypatch.setenv("SOGLASJE_PROXIES", "2")
    settings = read_settings(tmp_path)
    assert (settings.region, settings.proxies) == ("drugje", 2)


@pytest.mark.parametrize(("name", "value"), [("SOGLASJE_PROXIES", "two"), ("SOGLASJE_DEMONSTRATION", "maybe")])
def test_a_setting_of_the_wrong_kind_is_named(
    name: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting, match=name):
        read_settings(tmp_path)


def test_the_demonstration_is_refused_in_production(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="SOGLASJE_DEMONSTRATION"):
        read_settings(tmp_path, environment="production", demonstration=True)
    assert read_settings(tmp_path, environment="embedded", demonstration=True).demonstration


@pytest.mark.parametrize("name", ["prod", "Production", "", "development"])
def test_an_unknown_environment_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="SOGLASJE_ENVIRONMENT"):
        read_settings(tmp_path, environment=name)


def test_the_program_says_in_one_sentence_why_it_does_not_start(tmp_path: Path) -> None:
    settings = {"SOGLASJE_INSTANCE": str(tmp_path), "SOGLASJE_ENVIRONMENT": "production", "SOGLASJE_SECRET_KEY": "x"}
    told = subprocess.run(
        [sys.executable, "-c", "import app"],
        env={**os.environ, **settings},
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 1
    assert told.stderr.startswith("Soglasje does not start: SOGLASJE_SECRET_KEY is missing or weak.")
    assert len(told.stderr.strip().splitlines()) == 1
