"""Outlines cut into the arcs that neighbours share, so that a border is simplified once and never gapes.

The cut is that of TopoJSON: an arc ends where the points beside a point are not the same in every ring that passes
through it. Two rings share a point when its numbers are the very same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import hypot

Point = tuple[float, float]
Arc = tuple[Point, ...]


@dataclass(frozen=True)
class Course:
    """One arc as a ring passes it: backwards when the ring runs against the direction that it is kept in."""

    arc: Arc
    backwards: bool


def cut(rings: Sequence[Sequence[Point]]) -> list[list[Course]]:
    """Each ring as the arcs that it consists of; the first point of a ring is not repeated at its end."""
    junctions = _junctions(rings)
    return [[_course(arc) for arc in _arcs(ring, junctions)] for ring in rings]


def joined(courses: Iterable[Course], lines: Mapping[Arc, Arc]) -> list[Point]:
    """The ring again, of what each arc has become, the first point not repeated."""
    ring: list[Point] = []
    for course in courses:
        line = lines[course.arc]
        ring.extend(line[::-1] if course.backwards else line)
    return tidied(ring)


def whole(courses: Sequence[Course]) -> list[Course]:
    """The same ring as one arc of its own."""
    ring = joined(courses, {course.arc: course.arc for course in courses})
    return [Course((*ring, ring[0]), False)]


def tidied(ring: Iterable[Point]) -> list[Point]:
    """Without points that repeat the one before them."""
    kept: list[Point] = []
    for point in ring:
        if not kept or kept[-1] != point:
            kept.append(point)
    while len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    return kept


def _junctions(rings: Sequence[Sequence[Point]]) -> set[Point]:
    beside: dict[Point, frozenset[Point]] = {}
    junctions = set()
    for ring in rings:
        for place, point in enumerate(ring):
            neighbours = frozenset((ring[place - 1], ring[(place + 1) % len(ring)]))
            if beside.setdefault(point, neighbours) != neighbours:
                junctions.add(point)
    return junctions


def _arcs(ring: Sequence[Point], junctions: set[Point]) -> list[Arc]:
    # An island, or a hole that another ring fills whole: one arc, begun where every ring begins it.
    start = next((place for place, point in enumerate(ring) if point in junctions), None)
    if start is None:
        start = ring.index(min(ring))
    turned = [*ring[start:], *ring[:start], ring[start]]
    arcs, begun = [], 0
    for place in range(1, len(turned)):
        if turned[place] in junctions or place == len(turned) - 1:
            arcs.append(tuple(turned[begun : place + 1]))
            begun = place
    return arcs


def _course(arc: Arc) -> Course:
    reverse = arc[::-1]
    return Course(reverse, True) if reverse < arc else Course(arc, False)


def simplified(arc: Arc, tolerance: float) -> Arc:
    """The arc by Douglas and Peucker (1973): no point left out lies farther than this from the line.

    The ends stay. An arc that closes on itself keeps three points at least.
    """
    if len(arc) <= 4:
        return arc
    if arc[0] != arc[-1]:
        return tuple(arc[place] for place in _kept(arc, tolerance))
    far = max(range(len(arc)), key=lambda place: hypot(arc[place][0] - arc[0][0], arc[place][1] - arc[0][1]))
    there, back = _kept(arc[: far + 1], tolerance), _kept(arc[far:], tolerance)
    places = {*there, *(far + place for place in back)}
    if len(places) < 4:
        places.add(max(range(len(arc)), key=lambda place: _distance(arc[place], arc[0], arc[far])))
    return tuple(arc[place] for place in sorted(places))


def _kept(line: Sequence[Point], tolerance: float) -> list[int]:
    kept = {0, len(line) - 1}
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        farthest = max(range(first + 1, last), key=lambda place: _distance(line[place], line[first], line[last]))
        if _distance(line[farthest], line[first], line[last]) > tolerance:
            kept.add(farthest)
            waiting += [(first, farthest), (farthest, last)]
    return sorted(kept)


def _distance(point: Point, one: Point, other: Point) -> float:
    """From the point to the stretch between two others."""
    east, north = other[0] - one[0], other[1] - one[1]
    length = east * east + north * north
    if not length:
        return hypot(point[0] - one[0], point[1] - one[1])
    along = ((point[0] - one[0]) * east + (point[1] - one[1]) * north) / length
    along = min(1.0, max(0.0, along))
    return hypot(point[0] - one[0] - along * east, point[1] - one[1] - along * north)
