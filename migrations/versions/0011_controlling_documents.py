"""List what statements of applicability named as the controlling document before that was listed."""

from collections.abc import Iterator
from itertools import islice
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_LINE = "soa"
_AT_ONCE = 500
_KEY = ("organization_id", "assessment_id", "item")
_answers = sa.table(
    "answers",
    sa.column("organization_id", sa.Uuid()),
    sa.column("assessment_id", sa.Uuid()),
    sa.column("item", sa.String()),
    sa.column("stated", sa.JSON()),
)
_documents = sa.table("documents", sa.column("organization_id", sa.Uuid()), sa.column("id", sa.Uuid()))
_citations = sa.table(
    "citations",
    sa.column("organization_id", sa.Uuid()),
    sa.column("document_id", sa.Uuid()),
    sa.column("assessment_id", sa.Uuid()),
    sa.column("item", sa.String()),
    sa.column("line", sa.String()),
)


def upgrade() -> None:
    connection = op.get_bind()
    found = _stated(connection)
    listing = _listing()
    while some := list(islice(found, _AT_ONCE)):
        connection.execute(listing, some)


def downgrade() -> None:
    """Leave what is listed: it is so, and a program that does not know it yet loses nothing by it."""


def _stated(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    """Find the answers that name a document by its id, as the program does; what is in words names none."""
    wanted = sa.select(_answers).where(sa.cast(_answers.c.stated, sa.Text()).like('%"soa"%'))
    for row in connection.execute(wanted).all():
        named = (row.stated.get("soa") or {}).get("document") or ""
        try:
            document = UUID(named)
        except ValueError:
            continue
        if str(document) == named:
            yield {**{f"of_{name}": getattr(row, name) for name in _KEY}, "named": document}


def _listing() -> sa.Insert:
    """List a document that is the organisation's, and not listed yet."""
    key = {name: sa.bindparam(f"of_{name}", type_=_answers.c[name].type) for name in _KEY}
    named = sa.bindparam("named", type_=sa.Uuid())
    is_listed = sa.exists().where(
        *(_citations.c[name] == value for name, value in key.items()),
        _citations.c.document_id == named,
        _citations.c.line == _LINE,
    )
    mine = _documents.c.organization_id == key["organization_id"], _documents.c.id == named
    row = sa.select(*key.values(), _documents.c.id, sa.literal(_LINE)).where(*mine, ~is_listed)
    return sa.insert(_citations).from_select([*_KEY, "document_id", "line"], row)
