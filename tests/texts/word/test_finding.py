"""From an edited Word file to proposed wordings and comments; what goes out comes back the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from texts.word import office
from texts.word.drafts import DEMANDS, DRAFT, KEYS, PROVISIONS, START, TEXT, demand, with_demands
from texts.word.edited import change, comment, docx, gone, ins, on, p, t, table
from texts.word.settling import settled

from participation.texts.differing import word_diff
from participation.texts.provisions import Kind, Provision
from participation.texts.word.demands import Action, Demand, DraftInWord
from participation.texts.word.finding import find_proposals
from participation.texts.word.findings import Findings, Proposal, Reason
from participation.texts.word.marking import mark
from participation.texts.word.package import docx_with_demands
from participation.texts.word.redline_reading import read_redline

PLAIN = [
    p(t("1. člen")),
    p(t("(vsebina)")),
    p(t("(1) Ta odlok ureja parke in zelenice v občini.")),
    p(t("(2) Park upravlja občina, ki vsako leto objavi načrt vzdrževanja:")),
    p(t("– košnja & obrezovanje,")),
    p(t("– zalivanje.")),
    p(t("2. člen")),
    p(t("Rok za pripombe je 15 dni.")),
    table([t("Park"), t("Površina"), t("Leto")], [t("Mestni park"), t("12 ha"), t("2024")],
          [t("Gaj"), t("3 ha"), t("2025")]),
    p(t("3. člen")),
    p(t("(kazni)")),
    p(t("Globa je 100 eurov.")),
    p(t("Rok za pripombe je 15 dni.")),
]  # fmt: skip


def found(*paragraphs: str, **more: Any) -> Findings:
    return find_proposals(read_redline(docx(*paragraphs, **more)), "Odlok o parkih", PROVISIONS, KEYS)


def with_changed(at: int, *instead: str) -> list[str]:
    return [*PLAIN[:at], *instead, *PLAIN[at + 1 :]]


def asked(findings: Findings) -> list[tuple[str, str, Action, str]]:
    return [(one.key, one.author, one.action, one.wording) for one in findings.proposals]


def back(draft: DraftInWord) -> Findings:
    redline = read_redline(docx_with_demands(draft))
    return find_proposals(redline, draft.title, draft.provisions, draft.keys)


def whole(one: Demand | Proposal) -> tuple[str, ...]:
    when = one.when if isinstance(one.when, str) else one.when.strftime("%Y-%m-%dT%H:%M:%SZ")
    return one.key, one.author, when, one.action, one.wording, one.after, one.reasons


def test_what_goes_out_comes_back_the_same() -> None:
    findings = back(DRAFT)
    excluded = [one for marked in mark(PROVISIONS, KEYS, DEMANDS) for one in marked.excluded]
    tracked = [one for one in DEMANDS if one not in excluded]
    assert sorted(map(whole, findings.proposals)) == sorted(map(whole, tracked))
    assert not any(one.drifted or one.inexact or one.untracked for one in findings.proposals)
    said = [(one.key, one.author, one.text, one.answers) for one in findings.said]
    assert ("", "Društvo Lipa", "Osnutek je dober.", "") in said
    assert ("", "Zavod Hrast", "Se strinjamo.", "Društvo Lipa") in said
    assert ("štiri-1", "Ana Novak", "Kdaj točno?\n\nProsimo za datum.", "") in said
    assert len(said) == 4 + len(excluded)
    assert findings.left == ()


def test_what_libreoffice_saves_comes_back_the_same() -> None:
    redline = read_redline(office.saved(docx_with_demands(DRAFT)))
    findings = find_proposals(redline, DRAFT.title, PROVISIONS, KEYS)
    assert sorted(map(whole, findings.proposals)) == sorted(map(whole, back(DRAFT).proposals))
    said = {(one.key, one.author, one.text) for one in findings.said}
    assert said == {(one.key, one.author, one.text) for one in back(DRAFT).said}
    assert [one.text for one in findings.said if one.answers] in ([], ["Se strinjamo."])


WORDS = st.lists(st.sampled_from(["park", "občina", "rok", "15", "dni", "in", ",", "."]), min_size=1, max_size=8)
ACTS = st.tuples(st.sampled_from([one for one in TEXT if one[1] is not Kind.TABLE and one[4]]),
                 st.sampled_from(Action), WORDS, st.integers(0, 3), st.sampled_from(["", *KEYS]))  # fmt: skip


@given(st.lists(ACTS, max_size=6))
def test_any_demands_come_back_the_same(acts: list[Any]) -> None:
    demands = []
    for at, ((key, _kind, _label, _level, text), action, words, keep, after) in enumerate(acts):
        kept = " ".join(text.split(" ")[:keep])
        wording = f"{kept} {' '.join(words)}".strip() if action in (Action.ADD, Action.CHANGE) else ""
        if action is Action.CHANGE and wording == text:
            continue
        one = Demand(key, f"Org {at}", START + timedelta(minutes=at), action, wording, f"Ker {at}.")
        demands.append(replace(one, after=after) if action is Action.MOVE else one)
    excluded = [one for marked in mark(PROVISIONS, KEYS, demands) for one in marked.excluded]
    tracked = [one for one in demands if one not in excluded]
    assert sorted(map(whole, back(with_demands(*demands)).proposals)) == sorted(map(whole, tracked))


def test_a_file_of_somebody_else_is_matched_by_its_words() -> None:
    findings = found(*with_changed(7, p(t("Rok za pripombe je "), gone("Ana", "15"), ins("Ana", "30"), t(" dni."))))
    assert asked(findings) == [("dva-1", "Ana", Action.CHANGE, "Rok za pripombe je 30 dni.")]
    assert findings.alike > 0.9


def test_two_people_in_one_paragraph_propose_a_wording_each() -> None:
    nested = change("ins", "Ana", t("najmanj ") + gone("Bor", "vsaj "))
    findings = found(
        *with_changed(7, p(t("Rok za pripombe je "), nested, gone("Bor", "15"), ins("Bor", "30"), t(" dni.")))
    )
    assert asked(findings) == [
        ("dva-1", "Ana", Action.CHANGE, "Rok za pripombe je najmanj vsaj 15 dni."),
        ("dva-1", "Bor", Action.CHANGE, "Rok za pripombe je 30 dni."),
    ]


def test_who_only_took_out_words_of_another_proposes_nothing() -> None:
    nested = change("ins", "Ana", t("najmanj ") + gone("Bor", "vsaj "))
    findings = found(*with_changed(7, p(t("Rok za pripombe je "), nested, t("15 dni."))))
    assert [author for _key, author, *_rest in asked(findings)] == ["Ana"]
    assert [(one.reason, one.author, one.before) for one in findings.left] == [(Reason.OTHERS_WORDS, "Bor", "vsaj")]


def test_changes_that_were_partly_accepted_are_said_to_be_so() -> None:
    findings = found(
        *with_changed(3, p(t("(2) Park upravlja občina, ki vsako "), gone("Ana", "leto"), ins("Ana", "pomlad"),
                           t(" javno objavi načrt vzdrževanja:")))
    )  # fmt: skip
    (one,) = findings.proposals
    assert (one.key, one.drifted) == ("ena-2", True)
    assert one.wording == "Park upravlja občina, ki vsako pomlad javno objavi načrt vzdrževanja:"


def test_what_was_changed_without_a_trace_is_nobodys() -> None:
    findings = found(*with_changed(7, p(t("Rok za pripombe je 30 dni in pol."))))
    (one,) = findings.proposals
    assert (one.key, one.author, one.untracked, one.wording) == (
        "dva-1",
        "",
        True,
        "Rok za pripombe je 30 dni in pol.",
    )


def test_a_deleted_paragraph_is_a_deletion_and_a_deleted_article_one() -> None:
    by_ana = change("del", "Ana", "")
    one = found(*with_changed(11, p(gone("Ana", "Globa je 100 eurov."), end=by_ana)))
    assert asked(one) == [("tri-1", "Ana", Action.DELETE, "")]
    gone_article = [
        p(gone("Ana", text), end=by_ana)
        for text in ("3. člen", "(kazni)", "Globa je 100 eurov.", "Rok za pripombe je 15 dni.")
    ]
    assert asked(found(*PLAIN[:9], *gone_article, p(t("4. člen")))) == [("tri", "Ana", Action.DELETE, "")]


def test_a_paragraph_typed_after_another_is_an_addition() -> None:
    typed = [p(t("Globa je 100 eurov."), end=change("ins", "Ana", "")), p(ins("Ana", "Globe ni za otroke."))]
    assert asked(found(*with_changed(11, *typed))) == [("tri-1", "Ana", Action.ADD, "Globe ni za otroke.")]


def test_a_new_article_follows_the_article_before_it() -> None:
    by_ana = change("ins", "Ana", "")
    new = [p(ins("Ana", "2.a člen"), end=by_ana), p(ins("Ana", "Park je odprt."), end=by_ana)]
    assert asked(found(*PLAIN[:9], *new, *PLAIN[9:])) == [("dva", "Ana", Action.ADD, "2.a člen\nPark je odprt.")]


def test_a_split_paragraph_is_one_wording_of_two_lines() -> None:
    split = [
        p(t("(2) Park upravlja občina,"), end=change("ins", "Ana", "")),
        p(t(" ki vsako leto objavi načrt vzdrževanja:")),
    ]
    assert asked(found(*with_changed(3, *split))) == [
        ("ena-2", "Ana", Action.CHANGE, "Park upravlja občina,\nki vsako leto objavi načrt vzdrževanja:")
    ]


def test_joined_paragraphs_change_one_and_delete_the_other() -> None:
    joined = [
        p(t("Globa je 100 eurov."), end=change("del", "Ana", "")),
        p(ins("Ana", " "), t("Rok za pripombe je 15 dni.")),
    ]
    assert asked(found(*PLAIN[:11], *joined)) == [
        ("tri-1", "Ana", Action.DELETE, ""),
        ("tri-2", "Ana", Action.CHANGE, "Globa je 100 eurov. Rok za pripombe je 15 dni."),
    ]


def test_a_moved_paragraph_goes_and_comes() -> None:
    went = p(change("moveFrom", "Ana", t("Globa je 100 eurov.")), end=change("moveFrom", "Ana", ""))
    came = p(change("moveTo", "Ana", t("Globa je 100 eurov.")), end=change("moveTo", "Ana", ""))
    findings = found(*PLAIN[:8], came, *PLAIN[8:11], went, *PLAIN[12:])
    assert [(one.key, one.action, one.after) for one in findings.proposals] == [("tri-1", Action.MOVE, "dva-1")]


def test_a_cell_is_changed_and_commented_on() -> None:
    changed = table([t("Park"), t("Površina"), t("Leto")],
                    [t("Mestni park"), on(1, gone("Ana", "12") + ins("Ana", "14") + t(" ha")), t("2024")],
                    [t("Gaj"), on(2, t("3 ha")), t("2025")])  # fmt: skip
    findings = found(
        *with_changed(8, changed), comments=(comment(1, "Ana", "Izmerili smo."), comment(2, "Bor", "Res?"))
    )
    (one,) = findings.proposals
    assert (one.key, one.wording.split("\n")[1], one.reasons) == (
        "dva-2",
        "Mestni park | 14 ha | 2024",
        "Izmerili smo.",
    )
    assert [(one.key, one.words, one.text) for one in findings.said] == [("dva-2", "3 ha", "Res?")]


def test_a_comment_beside_a_change_of_the_same_person_gives_its_reasons() -> None:
    changed = p(t("Globa je "), on(1, gone("Ana", "100") + ins("Ana", "50")), on(3, t(" eurov.")))
    findings = found(
        *with_changed(11, changed),
        comments=(comment(1, "Ana", "Dovolj je."), comment(2, "Bor", "Ne."), comment(3, "Bor", "Zakaj?")),
        answers={2: 1},
    )
    assert [one.reasons for one in findings.proposals] == ["Dovolj je."]
    assert [(one.author, one.text) for one in findings.said] == [("Bor", "Zakaj?")]


def test_of_two_equal_provisions_the_one_that_stands_there_is_meant() -> None:
    changed = p(t("Rok za pripombe je 15 dni"), ins("Ana", " ali več"), t("."))
    assert [key for key, *_rest in asked(found(*PLAIN[:12], changed))] == ["tri-2"]
    assert [key for key, *_rest in asked(found(*with_changed(7, changed)))] == ["dva-1"]


def test_what_stands_nowhere_in_the_draft_is_named() -> None:
    findings = found(*PLAIN, p(t("Dodatek o drevesih na "), gone("Ana", "vseh"), t(" pokopališčih mesta.")))
    assert [(one.reason, one.author, one.after) for one in findings.left] == [
        (Reason.UNPLACED, "Ana", "Dodatek o drevesih na pokopališčih mesta.")
    ]


def test_another_document_is_told_from_an_excerpt() -> None:
    other = [p(t(f"Člani društva se zberejo vsako {one} leto na občnem zboru in volijo organe.")) for one in range(9)]
    assert found(*other).is_another_document
    assert not found(*PLAIN[9:]).is_another_document


def test_an_untouched_file_asks_nothing() -> None:
    findings = found(*PLAIN)
    assert (findings.proposals, findings.said, findings.left) == ((), (), ())


def test_a_provision_of_several_paragraphs_has_one_wording() -> None:
    provisions = [Provision(Kind.PARAGRAPH, "", 5, "Prvi stavek o parkih in drevju. Drugi stavek o klopeh in koših.")]
    data = docx(
        p(t("Prvi stavek o parkih in "), gone("Ana", "drevju"), ins("Ana", "grmih"), t(".")),
        p(t("Drugi stavek o klopeh in "), gone("Ana", "koših"), ins("Ana", "pitnikih"), t(".")),
    )
    findings = find_proposals(read_redline(data), "", provisions, ["a"])
    assert asked(findings) == [
        ("a", "Ana", Action.CHANGE, "Prvi stavek o parkih in grmih. Drugi stavek o klopeh in pitnikih.")
    ]


def test_a_heading_without_words_is_given_some() -> None:
    title = demand(1, "dva", "Ana", Action.CHANGE, "(rok)")
    assert "2. člen\n(rok)" in settled(docx_with_demands(with_demands(title)), "accepted")
    assert "2. člen" in settled(docx_with_demands(with_demands(title)), "rejected")
    assert [whole(found) for found in back(with_demands(title)).proposals] == [whole(title)]


def test_a_number_that_is_changed_is_no_wording() -> None:
    findings = found(*with_changed(6, p(gone("Ana", "2."), ins("Ana", "3."), t(" člen"))))
    assert findings.proposals == ()
    assert [(one.before, one.after) for one in findings.left] == [("2. člen", "3. člen")]


def test_a_demand_is_the_same_however_long() -> None:
    long = " ".join(f"beseda{number}" for number in range(300))
    one = demand(1, "tri-1", "Ana", Action.CHANGE, long)
    assert [change for change, _text in word_diff(PROVISIONS[10].text, long)]
    assert [whole(found) for found in back(with_demands(one)).proposals] == [whole(one)]
