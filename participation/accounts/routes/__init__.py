"""Sign-up, sign-in and profile, on Flask-Security."""

from __future__ import annotations

from flask import Blueprint, Flask
from flask_security import Security, SQLAlchemyUserDatastore

from participation.foundation.database import db

from ..models import Passkey, Role, User, Visitor
from .freshness import ask_to_sign_in_again, recent_sign_in

__all__ = ["ask_to_sign_in_again", "blueprint", "join", "recent_sign_in"]

blueprint = Blueprint("accounts", __name__)


class Datastore(SQLAlchemyUserDatastore):
    """Flask-Security's view of our people; the request commits, not the datastore."""

    def commit(self) -> None:
        self.db.session.flush()


def join(app: Flask) -> None:
    app.config["SECURITY_PASSWORD_SALT"] = app.config["SECRET_KEY"][:16]
    Security(app, Datastore(db, User, Role, Passkey))
    app.login_manager.anonymous_user = Visitor  # type: ignore[attr-defined]
