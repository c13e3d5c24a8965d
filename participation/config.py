"""Settings: from the environment, else from `instance/settings.toml`, else the defaults here.

Every setting is documented in docs/settings.md under the name that it has here with
the prefix `SOGLASJE_`.
"""

from __future__ import annotations

import os
import secrets
import tomllib
from dataclasses import dataclass, fields
from datetime import timedelta
from pathlib import Path
from typing import Any

ENVIRONMENTS = ("embedded", "production", "testing")
SHORTEST_SECRET = 32
WEAK_SECRETS = ("changeme", "secret", "password", "development", "default", "test")


class BadSetting(Exception):
    """A setting that the program must not start with."""


@dataclass(frozen=True)
class Settings:
    """What an operator can choose. The defaults make the embedded, local installation."""

    environment: str = "embedded"  # embedded | production | testing
    database: str = ""  # an SQLAlchemy address; empty: SQLite in instance/
    secret_key: str = ""
    public_url: str = "http://localhost:8000"
    region: str = "savinjska"  # a folder under participation/regions/, or a path
    demonstration: bool = False
    mail_server: str = ""  # host:port; empty: mails stay readable in the outbox
    mail_user: str = ""
    mail_password: str = ""
    mail_starttls: bool = False
    mail_from: str = "soglasje@localhost"
    proxies: int = 0  # how many reverse proxies stand in front
    upload_megabytes: int = 25

    @property
    def is_production(self) -> bool:
        return self.environment == "production"


def read_settings(instance: Path, **overrides: Any) -> Settings:
    """The settings of this process; raises BadSetting."""
    file = instance / "settings.toml"
    stored = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    values: dict[str, Any] = {}
    for setting in fields(Settings):
        raw = overrides.get(
            setting.name, os.environ.get(f"SOGLASJE_{setting.name.upper()}", stored.get(setting.name))
        )
        if raw is not None:
            values[setting.name] = _typed(setting.name, raw, type(setting.default))
    return _sensible(Settings(**values))


def _sensible(settings: Settings) -> Settings:
    """Refuse what must not stand, or not together."""
    if settings.environment not in ENVIRONMENTS:
        # A misspelt "production" would quietly run with what only suits a trial.
        raise BadSetting(
            f"SOGLASJE_ENVIRONMENT must be one of {', '.join(ENVIRONMENTS)}, not {settings.environment!r}."
        )
    if settings.demonstration and settings.is_production:
        raise BadSetting(
            "SOGLASJE_DEMONSTRATION must be off in production: everybody knows the passwords of the "
            "demonstration and may read its mails."
        )
    return settings


def _typed(name: str, raw: Any, kind: type) -> Any:
    if isinstance(raw, kind):
        return raw
    if kind is bool:
        if str(raw).lower() in ("1", "true", "yes", "on"):
            return True
        if str(raw).lower() in ("", "0", "false", "no", "off"):
            return False
        raise BadSetting(f"SOGLASJE_{name.upper()} must be true or false, not {raw!r}.")
    try:
        return kind(raw)
    except ValueError as error:
        raise BadSetting(f"SOGLASJE_{name.upper()} must be a whole number, not {raw!r}.") from error


def is_weak(secret: str) -> bool:
    """Too short, too regular, or one that stands in everybody's list."""
    return (
        len(secret) < SHORTEST_SECRET
        or len(set(secret)) < 10
        or any(secret.lower().startswith(weak) for weak in WEAK_SECRETS)
    )


def secret_key(settings: Settings, instance: Path) -> str:
    """The key that signs sessions and links.

    Production refuses a weak or missing one; the embedded installation makes its own in
    `instance/secret_key` (readable by the owner only) and keeps it.
    """
    if settings.secret_key and not is_weak(settings.secret_key):
        return settings.secret_key
    if settings.is_production:
        raise BadSetting(
            "SOGLASJE_SECRET_KEY is missing or weak. Make one with: "
            'python -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    file = instance / "secret_key"
    if not file.exists() or is_weak(file.read_text().strip()):
        instance.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_urlsafe(48))
    return file.read_text().strip()


def flask_settings(settings: Settings, instance: Path) -> dict[str, Any]:
    """The same settings under the names that Flask and its extensions know."""
    secure = settings.public_url.startswith("https://")
    key = secret_key(settings, instance)
    database = settings.database or f"sqlite:///{instance / 'soglasje.sqlite3'}"
    return {
        "SETTINGS": settings,
        "SECRET_KEY": key,
        "SQLALCHEMY_DATABASE_URI": database,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(database),
        "MAX_CONTENT_LENGTH": settings.upload_megabytes * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "MAX_FORM_PARTS": 2000,
        "WTF_CSRF_TIME_LIMIT": None,
        "SESSION_COOKIE_NAME": "__Host-soglasje" if secure else "soglasje",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(days=14),
        "PREFERRED_URL_SCHEME": "https" if secure else "http",
        "TESTING": settings.environment == "testing",
        "TEMPLATES_AUTO_RELOAD": False,
    }


def engine_options(database: str) -> dict[str, Any]:
    """How the engine of this database is made: SQLite through the driver that ships a sound one."""
    if not database.startswith("sqlite"):
        return {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 10}
    import pysqlite3

    return {"module": pysqlite3, "connect_args": {"check_same_thread": False}}
