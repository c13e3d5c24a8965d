"""Files that were damaged on their way end in a reading or in a refusal, and never in anything else.

Read in this very process, so that a fault of a reader is seen as it is; the limits of the process that reads for
the site are tested in test_refusals.py. Each damage is drawn from a seed: the same files on every machine.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

import pytest
from texts.reading.building import centred, converted, numbered, numbering, paragraph, pdf_file, word_file

from participation.texts import markdown
from participation.texts.provisions import Unreadable
from participation.texts.reading.documents import read_document

DAMAGES_OF_A_FORMAT = 44
HTML = (
    "<h1>Odlok o parkih</h1><h2>1. člen</h2><p>(namen)</p><p>(1) Park je zelena površina.</p><ul><li>drevo,</li>"
    "<li>klop;</li></ul><table><tr><th>ukrep</th><th>znesek</th></tr><tr><td>parki</td><td>20.000</td></tr></table>"
    "<h2>2. člen</h2><p>Rok je <b>trideset</b> dni.</p><ol><li>prvič</li><li>drugič<ol><li>še</li></ol></li></ol>"
)
MARKDOWN = """# Odlok o parkih

## 1. člen
(namen)

(1) Park je *zelena* površina[^1], glej [gradivo](https://primer.example/a?b=c).

- drevo,
- klop;
  1. prva
  2. druga

| ukrep | znesek |
|---|---|
| parki | 20.000 |

> »5. člen« se glasi: `koda` in **krepko**.

[^1]: Opomba.
"""
TYPESET = (
    "= Odlok o parkih\n1. člen\n\n(1) Park je zelena površina.\n\n- drevo\n\n#pagebreak()\n2. člen\n\nRok je 30 dni."
)


def word() -> bytes:
    body = centred("Odlok o parkih") + centred("1. člen") + paragraph("Park je zelena površina.") + numbered("drevo")
    return word_file(body, numbering=numbering(("decimal", "%1.")))


FILES: dict[str, Callable[[], bytes]] = {
    "odlok.docx": word,
    "odlok.odt": lambda: converted(HTML, "odt"),
    "odlok.rtf": lambda: converted(HTML, "rtf"),
    "odlok.pdf": lambda: pdf_file(TYPESET),
    "odlok.html": HTML.encode,
    "odlok.md": MARKDOWN.encode,
    "odlok.txt": MARKDOWN.encode,
}


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def flip(data: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(chance.randint(1, 40)):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def repeat(data: bytes, chance: random.Random) -> bytes:
    start, stop = sorted(chance.randrange(len(data)) for _ in range(2))
    return data[:stop] + data[start:stop] * chance.randint(1, 20) + data[stop:]


def drop(data: bytes, chance: random.Random) -> bytes:
    start, stop = sorted(chance.randrange(len(data)) for _ in range(2))
    return data[:start] + data[stop:]


def shuffle(data: bytes, chance: random.Random) -> bytes:
    size = max(1, len(data) // 12)
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    chance.shuffle(pieces)
    return b"".join(pieces)


def strew(data: bytes, chance: random.Random) -> bytes:
    damaged = data
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(damaged))
        sign = chance.choice(
            [b"<", b">", b"\0", b"[", b"](", b"*", b"{", b"\\", b"\xff\xfe", b"&#x110000;", b"|", b"\n\n"]
        )
        damaged = damaged[:at] + sign * chance.randint(1, 30) + damaged[at:]
    return damaged


DAMAGES = (cut, flip, repeat, drop, shuffle, strew)


def within(data: bytes, damage: Callable[[bytes, random.Random], bytes], chance: random.Random) -> bytes:
    """An archive that is whole, with one damaged part: what a program wrote wrong, not what a wire broke."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        chosen = chance.choice([name for name in source.namelist() if source.read(name)])
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, damage(content, chance) if name == chosen else content)
    return buffer.getvalue()


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_read_or_refused(name: str) -> None:
    chance = random.Random(name)
    whole = FILES[name]()
    assert read_document(whole, name).provisions
    ends = {"read": 0, "refused": 0}
    for number in range(DAMAGES_OF_A_FORMAT):
        damage = DAMAGES[number % len(DAMAGES)]
        deep = name.endswith((".docx", ".odt")) and number % 2
        damaged = within(whole, damage, chance) if deep else damage(whole, chance)
        try:
            reading = read_document(damaged, name)
        except (Unreadable, RecursionError):
            # What nests too deep is refused by the process that reads for the site.
            ends["refused"] += 1
        else:
            assert all(isinstance(one.text, str) and one.level >= 1 for one in reading.provisions)
            ends["read"] += 1
    assert sum(ends.values()) == DAMAGES_OF_A_FORMAT
    assert ends["read"], "every damage was refused, so the readers were hardly tried"


def test_there_are_as_many_damaged_files_as_promised() -> None:
    assert len(FILES) * DAMAGES_OF_A_FORMAT >= 300


def test_two_thousand_damaged_markdown_texts_become_safe_html() -> None:
    chance = random.Random("markdown")
    too_long = 0
    for number in range(2000):
        damage = DAMAGES[number % len(DAMAGES)]
        text = damage(damage(MARKDOWN.encode(), chance) or b"x", chance).decode("utf-8", "replace")
        try:
            html = markdown.to_html(text)
        except markdown.TooLong:
            too_long += 1
            continue
        assert "<script" not in html
        assert html.count("<p>") == html.count("</p>")
    assert too_long < 20
