"""Word files as people leave them behind: paragraphs of runs, changes and comments, written by hand."""

from __future__ import annotations

import re
from html import escape

from participation.texts.writing.archives import packed, unpacked

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
)
WHEN = "2026-11-10T08:00:00Z"


def t(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def change(kind: str, author: str, content: str, when: str = WHEN) -> str:
    return f'<w:{kind} w:id="1" w:author="{author}" w:date="{when}">{content}</w:{kind}>'


def ins(author: str, text: str) -> str:
    return change("ins", author, t(text))


def gone(author: str, text: str) -> str:
    return change("del", author, t(text).replace("w:t", "w:delText").replace("w:delTextext", "w:delText"))


def p(*content: str, end: str = "") -> str:
    """A paragraph; `end` is a change of its mark."""
    mark = f"<w:pPr><w:rPr>{end}</w:rPr></w:pPr>" if end else ""
    return f"<w:p>{mark}{''.join(content)}</w:p>"


def table(*rows: list[str]) -> str:
    cells = ("".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def on(number: int, content: str) -> str:
    """What a comment stands on."""
    return (
        f'<w:commentRangeStart w:id="{number}"/>{content}<w:commentRangeEnd w:id="{number}"/>'
        f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    )


def comment(number: int, author: str, text: str) -> str:
    return (
        f'<w:comment w:id="{number}" w:author="{author}" w:date="{WHEN}">'
        f'<w:p w14:paraId="0000000{number}">{t(text)}</w:p></w:comment>'
    )


def docx(*paragraphs: str, comments: tuple[str, ...] = (), answers: dict[int, int] | None = None) -> bytes:
    threads = "".join(
        f'<w15:commentEx w15:paraId="0000000{one}" w15:paraIdParent="0000000{other}"/>'
        for one, other in (answers or {}).items()
    )
    members = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {W}><w:body>{''.join(paragraphs)}</w:body></w:document>",
        "word/comments.xml": f"<w:comments {W}>{''.join(comments)}</w:comments>",
        "word/commentsExtended.xml": f"<w15:commentsEx {W}>{threads}</w15:commentsEx>",
    }
    return packed({name: content.encode() for name, content in members.items()})


def with_reply(data: bytes, answered: str, author: str, text: str) -> bytes:
    """A file of ours in which somebody has replied to the comment with these words, as Word writes it."""
    members = {name: content.decode() for name, content in unpacked(data).items()}
    comments = members["word/comments.xml"]
    ids = re.findall(r'<w:comment w:id="(\d+)"', comments)
    asked = next(one for one in re.findall(r"<w:comment .*?</w:comment>", comments, re.S) if escape(answered) in one)
    parent, names = re.findall(r'w:id="(\d+)"', asked)[0], re.findall(r'w14:paraId="(\w+)"', asked)
    own, name = str(max(map(int, ids)) + 1), f"7A0000{len(ids):02d}"
    written = comment(0, author, text).replace('w:id="0"', f'w:id="{own}"').replace("00000000", name)
    members["word/comments.xml"] = comments.replace("</w:comments>", f"{written}</w:comments>")
    thread = f'<w15:commentEx w15:paraId="{name}" w15:paraIdParent="{names[-1]}" w15:done="0"/>'
    threads = members["word/commentsExtended.xml"].replace("</w15:commentsEx>", f"{thread}</w15:commentsEx>")
    members["word/commentsExtended.xml"] = threads
    document = members["word/document.xml"]
    for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        mark = f'<w:{kind} w:id="{parent}"/>'
        document = document.replace(mark, mark + mark.replace(f'"{parent}"', f'"{own}"'))
    members["word/document.xml"] = document
    return packed({name: content.encode() for name, content in members.items()})
