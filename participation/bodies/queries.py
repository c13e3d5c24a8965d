"""Finding public bodies."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from participation.foundation.collation import collation_key
from participation.foundation.database import NotFound, session

from .models import PublicBody

# The address of the page on which a body is added.
RESERVED_SLUGS = {"new"}


def all_bodies() -> list[PublicBody]:
    """Every body, in the order of Slovenian names."""
    return _in_order(session.scalars(select(PublicBody)))


def chosen_bodies(kind: str = "", level: str = "", words: str = "") -> list[PublicBody]:
    """The bodies of a kind and level whose name has the words; an empty value asks for nothing."""
    statement = select(PublicBody)
    if kind:
        statement = statement.where(PublicBody.kind == kind)
    if level:
        statement = statement.where(PublicBody.level == level)
    sought = words.casefold().split()
    found = session.scalars(statement)
    return _in_order(body for body in found if all(word in body.name.casefold() for word in sought))


def kinds_in_use() -> list[str]:
    return list(session.scalars(select(PublicBody.kind).where(PublicBody.kind != "").distinct()))


def body_by_slug(slug: str) -> PublicBody:
    """Raises NotFound."""
    body = session.scalar(select(PublicBody).where(PublicBody.slug == slug))
    if body is None:
        raise NotFound(slug)
    return body


def bodies_by_ids(ids: Iterable[int]) -> list[PublicBody]:
    """Those of the numbers that exist, in the order of their names."""
    numbers = set(ids)
    if not numbers:
        return []
    return _in_order(session.scalars(select(PublicBody).where(PublicBody.id.in_(numbers))))


def body_by_name(name: str) -> PublicBody | None:
    """The body of exactly this name, else the only one of this name when case does not count."""
    exact = session.scalar(select(PublicBody).where(PublicBody.name == name))
    if exact is not None:
        return exact
    alike = [body for body in all_bodies() if body.name.casefold() == name.strip().casefold()]
    return alike[0] if len(alike) == 1 else None


def body_by_form_key(form_key: str) -> PublicBody | None:
    return session.scalar(select(PublicBody).where(PublicBody.form_key == form_key))


def bodies_by_installation_key() -> dict[str, PublicBody]:
    rows = session.scalars(select(PublicBody).where(PublicBody.installation_key.is_not(None)))
    return {body.installation_key: body for body in rows if body.installation_key}


def is_name_taken(name: str, besides: int | None = None) -> bool:
    """Whether another body has this name; case does not count."""
    return any(body.name.casefold() == name.casefold() and body.id != besides for body in all_bodies())


def is_slug_taken(slug: str) -> bool:
    return slug in RESERVED_SLUGS or session.scalar(select(PublicBody.id).where(PublicBody.slug == slug)) is not None


def _in_order(bodies: Iterable[PublicBody]) -> list[PublicBody]:
    return sorted(bodies, key=lambda body: collation_key(body.name))
