"""What a Word file says of who changed what, and what people said beside it."""

from __future__ import annotations

import contextlib
import dataclasses

import pytest
from texts.word.drafts import DRAFT
from texts.word.edited import WHEN, change, comment, docx, gone, ins, on, p, t, table
from texts.word.settling import settled

from participation.texts.provisions import Unreadable
from participation.texts.word.package import docx_with_demands
from participation.texts.word.process import read_edited
from participation.texts.word.redline import Hand, Line, redline_of
from participation.texts.word.redline_reading import read_redline


def lines(data: bytes) -> tuple[Line, ...]:
    return read_redline(data).lines


def test_before_and_after_are_what_rejecting_and_accepting_give() -> None:
    data = docx_with_demands(DRAFT)
    read = lines(data)
    assert [line.before for line in read if line.before] == [text for text in settled(data, "rejected") if text]
    assert [line.after for line in read if line.after] == [text for text in settled(data, "accepted") if text]


def test_each_change_has_its_person_and_moment() -> None:
    (line,) = lines(docx(p(t("Rok je "), gone("Ana", "15"), ins("Bor", "30"), t(" dni."))))
    assert (line.before, line.after) == ("Rok je 15 dni.", "Rok je 30 dni.")
    assert line.hands == (Hand("Ana", WHEN), Hand("Bor", WHEN))


def test_words_that_one_put_in_and_another_took_out_are_neither_before_nor_after() -> None:
    nested = change("ins", "Ana", t("zelo ") + gone("Bor", "hudo "))
    (line,) = lines(docx(p(t("To je "), nested, t("prav."))))
    assert (line.before, line.after) == ("To je prav.", "To je zelo prav.")
    assert [hand.author for hand in line.hands] == ["Ana", "Bor"]


def test_the_name_of_an_author_cannot_turn_the_page_around() -> None:
    (line,) = lines(docx(p(t("To je "), ins("\u202eana\u200b  Zlo", "zelo "), t("prav."))))
    assert [hand.author for hand in line.hands] == ["ana Zlo"]


def test_a_moved_passage_goes_and_comes() -> None:
    read = lines(
        docx(p(change("moveFrom", "Ana", t("Prvo."))), p(t("Drugo.")), p(change("moveTo", "Ana", t("Prvo."))))
    )
    assert [(line.before, line.after) for line in read] == [("Prvo.", ""), ("Drugo.", "Drugo."), ("", "Prvo.")]


def test_a_comment_stands_on_its_words_even_in_a_cell() -> None:
    data = docx(
        table([t("Park"), t("ha")], [t("Gaj"), on(0, t("3"))]),
        p(on(2, t("Rok.")), on(3, "")),
        comments=(comment(0, "Ana", "Koliko?"), comment(2, "Bor", "Kdaj?"), comment(3, "Ana", "Brez besed.")),
        answers={3: 2},
    )
    redline = read_redline(data)
    assert redline.lines[0].before == "Park | ha\nGaj | 3"
    assert [(one.author, one.text, one.words, one.answers) for one in redline.remarks] == [
        ("Ana", "Koliko?", "3", 0), ("Bor", "Kdaj?", "Rok.", 0), ("Ana", "Brez besed.", "", 3),
    ]  # fmt: skip


def test_a_file_that_nobody_touched_says_so() -> None:
    assert read_redline(docx(p(t("Rok.")))).is_untouched
    assert not read_redline(docx(p(ins("Ana", "Rok.")))).is_untouched
    assert not read_redline(docx(p(on(1, t("Rok."))), comments=(comment(1, "Ana", "?"),))).is_untouched


def test_hidden_words_are_left_out() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Skrito.</w:t></w:r>"
    assert lines(docx(p(t("Rok."), hidden)))[0].before == "Rok."


def test_what_was_read_survives_as_plain_values() -> None:
    redline = read_redline(docx_with_demands(DRAFT))
    assert redline_of(dataclasses.asdict(redline)) == redline


@pytest.mark.parametrize(
    ("data", "filename", "code"),
    [
        (b"Rok.", "rok.txt", "not_word"),
        (b"", "rok.docx", "empty"),
        (b"%PDF-1.4", "rok.docx", "mislabelled"),
        (docx(p(t("Rok.")))[:-60], "rok.docx", "truncated"),
        (docx("<w:p>"), "rok.docx", "truncated"),
    ],
)
def test_other_files_are_refused_with_a_reason(data: bytes, filename: str, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_redline(data, filename)
    assert refusal.value.code == code


def test_a_process_of_its_own_reads_the_same() -> None:
    data = docx_with_demands(DRAFT)
    assert read_edited(data, "osnutek.docx") == read_redline(data)


@pytest.mark.parametrize("damage", range(1, 60, 7))
def test_a_damaged_file_ends_in_a_message(damage: int) -> None:
    data = bytearray(docx_with_demands(DRAFT))
    at = len(data) * damage // 60
    data[at : at + 40] = b"\xff" * 40
    with contextlib.suppress(Unreadable):
        read_redline(bytes(data))
