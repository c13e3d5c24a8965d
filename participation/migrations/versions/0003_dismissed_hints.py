"""hints that a person has dismissed

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

HINTS = ("front-page", "reading-a-draft", "desk", "co-signing", "preview")


def upgrade():
    op.create_table(
        "dismissed_hints",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "hint",
            sa.Enum(*HINTS, name="hint_is_known", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_dismissed_hints_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "hint", name=op.f("pk_dismissed_hints")),
    )


def downgrade():
    op.drop_table("dismissed_hints")
