"""deliveries, errata, private links, and what bodies write there

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

from participation.foundation.database import Moment

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# What was said, to whom and when: written once. Later facts (it came back, it was received) stand beside it.
NEVER_CHANGES = {
    "deliveries": (
        "submission_id", "body_id", "kind", "erratum_id", "channel", "enclosed", "to_email", "subject", "letter",
        "delivered_by_id", "delivered_at", "mail_key", "handed_over_on", "register_number", "scan_id",
    ),
    "errata": ("submission_id", "text", "html", "added_by_id", "added_at"),
    "answer_confirmations": ("submission_id", "body_id", "link_id", "name", "function", "confirmed_at"),
}  # fmt: skip
# Once a submission was sent.
NEVER_CHANGES_SENT = ("state", "sent_on", "sha256", "general_html")


def upgrade():
    op.create_table('errata',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=False),
    sa.Column('added_at', Moment(timezone=True), nullable=False),
    sa.Column('form_key', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['added_by_id'], ['users.id'], name=op.f('fk_errata_added_by_id_users')),
    sa.ForeignKeyConstraint(['submission_id'], ['submissions.id'], name=op.f('fk_errata_submission_id_submissions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_errata')),
    sa.UniqueConstraint('form_key', name=op.f('uq_errata_form_key'))
    )
    with op.batch_alter_table('errata', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_errata_submission_id'), ['submission_id'], unique=False)
    op.create_table('private_links',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=20), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('issued_by_id', sa.Integer(), nullable=False),
    sa.Column('issued_at', Moment(timezone=True), nullable=False),
    sa.Column('revoked_at', Moment(timezone=True), nullable=True),
    sa.Column('revoked_by_id', sa.Integer(), nullable=True),
    sa.Column('revoked_because', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['public_bodies.id'], name=op.f('fk_private_links_body_id_public_bodies')),
    sa.ForeignKeyConstraint(['issued_by_id'], ['users.id'], name=op.f('fk_private_links_issued_by_id_users')),
    sa.ForeignKeyConstraint(['revoked_by_id'], ['users.id'], name=op.f('fk_private_links_revoked_by_id_users')),
    sa.ForeignKeyConstraint(['submission_id'], ['submissions.id'], name=op.f('fk_private_links_submission_id_submissions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_private_links')),
    sa.UniqueConstraint('key', name=op.f('uq_private_links_key'))
    )
    with op.batch_alter_table('private_links', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_private_links_body_id'), ['body_id'], unique=False)
        batch_op.create_index('uq_private_links_one_live', ['submission_id', 'body_id'], unique=True, sqlite_where=sa.text('revoked_at is null'), postgresql_where=sa.text('revoked_at is null'))
    op.create_table('answer_confirmations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('link_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=160), nullable=False),
    sa.Column('function', sa.String(length=200), nullable=False),
    sa.Column('confirmed_at', Moment(timezone=True), nullable=False),
    sa.Column('said', sa.JSON(), nullable=False),
    sa.Column('reopened_at', Moment(timezone=True), nullable=True),
    sa.Column('reopened_by_id', sa.Integer(), nullable=True),
    sa.Column('reopened_because', sa.Text(), nullable=False),
    sa.Column('form_key', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['public_bodies.id'], name=op.f('fk_answer_confirmations_body_id_public_bodies')),
    sa.ForeignKeyConstraint(['link_id'], ['private_links.id'], name=op.f('fk_answer_confirmations_link_id_private_links')),
    sa.ForeignKeyConstraint(['reopened_by_id'], ['users.id'], name=op.f('fk_answer_confirmations_reopened_by_id_users')),
    sa.ForeignKeyConstraint(['submission_id'], ['submissions.id'], name=op.f('fk_answer_confirmations_submission_id_submissions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer_confirmations')),
    sa.UniqueConstraint('form_key', name=op.f('uq_answer_confirmations_form_key'))
    )
    with op.batch_alter_table('answer_confirmations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_answer_confirmations_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_answer_confirmations_submission_id'), ['submission_id'], unique=False)
    op.create_table('deliveries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('submission', 'erratum', 'reminder', 'link', name='delivery_kind_is_known', native_enum=False, create_constraint=True, length=12), nullable=False),
    sa.Column('erratum_id', sa.Integer(), nullable=True),
    sa.Column('channel', sa.Enum('email', 'post', 'by-hand', 'portal', 'session', name='channel_is_known', native_enum=False, create_constraint=True, length=12), nullable=False),
    sa.Column('enclosed', sa.Enum('documents', 'link', 'nothing', name='enclosure_is_known', native_enum=False, create_constraint=True, length=12), nullable=False),
    sa.Column('to_email', sa.String(length=254), nullable=False),
    sa.Column('subject', sa.String(length=700), nullable=False),
    sa.Column('letter', sa.Text(), nullable=False),
    sa.Column('delivered_by_id', sa.Integer(), nullable=False),
    sa.Column('delivered_at', Moment(timezone=True), nullable=False),
    sa.Column('form_key', sa.String(length=40), nullable=False),
    sa.Column('mail_key', sa.String(length=200), nullable=True),
    sa.Column('handed_over_on', sa.Date(), nullable=True),
    sa.Column('register_number', sa.String(length=120), nullable=False),
    sa.Column('scan_id', sa.Integer(), nullable=True),
    sa.Column('returned_at', Moment(timezone=True), nullable=True),
    sa.Column('returned_because', sa.Text(), nullable=False),
    sa.Column('acknowledged_at', Moment(timezone=True), nullable=True),
    sa.Column('acknowledged_by', sa.String(length=200), nullable=False),
    sa.Column('acknowledged_how', sa.String(length=500), nullable=False),
    sa.CheckConstraint("(acknowledged_at is null) = (acknowledged_by = '')", name=op.f('ck_deliveries_somebody_confirms_the_receipt')),
    sa.CheckConstraint("(channel = 'email') = (handed_over_on is null)", name=op.f('ck_deliveries_what_was_handed_over_has_a_day')),
    sa.CheckConstraint("(channel = 'email') = (to_email <> '')", name=op.f('ck_deliveries_a_mail_has_an_address')),
    sa.CheckConstraint("(kind = 'erratum') = (erratum_id is not null)", name=op.f('ck_deliveries_an_erratum_is_named')),
    sa.ForeignKeyConstraint(['body_id'], ['public_bodies.id'], name=op.f('fk_deliveries_body_id_public_bodies')),
    sa.ForeignKeyConstraint(['delivered_by_id'], ['users.id'], name=op.f('fk_deliveries_delivered_by_id_users')),
    sa.ForeignKeyConstraint(['erratum_id'], ['errata.id'], name=op.f('fk_deliveries_erratum_id_errata')),
    sa.ForeignKeyConstraint(['scan_id'], ['stored_files.id'], name=op.f('fk_deliveries_scan_id_stored_files')),
    sa.ForeignKeyConstraint(['submission_id'], ['submissions.id'], name=op.f('fk_deliveries_submission_id_submissions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deliveries')),
    sa.UniqueConstraint('body_id', 'form_key', name='uq_deliveries_once_a_form'),
    sa.UniqueConstraint('mail_key', name=op.f('uq_deliveries_mail_key'))
    )
    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_deliveries_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_deliveries_erratum_id'), ['erratum_id'], unique=False)
        batch_op.create_index('ix_deliveries_of_a_body', ['submission_id', 'body_id'], unique=False)
    op.create_table('answer_drafts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('point_id', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.Enum('accepted', 'partly', 'rejected', 'noted', 'not-competent', 'no-reply', name='outcome_is_known', native_enum=False, create_constraint=True, length=16), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('saved_at', Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['public_bodies.id'], name=op.f('fk_answer_drafts_body_id_public_bodies')),
    sa.ForeignKeyConstraint(['point_id'], ['submission_points.id'], name=op.f('fk_answer_drafts_point_id_submission_points')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer_drafts')),
    sa.UniqueConstraint('point_id', 'body_id', name='uq_answer_drafts_one_a_body')
    )
    with op.batch_alter_table('answer_drafts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_answer_drafts_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_answer_drafts_point_id'), ['point_id'], unique=False)
    with op.batch_alter_table('answers', schema=None) as batch_op:
        batch_op.add_column(sa.Column('confirmation_id', sa.Integer(), nullable=True))
        batch_op.alter_column('recorded_by_id',
               existing_type=sa.INTEGER(),
               nullable=True)
        batch_op.create_check_constraint(
            batch_op.f('ck_answers_somebody_stands_for_it'), 'recorded_by_id is not null or confirmation_id is not null'
        )
        batch_op.create_index(batch_op.f('ix_answers_confirmation_id'), ['confirmation_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_answers_confirmation_id_answer_confirmations'), 'answer_confirmations', ['confirmation_id'], ['id'])

    op.add_column("submissions", sa.Column("answer_due_rule", sa.String(60), nullable=False, server_default=""))
    guard_what_was_sent()


def guard_what_was_sent():
    for table, columns in NEVER_CHANGES.items():
        _refuse_changes(table, columns)
    _refuse_changes("submissions", NEVER_CHANGES_SENT, "OLD.state = 'sent' AND ")


def _refuse_changes(table, columns, condition=""):
    name, listed = f"sent_{table}", ", ".join(columns)
    if op.get_bind().dialect.name == "sqlite":
        changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns)
        op.execute(
            f"CREATE TRIGGER {name} BEFORE UPDATE OF {listed} ON {table} WHEN {condition}({changed}) "
            "BEGIN SELECT RAISE(ABORT, 'what was sent never changes'); END"
        )
        return
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)
    op.execute(
        f"CREATE TRIGGER {name} BEFORE UPDATE OF {listed} ON {table} FOR EACH ROW WHEN ({condition}({changed})) "
        "EXECUTE FUNCTION refuse_change()"
    )


def downgrade():
    for table in (*NEVER_CHANGES, "submissions"):
        on = "" if op.get_bind().dialect.name == "sqlite" else f" ON {table}"
        op.execute(f"DROP TRIGGER sent_{table}{on}")
    op.drop_column("submissions", "answer_due_rule")
    # An answer that a body gave at its private address has nobody else who stands for it.
    op.execute("DELETE FROM answers WHERE recorded_by_id IS NULL")
    with op.batch_alter_table('answers', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_answers_somebody_stands_for_it'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_answers_confirmation_id_answer_confirmations'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_answers_confirmation_id'))
        batch_op.alter_column('recorded_by_id',
               existing_type=sa.INTEGER(),
               nullable=False)
        batch_op.drop_column('confirmation_id')
    with op.batch_alter_table('answer_drafts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_answer_drafts_point_id'))
        batch_op.drop_index(batch_op.f('ix_answer_drafts_body_id'))
    op.drop_table('answer_drafts')
    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.drop_index('ix_deliveries_of_a_body')
        batch_op.drop_index(batch_op.f('ix_deliveries_erratum_id'))
        batch_op.drop_index(batch_op.f('ix_deliveries_body_id'))
    op.drop_table('deliveries')
    with op.batch_alter_table('answer_confirmations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_answer_confirmations_submission_id'))
        batch_op.drop_index(batch_op.f('ix_answer_confirmations_body_id'))
    op.drop_table('answer_confirmations')
    with op.batch_alter_table('private_links', schema=None) as batch_op:
        batch_op.drop_index('uq_private_links_one_live', sqlite_where=sa.text('revoked_at is null'), postgresql_where=sa.text('revoked_at is null'))
        batch_op.drop_index(batch_op.f('ix_private_links_body_id'))
    op.drop_table('private_links')
    with op.batch_alter_table('errata', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_errata_submission_id'))
    op.drop_table('errata')
