"""proposed wordings as lawyers write them

Revision ID: 0006
Revises: 0005
"""
import sqlalchemy as sa
from alembic import op

from participation.texts.formulas import formula_of_addition, formula_of_change, formula_of_deletion, place_of
from participation.texts.provisions import Kind, Provision

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade():
    # Not in batch mode: SQLite would copy the table and lose its checks.
    op.add_column('comments', sa.Column('wording_formula', sa.Text(), nullable=False, server_default=''))
    fill_in(op.get_bind())


def fill_in(connection):
    names = ('id', 'version_id', 'provision_id', 'wording_action', 'wording', 'wording_formula')
    comments = sa.table('comments', *map(sa.column, names))
    asked = sa.select(comments).where(comments.c.wording_action.is_not(None), comments.c.provision_id.is_not(None))
    texts = {}
    for row in connection.execute(asked.order_by(comments.c.version_id)).mappings().all():
        if row['version_id'] not in texts:
            texts = {row['version_id']: text_of(connection, row['version_id'])}
        language, numbers, provisions = texts[row['version_id']]
        at = numbers.index(row['provision_id'])
        place = place_of(provisions, at)
        formula = {
            'add': lambda: formula_of_addition(place, row['wording'], language),
            'delete': lambda: formula_of_deletion(place, language),
            'change': lambda: formula_of_change(place, provisions[at].text, row['wording'], language),
        }[row['wording_action']]()
        connection.execute(sa.update(comments).where(comments.c.id == row['id']).values(wording_formula=formula))


def text_of(connection, version_id):
    versions = sa.table('text_versions', sa.column('id'), sa.column('language'))
    names = ('id', 'version_id', 'position', 'kind', 'label', 'level', 'text')
    provisions = sa.table('provisions', *map(sa.column, names))
    language = connection.scalar(sa.select(versions.c.language).where(versions.c.id == version_id))
    rows = connection.execute(
        sa.select(provisions).where(provisions.c.version_id == version_id).order_by(provisions.c.position)
    ).all()
    text = [Provision(Kind(row.kind), row.label, row.level, row.text) for row in rows]
    return language, [row.id for row in rows], text


def downgrade():
    op.drop_column('comments', 'wording_formula')
