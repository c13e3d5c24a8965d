"""edited word files wait for the worker

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STATES = ("reading", "read", "refused")


def upgrade():
    with op.batch_alter_table("edited_files", schema=None) as batch_op:
        # What is there has been read.
        batch_op.add_column(
            sa.Column(
                "state",
                sa.Enum(
                    *STATES, name="import_state_is_known", native_enum=False, create_constraint=True, length=12
                ),
                nullable=False,
                server_default="read",
            )
        )
        batch_op.add_column(sa.Column("size", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("file_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("refusal", sa.String(length=20), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("refusal_details", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.create_foreign_key(
            op.f("fk_edited_files_file_id_stored_files"), "stored_files", ["file_id"], ["id"]
        )
        batch_op.create_check_constraint(
            op.f("ck_edited_files_a_refusal_has_a_reason"), "state != 'refused' or refusal != ''"
        )


def downgrade():
    with op.batch_alter_table("edited_files", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_edited_files_a_refusal_has_a_reason"), type_="check")
        batch_op.drop_constraint(op.f("fk_edited_files_file_id_stored_files"), type_="foreignkey")
        for column in ("refusal_details", "refusal", "file_id", "size", "state"):
            batch_op.drop_column(column)
