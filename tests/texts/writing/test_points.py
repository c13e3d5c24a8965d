"""Which points a demand names, and which texts are too long for a column."""

from dataclasses import replace

import pytest
from texts.writing.samples import POINTS

from participation.texts.writing.points import LongTexts, is_table, long_texts, numbers_named, table_rows


@pytest.mark.parametrize(
    ("demand", "article", "named"),
    [
        ("Rok naj traja 30 dni (4. člen).", "4. člen, drugi odstavek", True),
        ("V 4. členu naj se rok podaljša.", "4. člen, (2)", True),
        ("Rok iz 4.\u00a0člena naj bo daljši.", "4. člen", True),
        ("V 14. členu naj se rok podaljša.", "4. člen", False),
        ("V 4. členitvi", "4. člen", False),
        ("Keep Article 4 as it is.", "Article 4, paragraph 2", True),
        ("Keep Article 40 as it is.", "Article 4", False),
        ("Keep article 4a as it is.", "Article 4", False),
        ("Ukrepi naj dobijo rok.", "Ukrepi, (2)", False),
        ("Celoten osnutek je dober.", "Celoten osnutek", False),
        ("Karkoli.", "", False),
    ],
)
def test_a_demand_names_a_point_by_its_article(demand: str, article: str, named: bool) -> None:
    others = [replace(POINTS[0], number="1", article="99. člen")]
    points = [*others, replace(POINTS[0], number="7", article=article)]
    assert numbers_named(demand, points) == ("7" if named else "")


def test_a_demand_may_name_several_points() -> None:
    points = [replace(POINTS[0], number=str(n), article=f"4. člen, ({n})") for n in (1, 2, 3)]
    assert numbers_named("4. člen naj se spremeni.", points) == "1, 2, 3"


def test_texts_too_long_for_a_column_are_known_by_length_and_by_lines() -> None:
    nothing = LongTexts(wording=False, reasons=False, support=False)
    assert [long_texts(point) for point in POINTS] == [nothing] * 3
    assert long_texts(replace(POINTS[0], existing="a" * 1501)) == replace(nothing, wording=True)
    assert long_texts(replace(POINTS[0], demanded="a\n" * 40)) == replace(nothing, wording=True)
    assert long_texts(replace(POINTS[0], reasons="a" * 1501)) == replace(nothing, reasons=True)
    assert long_texts(replace(POINTS[0], supported_by="a" * 701)) == replace(nothing, support=True)


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("a | b | c\nd | e | f", True),
        ("a | b | c\n\nd | e", True),
        ("a | b | c", False),
        ("a | b\nc | d", False),
        ("a | b | c\nNavaden stavek.", False),
        ("Navaden stavek.\nDrug stavek.", False),
        ("", False),
    ],
)
def test_rows_with_bars_are_a_table(text: str, table: bool) -> None:
    assert is_table(text) is table
    assert bool(table_rows([(text, False)])) is table


def test_marks_stay_in_their_cell() -> None:
    runs = [("a | ", False), ("b | c\nd", True), (" | e f | ", False), ("g", True), ("", False)]
    assert table_rows(runs) == [
        [[("a", False)], [("b", True)], [("c", True)]],
        [[("d", True)], [("e f", False)], [("g", True)]],
    ]
