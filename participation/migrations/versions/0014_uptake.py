"""the adopted text, and what became of each demanded wording in it

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

from participation.foundation.database import Moment

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

VERDICTS = ("verbatim", "part", "not", "opposite")
# What was found and what a person said of it: written once. That it was superseded stands beside it.
NEVER_CHANGES = {
    "point_uptakes": ("point_id", "version_id", "verdict", "taken", "missing", "keys", "share", "found_at"),
    "uptake_confirmations": ("uptake_id", "verdict", "reason", "confirmed_by_id", "confirmed_at"),
}


def upgrade():
    # In place: what refers to the table would refuse that SQLite writes it anew.
    op.execute(
        "ALTER TABLE text_versions ADD COLUMN adopted_on DATE "
        "CONSTRAINT ck_text_versions_what_was_adopted_is_published CHECK (adopted_on is null or state = 'published')"
    )
    op.execute(
        "ALTER TABLE text_versions ADD COLUMN adopted_source VARCHAR(500) DEFAULT '' NOT NULL "
        "CONSTRAINT ck_text_versions_what_was_adopted_has_a_source "
        "CHECK ((adopted_on is null) = (adopted_source = ''))"
    )
    op.create_index(
        "uq_text_versions_one_adopted", "text_versions", ["consultation_id"], unique=True,
        sqlite_where=sa.text("adopted_on is not null"), postgresql_where=sa.text("adopted_on is not null"),
    )
    op.create_table(
        "point_uptakes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("verdict", _verdict(), nullable=False),
        sa.Column("taken", sa.JSON(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("keys", sa.JSON(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("found_at", Moment(timezone=True), nullable=False),
        sa.CheckConstraint("share >= 0 and share <= 1", name=op.f("ck_point_uptakes_share_is_a_share")),
        sa.ForeignKeyConstraint(
            ["point_id"], ["submission_points.id"], name=op.f("fk_point_uptakes_point_id_submission_points")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["text_versions.id"], name=op.f("fk_point_uptakes_version_id_text_versions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_uptakes")),
        sa.UniqueConstraint("point_id", name=op.f("uq_point_uptakes_point_id")),
    )
    op.create_index(op.f("ix_point_uptakes_version_id"), "point_uptakes", ["version_id"])
    op.create_table(
        "uptake_confirmations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uptake_id", sa.Integer(), nullable=False),
        sa.Column("verdict", _verdict(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", Moment(timezone=True), nullable=False),
        sa.Column("superseded_at", Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["users.id"], name=op.f("fk_uptake_confirmations_confirmed_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["uptake_id"], ["point_uptakes.id"], name=op.f("fk_uptake_confirmations_uptake_id_point_uptakes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uptake_confirmations")),
    )
    op.create_index(op.f("ix_uptake_confirmations_uptake_id"), "uptake_confirmations", ["uptake_id"])
    op.create_index(
        "uq_uptake_confirmations_one_stands", "uptake_confirmations", ["uptake_id"], unique=True,
        sqlite_where=sa.text("superseded_at is null"), postgresql_where=sa.text("superseded_at is null"),
    )
    for table, columns in NEVER_CHANGES.items():
        _refuse_changes(table, columns)


def _verdict():
    return sa.Enum(*VERDICTS, name="verdict_is_known", native_enum=False, create_constraint=True, length=10)


def _refuse_changes(table, columns):
    name, listed = f"kept_{table}", ", ".join(f'"{column}"' for column in columns)
    if op.get_bind().dialect.name == "sqlite":
        changed = " OR ".join(f'NEW."{column}" IS NOT OLD."{column}"' for column in columns)
        op.execute(
            f"CREATE TRIGGER {name} BEFORE UPDATE OF {listed} ON {table} WHEN {changed} "
            "BEGIN SELECT RAISE(ABORT, 'what was found of a demand never changes'); END"
        )
        return
    changed = " OR ".join(f'NEW."{column}"::text IS DISTINCT FROM OLD."{column}"::text' for column in columns)
    op.execute(
        f"CREATE TRIGGER {name} BEFORE UPDATE OF {listed} ON {table} FOR EACH ROW WHEN ({changed}) "
        "EXECUTE FUNCTION refuse_change()"
    )


def downgrade():
    for table in NEVER_CHANGES:
        on = "" if op.get_bind().dialect.name == "sqlite" else f" ON {table}"
        op.execute(f"DROP TRIGGER kept_{table}{on}")
    op.drop_table("uptake_confirmations")
    op.drop_table("point_uptakes")
    op.drop_index("uq_text_versions_one_adopted", "text_versions")
    # The check of the source names both columns, and goes with the source.
    op.execute("ALTER TABLE text_versions DROP COLUMN adopted_source")
    op.execute("ALTER TABLE text_versions DROP COLUMN adopted_on")
