"""organisations say that they have no comments

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

from participation.foundation.database import Moment

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "nil_returns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("given_at", Moment(timezone=True), nullable=False),
        sa.Column("withdrawn_at", Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_nil_returns_consultation_id_consultations")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_nil_returns_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(["given_by_id"], ["users.id"], name=op.f("fk_nil_returns_given_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nil_returns")),
    )
    op.create_index(op.f("ix_nil_returns_organisation_id"), "nil_returns", ["organisation_id"])
    op.create_index(
        "uq_nil_returns_one_stands", "nil_returns", ["consultation_id", "organisation_id"], unique=True,
        sqlite_where=sa.text("withdrawn_at is null"), postgresql_where=sa.text("withdrawn_at is null"),
    )


def downgrade():
    op.drop_table("nil_returns")
