"""The map of the region: from outlines, or of equal tiles, and the shades for numbers."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.foundation.entries import InstallationError
from participation.foundation.geography import map_of, shaded
from participation.foundation.geography.arcs import Arc, cut, joined, simplified
from participation.foundation.geography.labels import lines_of
from participation.foundation.geography.outlines import read_outlines
from participation.foundation.geography.picture import path_of
from participation.foundation.geography.projection import EqualArea
from participation.foundation.geography.shading import levels_for
from participation.foundation.geography.tiles import abbreviations, tiles_of
from participation.foundation.installation import Installation, load_installation

SAVINJSKA = Path(__file__).parents[2] / "participation" / "regions" / "savinjska"
NUMBER = re.compile(r"-?(?:\d+\.\d|\.\d|\d+)")
# Three municipalities side by side, where the installation of the tests has them.
CODES = ("SI-011", "SI-127", "SI-139")


@pytest.fixture(scope="module")
def savinjska() -> Installation:
    return load_installation(SAVINJSKA)


@pytest.fixture(scope="module")
def small(savinjska: Installation) -> Installation:
    """Only three municipalities: Celje and Štore in one area, Vojnik put into another."""
    chosen = [savinjska.municipality(code) for code in CODES]
    places = [
        replace(one, longitude=15.05 + 0.1 * column, latitude=46.05, tile=None) for column, one in enumerate(chosen)
    ]
    places[2] = replace(places[2], area="dravinjsko")
    return replace(savinjska, municipalities=tuple(places))


def square(column: int, size: float = 0.1) -> list[list[float]]:
    """A closed ring about the place of the municipality in this column."""
    west, south = 15.0 + size * column, 46.0
    corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
    return [[round(west + x * size, 6), round(south + y * size, 6)] for x, y in corners]


def feature(code: Any, *rings: Any, kind: str = "Polygon") -> dict[str, Any]:
    coordinates = list(rings) if kind == "Polygon" else [[ring] for ring in rings]
    return {"type": "Feature", "properties": {"code": code}, "geometry": {"type": kind, "coordinates": coordinates}}


def three() -> list[dict[str, Any]]:
    return [feature(code, square(column)) for column, code in enumerate(CODES)]


@pytest.fixture
def outlines_of(tmp_path: Path, small: Installation) -> Callable[..., Installation]:
    """The small installation with a map of these features, or of this very content."""

    def written(content: Any = None, **more: Any) -> Installation:
        if isinstance(content, list):
            content = json.dumps({"type": "FeatureCollection", "features": content} | more)
        file = tmp_path / "map.geojson"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return replace(small, map_file=file)

    return written


def rings_in(path: str) -> list[list[tuple[float, float]]]:
    """The corners that path data leads to, a list a ring."""
    rings = []
    for part in path.rstrip("z").split("z"):
        start, _, steps = part.removeprefix("M").partition("l")
        numbers = [float(number) for number in NUMBER.findall(start)]
        ring = [(numbers[0], numbers[1])]
        away = [float(number) for number in NUMBER.findall(steps)]
        for east, south in zip(away[::2], away[1::2], strict=True):
            ring.append((round(ring[-1][0] + east, 1), round(ring[-1][1] + south, 1)))
        rings.append(ring)
    return rings


def area(ring: list[tuple[float, float]]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], *ring[:1]], strict=True))) / 2


class TestProjection:
    def test_it_agrees_with_the_worked_example_of_epsg_method_9820(self) -> None:
        """Guidance note 7-2: ETRS89-LAEA Europe, centre 52°N 10°E, false origin 4321000, 3210000."""
        east, north = EqualArea(10, 52).project(5, 50)
        assert (round(4321000 + east, 2), round(3210000 + north, 2)) == (3962799.45, 2999718.85)

    def test_the_centre_is_the_origin(self) -> None:
        assert EqualArea(15.2, 46.2).project(15.2, 46.2) == pytest.approx((0, 0), abs=1e-6)

    @pytest.mark.parametrize("latitude", [0, 45.9, 46.6, 60, -80])
    def test_a_field_is_as_large_as_in_a_projection_about_itself(self, latitude: float) -> None:
        plane = EqualArea(15, 46)
        size = 0.01
        corners = [(15.5, latitude), (15.5 + size, latitude), (15.5 + size, latitude + size), (15.5, latitude + size)]
        there = area([plane.project(*corner) for corner in corners])
        here = EqualArea(15.5, latitude)
        assert there == pytest.approx(area([here.project(*corner) for corner in corners]), rel=1e-5)

    def test_the_date_line_cuts_nothing(self) -> None:
        plane = EqualArea(179.9, -17)
        assert plane.project(-179.9, -17)[0] == pytest.approx(-plane.project(179.7, -17)[0], rel=1e-6)

    def test_the_other_side_of_the_earth_has_no_place(self) -> None:
        with pytest.raises(ValueError, match="opposite"):
            EqualArea(0, 0).project(180, 0)


class TestArcs:
    def test_neighbours_share_the_arc_between_them(self) -> None:
        left = [(0, 0), (5, 0), (5, 5), (0, 5)]
        right = [(5, 5), (5, 0), (9, 0), (9, 5)]
        one, other = cut([left, right])
        assert len({course.arc for course in one} & {course.arc for course in other}) == 1

    def test_an_enclave_and_its_hole_are_one_arc(self) -> None:
        outer = [(0, 0), (9, 0), (9, 9), (0, 9)]
        island = [(3, 3), (3, 6), (6, 6), (6, 3)]
        hole = [(6, 6), (3, 6), (3, 3), (6, 3)]
        _, one, other = cut([outer, island, hole])
        assert [course.arc for course in one] == [course.arc for course in other]

    @given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=3, max_size=14, unique=True))
    def test_cut_and_joined_a_ring_is_the_same(self, ring: list[tuple[int, int]]) -> None:
        [courses] = cut([ring])
        again = joined(courses, {course.arc: course.arc for course in courses})
        start = again.index(ring[0])
        assert [*again[start:], *again[:start]] == ring

    @given(
        st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=2, max_size=40),
        st.floats(0.1, 40),
    )
    def test_no_point_left_out_lies_farther_than_the_tolerance(self, line: Any, tolerance: float) -> None:
        arc: Arc = tuple(line)
        simple = simplified(arc, tolerance)
        assert (simple[0], simple[-1]) == (arc[0], arc[-1])
        assert set(simple) <= set(arc)
        assert all(min(distances(point, simple)) <= tolerance + 1e-6 for point in arc)

    def test_a_closed_arc_never_becomes_a_line(self) -> None:
        circle = tuple((x, y) for x, y in [(0, 0), (2, 1), (3, 3), (2, 5), (0, 6), (-2, 5), (-3, 3), (-2, 1), (0, 0)])
        assert len(set(simplified(circle, 1000))) == 3


def distances(point: tuple[float, float], line: Arc) -> Iterable[float]:
    for one, other in pairwise(line):
        length = (other[0] - one[0]) ** 2 + (other[1] - one[1]) ** 2
        along = 0.0
        if length:
            along = ((point[0] - one[0]) * (other[0] - one[0]) + (point[1] - one[1]) * (other[1] - one[1])) / length
        along = max(0.0, min(1.0, along))
        x, y = one[0] + along * (other[0] - one[0]), one[1] + along * (other[1] - one[1])
        yield ((point[0] - x) ** 2 + (point[1] - y) ** 2) ** 0.5


@pytest.mark.parametrize(
    ("ring", "path"),
    [
        ([(0, 0), (100, 0), (100, 105)], "M0 0l10 0 0 10.5z"),
        ([(5, -5), (-5, 4), (0, 0)], "M.5-.5l-1 .9.5-.4z"),
        ([(12, 34), (13, 34), (13, 39)], "M1.2 3.4l.1 0 0 .5z"),
    ],
)
def test_path_data_is_as_short_as_it_can_be(ring: list[tuple[int, int]], path: str) -> None:
    assert path_of([ring]) == path


class TestOutlines:
    def test_neighbours_meet_without_a_gap_and_areas_are_parted(
        self, outlines_of: Callable[..., Installation]
    ) -> None:
        drawn = map_of(outlines_of(three(), attribution=" Survey, CC BY 4.0 "))
        assert (drawn.is_tiles, drawn.attribution, drawn.width) == (False, "Survey, CC BY 4.0", 1000)
        corners = [set(rings_in(place.outline)[0]) for place in drawn.places]
        assert len(corners[0] & corners[1]) == len(corners[1] & corners[2]) == 2
        # The frame, and the border between Štore and Vojnik; none between Celje and Štore.
        border = {frozenset(line) for line in stretches(drawn.borders)}
        assert frozenset(corners[1] & corners[2]) in border
        assert frozenset(corners[0] & corners[1]) not in border

    def test_municipalities_of_one_size_are_one_size_on_the_map(
        self, outlines_of: Callable[..., Installation]
    ) -> None:
        sizes = [area(rings_in(place.outline)[0]) for place in map_of(outlines_of(three())).places]
        assert max(sizes) / min(sizes) == pytest.approx(1, abs=0.002)

    def test_parts_and_holes_are_kept_and_the_label_stands_inside(
        self, outlines_of: Callable[..., Installation], small: Installation
    ) -> None:
        hole = [[15.13, 46.03], [15.13, 46.07], [15.17, 46.07], [15.17, 46.03], [15.13, 46.03]]
        islands = feature(CODES[2], square(2), [[15.32, 46.0], [15.36, 46.0], [15.34, 46.05], [15.32, 46.0]],
                          kind="MultiPolygon")  # fmt: skip
        drawn = map_of(outlines_of([three()[0], feature(CODES[1], square(1), hole), islands]))
        assert [place.outline.count("z") for place in drawn.places] == [1, 2, 2]
        with_hole = drawn.places[1]
        outer, inner = rings_in(with_hole.outline)
        assert is_between(with_hole.x, with_hole.y, outer)
        assert not is_between(with_hole.x, with_hole.y, inner)

    @pytest.mark.parametrize("name", ["id", "code", "iso"])
    def test_the_code_may_stand_in_any_property(self, outlines_of: Callable[..., Installation], name: str) -> None:
        features = three()
        for one in features:
            code = one["properties"].pop("code")
            one["properties"]["number"] = 7
            if name == "id":
                one["id"] = code
            else:
                one["properties"][name] = code
        assert not map_of(outlines_of(features)).is_tiles

    def test_municipalities_of_other_regions_are_left_out(self, outlines_of: Callable[..., Installation]) -> None:
        drawn = map_of(outlines_of([*three(), feature("SI-061", square(9)), feature(None, square(5))]))
        assert [place.code for place in drawn.places] == list(CODES)

    def test_a_byte_order_mark_and_heights_do_no_harm(self, outlines_of: Callable[..., Installation]) -> None:
        features = three()
        for position in features[0]["geometry"]["coordinates"][0]:
            position.append(240.5)
        content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
        assert not map_of(outlines_of(b"\xef\xbb\xbf" + content)).is_tiles

    def test_neighbours_that_share_single_points_still_make_a_light_map(
        self, outlines_of: Callable[..., Installation]
    ) -> None:
        """Every second point of a border differs by a hair: no arc is longer than two points."""
        features = []
        for column, code in enumerate(CODES):
            west, east = 15.0 + 0.1 * column, 15.1 + 0.1 * column
            up = [[east + (column * 1e-7 if step % 2 else 0), 46 + step / 20000] for step in range(2001)]
            down = [[west + (column * 1e-7 if step % 2 else 0), 46 + step / 20000] for step in range(2000, -1, -1)]
            features.append(feature(code, [*up, *down, up[0]]))
        drawn = map_of(outlines_of(features))
        assert not drawn.is_tiles
        assert drawn.weight < 3 * 830

    @pytest.mark.parametrize(
        ("content", "problem"),
        [
            (b"{", "is not valid JSON"),
            (b"\xff\xfe\x00", "is not valid JSON"),
            (b"[" * 200_000, "is not valid JSON"),
            (b'{"type": "Topology"}', "must be a GeoJSON FeatureCollection"),
            (b"[]", "must be a GeoJSON FeatureCollection"),
            (b'{"type": "FeatureCollection", "features": {}}', 'must hold its features in a list "features"'),
            (b'{"type": "FeatureCollection", "features": [3]}', 'must hold its features in a list "features"'),
            ([], "no feature carries a code of municipalities.csv, such as SI-011"),
            ([feature("DE-1", square(0))], "no feature carries a code of municipalities.csv, such as SI-011"),
            (three()[:2], '"code" names no feature for: SI-139 Vojnik'),
            ([*three()[:2], {"type": "Feature", "properties": {"code": CODES[2]}, "geometry": None}],
             "must have a Polygon or a MultiPolygon as its geometry"),
            ([*three()[:2], feature(CODES[2], square(2), kind="LineString")],
             "must have a Polygon or a MultiPolygon as its geometry"),
            ([*three()[:2], feature(CODES[2])], "has no coordinates"),
            ([*three()[:2], feature(CODES[2], "ring")], "has a ring that is no list of positions"),
            ([*three()[:2], feature(CODES[2], [[15, 46], [15.1, 46], [15, 46]])],
             "has a ring of fewer than 3 different positions"),
            ([*three()[:2], feature(CODES[2], [[521000.5, 121000.5], [521000.5, 121001], [521001, 121001]])],
             "has a position that is not longitude and latitude in degrees (EPSG:4326): [521000.5, 121000.5]"),
            ([*three()[:2], feature(CODES[2], [["15", "46"], [15.1, 46], [15.1, 46.1]])],
             "has a position that is not longitude and latitude"),
            ([*three()[:2], feature(CODES[2], [[float("nan"), 46], [15.1, 46], [15.1, 46.1]])],
             "has a position that is not longitude and latitude"),
            ([*three()[:2], feature(CODES[2], [[10**400, 46], [15.1, 46], [15.1, 46.1]])],
             "has a position that is not longitude and latitude"),
            ([feature(code, [[y, x] for x, y in square(column)]) for column, code in enumerate(CODES)],
             "most municipalities lie far from where municipalities.csv puts them"),
            (b" " * 5_000_001, "is larger than 5 MB; simplify it first"),
        ],
    )  # fmt: skip
    def test_a_bad_file_is_named_to_the_operator_and_readers_get_tiles(
        self, outlines_of: Callable[..., Installation], caplog: pytest.LogCaptureFixture, content: Any, problem: str
    ) -> None:
        installation = outlines_of(content)
        assert installation.map_file is not None
        with pytest.raises(InstallationError) as raised:
            read_outlines(installation.map_file, installation.municipalities)
        assert raised.value.problem.startswith(problem)
        assert raised.value.file == installation.map_file
        with caplog.at_level(logging.WARNING):
            drawn = map_of(installation)
        assert drawn.is_tiles
        assert problem in caplog.text
        assert str(installation.map_file) in caplog.text

    def test_a_municipality_without_any_size_is_named(
        self, outlines_of: Callable[..., Installation], caplog: pytest.LogCaptureFixture
    ) -> None:
        speck = [[15.25, 46.05], [15.25000001, 46.05], [15.25, 46.05000001], [15.25, 46.05]]
        with caplog.at_level(logging.WARNING):
            assert map_of(outlines_of([*three()[:2], feature(CODES[2], speck)])).is_tiles
        assert "SI-139: is too small to be seen on the map" in caplog.text

    def test_a_file_that_was_taken_away_is_named(
        self, outlines_of: Callable[..., Installation], caplog: pytest.LogCaptureFixture
    ) -> None:
        installation = outlines_of(three())
        assert installation.map_file is not None
        installation.map_file.unlink()
        with caplog.at_level(logging.WARNING):
            assert map_of(installation).is_tiles
        assert "cannot be read" in caplog.text

    def test_the_real_outlines_of_the_region_are_drawn_whole_and_light(
        self, shared_data: Path, savinjska: Installation
    ) -> None:
        file = shared_data / "geo" / "savinjska-obcine.geojson"
        drawn = map_of(replace(savinjska, map_file=file))
        assert not drawn.is_tiles
        assert len(drawn.places) == 31
        assert drawn.weight < 26_000
        assert drawn.attribution.startswith("Geodetska uprava")
        for place in drawn.places:
            assert any(is_between(place.x, place.y, ring) for ring in rings_in(place.outline)), place.name
        # What the picture shows is as large as the register says, for each municipality.
        register = {one["id"]: one["properties"]["area_km2"] for one in json.loads(file.read_text())["features"]}
        drawn_area = {place.code: sum(map(area, rings_in(place.outline))) for place in drawn.places}
        scale = sum(drawn_area.values()) / sum(register.values())
        assert [code for code in register if abs(drawn_area[code] / scale / register[code] - 1) > 0.03] == []


def stretches(path: str) -> list[list[tuple[float, float]]]:
    return [rings_in("M" + part)[0] for part in path.split("M")[1:]]


def is_between(x: float, y: float, ring: list[tuple[float, float]]) -> bool:
    inside = False
    for one, other in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        if (one[1] > y) != (other[1] > y):
            if x < one[0] + (y - one[1]) / (other[1] - one[1]) * (other[0] - one[0]):
                inside = not inside
    return inside


class TestLabels:
    @pytest.mark.parametrize(
        ("width", "lines"),
        [
            (200, ("Šmarje pri Jelšah",)),
            (100, ("Šmarje", "pri Jelšah")),
            (60, ()),
        ],
    )
    def test_a_name_takes_two_lines_or_none_where_it_is_narrow(self, width: int, lines: tuple[str, ...]) -> None:
        assert lines_of("Šmarje pri Jelšah", lambda needed, height: needed <= width) == lines

    def test_a_name_needs_room_above_and_its_number_below(self) -> None:
        assert lines_of("Tabor", lambda needed, height: height > -10) == ()
        assert lines_of("Tabor", lambda needed, height: height < 10) == ()

    def test_a_label_moves_a_little_to_where_the_name_has_room(
        self, outlines_of: Callable[..., Installation], small: Installation
    ) -> None:
        """The point of Celje lies at the very top of its square."""
        installation = outlines_of(three())
        top = replace(installation.municipalities[0], latitude=46.0995)
        drawn = map_of(replace(installation, municipalities=(top, *installation.municipalities[1:])))
        usual = map_of(installation)
        assert [place.lines for place in drawn.places] == [("Celje",), ("Štore",), ("Vojnik",)]
        assert drawn.places[0].y < usual.places[0].y
        assert drawn.places[0].y > min(y for _, y in rings_in(drawn.places[0].outline)[0]) + 12


class TestTiles:
    def test_every_municipality_of_the_region_has_its_own_equal_square(self, savinjska: Installation) -> None:
        drawn = map_of(savinjska)
        rings = [rings_in(place.outline) for place in drawn.places]
        assert (drawn.is_tiles, len(rings)) == (True, 31)
        assert {len(ring) for ring in rings} == {1}
        assert len({area(ring[0]) for ring in rings}) == 1
        assert len({min(ring[0]) for ring in rings}) == 31

    def test_neighbours_stand_where_people_expect_them(self, savinjska: Installation) -> None:
        at = {savinjska.municipality(code).name: tile for code, tile in tiles_of(savinjska.municipalities).items()}
        assert at["Solčava"] == (0, 0)
        assert at["Luče"][1] == at["Solčava"][1] + 1
        assert at["Celje"][0] - at["Žalec"][0] == at["Šentjur"][0] - at["Celje"][0] == 1
        assert at["Vojnik"] == (at["Celje"][0], at["Celje"][1] - 1)
        assert at["Rogatec"][0] == max(column for column, _ in at.values())
        assert at["Kozje"][1] == max(row for _, row in at.values())

    def test_a_list_without_tiles_gets_places_near_the_truth(self, savinjska: Installation) -> None:
        tiles = tiles_of([replace(one, tile=None) for one in savinjska.municipalities])
        assert len(set(tiles.values())) == 31
        assert min(column for column, _ in tiles.values()) == min(row for _, row in tiles.values()) == 0
        west, middle, east = (tiles[code] for code in ("SI-180", "SI-011", "SI-107"))
        assert west[0] < middle[0] < east[0]
        assert tiles["SI-180"][1] < tiles["SI-051"][1]

    def test_a_place_that_is_missing_is_found_beside_the_given_ones(self, savinjska: Installation) -> None:
        one = savinjska.municipality("SI-011")
        others = [replace(each, tile=None) if each is one else each for each in savinjska.municipalities]
        column, row = tiles_of(others)["SI-011"]
        assert one.tile is not None
        assert abs(column - one.tile[0]) + abs(row - one.tile[1]) <= 4

    @pytest.mark.parametrize("number", [1, 2, 3, 212])
    def test_any_number_of_municipalities_fits_even_on_one_spot(self, savinjska: Installation, number: int) -> None:
        one = savinjska.municipalities[0]
        many = tuple(replace(one, code=f"X-{n}", name=f"Kraj {n}", tile=None) for n in range(number))
        drawn = map_of(replace(savinjska, municipalities=many))
        assert len({min(rings_in(place.outline)[0]) for place in drawn.places}) == number
        assert len({place.abbreviation for place in drawn.places}) == number
        assert all(0 <= x <= 1000 and 0 <= y <= drawn.height
                   for place in drawn.places for x, y in rings_in(place.outline)[0])  # fmt: skip

    def test_abbreviations_tell_all_names_apart(self, savinjska: Installation) -> None:
        short = abbreviations([one.name for one in savinjska.municipalities])
        assert len(set(short.values())) == 31
        assert (short["Celje"], short["Gornji Grad"], short["Dobje"], short["Dobrna"]) == (
            "Cel",
            "GGr",
            "Dobj",
            "Dobr",
        )
        assert abbreviations(["Aa", "Aa-Bb", "A"]) == {"Aa": "Aa", "Aa-Bb": "ABb", "A": "A"}


class TestShading:
    @pytest.mark.parametrize(
        ("largest", "labels"),
        [
            (0, ["0"]),
            (1, ["0", "1"]),
            (2, ["0", "1", "2"]),
            (4, ["0", "1", "2", "3", "4"]),
            (9, ["0", "1", "2", "3–5", "6–9"]),
            (12, ["0", "1", "2–3", "4–6", "7–12"]),
            (40, ["0", "1–2", "3–5", "6–15", "16–40"]),
        ],
    )
    def test_steps_follow_from_the_largest_number(self, largest: int, labels: list[str]) -> None:
        assert [level.label for level in levels_for([0, largest])] == labels

    @given(st.lists(st.integers(0, 5000), max_size=40))
    def test_every_number_has_one_step_and_larger_ones_never_a_lighter_shade(self, counts: list[int]) -> None:
        levels = levels_for(counts)
        assert all(sum(level.least <= number <= level.most for level in levels) == 1 for number in counts)
        shades = [level.shade for level in levels]
        assert shades == sorted(set(shades))
        assert shades[-1] <= 4

    @pytest.mark.usefixtures("app")
    def test_the_table_goes_by_area_and_by_name_and_counts_all(self, savinjska: Installation) -> None:
        shown = shaded(savinjska, {"SI-011": 5, "SI-139": 1, "SI-133": 2, "SI-061": 3})
        assert [(one.name, one.total) for one in shown.areas] == [
            ("Central Celje area", 6),
            ("Lower Savinja area", 0),
            ("Savinja and Šalek area", 2),
            ("Dravinja area", 0),
            ("Sotla and Kozjansko area", 0),
        ]
        assert [(one.place.name, one.count) for one in shown.areas[0].places] == [
            ("Celje", 5), ("Dobrna", 0), ("Laško", 0), ("Štore", 0), ("Vojnik", 1)]  # fmt: skip
        assert (len(shown.places), shown.elsewhere) == (31, 3)
