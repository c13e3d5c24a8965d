"""Any draft file becomes a tree of provisions.

DOCX, ODT, RTF, HTML, Markdown, plain text and PDF with a text layer. `read_draft` works in a
process of its own with limits; importing this package loads none of the parsers.
"""

from participation.texts.reading.process import read_draft

__all__ = ["read_draft"]
