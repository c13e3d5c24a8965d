"""where comments stand in later versions of a text, quoted passages, versions on their way in

Revision ID: 0007
Revises: 0006
"""
import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

STATES = ('placed', 'moved', 'changed', 'orphaned')
QUOTES = (
    ('quote_exact', sa.Text(), ''),
    ('quote_prefix', sa.String(length=64), ''),
    ('quote_suffix', sa.String(length=64), ''),
    ('quote_start', sa.Integer(), '0'),
    ('quote_end', sa.Integer(), '0'),
)
QUOTED = ('quote_exact', 'quote_start', 'quote_end')


def upgrade():
    op.create_table(
        'comment_places',
        sa.Column('comment_id', sa.Integer(), nullable=False),
        sa.Column('version_id', sa.Integer(), nullable=False),
        sa.Column('provision_id', sa.Integer(), nullable=True),
        sa.Column('after_id', sa.Integer(), nullable=True),
        sa.Column(
            'state',
            sa.Enum(*STATES, name='anchor_state_is_known', native_enum=False, create_constraint=True, length=10),
            nullable=False,
        ),
        sa.Column('score', sa.Float(), nullable=False),
        sa.Column('quote_exact', sa.Text(), nullable=False),
        sa.Column('quote_start', sa.Integer(), nullable=False),
        sa.Column('quote_end', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['comment_id'], ['comments.id'], name=op.f('fk_comment_places_comment_id_comments')
        ),
        sa.ForeignKeyConstraint(
            ['version_id'], ['text_versions.id'], name=op.f('fk_comment_places_version_id_text_versions')
        ),
        sa.ForeignKeyConstraint(
            ['provision_id'], ['provisions.id'], name=op.f('fk_comment_places_provision_id_provisions')
        ),
        sa.ForeignKeyConstraint(['after_id'], ['provisions.id'], name=op.f('fk_comment_places_after_id_provisions')),
        sa.PrimaryKeyConstraint('comment_id', 'version_id', name=op.f('pk_comment_places')),
    )
    op.create_index('ix_comment_places_provision', 'comment_places', ['version_id', 'provision_id'])
    # Not in batch mode: SQLite would copy the tables and lose their checks.
    for name, kind, default in QUOTES:
        op.add_column('comments', sa.Column(name, kind, nullable=False, server_default=default))
    op.add_column('provisions', sa.Column('origins', sa.JSON(), nullable=False, server_default='[]'))
    op.add_column(
        'draft_imports',
        sa.Column(
            'version_of_id',
            sa.Integer(),
            sa.ForeignKey('consultations.id', name=op.f('fk_draft_imports_version_of_id_consultations')),
            nullable=True,
        ),
        inline_references=True,
    )
    fill_in(op.get_bind())


def fill_in(connection):
    """Comments on texts that have later versions stand where the provision of the same key is."""
    comments = sa.table('comments', *map(sa.column, ('id', 'version_id', 'provision_id', 'parent_id')))
    versions = sa.table('text_versions', *map(sa.column, ('id', 'consultation_id', 'number', 'state')))
    provisions = sa.table('provisions', *map(sa.column, ('id', 'version_id', 'key', 'text')))
    places = sa.table(
        'comment_places',
        *map(sa.column, ('comment_id', 'version_id', 'provision_id', 'state', 'score', *QUOTED)),
    )
    own, later, before, now = versions.alias(), versions.alias(), provisions.alias(), provisions.alias()
    state = sa.case(
        (comments.c.provision_id.is_(None), 'placed'),
        (now.c.id.is_(None), 'orphaned'),
        (now.c.text == before.c.text, 'placed'),
        else_='changed',
    )
    asked = (
        sa.select(
            comments.c.id, later.c.id, now.c.id, state, sa.literal(1.0), sa.literal(''), sa.literal(0), sa.literal(0)
        )
        .join(own, own.c.id == comments.c.version_id)
        .join(
            later,
            (later.c.consultation_id == own.c.consultation_id)
            & (later.c.number > own.c.number)
            & (later.c.state == 'published'),
        )
        .outerjoin(before, before.c.id == comments.c.provision_id)
        .outerjoin(now, (now.c.version_id == later.c.id) & (now.c.key == before.c.key))
        .where(comments.c.parent_id.is_(None))
    )
    names = ['comment_id', 'version_id', 'provision_id', 'state', 'score', *QUOTED]
    connection.execute(sa.insert(places).from_select(names, asked))


def downgrade():
    op.drop_column('draft_imports', 'version_of_id')
    op.drop_column('provisions', 'origins')
    for name, _kind, _default in reversed(QUOTES):
        op.drop_column('comments', name)
    op.drop_index('ix_comment_places_provision', table_name='comment_places')
    op.drop_table('comment_places')
