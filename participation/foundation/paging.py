"""Long lists in pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select

from .database import session

Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page of a list; pages count from 1."""

    items: Sequence[Item]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))


def page_of(statement: Select[Any], number: int, size: int = 20) -> Page[Any]:
    """The numbered page of what a SELECT of one entity finds, in two queries.

    A number outside the list gives the nearest page that exists.
    """
    total = session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    last = max(1, -(-total // size))
    number = min(max(number, 1), last)
    items = session.scalars(statement.limit(size).offset((number - 1) * size)).unique().all()
    return Page(items, number, size, total)
