"""that a body gave too few days is kept

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

from participation.foundation.database import Moment

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TABLE, WORDS = "period_evidence", "what was found of a period never changes"


def upgrade():
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("deadline_on", sa.Date(), nullable=False),
        sa.Column("days_asked", sa.Integer(), nullable=False),
        sa.Column("minimum_days", sa.Integer(), nullable=True),
        sa.Column("period_rule", sa.String(length=40), nullable=False),
        sa.Column("found_at", Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_period_evidence_consultation_id_consultations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period_evidence")),
    )
    op.create_index(op.f("ix_period_evidence_consultation_id"), TABLE, ["consultation_id"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER kept_{TABLE} BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
        )
    else:
        op.execute(
            f"CREATE TRIGGER kept_{TABLE} BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )


def downgrade():
    op.drop_table(TABLE)
