"""unfinished texts

Revision ID: 0002
Revises: 0001
"""
import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('unfinished_texts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(length=250), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('address', sa.String(length=500), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('base', sa.String(length=40), nullable=False),
    sa.Column('writer_key', sa.String(length=40), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('revision > 0', name=op.f('ck_unfinished_texts_revision_is_positive')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_unfinished_texts_user_id_users'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unfinished_texts')),
    sa.UniqueConstraint('user_id', 'place', name=op.f('uq_unfinished_texts_user_id_place'))
    )
    with op.batch_alter_table('unfinished_texts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unfinished_texts_saved_at'), ['saved_at'], unique=False)


def downgrade():
    with op.batch_alter_table('unfinished_texts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_unfinished_texts_saved_at'))

    op.drop_table('unfinished_texts')
