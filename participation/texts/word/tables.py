"""A table of a draft as Word's table; rows are put in and taken out whole."""

from collections.abc import Iterator

from participation.texts.word.cells import Span, cells_of
from participation.texts.word.styles import properties

_PROPERTIES = '<w:tblPr><w:tblStyle w:val="Table"/><w:tblW w:w="5000" w:type="pct"/></w:tblPr>'


class TableFrame:
    """The rows and cells around the words of a table; `cells` are where these stand in its text, in reading order."""

    def __init__(self, text: str) -> None:
        self._rows = cells_of(text)
        self.cells: list[Span] = [cell for row in self._rows for cell in row]

    def around(self, words: list[str], rows: Iterator[str], ends: Iterator[str]) -> str:
        """The table with these words in its cells; `rows` and `ends` are the changes of each row and paragraph."""
        columns = max(map(len, self._rows))
        xml = f"<w:tbl>{_PROPERTIES}<w:tblGrid>{'<w:gridCol/>' * columns}</w:tblGrid>"
        given = iter(words)
        for row in self._rows:
            missing = f'<w:gridAfter w:val="{columns - len(row)}"/>' if len(row) < columns else ""
            change = next(rows)
            xml += f"<w:tr>{f'<w:trPr>{missing}{change}</w:trPr>' if missing or change else ''}"
            for _cell in row:
                xml += f"<w:tc><w:tcPr/><w:p>{properties('TableText', next(ends))}{next(given)}</w:p></w:tc>"
            xml += "</w:tr>"
        return f"{xml}</w:tbl>"
