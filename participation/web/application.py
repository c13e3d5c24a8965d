"""The application object, and everything that each request passes through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from participation.foundation import database

from . import (
    addresses,
    commands,
    errors,
    filters,
    forms,
    headers,
    hosts,
    icons,
    languages,
    limits,
    mailing,
    navigation,
    paging,
    preferences,
    serving,
    static_files,
    styleguide,
    stylesheet,
    transfer,
)

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
MIGRATIONS = "participation/migrations"
BEFORE_COMMIT = "soglasje.before_commit"

csrf = CSRFProtect()


class Application(Flask):
    """Flask with one transaction a request: committed when the answer is good, else undone."""

    def preprocess_request(self) -> ResponseReturnValue | None:
        # Before anything looks at the database: who asks is often loaded ahead of the page.
        database.only_reading(request.method in SAFE_METHODS)
        return super().preprocess_request()

    def dispatch_request(self) -> ResponseReturnValue:
        try:
            response: Response = self.make_response(super().dispatch_request())
            if request.method in SAFE_METHODS or response.status_code >= 400:
                database.session.rollback()
            else:
                for act in self.extensions.get(BEFORE_COMMIT, []):
                    act(response)
                database.session.commit()
        except Exception:
            database.session.rollback()
            raise
        return response


class Migrations:
    """Flask-Migrate, loaded when a command first asks for it: no page needs Alembic."""

    def __init__(self, app: Application) -> None:
        self._app = app

    def __getattr__(self, name: str) -> Any:
        from flask_migrate import Migrate

        Migrate(self._app, database.db, directory=MIGRATIONS, render_as_batch=True)
        return getattr(self._app.extensions["migrate"], name)


def before_commit(app: Flask, act: Callable[[Response], None]) -> None:
    """Have `act` called with every good answer to an act, while its transaction is still open."""
    app.extensions.setdefault(BEFORE_COMMIT, []).append(act)


def prepare(app: Application) -> None:
    """Hang the glue on the application; rooms are opened afterwards."""
    settings = app.config["SETTINGS"]
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    hosts.join(app)
    csrf.init_app(app)
    app.extensions["migrate"] = Migrations(app)
    for part in (
        addresses,
        languages,
        limits,
        filters,
        forms,
        icons,
        navigation,
        paging,
        preferences,
        transfer,
        headers,
        errors,
        static_files,
        stylesheet,
        styleguide,
        mailing,
        commands,
        serving,
    ):
        part.join(app)
    app.teardown_request(_forget_promise)


def _forget_promise(error: Any) -> None:
    database.only_reading(False)
