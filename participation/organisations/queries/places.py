"""The people of one organisation, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass

from participation.foundation.paging import Page
from participation.organisations.models import Membership, Organisation

from .people import live_memberships, requested_memberships

PAGE_SIZE = 20


@dataclass(frozen=True)
class People:
    """`representatives` counts all of the organisation, not only those on the page."""

    page: Page[Membership]
    representatives: int


def people_of(organisation: Organisation, number: int, size: int = PAGE_SIZE) -> People:
    """A page of those who belong to an organisation: representatives first, then by name."""
    places = live_memberships(organisation)
    number = min(max(number, 1), max(1, -(-len(places) // size)))
    page = Page(places[(number - 1) * size : number * size], number, size, len(places))
    return People(page, sum(place.is_representative for place in places))


def first_requests(organisation: Organisation, most: int = PAGE_SIZE) -> tuple[list[Membership], int]:
    """Those who have asked longest to belong to an organisation, and how many more wait behind them."""
    requests = requested_memberships(organisation)
    return requests[:most], max(0, len(requests) - most)
