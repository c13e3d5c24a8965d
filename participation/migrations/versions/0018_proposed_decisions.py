"""decisions that contributors propose to their representatives

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

from participation.foundation.database import Moment

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

STANCES = ("signs", "signs-except", "signs-if", "no-objection", "abstains", "objects")
STATES = ("proposed", "approved", "sent-back", "withdrawn", "replaced", "lapsed")
REFERS_TO = {
    "version_id": "position_versions", "organisation_id": "organisations", "author_id": "users",
    "ended_by_id": "users", "cosignature_id": "cosignatures",
}  # fmt: skip
NEVER_CHANGES = (
    "version_id", "organisation_id", "author_id", "sha256_seen", "stance", "excepted", "conditions", "statement",
    "proposed_at",
)  # fmt: skip


def upgrade():
    op.create_table(
        "proposed_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("sha256_seen", sa.String(64), nullable=False),
        sa.Column("stance", _known("stance_is_known", STANCES, 14), nullable=False),
        sa.Column("excepted", sa.JSON(), nullable=False),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("proposed_at", Moment(timezone=True), nullable=False),
        sa.Column("form_key", sa.String(40), nullable=False),
        sa.Column("state", _known("proposed_decision_state_is_known", STATES, 10), nullable=False),
        sa.Column("ended_at", Moment(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("cosignature_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'proposed') = (ended_at is null)", name=op.f("ck_proposed_decisions_its_end_is_known")
        ),
        sa.CheckConstraint(
            "(state = 'sent-back') = (because <> '')", name=op.f("ck_proposed_decisions_sent_back_for_a_reason")
        ),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_proposed_decisions_{column}_{table}"))
            for column, table in REFERS_TO.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposed_decisions")),
        sa.UniqueConstraint("form_key", name=op.f("uq_proposed_decisions_form_key")),
    )
    for column in ("organisation_id", "author_id", "cosignature_id"):
        op.create_index(op.f(f"ix_proposed_decisions_{column}"), "proposed_decisions", [column])
    op.create_index(
        "uq_proposed_decisions_one_waits", "proposed_decisions", ["version_id", "organisation_id"], unique=True,
        sqlite_where=sa.text("state = 'proposed'"), postgresql_where=sa.text("state = 'proposed'"),
    )  # fmt: skip
    _refuse_changes()


def _known(name, values, length):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=length)


def _refuse_changes():
    listed = ", ".join(f'"{column}"' for column in NEVER_CHANGES)
    if op.get_bind().dialect.name == "sqlite":
        changed = " OR ".join(f'NEW."{column}" IS NOT OLD."{column}"' for column in NEVER_CHANGES)
        op.execute(
            f"CREATE TRIGGER kept_proposed_decisions BEFORE UPDATE OF {listed} ON proposed_decisions WHEN {changed} "
            "BEGIN SELECT RAISE(ABORT, 'what was proposed never changes'); END"
        )
        return
    changed = " OR ".join(f'NEW."{column}"::text IS DISTINCT FROM OLD."{column}"::text' for column in NEVER_CHANGES)
    op.execute(
        f"CREATE TRIGGER kept_proposed_decisions BEFORE UPDATE OF {listed} ON proposed_decisions FOR EACH ROW "
        f"WHEN ({changed}) EXECUTE FUNCTION refuse_change()"
    )


def downgrade():
    on = "" if op.get_bind().dialect.name == "sqlite" else " ON proposed_decisions"
    op.execute(f"DROP TRIGGER kept_proposed_decisions{on}")
    op.drop_table("proposed_decisions")
