"""what a proposed wording changes, cut for a margin

Revision ID: 0005
Revises: 0004
"""
import sqlalchemy as sa
from alembic import op

from participation.texts.differing import diff_excerpt

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

BEFORE = ['version_id', 'parent_id', 'state', 'provision_id', 'posted_at', 'id']


def upgrade():
    # Not in batch mode: SQLite would copy the table and lose its checks.
    op.add_column('comments', sa.Column('wording_excerpt', sa.Text(), nullable=False, server_default=''))
    op.drop_index('ix_comments_beside', table_name='comments')
    op.create_index('ix_comments_beside', 'comments', [*BEFORE, 'kind'], unique=False)
    fill_in(op.get_bind())


def fill_in(connection):
    comments = sa.table('comments', sa.column('id'), sa.column('wording_html'), sa.column('wording_excerpt'))
    rows = connection.execute(sa.select(comments.c.id, comments.c.wording_html).where(comments.c.wording_html != ''))
    for number, difference in rows.all():
        excerpt = diff_excerpt(difference, 200)
        connection.execute(sa.update(comments).where(comments.c.id == number).values(wording_excerpt=excerpt))


def downgrade():
    op.drop_index('ix_comments_beside', table_name='comments')
    op.create_index('ix_comments_beside', 'comments', BEFORE, unique=False)
    op.drop_column('comments', 'wording_excerpt')
