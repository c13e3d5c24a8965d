"""Finding people."""

from __future__ import annotations

from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload, selectinload

from participation.foundation.database import NotFound, session
from participation.foundation.language import _
from participation.foundation.tasks import Task
from participation.organisations.models import Membership

from .models import EndedSignIn, NetworkRole, Role, User, Viewer


def user_by_email(email: str) -> User | None:
    """The person with this address; addresses are kept in lower case."""
    return session.scalar(select(User).where(User.email == email.strip().lower()))


def user_of_email(email: str) -> User:
    """The same, but raises NotFound."""
    user = user_by_email(email)
    if user is None:
        raise NotFound(email)
    return user


def users_with_role(role: NetworkRole) -> list[User]:
    """All with a role in the whole network whose account is open, the longest registered first."""
    return list(
        session.scalars(
            select(User).join(User.roles).where(Role.name == role.value, User.active).order_by(User.id)
        ).unique()
    )


def user_of_session(key: str, sign_in_key: str) -> User | None:
    """The person a session belongs to, with roles and live memberships, in two statements.

    None when the account is closed or when the sign-in was ended.
    """
    ended = exists().where(EndedSignIn.key == sign_in_key)
    # The room of organisations declares it; for the type checker it is the list that rules see.
    memberships: Any = User.memberships
    return (
        session.scalars(
            select(User)
            .options(joinedload(User.roles), selectinload(memberships).joinedload(Membership.organisation))
            .where(User.fs_uniquifier == key, User.active, ~ended)
        )
        .unique()
        .one_or_none()
    )


def waiting_for(viewer: Viewer, acting: Any) -> list[Task]:
    """What the account itself asks of the person."""
    if not isinstance(viewer, User) or viewer.has_code_app:
        return []
    bears_mandate = any(membership.is_live and membership.is_representative for membership in viewer.memberships)
    if not (bears_mandate or viewer.needs_second_factor) or viewer.has_second_factor:
        return []
    return [
        Task(
            title=str(_("Protect your account with a second step")),
            why=_("What you do here binds others. With a second step, a stolen password alone opens nothing."),
            endpoint="security.two_factor_setup",
        )
    ]
