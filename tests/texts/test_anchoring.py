"""Where a quoted passage stands in a later text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts.acts import VOICES, act, acts, numbered

from participation.texts.anchoring import Anchor, AnchorState, Carrier, Quote
from participation.texts.provisions import Kind, Provision

A, B, C, D, E, F, G, H = VOICES
OLD = act(numbered([[A], [B, C], [D], [E]]))


def carried(new: list[Provision], exact: str, label: str = "", prefix: str = "", suffix: str = "") -> Anchor:
    return Carrier(OLD, new).carry(Quote(exact, label, prefix, suffix))


def test_the_same_words_in_the_same_provision_are_placed() -> None:
    anchor = carried(OLD, "ne sme biti krajši od tridesetih dni", "2. člen")
    assert (anchor.state, anchor.label, anchor.score) == (AnchorState.PLACED, "2. člen", 1)
    assert anchor.place is not None
    assert OLD[anchor.place].text[anchor.start : anchor.end] == "ne sme biti krajši od tridesetih dni"


def test_a_renumbered_article_keeps_its_passages() -> None:
    new = act(numbered([[H], [A], [B, C], [D], [E]]))
    anchor = carried(new, "ne sme biti krajši od tridesetih dni", "2. člen")
    assert (anchor.state, anchor.label) == (AnchorState.PLACED, "3. člen")


def test_a_passage_of_a_moved_provision_is_moved() -> None:
    anchor = carried(act(numbered([[A], [C], [D], [E, B]])), "ne sme biti krajši od tridesetih dni")
    assert (anchor.state, anchor.label) == (AnchorState.MOVED, "4. člen")


def test_a_passage_with_another_word_is_changed_and_says_how() -> None:
    new = act(numbered([[A], [B.replace("tridesetih", "najmanj petinštiridesetih"), C], [D], [E]]))
    anchor = carried(new, "ne sme biti krajši od tridesetih dni", "2. člen")
    assert (anchor.state, anchor.exact) == (
        AnchorState.CHANGED, "ne sme biti krajši od najmanj petinštiridesetih dni",
    )  # fmt: skip
    assert 0.5 < anchor.score < 1


def test_a_passage_that_grew_within_is_changed() -> None:
    new = act(numbered([[A], [B.replace("krajši od", "krajši od treh tednov ali"), C], [D], [E]]))
    assert carried(new, "biti krajši od tridesetih").exact == "biti krajši od treh tednov ali tridesetih"


def test_a_changed_sign_is_a_change() -> None:
    new = act(numbered([[A], [B.replace(" in v času", "; v času"), C], [D], [E]]))
    assert carried(new, "od tridesetih dni in v času šolskih").state is AnchorState.CHANGED


@pytest.mark.parametrize("new", [[[A], [C], [D], [E]], [[A], [H, C], [D], [E]], [[F], [G]]])
def test_a_passage_whose_provision_is_gone_is_orphaned_with_its_old_words(new: list[list[str]]) -> None:
    anchor = carried(act(numbered(new)), "ne sme biti krajši od tridesetih dni", "2. člen")
    assert (anchor.state, anchor.label, anchor.exact, anchor.place) == (
        AnchorState.ORPHANED, "2. člen", "ne sme biti krajši od tridesetih dni", None,
    )  # fmt: skip


def test_common_words_elsewhere_are_not_taken_for_the_passage() -> None:
    new = act(numbered([[A], [C], [D], [f"Rok za pripombe je kratek, če {E.lower()}"]]))
    assert carried(new, "Rok za pripombe").state is AnchorState.ORPHANED


def test_the_words_of_another_provision_that_stood_there_before_are_not_taken() -> None:
    old = act(numbered([[A], [f"{B} {C} {D}"], [f"{E} {B} {C} {D} {F}"]]))
    anchor = Carrier(old, old[:2] + old[4:]).carry(Quote(C, "2. člen"))
    assert anchor.state is AnchorState.ORPHANED


def test_surroundings_choose_among_ten_places() -> None:
    texts = [[f"{number} dni traja {name} rok. Rok teče od objave."] for number, name in enumerate("abcdefghij", 10)]
    old, new = act(numbered(texts)), act(numbered([[H], *texts]))
    anchor = Carrier(old, new).carry(Quote("Rok teče od objave", prefix="16 dni traja g rok. "))
    assert (anchor.state, anchor.label) == (AnchorState.PLACED, "8. člen")


def test_the_label_chooses_between_two_provisions_with_the_same_text() -> None:
    old, new = act(numbered([[A], [A], [B]])), act(numbered([[A], [H], [A], [B]]))
    anchor = Carrier(old, new).carry(Quote("objavi osnutek odloka", "2. člen"))
    assert anchor.label == "3. člen"


def test_a_passage_across_two_paragraphs_is_found_with_the_number_between_them() -> None:
    text = [
        Provision(Kind.ARTICLE, "1. člen", 4, ""),
        Provision(Kind.PARAGRAPH, "(1)", 5, "Svet se sestane enkrat na mesec."),
        Provision(Kind.PARAGRAPH, "(2)", 5, "Seje so javne."),
    ]
    anchor = Carrier(text, text).carry(Quote("enkrat na mesec. (2) Seje so javne."))
    assert (anchor.state, anchor.exact) == (AnchorState.PLACED, "enkrat na mesec. (2) Seje so javne.")


def test_a_cell_of_a_table_is_found() -> None:
    old = [*act(numbered([[A]])), Provision(Kind.TABLE, "", 5, "ukrep | znesek\nnovi parki | 20.000 EUR")]
    new = [
        *act(numbered([[H], [A]])),
        Provision(Kind.TABLE, "", 5, "ukrep | znesek\nstari | 5 EUR\nnovi parki | 20.000 EUR"),
    ]
    assert Carrier(old, new).carry(Quote("20.000 EUR", "1. člen")).label == "2. člen"


def test_where_there_is_no_article_the_heading_is_the_label() -> None:
    text = [Provision(Kind.SECTION, "2.1", 3, "Cilji programa"), Provision(Kind.PARAGRAPH, "", 5, A)]
    assert Carrier(text, text).carry(Quote("objavi osnutek")).label == "2.1 Cilji programa"


def test_the_signs_of_a_quotation_choose_among_repeated_words() -> None:
    text = act(numbered([["Da, da, da."]]))
    anchor = Carrier(text, text).carry(Quote("da."))
    assert (anchor.state, anchor.start) == (AnchorState.PLACED, 8)


def test_words_that_were_never_there_are_orphaned() -> None:
    anchor = carried(OLD, "česar nihče ni napisal", "2. člen")
    assert (anchor.state, anchor.label, anchor.score) == (AnchorState.ORPHANED, "2. člen", 0)


def test_words_that_came_back_are_found_from_where_they_stood() -> None:
    without = act(numbered([[A], [C], [D], [E]]))
    quote = Quote("ne sme biti krajši od tridesetih dni", "2. člen")
    assert Carrier(OLD, without).carry(quote).state is AnchorState.ORPHANED
    assert Carrier(OLD, OLD).carry(quote).state is AnchorState.PLACED


def test_kinds_of_quotation_marks_dashes_and_spaces_make_no_change() -> None:
    old = act(numbered([["Beseda »park« pomeni – razen izjem – vsako zelenico."]]))
    new = act(numbered([["Beseda „park“ pomeni - razen izjem - vsako\u00a0zelenico."]]))
    assert Carrier(old, new).carry(Quote("»park« pomeni – razen izjem – vsako")).state is AnchorState.PLACED


@st.composite
def passages(draw: st.DrawFn) -> tuple[list[Provision], list[Provision], Quote, int]:
    """An act, a made-up edit of it, and a passage of one of its paragraphs."""
    old: list[Provision] = draw(acts)
    new = list(old)
    for _edit in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, max(0, len(new) - 1)))
        match draw(st.sampled_from(["drop", "double", "swap", "words"])):
            case "drop" if len(new) > 1:
                del new[place]
            case "double":
                new.insert(place, new[place])
            case "swap":
                other = draw(st.integers(0, len(new) - 1))
                new[place], new[other] = new[other], new[place]
            case "words":
                words = new[place].text.split()
                at = draw(st.integers(0, len(words)))
                one = new[place]
                new[place] = Provision(
                    one.kind, one.label, one.level, " ".join([*words[:at], "novo", *words[at + 1 :]])
                )
    place = draw(st.sampled_from([at for at, one in enumerate(old) if one.text]))
    words = old[place].text.split()
    first = draw(st.integers(0, len(words) - 1))
    last = draw(st.integers(first + 1, len(words)))
    return old, new, Quote(" ".join(words[first:last])), place


def squeezed(text: str) -> str:
    return " ".join(text.split())


@given(passages())
def test_what_is_placed_or_moved_has_the_same_words(
    case: tuple[list[Provision], list[Provision], Quote, int],
) -> None:
    old, new, quote, _place = case
    anchor = Carrier(old, new).carry(quote)
    assert 0 <= anchor.score <= 1
    if anchor.state in (AnchorState.PLACED, AnchorState.MOVED):
        assert anchor.place is not None
        assert quote.exact.strip(" .") in squeezed(" ".join(one.text for one in new[anchor.place :]))
    elif anchor.state is AnchorState.ORPHANED:
        assert (anchor.exact, anchor.place) == (quote.exact, None)


@given(passages())
def test_in_an_unchanged_text_every_passage_is_placed(
    case: tuple[list[Provision], list[Provision], Quote, int],
) -> None:
    old, _new, quote, _place = case
    assert Carrier(old, old).carry(quote).state is AnchorState.PLACED


@given(passages())
def test_what_is_placed_comes_back_to_where_it_was_or_not_at_all(
    case: tuple[list[Provision], list[Provision], Quote, int],
) -> None:
    old, new, quote, _place = case
    there = Carrier(old, old).carry(quote)
    anchor = Carrier(old, new).carry(quote)
    if anchor.state is AnchorState.PLACED:
        back = Carrier(new, old).carry(Quote(anchor.exact, anchor.label))
        assert back.state is not AnchorState.CHANGED
        assert squeezed(back.exact) == squeezed(there.exact)


@given(passages())
def test_a_passage_comes_back_from_a_text_with_additions(
    case: tuple[list[Provision], list[Provision], Quote, int],
) -> None:
    old, _new, quote, _place = case
    new = [*act(numbered([[A, B], [C]], 90)), *old, *act(numbered([[E], [G]], 95))]
    anchor = Carrier(old, new).carry(quote)
    assert anchor.state is AnchorState.PLACED
    assert anchor.place is not None
    back = Carrier(new, old).carry(Quote(anchor.exact, anchor.label, suffix=new[anchor.place].text[anchor.end :]))
    assert back.state is AnchorState.PLACED


def test_a_word_that_stands_in_thousands_of_places_stays_in_its_own() -> None:
    old = [Provision(Kind.PARAGRAPH, "", 1, f"in {'in dan ' * 30}konec{number}") for number in range(300)]
    new = [Provision(Kind.PARAGRAPH, "", 1, f"{one.text} tukaj") for one in old]
    carrier = Carrier(old, new)
    for place in range(0, 300, 10):
        anchor = carrier.carry(Quote("dan", suffix=f" konec{place} "))
        assert (anchor.place, anchor.start) == (place, len(old[place].text) - len(f"dan konec{place}"))
