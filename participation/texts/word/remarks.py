"""The comments of a Word file, as its own parts hold them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from participation.texts.markdown import one_line
from participation.texts.reading.xml import attribute, children, name, number
from participation.texts.word.comments import KNOWN, MOST_KNOWN
from participation.texts.word.redline import Hand, Remark

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?Z?")
_PARAGRAPH = re.compile(r"[0-9A-Fa-f]{8}")
LONGEST_NAME = 200


def read_remarks(part: Callable[[str], Element | None]) -> list[Remark]:
    """All comments in the order of the file; `part` gives the root of a part, or None where there is none."""
    comments = list(children(part("word/comments.xml"), "comment"))
    number_of: dict[str, int] = {}
    for one in comments:
        for paragraph in _paragraphs(one):
            number_of[attribute(paragraph, "paraId") or ""] = number_of_comment(one)
    answers = {
        number_of.get(attribute(one, "paraId") or "", 0): number_of.get(attribute(one, "paraIdParent") or "-", 0)
        for one in children(part("word/commentsExtended.xml"), "commentEx")
    }
    found: dict[int, Remark] = {}
    for one in comments:
        own = number_of_comment(one)
        hand = hand_of(one)
        text = "\n".join(_words(paragraph) for paragraph in _paragraphs(one)).strip("\n")
        known = max(map(_known, _paragraphs(one)), default=0)
        if own in found:
            # Nobody can tell apart what stands at a number that was given twice; nothing of it is lost.
            found[own] = replace(found[own], text=f"{found[own].text}\n\n{text}")
            continue
        found[own] = Remark(own, hand.author, hand.when, text, answers=answers.get(own, 0), known=known)
    return list(found.values())


def number_of_comment(element: Element) -> int:
    """From 1, whether the file counts from 0 or from 1: 0 is none."""
    return number(attribute(element, "id"), -1) + 1


def hand_of(element: Element) -> Hand:
    """Who and when, as the attributes of a change or comment say."""
    when = attribute(element, "date") or ""
    author = one_line(attribute(element, "author"))[:LONGEST_NAME]
    return Hand(author, when if _MOMENT.fullmatch(when) else "")


def _paragraphs(comment: Element) -> Iterator[Element]:
    return (one for one in comment.iter() if name(one) == "p")


def _known(paragraph: Element) -> int:
    """The number by which a comment of ours was to be known, as the name of its last paragraph keeps it."""
    name_of = attribute(paragraph, "paraId") or ""
    known = int(name_of, 16) - KNOWN if _PARAGRAPH.fullmatch(name_of) else 0
    return known if 0 < known <= MOST_KNOWN else 0


def _words(element: Element) -> str:
    words = ""
    for one in element:
        kind = name(one)
        if kind == "t":
            words += one.text or ""
        elif kind in ("br", "cr", "tab"):
            words += " " if kind == "tab" else "\n"
        elif kind not in ("pPr", "rPr", "del", "instrText"):
            words += _words(one)
    return words
