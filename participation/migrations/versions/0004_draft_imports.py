"""drafts on their way in

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STATES = ("reading", "read", "refused")


def upgrade():
    op.create_table(
        "draft_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("form_key", sa.String(length=40), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="import_state_is_known", native_enum=False, create_constraint=True, length=12),
            nullable=False,
        ),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("filename", sa.String(length=300), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("is_pasted", sa.Boolean(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("internal_deadline_on", sa.Date(), nullable=True),
        sa.Column("is_express", sa.Boolean(), nullable=False),
        sa.Column("progress", sa.JSON(), nullable=False),
        sa.Column("refusal", sa.String(length=20), nullable=False),
        sa.Column("refusal_details", sa.JSON(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state != 'read' or consultation_id is not null",
            name=op.f("ck_draft_imports_what_was_read_is_a_consultation"),
        ),
        sa.CheckConstraint(
            "state != 'refused' or refusal != ''", name=op.f("ck_draft_imports_a_refusal_has_a_reason")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_draft_imports_consultation_id_consultations")
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name=op.f("fk_draft_imports_created_by_id_users")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_files.id"], name=op.f("fk_draft_imports_file_id_stored_files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_imports")),
        sa.UniqueConstraint("form_key", name=op.f("uq_draft_imports_form_key")),
        sa.UniqueConstraint("key", name=op.f("uq_draft_imports_key")),
    )
    with op.batch_alter_table("draft_imports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_imports_created_by_id"), ["created_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_draft_imports_consultation_id"), ["consultation_id"], unique=False)


def downgrade():
    op.drop_table("draft_imports")
