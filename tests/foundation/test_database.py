"""What the database promises: moments, migrations that match the models, reading that never writes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from factories import OrganisationFactory, UserFactory
from sqlalchemy.exc import IntegrityError

from participation.accounts.models import User
from participation.foundation import database
from participation.foundation.database import db, session
from participation.web import Application


def test_migrations_make_exactly_the_tables_of_the_models(app: Application) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, db.metadata) == []


def test_a_moment_comes_back_aware_and_in_utc(app: Application) -> None:
    moment = datetime(2026, 3, 5, 22, 59, 59, tzinfo=UTC)
    user = UserFactory(registered_at=moment)
    session.commit()
    assert session.get(User, user.id).registered_at == moment


def test_a_moment_without_a_time_zone_is_refused(app: Application) -> None:
    with pytest.raises(Exception, match="time zone"):
        UserFactory(registered_at=datetime(2026, 3, 5))


def test_a_request_that_only_reads_cannot_change_anything(app: Application) -> None:
    organisation = OrganisationFactory()
    session.commit()
    database.only_reading(True)
    organisation.name = "Drugo ime"
    with pytest.raises(database.ChangedWhileReading):
        session.flush()
    session.rollback()


@pytest.mark.parametrize(
    ("version", "sound"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
    ],
)
def test_wal_mode_is_used_only_on_a_sound_sqlite(version: tuple[int, ...], sound: bool) -> None:
    assert database.is_sound(version) is sound


def test_the_first_of_two_equal_rows_is_kept(app: Application) -> None:
    first = UserFactory(email="ana@lipa.example")
    session.commit()
    again = UserFactory.build(email="ana@lipa.example")
    assert database.keep_first(again, lambda: session.get(User, first.id)) is first
    other = UserFactory.build(email="bor@lipa.example")
    assert database.keep_first(other, lambda: None) is other


def test_a_row_that_breaks_another_constraint_is_no_second_press(app: Application) -> None:
    UserFactory(email="ana@lipa.example")
    with pytest.raises(IntegrityError):
        database.keep_first(UserFactory.build(email="ana@lipa.example"), lambda: None)
    session.rollback()
