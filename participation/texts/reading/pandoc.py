"""ODT, RTF, HTML and Markdown, through pandoc run by ourselves: sandboxed, with limits.

pypandoc only brings the program: its own call has no time limit. Numbers of lists are taken
from pandoc's start values, or from marks that the format's reader put into the source because
pandoc would count anew where the author skipped a number.
"""

import json
import re
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from participation.texts.provisions import Unreadable
from participation.texts.reading import progress
from participation.texts.reading.blocks import Block, Source, tidy
from participation.texts.reading.figures import roman

SECONDS = 20
HEAP = "512M"
BULLET = "–"
# Private-use characters cannot be typed by mistake and pass through pandoc unchanged.
MARK_OPENS, MARK_CLOSES = "\ue000", "\ue001"
_HEAP_EXHAUSTED = 251
_BREAKS = {"Space": " ", "SoftBreak": " ", "LineBreak": "\n"}
_DELIMITERS = {"Period": "{}.", "DefaultDelim": "{}.", "OneParen": "{})", "TwoParens": "({})"}


def read_with_pandoc(data: bytes, source_format: str, seconds: float = SECONDS) -> Source:
    """The blocks of a document in a format that pandoc reads. Raises Unreadable."""
    try:
        tree = json.loads(_run_pandoc(data, source_format, seconds))
    except (ValueError, RecursionError) as error:
        raise Unreadable("truncated") from error
    walk = _Walk()
    for done, node in enumerate(tree["blocks"], 1):
        walk.read([node])
        progress.tell("read", done=done, of=len(tree["blocks"]), unit="paragraph")
    title = tree["meta"].get("title", {})
    return Source(walk.blocks, tidy(_Walk().inline_text(title.get("c", []))) if title else "")


def marked(label: str) -> str:
    """A list number that survives pandoc inside the text of its item."""
    return f"{MARK_OPENS}{label}{MARK_CLOSES}"


def _run_pandoc(data: bytes, source_format: str, seconds: float) -> bytes:
    import pypandoc

    with TemporaryDirectory(prefix="draft-") as folder:
        path = Path(folder, "draft")
        path.write_bytes(data)
        command = [pypandoc.get_pandoc_path(), "+RTS", f"-M{HEAP}", "-RTS", "--sandbox"]
        command += ["--from", source_format, "--to", "json", str(path)]
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                timeout=seconds,
                check=False,
                cwd=folder,
                preexec_fn=_lift_address_limit,
            )
        except subprocess.TimeoutExpired as error:
            raise Unreadable("timeout", seconds=str(seconds)) from error
    if done.returncode == _HEAP_EXHAUSTED:
        raise Unreadable("too_large")
    if done.returncode:
        raise Unreadable("truncated")
    return done.stdout


def _lift_address_limit() -> None:
    # Pandoc's runtime reserves a terabyte of addresses it never uses; -M limits what it uses.
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


class _Walk:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._count = 0
        self._notes: list[tuple[str, list[Any]]] = []
        self._note_count = 0

    def read(self, nodes: list[Any], depth: int = 0, label: str = "") -> None:
        """Read a run of blocks; `label` belongs to the first paragraph among them."""
        for node in nodes:
            before = len(self.blocks)
            self._read_node(node, depth, label)
            if len(self.blocks) > before:
                label = ""

    def inline_text(self, inlines: list[Any]) -> str:
        return "".join(self._inline(inlines))

    def _read_node(self, node: dict[str, Any], depth: int, label: str) -> None:
        content: Any = node.get("c")
        match node["t"]:
            case "Para" | "Plain":
                self._add(content, depth=depth, label=label, bold=_is_bold(content))
            case "Header":
                self._add(content[2], depth=depth, label=label, heading=content[0])
            case "LineBlock":
                for line in content:
                    self._add(line, depth=depth, label=label)
            case "CodeBlock":
                self._add([{"t": "Str", "c": content[1]}], depth=depth, label=label)
            case "RawBlock":
                self._add([{"t": "Str", "c": re.sub(r"<[^>]*>", " ", content[1])}], depth=depth)
            case "BulletList":
                for item in content:
                    self.read(item, depth + 1, BULLET)
            case "OrderedList":
                self._read_ordered(content, depth)
            case "DefinitionList":
                for term, meanings in content:
                    self._add(term, depth=depth, label=label)
                    for meaning in meanings:
                        self.read(meaning, depth)
            case "Table":
                self._add_table(content)
            case "Div" | "Figure":
                self.read(content[-1], depth, label)
            case "BlockQuote":
                self.read(content, depth, label)

    def _read_ordered(self, content: list[Any], depth: int) -> None:
        (start, style, delimiter), items = content
        for number, item in enumerate(items, start):
            figure = _figure(number, style["t"])
            printed = _DELIMITERS.get(delimiter["t"], "{}.").format(figure)
            self.read(item, depth + 1, printed)

    def _add(self, inlines: list[Any], label: str = "", depth: int = 0, heading: int = 0, bold: bool = False) -> None:
        self._count += 1
        place = f"block {self._count}"
        text = self.inline_text(inlines)
        # A mark that a reader left in the text says the item's real number.
        if text.startswith(MARK_OPENS) and MARK_CLOSES in text:
            label, _, text = text[1:].partition(MARK_CLOSES)
        text = tidy(text.replace(MARK_OPENS, "").replace(MARK_CLOSES, " "))
        if text or (label and label != BULLET):
            self.blocks.append(Block(text, place, heading, label, depth, bold))
        self._add_notes(place)

    def _add_notes(self, place: str) -> None:
        notes, self._notes = self._notes, []
        for label, content in notes:
            inner = _Walk()
            inner.read(content)
            text = " ".join(f"{one.label} {one.text}".strip() for one in inner.blocks)
            self.blocks.append(Block(text.replace("\n", " "), place, label=label, kind="note"))

    def _add_table(self, content: list[Any]) -> None:
        _, caption, _, head, bodies, foot = content
        self.read(caption[1])
        rows = [*head[1], *(row for body in bodies for row in [*body[2], *body[3]]), *foot[1]]
        cells = [[cell[-1] for cell in row[1]] for row in rows]
        if all(len(row) == 1 for row in cells):
            # A single column is a frame around running text, not a table.
            for row in cells:
                self.read(row[0])
            return
        self._count += 1
        place = f"block {self._count}"
        lines = [tidy(" | ".join(self._cell(cell) for cell in row)) for row in cells]
        text = "\n".join(line for line in lines if line.strip(" |"))
        if text:
            self.blocks.append(Block(text, place, kind="table"))
        self._add_notes(place)

    def _cell(self, content: list[Any]) -> str:
        inner = _Walk()
        inner._note_count = self._note_count
        inner.read(content)
        self._note_count = inner._note_count
        labels = (f"[{one.label}]" if one.kind == "note" else one.label for one in inner.blocks)
        texts = (f"{label} {one.text}".strip() for label, one in zip(labels, inner.blocks, strict=True))
        return " ".join(texts).replace("\n", " ")

    def _inline(self, inlines: list[Any]) -> Iterator[str]:
        for node in inlines:
            content: Any = node.get("c")
            match node["t"]:
                case "Str":
                    yield content
                case "Space" | "SoftBreak" | "LineBreak":
                    yield _BREAKS[node["t"]]
                case "Code" | "Math":
                    yield content[1]
                case "Quoted":
                    opening, closing = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
                    yield opening + self.inline_text(content[1]) + closing
                case "Note":
                    self._note_count += 1
                    self._notes.append((str(self._note_count), content))
                    yield f"[{self._note_count}]"
                case "Link" | "Image" | "Span" | "Cite":
                    yield self.inline_text(content[1])
                case "RawInline":
                    yield "\n" if content[1].lower().startswith("<br") else ""
                case _:
                    yield self.inline_text(content or [])


def _is_bold(inlines: list[Any]) -> bool:
    words = [one for one in inlines if one["t"] not in _BREAKS]
    return bool(words) and all(one["t"] == "Strong" for one in words)


def _figure(count: int, style: str) -> str:
    if style in ("LowerAlpha", "UpperAlpha"):
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters.upper() if style == "UpperAlpha" else letters
    if style in ("LowerRoman", "UpperRoman"):
        return roman(count).upper() if style == "UpperRoman" else roman(count)
    return str(count)
