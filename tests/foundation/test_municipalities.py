"""The list of municipalities may say where each stands on the map of tiles, and an installation may bring a map."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from participation.foundation.installation import InstallationError, load_installation

SAVINJSKA = Path(__file__).parents[2] / "participation" / "regions" / "savinjska"


@pytest.fixture
def region_with(tmp_path: Path) -> Callable[[Callable[[str], str]], Path]:
    """A copy of the region's folder with another list of municipalities."""

    def changed(change: Callable[[str], str]) -> Path:
        folder = tmp_path / "region"
        shutil.copytree(SAVINJSKA, folder)
        file = folder / "municipalities.csv"
        file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
        return folder

    return changed


def test_places_on_the_map_of_tiles_are_read(region_with: Callable[..., Path]) -> None:
    installation = load_installation(region_with(lambda rows: rows.replace("46.2547,5,2", "46.2547,,")))
    assert installation.municipality("SI-011").tile is None
    assert installation.municipality("SI-180").tile == (0, 0)


def test_the_list_may_do_without_them(region_with: Callable[..., Path]) -> None:
    folder = region_with(lambda rows: "\n".join(row.rsplit(",", 2)[0] for row in rows.splitlines()))
    assert {one.tile for one in load_installation(folder).municipalities} == {None}


@pytest.mark.parametrize(
    ("new", "problem"),
    [
        (",0,0", 'field "tile_column" and tile_row name a place that is taken: 0, 0'),
        (",5,", 'field "tile_row" must be a whole number, 0 or more'),
        (",-1,2", 'field "tile_column" must be a whole number, 0 or more'),
        (",5,2,1", "must have 11 cells"),
    ],
)
def test_a_wrong_place_is_named_by_row_and_field(region_with: Callable[..., Path], new: str, problem: str) -> None:
    folder = region_with(lambda rows: rows.replace("46.2612,4,2", "46.2612" + new))
    with pytest.raises(InstallationError) as raised:
        load_installation(folder)
    assert (raised.value.place, raised.value.problem) == ("row 31", problem)


def test_only_some_of_the_columns_are_refused(region_with: Callable[..., Path]) -> None:
    folder = region_with(lambda rows: "\n".join(row.rsplit(",", 1)[0] for row in rows.splitlines()))
    with pytest.raises(InstallationError, match="and then, if you like: tile_column, tile_row"):
        load_installation(folder)


def test_the_map_of_the_instance_goes_before_that_of_the_region(
    region_with: Callable[..., Path], tmp_path: Path
) -> None:
    folder = region_with(str)
    instance = tmp_path / "instance"
    instance.mkdir()
    assert load_installation(folder, instance).map_file is None
    (folder / "map.geojson").touch()
    assert load_installation(folder, instance).map_file == folder / "map.geojson"
    (instance / "map.geojson").touch()
    assert load_installation(folder, instance).map_file == instance / "map.geojson"
