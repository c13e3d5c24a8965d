"""What a person typed becomes one canonical text, and safe HTML."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.texts.markdown import MAXIMUM_CHARACTERS, TooLong, normalise, one_line, to_html

RELATION = 'rel="nofollow ugc noopener"'
ANYTHING = st.text(st.characters(), max_size=300)
MARKUP = st.lists(
    st.sampled_from(
        [
            *[
                "*",
                "**",
                "_",
                "`",
                "[",
                "]",
                "](",
                ")",
                "<",
                ">",
                "\n",
                "\n\n",
                "    ",
                "1. ",
                "- ",
                "> ",
                "\\",
                "# ",
            ],
            *[
                "---\n",
                "javascript:",
                "http://a.si",
                "<script>",
                "<img src=x onerror=a>",
                "&#106;",
                "a",
                "Ž",
                "\u202e",
            ],
        ]
    ),
    max_size=60,
).map("".join)
ALLOWED = re.compile(
    r"</?(?:p|strong|em|ul|li|blockquote|code)>|</?ol>|<ol start=\"\d+\">|<br>|<hr>|</a>"
    rf"|<a href=\"(?:https?:|mailto:)[^\"<>]*\" {RELATION}>",
    re.IGNORECASE,
)


def test_normalised_text_is_composed_and_ends_its_lines_in_one_way() -> None:
    assert normalise("c\u030cas\r\nz\u030cled\rs\u2028t") == "čas\nžled\ns\nt"


@pytest.mark.parametrize(
    "hidden",
    [
        "\x00",
        "\x07",
        "\x1b",
        "\x7f",
        "\x9b",
        "\u202e",
        "\u2066",
        "\u200b",
        "\u200f",
        "\ufeff",
        "\u00ad",
        "\U000e0041",
    ],
)
def test_normalised_text_has_no_sign_that_hides_or_turns_text(hidden: str) -> None:
    assert normalise(f"ob{hidden}čina") == "občina"


def test_normalised_text_keeps_tabs_emoji_and_scripts_that_join() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    persian = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    assert normalise(f"a\tb {family} {persian} ❤\ufe0f") == f"a\tb {family} {persian} ❤\ufe0f"


def test_a_joiner_between_latin_letters_is_removed() -> None:
    assert normalise("obč\u200dina\u200c") == "občina"


def test_marks_piled_on_a_letter_are_cut_to_four() -> None:
    assert normalise("q" + "\u0323" * 1000) == "q" + "\u0323" * 4


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert normalise("a\ud800b") == "a\ufffdb"


def test_spaces_at_the_end_of_lines_and_empty_lines_around_the_text_go() -> None:
    assert normalise("\n\n  a \t\n \nb\u00a0\n\n") == "  a\n\nb"


def test_a_line_of_spaces_between_words_takes_no_noticeable_time() -> None:
    assert normalise("a" + " " * 1_000_000 + "b") == "a" + " " * 1_000_000 + "b"


@given(st.one_of(ANYTHING, MARKUP))
def test_normalising_twice_changes_nothing_more(source: str) -> None:
    once = normalise(source)
    assert normalise(once) == once
    once.encode()


@pytest.mark.parametrize(
    ("typed", "kept"), [(None, ""), (" \n ", ""), ("Društvo\r\n Lipa\u200b\tin  Hrast ", "Društvo Lipa in Hrast")]
)
def test_a_name_stands_on_one_line(typed: str | None, kept: str) -> None:
    assert one_line(typed) == kept


def test_paragraphs_lines_and_emphasis() -> None:
    assert to_html("Prvi *del*\nin **drugi**.\n\nNov.") == (
        "<p>Prvi <em>del</em><br>\nin <strong>drugi</strong>.</p>\n<p>Nov.</p>"
    )


def test_lists_keep_the_number_they_begin_with() -> None:
    assert to_html("4. Četrti\n5. Peti") == '<ol start="4">\n<li>Četrti</li>\n<li>Peti</li>\n</ol>'


@pytest.mark.parametrize("line", ["12. člen se črta.", "5. marca 2026 je rok."])
def test_an_ordinal_or_a_date_is_not_a_list(line: str) -> None:
    assert to_html(line) == f"<p>{line}</p>"


def test_no_number_a_person_typed_turns_into_another() -> None:
    assert to_html("1. Prvi\n\n12. Dvanajsti") == "<ol>\n<li>Prvi</li>\n</ol>\n<p>12. Dvanajsti</p>"


def test_headings_become_bold_paragraphs() -> None:
    assert to_html("# Naslov *moj*") == "<p><strong>Naslov <em>moj</em></strong></p>"


def test_raw_html_and_images_are_shown_as_typed() -> None:
    assert to_html('<b onclick="x">a</b> ![b](c.png)') == '<p>&lt;b onclick="x"&gt;a&lt;/b&gt; ![b](c.png)</p>'


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[a](https://gov.si/x)", f'<a href="https://gov.si/x" {RELATION}>a</a>'),
        ('[a](http://gov.si "title")', f'<a href="http://gov.si" {RELATION}>a</a>'),
        ("https://gov.si/a_(b).", f'<a href="https://gov.si/a_(b)" {RELATION}>https://gov.si/a_(b)</a>.'),
        ("(https://gov.si)", f'(<a href="https://gov.si" {RELATION}>https://gov.si</a>)'),
        ("<ime@mreza.si>", f'<a href="mailto:ime@mreza.si" {RELATION}>ime@mreza.si</a>'),
    ],
)
def test_links(source: str, expected: str) -> None:
    assert to_html(source) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "jav&#97;script:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "%6aavascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//zlo.si",
        "/relative",
    ],
)
def test_no_link_leads_elsewhere_than_the_web_or_a_mailbox(address: str) -> None:
    assert "<a" not in to_html(f"[a]({address})")


@settings(max_examples=300)
@given(st.one_of(MARKUP, ANYTHING))
def test_whatever_is_typed_only_allowed_elements_come_out(source: str) -> None:
    assert "<" not in ALLOWED.sub("", to_html(source))


def test_a_text_of_the_greatest_length_is_rendered_and_a_longer_one_refused() -> None:
    assert to_html("a" * MAXIMUM_CHARACTERS) == "<p>" + "a" * MAXIMUM_CHARACTERS + "</p>"
    with pytest.raises(TooLong):
        to_html("a" * (MAXIMUM_CHARACTERS + 1))


@pytest.mark.parametrize(
    "attack",
    [
        *["[" * 9000, "![[]()" * 3000, "1. " * 666, ">" * 5000, "> " * 5000, "*" * 20_000, "`" * 20_000],
        *["\\[" * 9000, "<a " * 9000, "[a](" * 7000, "- " * 10_000, "_a " * 9000, "---\n" * 7000],
    ],
    ids=lambda attack: attack[:6],
)
def test_a_text_built_to_make_the_parser_slow_is_shown_as_typed(attack: str) -> None:
    shown = to_html(attack)
    words = re.sub(r"</?p>|<br>", "", shown).replace("&lt;", "<").replace("&gt;", ">")
    assert words.split() == attack.split()


def test_deep_indentation_is_rendered_without_exhausting_the_parser() -> None:
    shown = to_html("".join("    " * depth + f"- točka {depth}\n" for depth in range(60)))
    assert [int(number) for number in re.findall(r"točka (\d+)", shown)] == list(range(60))
