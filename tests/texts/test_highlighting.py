"""Marks stand on the quoted words and nowhere else, and the HTML around them is the same."""

from __future__ import annotations

import html as entities
import re
from html.parser import HTMLParser
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.consultations.models.markup import html_of
from participation.texts.highlighting import Mark, Stretch, marked, stretches_of


class Quoted(NamedTuple):
    id: int
    start: int
    end: int


class Reader(HTMLParser):
    """Reads what stands in marks, and refuses elements that are not closed in turn."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.words: dict[str, list[str]] = {}
        self.mark = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            return
        assert tag != "mark" or "mark" not in self.open
        self.open.append(tag)
        if tag == "mark":
            self.mark = str(dict(attrs)["data-at"])

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag == "mark":
            self.mark = ""

    def handle_data(self, data: str) -> None:
        if self.mark:
            self.words.setdefault(self.mark, []).append(data)


def with_marks(html: str, text: str, *spans: tuple[int, int]) -> str:
    marks = [
        Mark(one.start, one.end, f'<mark data-at="{one.start}">', f'<mark data-at="{one.start}" again>')
        for one in stretches_of([Quoted(number, *span) for number, span in enumerate(spans)])
    ]
    return marked(html, text, marks, "</mark>")


@pytest.mark.parametrize(
    ("html", "text", "span", "expected"),
    [
        ("<p>Rok teče.</p>", "Rok teče.", (0, 3), '<p><mark data-at="0">Rok</mark> teče.</p>'),
        ("<p>a &lt;b&gt; c</p>", "a <b> c", (2, 5), '<p>a <mark data-at="2">&lt;b&gt;</mark> c</p>'),
        ("<p>a &amp;amp; c</p>", "a &amp; c", (2, 7), '<p>a <mark data-at="2">&amp;amp;</mark> c</p>'),
        ("<p>ena<br>dve</p>", "ena\ndve", (2, 5), '<p>en<mark data-at="2">a<br>d</mark>ve</p>'),
        (
            "<p>a <em>b c</em> d</p>",
            "a b c d",
            (4, 7),
            '<p>a <em>b <mark data-at="4">c</mark></em><mark data-at="4" again> d</mark></p>',
        ),
        (
            "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>",
            "a | b",
            (0, 5),
            '<table><tbody><tr><td><mark data-at="0">a</mark></td><td><mark data-at="0" again>b</mark></td></tr>'
            "</tbody></table>",
        ),
        ("<p>Rok teče.</p>", "Rok teče.", (4, 900), '<p>Rok <mark data-at="4">teče.</mark></p>'),
        ("Naslov", "Naslov", (0, 6), '<mark data-at="0">Naslov</mark>'),
    ],
)
def test_a_mark_stands_on_its_words(html: str, text: str, span: tuple[int, int], expected: str) -> None:
    assert with_marks(html, text, span) == expected


@pytest.mark.parametrize("text", ["Nekaj drugega.", "Rok vselej teče.", ""])
def test_html_that_says_something_else_is_left_as_it_is(text: str) -> None:
    assert with_marks("<p>Rok teče.</p>", text, (0, 3)) == "<p>Rok teče.</p>"


def test_overlapping_passages_are_parted_and_the_shortest_leads() -> None:
    long, within, crossing, same = Quoted(1, 0, 20), Quoted(2, 5, 10), Quoted(3, 8, 25), Quoted(4, 5, 10)
    assert stretches_of([long, within, crossing, same, Quoted(5, 3, 3), Quoted(6, -1, 4)]) == [
        Stretch(0, 5, 1, 1, (1,)),
        Stretch(5, 8, 2, 3, (2, 4)),
        Stretch(8, 10, 2, 4, (3,)),
        Stretch(10, 20, 3, 2, ()),
        Stretch(20, 25, 3, 1, ()),
    ]


def test_words_between_two_passages_are_not_marked() -> None:
    assert with_marks("a b c", "a b c", (0, 1), (4, 5)) == '<mark data-at="0">a</mark> b <mark data-at="4">c</mark>'


def test_a_thousand_passages_of_one_provision_are_parted() -> None:
    stretches = stretches_of([Quoted(number, number, 4_000 - number) for number in range(1_000)])
    assert len(stretches) == 1_999
    assert max(stretch.depth for stretch in stretches) == 1_000


signs = st.text(alphabet=st.sampled_from("abč<>&\"'| \n;#39/=p"), max_size=60)
spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6)


@given(signs, spans, st.sampled_from(["paragraph", "table"]))
def test_without_its_marks_the_html_is_the_same(text: str, wanted: list[tuple[int, int]], kind: str) -> None:
    html = html_of(kind, text)
    assert re.sub(r"</?mark\b[^>]*>", "", with_marks(html, text, *wanted)) == html


@given(signs, spans, st.data())
def test_the_marked_words_are_the_quoted_ones(text: str, wanted: list[tuple[int, int]], data: st.DataObject) -> None:
    tagged = html_of("paragraph", text)
    places = data.draw(st.lists(st.integers(0, len(text)), max_size=4, unique=True).map(sorted))
    for place, end in reversed(list(zip(places[::2], places[1::2], strict=False))):
        # Emphasis is put in anywhere between two characters, also around and within what is quoted.
        before, within, after = (entities.escape(part) for part in (text[:place], text[place:end], text[end:]))
        tagged = "<p>" + f"{before}<em>{within}</em>{after}".replace("\n", "<br>") + "</p>"
    found = Reader(with_marks(tagged, text, *wanted)).words
    expected = {}
    for stretch in stretches_of([Quoted(number, *span) for number, span in enumerate(wanted)]):
        if words := text[stretch.start : stretch.end].replace("\n", ""):
            expected[str(stretch.start)] = words
    assert {at: "".join(words) for at, words in found.items()} == expected
