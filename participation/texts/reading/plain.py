"""Plain text, with lines that were wrapped by hand joined again."""

from participation.texts.provisions import Doubt
from participation.texts.reading import progress
from participation.texts.reading.blocks import Source, tidy
from participation.texts.reading.formats import decode
from participation.texts.reading.lines import Line, is_wrapped, join_lines, with_room


def read_plain(data: bytes) -> Source:
    """The blocks of a text file. No word of it is lost."""
    text, encoding = decode(data)
    rows: list[tuple[str, int, bool]] = []
    blank = False
    for number, raw in enumerate(text.splitlines(), 1):
        row = tidy(raw).replace("\n", " ")
        if row and raw.rstrip().endswith("\u00ad"):
            row += "\u00ad"
        if row:
            rows.append((row, number, blank))
        blank = not row
    texts = [row for row, _, _ in rows]
    lines = [
        Line(row, f"line {number}", room=room, apart=apart)
        for (row, number, apart), room in zip(rows, with_room(texts), strict=True)
    ]
    source = Source(join_lines(lines, wrapped=is_wrapped(texts)))
    progress.tell("read", done=len(source.blocks), of=len(source.blocks), unit="paragraph")
    if encoding == "cp1250":
        source.doubts.append(Doubt("encoding_guessed", details={"encoding": "windows-1250"}))
    return source
