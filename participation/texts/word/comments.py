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

# The last paragraph of a comment that is known by a number has this and the number as its name. Word keeps the
# names of paragraphs, and gives to its own any below 0x80000000; a comment has to be known by more than its name.
KNOWN, MOST_KNOWN = 0x50000000, 0x2FFFFFFF


class Comments:
    """Comments in the order in which they are written; each has the number that marks its place in the text."""

    def __init__(self) -> None:
        self._numbers = Numbers()
        self._written: list[str] = []
        self._threads: list[str] = []
        self._paragraphs = Numbers()
        self._known: set[int] = set()

    def write(self, author: str, when: datetime, text: str, known: int = 0, answers: int = 0) -> tuple[int, int]:
        """The comment's number in the file, and the name of its last paragraph, by which another `answers` it.

        `known` is the number by which it will be known when the file comes back, 0 for none.
        """
        head = attributes(self._numbers, author, when)
        number = len(self._written) + 1
        paragraphs = ""
        names = [self._paragraphs.next() for _line in text.split("\n")]
        if 0 < known <= MOST_KNOWN and known not in self._known:
            self._known.add(known)
            names[-1] = KNOWN + known
        for place, (paragraph, line) in enumerate(zip(names, text.split("\n"), strict=True)):
            mark = "" if place else "<w:r><w:annotationRef/></w:r>"
            paragraphs += (
                f'<w:p w14:paraId="{paragraph:08X}"><w:pPr><w:pStyle w:val="CommentText"/></w:pPr>'
                f"{mark}{run(line)}</w:p>"
            )
        self._written.append(f'<w:comment {head} w:initials="{escaped(_initials(author))}">{paragraphs}</w:comment>')
        parent = f' w15:paraIdParent="{answers:08X}"' if answers else ""
        self._threads.append(f'<w15:commentEx w15:paraId="{names[-1]:08X}"{parent} w15:done="0"/>')
        return number, names[-1]

    def texts(self) -> str:
        return f"<w:comments {NAMESPACES}>{''.join(self._written)}</w:comments>"

    def threads(self) -> str:
        return f"<w15:commentsEx {NAMESPACES}>{''.join(self._threads)}</w15:commentsEx>"


def _initials(author: str) -> str:
    return "".join(word[0] for word in author.split())[:4].upper()
