"""why comments were left out of a position

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

from participation.foundation.database import Moment

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

KINDS = ("point", "general", "subject", "line", "support", "elsewhere", "other")
# What was said of a comment: written once. That it ended stands beside it.
NEVER_CHANGES = ("position_id", "comment_id", "kind", "words", "since_version", "recorded_by_id", "recorded_at")


def upgrade():
    op.create_table(
        "omissions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("kind", _kind(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=True),
        sa.Column("point_number", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("since_version", sa.Integer(), nullable=False),
        sa.Column("until_version", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Moment(timezone=True), nullable=False),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", Moment(timezone=True), nullable=True),
        sa.CheckConstraint("kind <> 'other' or words <> ''", name=op.f("ck_omissions_another_reason_is_in_words")),
        sa.CheckConstraint(
            "point_id is null or kind = 'point'", name=op.f("ck_omissions_only_what_is_said_has_a_point")
        ),
        sa.CheckConstraint(
            "(ended_at is null) = (until_version is null)", name=op.f("ck_omissions_what_ended_has_a_version")
        ),
        sa.ForeignKeyConstraint(
            ["position_id"], ["positions.id"], name=op.f("fk_omissions_position_id_positions")
        ),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_omissions_comment_id_comments")),
        sa.ForeignKeyConstraint(
            ["point_id"], ["points.id"], name=op.f("fk_omissions_point_id_points"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["users.id"], name=op.f("fk_omissions_recorded_by_id_users")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["users.id"], name=op.f("fk_omissions_ended_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_omissions")),
    )
    for column in ("position_id", "comment_id", "point_id"):
        op.create_index(op.f(f"ix_omissions_{column}"), "omissions", [column])
    op.create_index(
        "uq_omissions_one_stands", "omissions", ["position_id", "comment_id"], unique=True,
        sqlite_where=sa.text("ended_at is null"), postgresql_where=sa.text("ended_at is null"),
    )
    _refuse_changes()


def _kind():
    return sa.Enum(*KINDS, name="omission_kind_is_known", native_enum=False, create_constraint=True, length=10)


def _refuse_changes():
    listed = ", ".join(f'"{column}"' for column in NEVER_CHANGES)
    if op.get_bind().dialect.name == "sqlite":
        changed = " OR ".join(f'NEW."{column}" IS NOT OLD."{column}"' for column in NEVER_CHANGES)
        op.execute(
            f"CREATE TRIGGER kept_omissions BEFORE UPDATE OF {listed} ON omissions WHEN {changed} "
            "BEGIN SELECT RAISE(ABORT, 'why a comment was left out never changes'); END"
        )
        return
    changed = " OR ".join(f'NEW."{column}"::text IS DISTINCT FROM OLD."{column}"::text' for column in NEVER_CHANGES)
    op.execute(
        f"CREATE TRIGGER kept_omissions BEFORE UPDATE OF {listed} ON omissions FOR EACH ROW WHEN ({changed}) "
        "EXECUTE FUNCTION refuse_change()"
    )


def downgrade():
    on = "" if op.get_bind().dialect.name == "sqlite" else " ON omissions"
    op.execute(f"DROP TRIGGER kept_omissions{on}")
    op.drop_table("omissions")
