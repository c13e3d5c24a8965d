"""A draft with demands in Word: accepted it is what was demanded, rejected it is the draft, word for word."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts.merging import merged
from texts.word import office
from texts.word.drafts import DEMANDS, DRAFT, KEYS, PROVISIONS, START, TEXT, demand, with_demands
from texts.word.settling import authors, comments, part, settled

from participation.texts.provisions import HEADINGS, Kind, Provision
from participation.texts.word.demands import Action, Demand, Note
from participation.texts.word.package import docx_with_demands
from participation.texts.wordings import conflicts_between

END = [""]
DEMANDED = [
    "Odlok o parkih",
    "I.\nSPLOŠNE DOLOČBE",
    "1. člen\n(vsebina)",
    "(1)\tTa odlok ureja parke, drevorede in zelenice v mestni občini.",
    "(2)\tPark upravlja občina, ki vsako leto objavi načrt vzdrževanja:",
    "–\tkošnja & obrezovanje,",
    "(3) Načrt je javen.",
    "",
    "(4) O njem se opravi  razprava.",
    "1.a člen",
    "(načela)",
    "Drevo je vrednota <naroda>.",
    "2. člen",
    "Rok za pripombe je 30 dni.",
    "Rok v avgustu ne teče.",
    "Park | Površina | Leto\nMestni park | 14 ha | 2024\nGaj | 3 ha | 2026",
    "4. člen\n(začetek veljavnosti)",
    "Odlok začne veljati naslednji dan.",
]


def printed(provision: Provision) -> str:
    between = "\n" if provision.kind in HEADINGS else "\t"
    return between.join(filter(None, (provision.label, provision.text)))


WHOLE = ["Odlok o parkih", *map(printed, PROVISIONS)]


def test_all_accepted_is_the_demanded_text_and_all_rejected_the_draft() -> None:
    data = docx_with_demands(DRAFT)
    assert settled(data, "accepted") == DEMANDED + END
    assert settled(data, "rejected") == WHOLE + END


def test_libreoffice_settles_it_alike_and_names_everybody() -> None:
    office.soffice()
    data = docx_with_demands(DRAFT)
    accepted, rejected = office.settled(data)
    assert accepted.texts == DEMANDED + END
    assert rejected.texts == WHOLE + END
    names = {"insertion": "ins", "deletion": "del"}
    assert {(names[kind], author) for kind, author in accepted.changes} == authors(data)
    assert sorted(accepted.comments) == sorted(comments(data))


def test_each_change_bears_the_name_of_its_organisation() -> None:
    data = docx_with_demands(DRAFT)
    assert authors(data) == {
        ("ins", "Društvo Lipa"), ("del", "Društvo Lipa"), ("ins", "Zavod Hrast"), ("del", "Zavod Hrast"),
        ("ins", "Klub Breza"), ("del", "Klub Breza"),
    }  # fmt: skip


def test_comments_stand_in_reading_order_with_answers_below_them() -> None:
    data = docx_with_demands(DRAFT)
    found = comments(data)
    assert found[:3] == [
        ("Društvo Lipa", "Osnutek je dober."),
        ("Zavod Hrast", "Se strinjamo."),
        ("Društvo Lipa", "Ker."),
    ]
    assert found[-1] == ("Ana Novak", "Kdaj točno?\n\nProsimo za datum.")
    threads = [one.attrib for one in part(data, "word/commentsExtended.xml")]
    answers = [at for at, one in enumerate(threads) if any(name.endswith("paraIdParent") for name in one)]
    assert answers == [1]


def test_a_demand_that_excludes_another_is_said_in_a_comment() -> None:
    said = [text for author, text in comments(docx_with_demands(DRAFT)) if author == "Zavod Hrast" and "60" in text]
    assert said == [
        "Also proposed for this provision, instead of what is tracked here:\n\nRok za pripombe je 60 dni."
        "\n\nV počitnicah."
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (demand(1, "tri-1", "A", Action.DELETE, ""), demand(2, "tri-1", "B", Action.CHANGE, "Globa je 50 eurov.")),
        (demand(1, "tri-1", "A", Action.CHANGE, "Globe ni."), demand(2, "tri", "B", Action.DELETE, "")),
        (demand(1, "tri-1", "A", Action.CHANGE, "Globe ni."), demand(2, "tri-1", "B", Action.CHANGE, "Globe ni.")),
        (demand(1, "tri-1", "A", Action.DELETE, ""), demand(2, "tri-1", "B", Action.DELETE, "")),
    ],
)
def test_of_two_demands_that_exclude_each_other_the_earlier_is_tracked(first: Demand, second: Demand) -> None:
    data = docx_with_demands(with_demands(second, first))
    assert {author for _kind, author in authors(data)} == {"A"}
    assert {author for author, _text in comments(data)} == {"A", "B"}


@pytest.mark.parametrize("key", KEYS)
def test_a_deleted_provision_leaves_no_empty_paragraph(key: str) -> None:
    texts = settled(docx_with_demands(with_demands(demand(1, key, "A", Action.DELETE, ""))), "accepted")
    assert "" not in texts[:-1]
    assert len(texts) < len(WHOLE) + 1


@pytest.mark.parametrize("key", ["", "dva-2", "ena-2-b", "ni-je-več"])
def test_every_comment_has_one_place_in_the_text(key: str) -> None:
    data = docx_with_demands(with_demands(notes=(Note(key, "A", START, "Zakaj?"),)))
    names = [one.tag.rpartition("}")[2] for one in part(data, "word/document.xml").iter()]
    assert [names.count(f"comment{one}") for one in ("RangeStart", "RangeEnd", "Reference")] == [1, 1, 1]


def test_no_number_is_given_twice() -> None:
    data = docx_with_demands(DRAFT)
    for name in ("word/document.xml", "word/comments.xml"):
        marks = [
            (one.tag if "omment" in one.tag else "", value)
            for one in part(data, name).iter()
            for attribute, value in one.attrib.items()
            if attribute.endswith("}id") and not one.tag.endswith(("bookmarkEnd", "footerReference"))
        ]
        assert len(marks) == len(set(marks))


def test_the_same_draft_gives_the_same_bytes() -> None:
    assert docx_with_demands(DRAFT) == docx_with_demands(replace(DRAFT))


def test_what_xml_cannot_hold_is_left_out() -> None:
    odd = demand(1, "tri-1", 'A\x00<&"', Action.CHANGE, "Globa\x0b je \ud800<b>&amp; 5\ufffe.")
    data = docx_with_demands(with_demands(odd))
    assert "Globa je <b>&amp; 5." in settled(data, "accepted")


WORDS = st.lists(
    st.sampled_from(["park", "občina", "rok", "15", "dni", "in", ",", ".", "\n"]), min_size=1, max_size=8
)
ACTS = st.tuples(st.sampled_from([one for one in TEXT if one[4]]), st.sampled_from(Action), WORDS,
                 st.sampled_from(["", *KEYS]))  # fmt: skip


@given(st.lists(ACTS, max_size=8))
def test_any_demands_leave_the_draft_whole(asked: list[Any]) -> None:
    demands = tuple(
        Demand(key, f"Org {at}", START + timedelta(minutes=at), action, " ".join(words), after=after)
        for at, ((key, *_rest), action, words, after) in enumerate(asked)
    )
    assert settled(docx_with_demands(with_demands(*demands)), "rejected") == WHOLE + END


@given(st.lists(WORDS, min_size=1, max_size=3))
def test_of_demands_that_fit_together_all_or_one_are_had(asked: list[list[str]]) -> None:
    existing = "Rok za pripombe je 15 dni."
    wordings = [" ".join(words).replace("\n", " ") + existing[len(words) :] for words in asked]
    demands = [demand(at, "dva-1", f"Org {at}", Action.CHANGE, one, "") for at, one in enumerate(wordings)]
    texts = settled(docx_with_demands(with_demands(*demands)), "accepted")
    if len(set(wordings)) == len(wordings) and not conflicts_between(existing, wordings):
        assert {merged(existing, wordings), *wordings} & set(texts)


def test_there_is_a_table_among_the_provisions() -> None:
    """Without one, half of what is tested here would not be."""
    assert Kind.TABLE in {one.kind for one in PROVISIONS}
    assert len(DEMANDS) > 10
