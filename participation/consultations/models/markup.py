"""The HTML of a provision's text, made when the text is saved and never when it is read."""

from __future__ import annotations

from markupsafe import escape

from participation.texts.provisions import Kind


def html_of(kind: str, text: str) -> str:
    """Safe HTML of the words of one provision, without its label; empty for an empty text."""
    if not text:
        return ""
    if kind == Kind.TABLE:
        return _table(text)
    lines = "<br>".join(str(escape(line)) for line in text.split("\n"))
    return f"<p>{lines}</p>"


def _table(text: str) -> str:
    """A line is a row, " | " parts its cells; short rows are filled up."""
    rows = [[cell.strip() for cell in line.split(" | ")] for line in text.split("\n")]
    width = max(len(row) for row in rows)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row + [""] * (width - len(row))) + "</tr>"
        for row in rows
    )
    return f"<table><tbody>{body}</tbody></table>"
