"""Soglasje: a network of NGOs reads drafts, comments, agrees, co-signs, sends and follows."""

from __future__ import annotations

import os
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from .config import flask_settings, read_settings
from .foundation import audit, database, files, geography, outbox, region
from .foundation.installation import load_installation
from .web import Application, prepare

# The rooms, from the ground up: a room may use what stands before it (see house rules in README).
FEATURES = (
    "accounts",
    "unfinished",
    "ledger",
    "organisations",
    "bodies",
    "consultations",
    "comments",
    "redlines",
    "positions",
    "submissions",
    "help",
    "lobby",
    "demonstration",
)
LAYERS = (
    "events",
    "models",
    "rules",
    "queries",
    "forms",
    "emails",
    "operations",
    "receivers",
    "routes",
    "desk",
    "commands",
)
ROOT = Path(__file__).resolve().parent.parent
# Tables that stand whether or not a room uses them.
GROUND = (audit.AuditEntry, files.StoredFile, outbox.OutboxItem)


def create_app(instance: Path | None = None, **settings: Any) -> Application:
    """The whole program. `settings` override the environment; raises BadSetting.

    `instance` is the folder of this installation's data: else SOGLASJE_INSTANCE, else `instance/`.
    """
    instance = instance or Path(os.environ.get("SOGLASJE_INSTANCE") or ROOT / "instance").resolve()
    instance.mkdir(parents=True, exist_ok=True)
    chosen = read_settings(instance, **settings)
    app = Application(
        "participation",
        root_path=str(ROOT),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
        instance_path=str(instance),
    )
    app.config.update(flask_settings(chosen, instance))
    region.use(load_installation(region.folder_of(chosen.region), instance))
    # Now, so that whoever starts the program reads what is wrong with the map.
    geography.map_of(region.current())
    prepare(app)
    database.db.init_app(app)
    for feature in FEATURES:
        open_room(app, feature)
    with app.app_context():
        database.prepare_engine(database.db.engine)
    return app


def open_room(app: Application, feature: str) -> None:
    """Load a room's pieces in the order of the layers and register what faces outward.

    `routes` and `desk` give `blueprint`, `commands` gives `groups`; a room may add to the
    application itself with `join(app)` in its `routes`.
    """
    package = f"{__name__}.{feature}"
    for layer in LAYERS:
        if find_spec(f"{package}.{layer}") is None:
            continue
        module = import_module(f"{package}.{layer}")
        if layer == "routes" and hasattr(module, "join"):
            module.join(app)
        if layer in ("routes", "desk"):
            app.register_blueprint(module.blueprint)
        if layer == "commands":
            for group in module.groups:
                app.cli.add_command(group)
