"""Word diffs say exactly which words went and which came."""

import html
import random
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from participation.texts.differing import side_by_side, word_diff, word_diff_html

WORDS = st.lists(
    st.sampled_from(["občina", "rok", "30", "60", "dni", " ", " ", ".", ",", "\n", "Ž", "<b>", "😀"]), max_size=60
)
SENTENCES = [
    "Občina objavi osnutek na svoji spletni strani in o tem obvesti nevladne organizacije.",
    "Rok za pripombe ni krajši od trideset dni in ne teče v času šolskih počitnic.",
    "Na pripombe odgovori pristojni organ pisno, po točkah in v petnajstih dneh.",
    "Sredstva se razdelijo na podlagi javnega razpisa, ki ga objavi občinska uprava.",
]
TEXT = st.one_of(WORDS.map("".join), st.text(st.characters(), max_size=80))


def both_sides(parts: list[tuple[str, str]]) -> tuple[str, str]:
    old = "".join(text for change, text in parts if change != "added")
    new = "".join(text for change, text in parts if change != "removed")
    return old, new


def test_a_changed_number_is_changed_as_a_whole() -> None:
    assert word_diff("Rok je 30 dni.", "Rok je 60 dni.") == [
        ("same", "Rok je "),
        ("removed", "30"),
        ("added", "60"),
        ("same", " dni."),
    ]


def test_inserted_and_deleted_words() -> None:
    assert word_diff("občina objavi osnutek", "občina takoj objavi osnutek") == [
        ("same", "občina "),
        ("added", "takoj "),
        ("same", "objavi osnutek"),
    ]
    assert word_diff("sprejme in objavi", "sprejme") == [("same", "sprejme"), ("removed", " in objavi")]


def test_equal_and_empty_texts() -> None:
    assert word_diff("", "") == []
    assert word_diff("isto", "isto") == [("same", "isto")]
    assert word_diff("", "novo") == [("added", "novo")]
    assert word_diff("staro", "") == [("removed", "staro")]


@given(TEXT, TEXT)
def test_both_texts_can_be_read_from_the_diff(old: str, new: str) -> None:
    parts = word_diff(old, new)
    assert both_sides(parts) == (old, new)
    assert all(text for _, text in parts)


def test_html_is_escaped_and_marked() -> None:
    assert word_diff_html("a <b> & c", "a <i> & c") == "a &lt;<del>b</del><ins>i</ins>&gt; &amp; c"


def test_html_can_say_the_change_to_a_screen_reader() -> None:
    assert word_diff_html("30 dni", "60 dni", ("vstavljeno:", "črtano:")) == (
        '<del><span class="visually-hidden">črtano: </span>30</del>'
        '<ins><span class="visually-hidden">vstavljeno: </span>60</ins> dni'
    )


def test_more_different_words_than_there_are_code_points() -> None:
    old = " ".join(map(str, range(1_200_000)))
    assert word_diff(old, "novo") == [("removed", old), ("added", "novo")]


def test_more_different_words_than_stand_below_the_surrogates() -> None:
    old = " ".join(map(str, range(60_000)))
    new = old.replace(" 59000 ", " druga ")
    assert [part for part in word_diff(old, new) if part[0] != "same"] == [("removed", "59000"), ("added", "druga")]


def test_few_changes_in_a_long_repetitive_text_are_found_one_by_one() -> None:
    chance = random.Random(7)
    sentences = [
        f"{number}. člen: " + " ".join(chance.choices(["rok", "dni", "občina"], k=30)) for number in range(2000)
    ]
    changed = [f"{line} dodano" if number % 100 == 0 else line for number, line in enumerate(sentences)]
    parts = word_diff("\n".join(sentences), "\n".join(changed))
    assert [text for change, text in parts if change != "same"] == [" dodano"] * 20


@settings(max_examples=15)
@given(st.sets(st.integers(0, 119), min_size=1, max_size=12), st.permutations(SENTENCES))
def test_a_long_paragraph_that_repeats_itself_is_compared_word_by_word(
    places: set[int], sentences: list[str]
) -> None:
    paragraph = [sentences[place % len(sentences)] for place in range(120)]
    amended = [f"{line} Dodano." if place in places else line for place, line in enumerate(paragraph)]
    parts = word_diff(" ".join(paragraph), " ".join(amended))
    assert both_sides(parts) == (" ".join(paragraph), " ".join(amended))
    changes = [(change, text.strip(" .")) for change, text in parts if change != "same"]
    assert changes == [("added", "Dodano")] * len(places)


def test_long_texts_without_anything_in_common_are_replaced_as_a_whole() -> None:
    chance = random.Random(8)
    old, new = (" ".join(chance.choices(["rok", "dni", "občina", "svet"], k=50_000)) for _ in range(2))
    assert both_sides(word_diff(old, new)) == (old, new)


def test_a_shuffled_text_is_not_searched_for_what_stayed_until_the_server_tires() -> None:
    numbers = random.Random(1)
    words = [f"beseda{number}" for number in range(866)]
    old, new = " ".join(words), " ".join(numbers.sample(words, len(words)))
    assert word_diff(old, new) == [("removed", old), ("added", new)]
    amended = " ".join("novo" if number % 9 == 0 else word for number, word in enumerate(words))
    assert sum(change == "added" for change, _ in word_diff(old, amended)) == 97


def test_a_difference_stands_side_by_side() -> None:
    difference = word_diff_html("Rok je 30 dni.", "Rok je 60 dni.")
    assert side_by_side(difference) == ("Rok je <del>30</del> dni.", "Rok je <ins>60</ins> dni.")


def test_words_for_screen_readers_stay_on_their_side() -> None:
    before, after = side_by_side(word_diff_html("Rok je 30 dni.", "Rok je 60 dni.", ("vstavljeno:", "izbrisano:")))
    assert ("izbrisano:" in before, "vstavljeno:" in before) == (True, False)
    assert ("izbrisano:" in after, "vstavljeno:" in after) == (False, True)


def test_texts_that_share_nothing_come_without_marks() -> None:
    labels = ("vstavljeno:", "izbrisano:")
    assert side_by_side(word_diff_html("", "Novo & daljše.", labels)) == ("", "Novo &amp; daljše.")
    assert side_by_side(word_diff_html("Staro & trdno.", "Novo & čisto.", labels)) == (
        "Staro &amp; trdno.",
        "Novo &amp; čisto.",
    )
    assert side_by_side(word_diff_html("Staro.", "", labels)) == ("Staro.", "")
    assert side_by_side("") == ("", "")


@given(TEXT, TEXT)
def test_both_sides_hold_their_whole_text(old: str, new: str) -> None:
    sides = side_by_side(word_diff_html(old, new))
    assert [html.unescape(re.sub(r"</?(?:ins|del)>", "", side)) for side in sides] == [old, new]
