"""Passages lead to what was said of them: one stop each, with the number of comments where there are several."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from participation.foundation.language import force_locale
from participation.web.passages import anchors_of, words_with_passages

TEXT = "Rok je <30> dni."
HTML = "<p>Rok je &lt;30&gt; dni.</p>"


class Quoted(NamedTuple):
    id: int
    start: int
    end: int
    speaker: str = "Društvo"


@pytest.fixture(autouse=True)
def in_english(app: Any) -> Any:
    with app.test_request_context(), force_locale("en"):
        yield


def words(*quoted: Quoted) -> str:
    return str(words_with_passages(HTML, TEXT, quoted, lambda number: f"/c?a&b={number}"))


def test_a_passage_leads_to_its_comment_and_says_whose_it_is() -> None:
    assert words(Quoted(7, 7, 11, 'A <b>"x"</b>')) == (
        '<p>Rok je <a class="passage" href="/c?a&amp;b=7" id="passage-7" '
        'title="Comment: A &lt;b&gt;&#34;x&#34;&lt;/b&gt;">&lt;30&gt;</a> dni.</p>'
    )


def test_a_name_that_is_not_public_is_not_said() -> None:
    assert 'title="Comment: a registered person"' in words(Quoted(7, 7, 11, ""))


def test_several_comments_on_the_same_words_are_counted_and_the_first_is_led_to() -> None:
    assert words(Quoted(7, 7, 11), Quoted(8, 7, 11)) == (
        '<p>Rok je <a class="passage passage-shared" href="/c?a&amp;b=7" id="passage-7" '
        'title="2 comments on these words">&lt;30&gt;</a> dni.</p>'
    )
    assert anchors_of([Quoted(7, 7, 11), Quoted(8, 7, 11)]) == {7: "passage-7", 8: "passage-7"}


def test_what_goes_on_with_a_passage_is_no_stop_of_its_own() -> None:
    found = words(Quoted(1, 0, 16), Quoted(2, 4, 6))
    assert found == (
        '<p><a class="passage" href="/c?a&amp;b=1" id="passage-1" title="Comment: Društvo">Rok </a>'
        '<a class="passage passage-shared" href="/c?a&amp;b=2" id="passage-2" title="2 comments on these words">je'
        '</a><a class="passage" href="/c?a&amp;b=1" tabindex="-1"> &lt;30&gt; dni.</a></p>'
    )


def test_words_that_nobody_quotes_are_as_they_were() -> None:
    assert words() == HTML
