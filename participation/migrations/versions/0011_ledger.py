"""the ledger: records, secrets, checkpoints

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# What was written is neither changed nor taken away.
LEVELS = ("P0", "P1", "P2", "P3", "P4")
KEPT = ("ledger_entries", "ledger_checkpoints")


def upgrade():
    op.create_table(
        "ledger_entries",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("thread", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_ledger_entries")),
        sa.UniqueConstraint("thread", "number", name="uq_ledger_entries_number_in_thread"),
    )
    op.create_table(
        "ledger_checkpoints",
        sa.Column("size", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_ledger_checkpoints")),
    )
    op.create_table(
        "ledger_secrets",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["seq"], ["ledger_entries.seq"], name=op.f("fk_ledger_secrets_seq_ledger_entries")),
        sa.PrimaryKeyConstraint("seq", "purpose", name=op.f("pk_ledger_secrets")),
    )
    op.create_index("ix_ledger_secrets_user_id", "ledger_secrets", ["user_id"])
    with op.batch_alter_table("cosignatures") as table:
        table.add_column(sa.Column("level", level(), nullable=False, server_default="P1"))
        table.add_column(sa.Column("seq", sa.Integer(), nullable=True))
        table.create_unique_constraint(op.f("uq_cosignatures_seq"), ["seq"])
        table.create_foreign_key(op.f("fk_cosignatures_seq_ledger_entries"), "ledger_entries", ["seq"], ["seq"])
    know_formats("pdf", "docx", "odt", "xlsx", "csv", "json", "draft", "zip")
    with op.batch_alter_table("signatories") as table:
        table.add_column(sa.Column("seq", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_signatories_seq_ledger_entries"), "ledger_entries", ["seq"], ["seq"])
    with op.batch_alter_table("memberships") as table:
        table.add_column(sa.Column("mandate_checked_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("mandate_checked_by_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("mandate_seen", sa.String(length=500), nullable=False, server_default=""))
        table.create_foreign_key(
            op.f("fk_memberships_mandate_checked_by_id_users"), "users", ["mandate_checked_by_id"], ["id"]
        )
    if op.get_bind().dialect.name == "sqlite":
        guard_on_sqlite()
    else:
        guard_on_postgresql()


def know_formats(*formats):
    """Let documents be of these formats."""
    name = op.f("ck_submission_documents_document_format_is_known")
    with op.batch_alter_table("submission_documents") as table:
        table.drop_constraint(name, type_="check")
        table.create_check_constraint(name, "format IN ({})".format(", ".join(f"'{one}'" for one in formats)))


def level():
    return sa.Enum(
        *LEVELS, name="mandate_level_is_known", native_enum=False, create_constraint=True, length=2
    )


def guard_on_sqlite():
    for table in KEPT:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER kept_{table}_{act.lower()} BEFORE {act} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END"
            )
    op.execute(
        "CREATE TRIGGER gapless_ledger_entries BEFORE INSERT ON ledger_entries "
        "WHEN NEW.seq <> (SELECT COALESCE(MAX(seq) + 1, 0) FROM ledger_entries) "
        "BEGIN SELECT RAISE(ABORT, 'the ledger has no gaps'); END"
    )


def guard_on_postgresql():
    op.execute(
        "CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the ledger only grows'; END $$"
    )
    op.execute(
        "CREATE FUNCTION refuse_ledger_gap() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN IF NEW.seq <> (SELECT COALESCE(MAX(seq) + 1, 0) FROM ledger_entries) "
        "THEN RAISE EXCEPTION 'the ledger has no gaps'; END IF; RETURN NEW; END $$"
    )
    for table in KEPT:
        op.execute(
            f"CREATE TRIGGER kept_{table} BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change()"
        )
        op.execute(
            f"CREATE TRIGGER kept_whole_{table} BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_ledger_change()"
        )
    op.execute(
        "CREATE TRIGGER gapless_ledger_entries BEFORE INSERT ON ledger_entries "
        "FOR EACH ROW EXECUTE FUNCTION refuse_ledger_gap()"
    )


def downgrade():
    op.execute("DELETE FROM submission_documents WHERE format IN ('draft', 'zip')")
    know_formats("pdf", "docx", "odt", "xlsx", "csv", "json")
    with op.batch_alter_table("memberships") as table:
        table.drop_constraint(op.f("fk_memberships_mandate_checked_by_id_users"), type_="foreignkey")
        for column in ("mandate_seen", "mandate_checked_by_id", "mandate_checked_at"):
            table.drop_column(column)
    with op.batch_alter_table("signatories") as table:
        table.drop_constraint(op.f("fk_signatories_seq_ledger_entries"), type_="foreignkey")
        table.drop_column("seq")
    with op.batch_alter_table("cosignatures") as table:
        table.drop_constraint(op.f("fk_cosignatures_seq_ledger_entries"), type_="foreignkey")
        table.drop_constraint(op.f("uq_cosignatures_seq"), type_="unique")
        table.drop_column("seq")
        table.drop_column("level")
    op.drop_index("ix_ledger_secrets_user_id", table_name="ledger_secrets")
    op.drop_table("ledger_secrets")
    op.drop_table("ledger_checkpoints")
    op.drop_table("ledger_entries")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION refuse_ledger_change()")
        op.execute("DROP FUNCTION refuse_ledger_gap()")
