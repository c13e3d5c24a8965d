"""proposed wordings of several provisions, and moves

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BEFORE = ("add", "change", "delete")
AFTER = (*BEFORE, "move")
# The tables and columns that know what a wording does.
COLUMNS = (("comments", "wording_action"), ("points", "action"), ("submission_points", "action"))


def upgrade():
    _allow(BEFORE, AFTER)
    op.create_table(
        "further_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("provision_id", sa.Integer(), nullable=False),
        sa.Column(
            "action",
            sa.Enum(
                *AFTER, name="wording_action_is_known", native_enum=False, create_constraint=True, length=8
            ),
            nullable=False,
        ),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("after_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["comment_id"],
            ["comments.id"],
            name=op.f("fk_further_changes_comment_id_comments"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["provision_id"], ["provisions.id"], name=op.f("fk_further_changes_provision_id_provisions")
        ),
        sa.ForeignKeyConstraint(
            ["after_id"], ["provisions.id"], name=op.f("fk_further_changes_after_id_provisions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_further_changes")),
        sa.UniqueConstraint("comment_id", "number", name="uq_further_changes_number"),
    )
    for column in ("comment_id", "provision_id"):
        op.create_index(op.f(f"ix_further_changes_{column}"), "further_changes", [column], unique=False)
    op.execute(
        "ALTER TABLE comments ADD COLUMN wording_after_id INTEGER "
        "CONSTRAINT fk_comments_wording_after_id_provisions REFERENCES provisions (id)"
    )


def downgrade():
    """Raises where a provision is to be moved: that cannot be said any more."""
    op.drop_table("further_changes")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_column("comments", "wording_after_id")
    else:
        # SQLite drops no column with a constraint; the table is not made anew, for what refers to it would go.
        op.execute("UPDATE comments SET wording_after_id = NULL")
    _allow(AFTER, BEFORE)


def _allow(before, after):
    """Let the columns take these values, without touching a row."""
    old, new = (", ".join(f"'{one}'" for one in values) for values in (before, after))
    if op.get_bind().dialect.name == "postgresql":
        for table, column in COLUMNS:
            name = f"ck_{table}_wording_action_is_known"
            op.drop_constraint(op.f(name), table, type_="check")
            op.create_check_constraint(op.f(name), table, f"{column} IN ({new})")
        return
    # A loosened check changes nothing in the file but its text (https://sqlite.org/lang_altertable.html, 7).
    op.execute("PRAGMA writable_schema=ON")
    tables = ", ".join(f"'{table}'" for table, _column in COLUMNS)
    escaped = [words.replace("'", "''") for words in (old, new)]
    op.execute(
        f"UPDATE sqlite_master SET sql = replace(sql, '({escaped[0]})', '({escaped[1]})') "
        f"WHERE type = 'table' AND name IN ({tables})"
    )
    op.execute("PRAGMA writable_schema=RESET")
