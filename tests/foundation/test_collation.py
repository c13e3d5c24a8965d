"""Slovenian names stand in the order in which a Slovenian reader looks for them."""

import unicodedata

import pytest

from participation.foundation.collation import collation_key


def test_names_with_a_caron_follow_all_names_without_it() -> None:
    names = ["Žalec", "Šentjur", "Zreče", "Solčava", "Celje", "Štore", "Tabor", "Črna", "Dobje", "Vransko", "Vojnik"]

    assert sorted(names, key=collation_key) == [
        "Celje", "Črna", "Dobje", "Solčava", "Šentjur", "Štore", "Tabor", "Vojnik", "Vransko", "Zreče", "Žalec",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("Rogaška Slatina", "Rogatec"),
        ("Šmarje pri Jelšah", "Šmartno ob Paki"),
        ("cvet", "čas"),
        ("čvek", "ćup"),
        ("dvor", "đak"),
        ("Gornji Grad", "Gornjica"),
        ("9. člen", "člen"),
        ("2. člen", "3. člen"),
        ("Müller", "Muren"),
        ("zadruga", "Žaba"),
        ("sv. Ana", "sv. Barbara"),
    ],
)
def test_one_stands_before_the_other(earlier: str, later: str) -> None:
    assert sorted([later, earlier], key=collation_key) == [earlier, later]


def test_capitals_do_not_matter_until_nothing_else_decides() -> None:
    assert sorted(["mreža", "Zveza", "Mreža", "zavod"], key=collation_key) == ["Mreža", "mreža", "zavod", "Zveza"]


def test_a_letter_written_in_two_code_points_counts_as_one() -> None:
    assert collation_key(unicodedata.normalize("NFD", "Šoštanj")) == collation_key("Šoštanj")


def test_any_text_has_a_place() -> None:
    names = ["", "!", "東京", "Ω", "²", "\ud800", "Ž"]

    assert len(sorted(names, key=collation_key)) == 7
