"""The comments of a Word file: their texts, and which answers which."""

from datetime import datetime

from participation.texts.word.runs import Numbers, attributes, escaped, run

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" mc:Ignorable="w14 w15"'
)


class Comments:
    """Comments in the order in which they are written; each has the number that marks its place in the text."""

    def __init__(self) -> None:
        self._numbers = Numbers()
        self._written: list[str] = []
        self._threads: list[str] = []
        self._last_paragraph = 0

    def write(self, author: str, when: datetime, text: str, answers: int = 0) -> tuple[int, int]:
        """The comment's number, and that of its last paragraph, by which another `answers` it."""
        head = attributes(self._numbers, author, when)
        number = len(self._written) + 1
        paragraphs = ""
        for place, line in enumerate(text.split("\n")):
            self._last_paragraph += 1
            mark = "" if place else "<w:r><w:annotationRef/></w:r>"
            paragraphs += (
                f'<w:p w14:paraId="{self._last_paragraph:08X}"><w:pPr><w:pStyle w:val="CommentText"/></w:pPr>'
                f"{mark}{run(line)}</w:p>"
            )
        self._written.append(f'<w:comment {head} w:initials="{escaped(_initials(author))}">{paragraphs}</w:comment>')
        parent = f' w15:paraIdParent="{answers:08X}"' if answers else ""
        self._threads.append(f'<w15:commentEx w15:paraId="{self._last_paragraph:08X}"{parent} w15:done="0"/>')
        return number, self._last_paragraph

    def texts(self) -> str:
        return f"<w:comments {NAMESPACES}>{''.join(self._written)}</w:comments>"

    def threads(self) -> str:
        return f"<w15:commentsEx {NAMESPACES}>{''.join(self._threads)}</w15:commentsEx>"


def _initials(author: str) -> str:
    return "".join(word[0] for word in author.split())[:4].upper()
