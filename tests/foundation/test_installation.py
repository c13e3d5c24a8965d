"""The data of an installation is read from one folder, checked, and no region is named in the code."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from participation.foundation.collation import collation_key
from participation.foundation.installation import (
    Installation,
    InstallationError,
    Text,
    load_installation,
)

SAVINJSKA = Path(__file__).parents[2] / "participation" / "regions" / "savinjska"

SMALL_NETWORK = {
    "network.toml": """
languages = ["en", "cy"]
time_zone = "Europe/London"
name = { en = "Three Valleys Network", cy = "Rhwydwaith y Tri Chwm" }
short_name = { en = "Valleys", cy = "Y Cymoedd" }
region = { en = "Three Valleys", cy = "Y Tri Chwm" }
contact = { address = ["1 High Street"], email = "office@valleys.example", privacy_email = "data@valleys.example" }
about = { en = "We read together.", cy = "Rydym yn darllen gyda'n gilydd." }
privacy = { en = "Write to us.", cy = "Ysgrifennwch atom." }
""",
    "areas.toml": """
[[area]]
key = "upper"
name = { en = "Upper", cy = "Uchaf" }
council_seats = 1

[[area]]
key = "lower"
name = { en = "Lower", cy = "Isaf" }
council_seats = 2
""",
    "municipalities.csv": """code,name,official_name,kind,administrative_unit,area,population,longitude,latitude
W-1,Aber,Town of Aber,city_municipality,North,upper,1200,-3.5,51.8
W-2,"Bryn, Great",Parish of Great Bryn,municipality,North,upper,300,-3.4,51.7
W-3,Cwm,Parish of Cwm,municipality,South,lower,90,-3.3,51.6
""",
    "bodies.toml": """
[[body]]
key = "county"
name = { en = "County Council", cy = "Cyngor Sir" }
kind = "council"
level = "regional"
""",
    "topics.toml": '[[topic]]\nkey = "youth"\nname = { en = "Youth", cy = "Ieuenctid" }\n',
    "legal_forms.toml": '[[legal_form]]\nkey = "charity"\nname = { en = "Charity", cy = "Elusen" }\n',
    "periods.toml": """
[[period_rule]]
key = "none"
level = "any"
name = { en = "No period", cy = "Dim cyfnod" }
note = { en = "Set your own.", cy = "Gosodwch eich un eich hun." }

[[period_rule]]
key = "plan"
level = "municipal"
minimum_days = 28
answer_days = 10
answer_counts_from = "closing"
name = { en = "Plan", cy = "Cynllun" }
legal_source = { act = { en = "Planning Act", cy = "Deddf Cynllunio" }, article = { en = "s. 4", cy = "a. 4" } }
note = { en = "In full.", cy = "Yn llawn." }
""",
}


@pytest.fixture
def small_folder(tmp_path: Path) -> Path:
    for name, content in SMALL_NETWORK.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def savinjska() -> Installation:
    return load_installation(SAVINJSKA)


def test_another_network_is_another_folder(small_folder: Path) -> None:
    installation = load_installation(small_folder)

    assert installation.name.in_language("cy") == "Rhwydwaith y Tri Chwm"
    assert installation.languages == ("en", "cy")
    assert installation.time_zone == ZoneInfo("Europe/London")
    assert [municipality.code for municipality in installation.municipalities] == ["W-1", "W-2", "W-3"]
    assert installation.municipality("W-2").name == "Bryn, Great"
    assert installation.municipality("W-2").population == 300
    assert installation.area_of("W-3").name.in_language("en") == "Lower"
    assert installation.map_file is None


def test_each_municipality_is_a_public_body_after_those_of_the_file(small_folder: Path) -> None:
    installation = load_installation(small_folder)

    assert [(body.key, body.level, body.municipality_code) for body in installation.bodies] == [
        ("county", "regional", ""),
        ("w-1", "municipal", "W-1"),
        ("w-2", "municipal", "W-2"),
        ("w-3", "municipal", "W-3"),
    ]
    assert installation.body("w-3").name.in_language("cy") == "Parish of Cwm"


def test_a_rule_without_a_law_has_no_days_and_no_source(small_folder: Path) -> None:
    rule = load_installation(small_folder).period_rule("none")

    assert (rule.minimum_days, rule.answer_days, rule.legal_source) == (None, None, None)


def test_a_rule_with_a_law_names_its_act_and_article(small_folder: Path) -> None:
    rule = load_installation(small_folder).period_rule("plan")

    assert (rule.minimum_days, rule.typical_days, rule.answer_days, rule.answer_counts_from) == (
        28,
        None,
        10,
        "closing",
    )
    assert rule.legal_source is not None
    assert rule.legal_source.in_language("en") == "Planning Act, s. 4"


def test_a_language_the_installation_does_not_have_gets_its_first_one() -> None:
    text = Text((("en", "Youth"), ("cy", "Ieuenctid")))

    assert text.in_language("de") == "Youth"


def test_a_map_is_used_when_the_folder_has_one(small_folder: Path) -> None:
    (small_folder / "map.geojson").write_text("{}")

    assert load_installation(small_folder).map_file == small_folder / "map.geojson"


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "problem"),
    [
        ("network.toml", '"Europe/London"', '"Europe/Nowhere"', "", 'field "time_zone" is not a known time zone'),
        ("network.toml", 'languages = ["en", "cy"]', "languages = []", "",
         'field "languages" must be a list of texts'),
        ("network.toml", "name = {", "name = [", "", "is not valid TOML"),
        ("network.toml", ', cy = "Y Cymoedd"', "", "[short_name]", 'field "cy" must be a text'),
        ("network.toml", 'email = "office@valleys.example", ', "", "[contact]", 'field "email" must be a text'),
        ("areas.toml", 'key = "lower"', 'key = "upper"', "[[area]] 2", 'field "key" repeats "upper"'),
        ("areas.toml", "council_seats = 2", "council_seats = -2", "[[area]] 2",
         'field "council_seats" must be a whole number, 0 or more'),
        ("areas.toml", "council_seats = 2", "council_seats = true", "[[area]] 2",
         'field "council_seats" must be a whole number, 0 or more'),
        ("municipalities.csv", "South,lower", "South,middle", "row 4",
         'field "area" is "middle", which is none of: lower, upper'),
        ("municipalities.csv", "W-3,Cwm", "W-1,Cwm", "row 4", 'field "code" repeats "W-1"'),
        ("municipalities.csv", "300,-3.4", "many,-3.4", "row 3",
         'field "population" must be a whole number, 0 or more'),
        ("municipalities.csv", "51.6", "151.6", "row 4", 'field "latitude" must lie between -90 and 90 degrees'),
        ("municipalities.csv", "-3.3", "nan", "row 4", 'field "longitude" must lie between -180 and 180 degrees'),
        ("municipalities.csv", ",51.6", "", "row 4", "must have 9 cells"),
        ("municipalities.csv", ",51.6", ",51.6,x", "row 4", "must have 9 cells"),
        ("municipalities.csv", "code,name", "name,code", "row 1", "the columns must be: code, name"),
        ("bodies.toml", '"regional"', '"galactic"', "[[body]] 1",
         'field "level" is "galactic", which is none of: eu, municipal, national, regional'),
        ("bodies.toml", '"county"', '"w-2"', "[[body]] 1", 'field "key" "w-2" belongs to a municipality'),
        ("topics.toml", "[[topic]]", "[[subject]]", "", "must hold one or more [[topic]] tables"),
        ("legal_forms.toml", 'key = "charity"', "", "[[legal_form]] 1", 'field "key" must be a text'),
        ("periods.toml", 'answer_counts_from = "closing"', 'answer_counts_from = "sunset"', "[[period_rule]] 2",
         'field "answer_counts_from" is "sunset", which is none of: adoption, closing'),
        ("periods.toml", "legal_source = {", "other = {", "[[period_rule]] 2",
         'field "legal_source" must name the act and article that set the days'),
    ],
)  # fmt: skip
def test_wrong_data_is_named_by_file_row_and_field(
    small_folder: Path, file: str, old: str, new: str, place: str, problem: str
) -> None:
    content = SMALL_NETWORK[file]
    assert content.count(old) >= 1
    (small_folder / file).write_text(content.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(InstallationError) as raised:
        load_installation(small_folder)

    assert raised.value.file == small_folder / file
    assert raised.value.place == place
    assert raised.value.problem.startswith(problem)
    assert str(raised.value).startswith(str(small_folder / file))


@pytest.mark.parametrize("file", sorted(SMALL_NETWORK))
def test_a_missing_file_is_named(small_folder: Path, file: str) -> None:
    (small_folder / file).unlink()

    with pytest.raises(InstallationError) as raised:
        load_installation(small_folder)

    assert raised.value.file == small_folder / file


def test_a_file_in_another_encoding_is_refused(small_folder: Path) -> None:
    (small_folder / "topics.toml").write_bytes('[[topic]]\nkey = "čebele"\n'.encode("cp1250"))

    with pytest.raises(InstallationError) as raised:
        load_installation(small_folder)

    assert raised.value.problem.startswith("cannot be read")


def test_a_table_saved_by_a_spreadsheet_with_a_byte_order_mark_is_read(small_folder: Path) -> None:
    (small_folder / "municipalities.csv").write_text(SMALL_NETWORK["municipalities.csv"], encoding="utf-8-sig")

    assert len(load_installation(small_folder).municipalities) == 3


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InstallationError) as raised:
        load_installation(tmp_path / "nowhere")

    assert str(raised.value) == f"{tmp_path / 'nowhere'}: there is no such folder"


def test_the_region_has_its_31_municipalities_in_5_areas_with_6_seats(savinjska: Installation) -> None:
    assert len(savinjska.municipalities) == 31
    assert len(savinjska.areas) == 5
    assert sum(area.council_seats for area in savinjska.areas) == 6
    assert {municipality.area for municipality in savinjska.municipalities} == {area.key for area in savinjska.areas}
    assert [m.name for m in savinjska.municipalities if m.kind == "city_municipality"] == ["Celje", "Velenje"]


def test_the_municipalities_of_the_region_sort_as_a_reader_expects(savinjska: Installation) -> None:
    names = sorted((municipality.name for municipality in savinjska.municipalities), key=collation_key)

    assert names[names.index("Solčava") + 1] == "Šentjur"
    assert names[names.index("Vojnik") + 1] == "Vransko"
    assert names[-1] == "Žalec"


def test_every_rule_of_the_region_that_counts_days_names_a_law(savinjska: Installation) -> None:
    counting = {rule.key for rule in savinjska.period_rules if rule.minimum_days is not None or rule.asks_for_answer}
    with_source = {rule.key for rule in savinjska.period_rules if rule.legal_source is not None}

    assert counting == with_source
    assert savinjska.period_rule("government-regulation").minimum_days == 30
    assert savinjska.period_rule("plan-with-environmental-assessment").answer_days == 60
    assert savinjska.period_rule("none").minimum_days is None
