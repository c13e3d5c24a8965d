"""Provisions that are to stand elsewhere: as Word's own moves, and as what people and programs make of moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from texts.word import office
from texts.word.drafts import DRAFT, KEYS, PROVISIONS, demand, with_demands
from texts.word.edited import change, comment, docx, gone, ins, on, p, t
from texts.word.settling import authors, comments, part, settled

from participation.texts.moving import order_after_move
from participation.texts.provisions import HEADINGS, Kind, Provision
from participation.texts.trees import Tree
from participation.texts.word.demands import Action, Demand, DraftInWord
from participation.texts.word.finding import find_proposals
from participation.texts.word.findings import Findings
from participation.texts.word.moves import MOST_MOVES
from participation.texts.word.package import docx_with_demands
from participation.texts.word.redline_reading import read_redline

PRINTED = [("\n" if one.kind in HEADINGS else "\t").join(filter(None, (one.label, one.text))) for one in PROVISIONS]
WHOLE = ["Odlok o parkih", *PRINTED, ""]


def move(minute: int, key: str, after: str, author: str = "Ana", reasons: str = "Ker.") -> Demand:
    return replace(demand(minute, key, author, Action.MOVE, "", reasons), after=after)


def moved(key: str, after: str) -> list[str]:
    """The draft with one provision elsewhere, in the order that the page of the draft would give it."""
    place = KEYS.index(after) if after else None
    order = order_after_move(Tree(PROVISIONS), [KEYS.index(key)], place)
    return ["Odlok o parkih", *(PRINTED[at] for at in order), ""]


def back(data: bytes, draft: DraftInWord = DRAFT) -> Findings:
    return find_proposals(read_redline(data), draft.title, draft.provisions, draft.keys)


def asked(findings: Findings) -> list[tuple[str, Action, str, str]]:
    return [(one.key, one.action, one.after, one.wording) for one in findings.proposals]


MOVES = [
    ("tri", "ena"), ("tri", ""), ("tri", "naslov"), ("dva", "tri"), ("ena-2", "dva"), ("ena-2-a", "ena-2-b"),
    ("tri-1", "ena-2-a"), ("dva-2", "ena-1"), ("štiri", "dva-1"), ("tri-2", "dva-1"), ("dva-1", "tri-1"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "after"), MOVES)
def test_accepted_it_stands_elsewhere_and_rejected_where_it_stood(key: str, after: str) -> None:
    data = docx_with_demands(with_demands(move(1, key, after)))
    assert settled(data, "accepted") == moved(key, after)
    assert settled(data, "rejected") == WHOLE
    assert authors(data) >= {("moveFrom", "Ana"), ("moveTo", "Ana")}
    assert asked(back(data)) == [(key, Action.MOVE, after, "")]


def test_libreoffice_settles_moves_alike_and_keeps_them() -> None:
    office.soffice()
    asks = with_demands(
        move(1, "tri", "ena"), move(2, "ena-2-a", "dva-1", "Bor"), demand(3, "ena-1", "Bor", Action.DELETE, ""),
        move(4, "dva-2", "štiri", "Cene"),
    )  # fmt: skip
    data = docx_with_demands(asks)
    accepted, rejected = office.settled(data)
    assert accepted.texts == settled(data, "accepted")
    assert rejected.texts == WHOLE
    assert asked(back(office.saved(data))) == asked(back(data))
    assert [action for _key, action, *_rest in asked(back(data))].count(Action.MOVE) == 3


@pytest.mark.parametrize(("key", "after"), [("dva", "tri"), ("tri", ""), ("ena-2", "dva")])
def test_libreoffice_brings_a_whole_subtree_back(key: str, after: str) -> None:
    data = office.saved(docx_with_demands(with_demands(move(1, key, after))))
    assert asked(back(data)) == [(key, Action.MOVE, after, "")]


def test_each_side_of_a_move_has_the_name_of_the_other() -> None:
    data = docx_with_demands(with_demands(move(1, "tri", "ena"), move(2, "ena-2-a", "dva-1")))
    names: dict[str, list[str]] = {}
    for one in part(data, "word/document.xml").iter():
        kind = one.tag.rpartition("}")[2]
        if kind.endswith("RangeStart") and kind.startswith("move"):
            names.setdefault(kind, []).append(
                next(value for name, value in one.attrib.items() if name.endswith("name"))
            )
        elif kind.endswith("RangeEnd") and kind.startswith("move"):
            names.setdefault(kind, []).append("")
    assert sorted(names["moveFromRangeStart"]) == sorted(names["moveToRangeStart"]) == ["move1", "move2"]
    assert len(names["moveFromRangeEnd"]) == len(names["moveToRangeEnd"]) == 2


def test_reasons_stand_where_the_move_leads_and_come_back() -> None:
    data = docx_with_demands(with_demands(move(1, "tri", "ena", reasons="Kazni spadajo naprej.")))
    assert comments(data) == [("Ana", "Kazni spadajo naprej.")]
    (one,) = back(data).proposals
    assert (one.reasons, one.inexact, one.drifted) == ("Kazni spadajo naprej.", False, False)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (demand(1, "tri-1", "A", Action.DELETE, ""), move(2, "tri", "ena", "B")),
        (demand(1, "tri-1", "A", Action.CHANGE, "Globe ni."), move(2, "tri", "ena", "B")),
        (move(1, "tri", "ena", "A"), move(2, "tri-1", "ena-1", "B")),
        (move(1, "tri", "ena", "A"), move(2, "dva", "tri", "B")),
        (move(1, "tri", "ena", "A"), demand(2, "tri-1", "B", Action.CHANGE, "Globe ni.")),
        (move(1, "tri", "ena", "A"), demand(2, "tri", "B", Action.DELETE, "")),
        (move(1, "tri", "ena", "A"), demand(2, "tri-1", "B", Action.ADD, "Nič.")),
        (demand(1, "tri-1", "A", Action.ADD, "Nič."), move(2, "tri", "ena", "B")),
        (demand(1, "ena-1", "A", Action.DELETE, ""), move(2, "tri", "tri-1", "B")),
        (demand(1, "ena-1", "A", Action.DELETE, ""), move(2, "tri", "dva", "B")),
        (demand(1, "ena-1", "A", Action.DELETE, ""), move(2, "tri", "ni-je", "B")),
    ],
)
def test_what_contradicts_a_move_is_said_in_a_comment(first: Demand, second: Demand) -> None:
    data = docx_with_demands(with_demands(second, first))
    assert {author for _kind, author in authors(data)} == {"A"}
    assert [author for author, _text in comments(data) if author == "B"] == ["B"]


def test_a_move_that_is_not_tracked_says_where_it_would_lead() -> None:
    first = demand(1, "tri", "A", Action.DELETE, "")
    data = docx_with_demands(with_demands(first, move(2, "tri", "ena-1", "B"), move(3, "tri", "", "C")))
    said = {author: text for author, text in comments(data) if author != "A"}
    opening = "Also proposed: to move this provision, instead of what is tracked here, to after:"
    assert said["B"] == f"{opening} (1) Ta odlok ureja parke in zelenice v občini.\n\nKer."
    assert said["C"].startswith(f"{opening} the title of the draft")


def test_one_proposal_moves_and_words_anew() -> None:
    worded = replace(demand(1, "tri-1", "Ana", Action.CHANGE, "Globa je 200 eurov.", ""))
    data = docx_with_demands(with_demands(worded, move(1, "tri", "ena")))
    assert "Globa je 200 eurov." in settled(data, "accepted")
    assert settled(data, "rejected") == WHOLE
    assert asked(back(data)) == [
        ("tri", Action.MOVE, "ena", ""),
        ("tri-1", Action.CHANGE, "", "Globa je 200 eurov."),
    ]
    assert asked(back(office.saved(data))) == asked(back(data))


def test_what_moves_together_stays_together() -> None:
    data = docx_with_demands(with_demands(move(1, "tri-1", "ena-1"), move(1, "tri-2", "tri-1", reasons="")))
    texts = settled(data, "accepted")
    at = texts.index("(1)\tTa odlok ureja parke in zelenice v občini.")
    assert texts[at + 1 : at + 3] == ["Globa je 100 eurov.", "Rok za pripombe je 15 dni."]
    assert asked(back(data)) == [("tri-1", Action.MOVE, "ena-1", ""), ("tri-2", Action.MOVE, "tri-1", "")]


PLAIN = [p(t(text.replace("\n", " ").replace("\t", " "))) for text in PRINTED]
ARTICLE = ["3. člen", "(kazni)", "Globa je 100 eurov.", "Rok za pripombe je 15 dni."]


def edited(
    went: Sequence[str], came: Sequence[str], words: Sequence[str] = ARTICLE, out: Sequence[str] = ARTICLE
) -> bytes:
    """The third article taken out and put in again behind the first, with these kinds of changes."""
    gone_lines = [p(change(went[0], "Ana", t(text)), end=change(went[1], "Ana", "")) for text in out]
    new_lines = [p(change(came[0], "Ana", t(text)), end=change(came[1], "Ana", "")) for text in words]
    return docx(*PLAIN[:6], *new_lines, *PLAIN[6:9], *gone_lines, *PLAIN[12:])


@pytest.mark.parametrize(
    ("went", "came"), [(("moveFrom", "moveFrom"), ("moveTo", "moveTo")), (("del", "del"), ("ins", "ins"))]
)
def test_a_move_and_a_deletion_with_an_insertion_of_the_same_words_are_one(
    went: tuple[str, str], came: tuple[str, str]
) -> None:
    assert asked(back(edited(went, came))) == [("tri", Action.MOVE, "ena", "")]


def test_what_was_worded_anew_on_its_way_is_a_move_and_a_change() -> None:
    words = ["1.a člen", "(kazni)", "Globa je 300 eurov.", "Rok za pripombe je 15 dni."]
    data = edited(("moveFrom", "moveFrom"), ("moveTo", "moveTo"), words)
    assert asked(back(data)) == [
        ("tri", Action.MOVE, "ena", ""),
        ("tri-1", Action.CHANGE, "", "Globa je 300 eurov."),
    ]


def test_what_was_deleted_and_something_else_added_is_no_move() -> None:
    data = edited(("del", "del"), ("ins", "ins"), ["Pes je na vrvici."])
    assert [action for _key, action, *_rest in asked(back(data))] == [Action.ADD, Action.DELETE]


def test_what_was_added_beside_a_move_stays_an_addition() -> None:
    data = edited(("del", "del"), ("ins", "ins"), [*ARTICLE, "Pes je na vrvici."])
    assert asked(back(data)) == [
        ("tri", Action.MOVE, "ena", ""), ("tri", Action.ADD, "", "Pes je na vrvici."),
    ]  # fmt: skip


def test_two_paragraphs_moved_at_once_follow_each_other() -> None:
    out = ["Globa je 100 eurov.", "Rok za pripombe je 15 dni."]
    by_ana = change("moveTo", "Ana", "")
    new = [p(change("moveTo", "Ana", t(text)), end=by_ana) for text in out]
    old = [p(change("moveFrom", "Ana", t(text)), end=change("moveFrom", "Ana", "")) for text in out]
    data = docx(*PLAIN[:3], *new, *PLAIN[3:10], *old, *PLAIN[12:])
    assert asked(back(data)) == [("tri-1", Action.MOVE, "ena-1", ""), ("tri-2", Action.MOVE, "tri-1", "")]


def test_before_the_first_provision_is_the_beginning() -> None:
    new = p(ins("Ana", "Globa je 100 eurov."), end=change("ins", "Ana", ""))
    old = p(gone("Ana", "Globa je 100 eurov."), end=change("del", "Ana", ""))
    data = docx(p(t("Odlok o parkih")), new, *PLAIN[:10], old, *PLAIN[11:])
    assert asked(back(data)) == [("tri-1", Action.MOVE, "", "")]


def test_what_stands_before_the_parts_of_its_anchor_is_said_to_be_inexact() -> None:
    new = p(ins("Ana", "Globa je 100 eurov."), end=change("ins", "Ana", ""))
    old = p(gone("Ana", "Globa je 100 eurov."), end=change("del", "Ana", ""))
    (one,) = back(docx(*PLAIN[:2], new, *PLAIN[2:10], old, *PLAIN[11:])).proposals
    assert (one.key, one.action, one.after, one.inexact) == ("tri-1", Action.MOVE, "ena", True)


def test_two_people_who_move_the_same_ask_each_for_a_move() -> None:
    first, second = (
        move(minute, "tri-1", after, who) for minute, after, who in ((1, "ena-1", "A"), (2, "dva-1", "B"))
    )
    data = docx_with_demands(with_demands(first, second))
    assert [(one.author, one.after) for one in back(data).proposals] == [("A", "ena-1")]
    assert sorted(author for author, _text in comments(data)) == ["A", "B"]


def test_a_comment_on_what_arrived_is_about_what_was_moved() -> None:
    new = p(on(1, ins("Ana", "Globa je 100 eurov.")), end=change("ins", "Ana", ""))
    old = p(gone("Ana", "Globa je 100 eurov."), end=change("del", "Ana", ""))
    data = docx(*PLAIN[:3], new, *PLAIN[3:10], old, *PLAIN[11:], comments=(comment(1, "Bor", "Ne sem."),))
    assert [(one.key, one.text) for one in back(data).said] == [("tri-1", "Ne sem.")]


def test_a_file_that_was_arranged_anew_is_read_as_far_as_anybody_would_follow() -> None:
    stays = Provision(Kind.PARAGRAPH, "", 0, "Ta odstavek ostane, kjer stoji.")
    lines = [f"V ulici številka {number} ostane drevored." for number in range(MOST_MOVES + 3)]
    provisions = [*(Provision(Kind.PARAGRAPH, "", 0, line) for line in lines), stays]
    old = [p(gone("Ana", line), end=change("del", "Ana", "")) for line in lines]
    new = [p(ins("Ana", line), end=change("ins", "Ana", "")) for line in lines]
    found = find_proposals(
        read_redline(docx(*old, p(t(stays.text)), *new)), "", provisions, [str(at) for at in range(len(provisions))]
    )
    actions = Counter(one.action for one in found.proposals)
    assert actions == {Action.MOVE: MOST_MOVES, Action.DELETE: 3, Action.ADD: 1}
