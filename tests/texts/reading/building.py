"""Small draft files, made where a test needs them."""

import io
import subprocess
import zipfile

import pypandoc
import typst

from participation.texts.provisions import Reading

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="xml" ContentType="application/xml"/></Types>"""


def word_file(body: str, **parts: str) -> bytes:
    """A Word document from the XML of its body; parts are `styles`, `numbering`, `footnotes`."""
    members = {"[Content_Types].xml": _TYPES, "word/document.xml": word_part("document", f"<w:body>{body}</w:body>")}
    for name, content in parts.items():
        members[f"word/{name}.xml"] = word_part(name, content)
    return archive(members)


def word_part(root: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} xmlns:w="{WORD}">{content}</w:{root}>'


def archive(members: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in members.items():
            written.writestr(name, content)
    return buffer.getvalue()


def paragraph(text: str, properties: str = "", bold: bool = False) -> str:
    """A paragraph of one run; line breaks in the text become Word's."""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in text.split("\n"))
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r>{look}{lines}</w:r></w:p>"


def centred(text: str, bold: bool = True) -> str:
    """What most municipal drafts have for a heading."""
    return paragraph(text, '<w:jc w:val="center"/>', bold)


def numbered(text: str, list_id: int = 1, level: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def numbering(
    *levels: tuple[str, str], lists: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
) -> str:
    """The numbering of one abstract list; a level is its figures' format and its printed text."""
    written = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{figures}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (figures, text) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="0">{written}</w:abstractNum>{lists}'


def converted(html: str, target: str) -> bytes:
    """HTML as pandoc writes it in another format."""
    command = [pypandoc.get_pandoc_path(), "--standalone", "--from", "html", "--to", target, "--output", "-"]
    return subprocess.run(command, input=html.encode(), capture_output=True, check=True).stdout


def pdf_file(markup: str) -> bytes:
    """A PDF from typst's markup."""
    return typst.compile(markup.encode())


def drawn_pdf(*contents: bytes, page: bytes = b"", pages: int | None = None, filters: bytes = b"") -> bytes:
    """A PDF from the very commands that draw its pages; `pages` is how many it says it has."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    kids = b" ".join(b"%d 0 R" % (4 + 2 * at) for at in range(len(contents)))
    count = len(contents) if pages is None else pages
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        font,
    ]
    look = b"/MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> " + page
    for at, content in enumerate(contents):
        objects.append(b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R %s >>" % (5 + 2 * at, look))
        objects.append(b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), filters, content))
    data, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return data + table + trailer % (len(places) + 1, len(data))


def written(text: str, x: float, y: float, turned: bool = False) -> bytes:
    """The command that writes a text on a page, from left to right or upwards."""
    matrix = "0 1 -1 0" if turned else "1 0 0 1"
    return f"BT /F 11 Tf {matrix} {x} {y} Tm ({text}) Tj ET\n".encode("cp1252")


def outline(reading: Reading) -> list[tuple[str, str, int, str]]:
    """The tree in one list: kind, label, level, text."""
    return [(one.kind.value, one.label, one.level, one.text) for one in reading.provisions]


def codes(reading: Reading) -> list[str]:
    return [doubt.code for doubt in reading.warnings]
