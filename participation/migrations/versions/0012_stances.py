"""what an organisation says to a text: stances, exceptions, conditions

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

STANCES = ("signs", "signs-except", "signs-if", "no-objection", "abstains", "objects")


def upgrade():
    with op.batch_alter_table("cosignatures") as table:
        table.add_column(sa.Column("stance", stance(), nullable=False, server_default="signs"))
        table.add_column(sa.Column("excepted", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("conditions", sa.JSON(), nullable=False, server_default="{}"))
    know_states("cosignatures", "cosignature", "live", "withdrawn", "superseded", "lapsed")
    know_states("positions", "position", "drafted", "opened", "revised", "delivered")


def know_states(table_name, noun, *states):
    """Let the rows of a table be in these states."""
    name = op.f(f"ck_{table_name}_{noun}_state_is_known")
    with op.batch_alter_table(table_name) as table:
        table.drop_constraint(name, type_="check")
        table.create_check_constraint(name, "state IN ({})".format(", ".join(f"'{one}'" for one in states)))


def stance():
    return sa.Enum(*STANCES, name="stance_is_known", native_enum=False, create_constraint=True, length=14)


def downgrade():
    op.execute("UPDATE cosignatures SET state = 'withdrawn' WHERE state IN ('superseded', 'lapsed')")
    op.execute("UPDATE positions SET state = 'opened' WHERE state = 'revised'")
    know_states("cosignatures", "cosignature", "live", "withdrawn")
    know_states("positions", "position", "drafted", "opened", "delivered")
    with op.batch_alter_table("cosignatures") as table:
        for column in ("conditions", "excepted", "stance"):
            table.drop_column(column)
