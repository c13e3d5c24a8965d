"""Markdown: the author's own list numbers are marked, then pandoc reads.

Markdown counts the items of a list anew from the first one's number; an act keeps a gap where
a point was struck out.
"""

import re

from participation.texts.provisions import Doubt
from participation.texts.reading.blocks import Source
from participation.texts.reading.formats import decode
from participation.texts.reading.lines import is_wrapped
from participation.texts.reading.pandoc import marked, read_with_pandoc

_FORMAT = "gfm+footnotes+yaml_metadata_block-emoji-task_lists-autolink_bare_uris"
_NUMBERED = re.compile(r"^(\s{0,12})(\d{1,9}[.)])( {1,4})(?=\S)")
_BULLET = re.compile(r"^\s{0,12}[-*+]\s")
# A line of running text: no item, quotation, table, rule, heading or indented code.
_IS_TEXT = re.compile(r"^(?![-*+>|#=~`:\s]|\d{1,9}[.)]\s)\S")
_ENDS_TEXT = re.compile(r"^(?!\s*[|~`#]|-{3,}\s*$|={3,}\s*$)\s*\S")
# More quotations or lists within one another than any draft has, enough to stop pandoc.
_TOO_DEEP = re.compile(r"^\s*(?:>{30,}|(?:[>*+-]\s+){30,})")
_FENCE = re.compile(r"^\s*(```|~~~)")


def read_markdown(data: bytes) -> Source:
    """The blocks of a Markdown file. HTML inside it is left out, its text is kept."""
    text, encoding = decode(data)
    text = _with_marked_numbers(_with_apart_lines(text))
    source = read_with_pandoc(text.encode("utf-8", "replace"), _FORMAT)
    if encoding == "cp1250":
        source.doubts.append(Doubt("encoding_guessed", details={"encoding": "windows-1250"}))
    return source


def _with_apart_lines(text: str) -> str:
    """A file with a paragraph a line, as many editors write them, gets its empty lines.

    Markdown would glue such lines into one, and the line below a list into its last item.
    """
    lines = text.splitlines()
    if is_wrapped([line for line in lines if not line.lstrip().startswith("|")]):
        return text
    apart: list[str] = []
    in_fence = False
    for line in lines:
        in_fence ^= bool(_FENCE.match(line))
        if not in_fence and apart and _IS_TEXT.match(line) and _ENDS_TEXT.match(apart[-1]):
            apart.append("")
        apart.append(line)
    return "\n".join(apart)


def _with_marked_numbers(text: str) -> str:
    lines = []
    in_list = in_fence = False
    after_blank = True
    for line in text.splitlines():
        if _FENCE.match(line):
            in_fence = not in_fence
        line = _TOO_DEEP.sub("", line)
        match = _NUMBERED.match(line)
        # Inside a paragraph a number at the start of a line is only where the line was wrapped.
        if match and not in_fence and (after_blank or in_list or line.lstrip().startswith("#")):
            in_list = True
            line = _as_bullet(line, match)
        elif _BULLET.match(line):
            in_list = True
        elif not line.strip() or line.lstrip().startswith("#"):
            in_list = False
        elif not line.startswith((" ", "\t")) and after_blank:
            in_list = False
        after_blank = not line.strip() or line.lstrip().startswith("#")
        lines.append(line)
    return "\n".join(lines) + "\n"


def _as_bullet(line: str, match: re.Match[str]) -> str:
    """The item with a bullet as wide as its number was, so that what is nested in it stays so."""
    indent, number, gap = match.groups()
    width = min(len(number) + len(gap) - 1, 4)
    return f"{indent}-{' ' * width}{marked(number)}{line[match.end() :]}"
