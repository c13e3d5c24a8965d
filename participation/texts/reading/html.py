"""Web pages: what surrounds the text is dropped, list numbers are marked, then pandoc reads.

A page saved from a site holds menus, forms and scripts that are no part of the draft.
"""

from html import escape
from html.parser import HTMLParser

from participation.texts.provisions import Unreadable
from participation.texts.reading.blocks import Source, tidy
from participation.texts.reading.figures import roman
from participation.texts.reading.formats import decode
from participation.texts.reading.pandoc import marked, read_with_pandoc

MAXIMUM_DEPTH = 60
# Pandoc's time doubles with every list within a list.
MAXIMUM_LISTS = 8
_DROPPED = {
    "nav", "footer", "script", "style", "noscript", "template", "button", "select",
    "svg", "iframe", "object", "aside", "canvas", "audio", "video", "dialog", "textarea",
}  # fmt: skip
_DROPPED_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary"}
_EMPTY = {"br", "hr", "img", "input", "meta", "link", "col", "area", "base", "wbr", "source", "embed"}
_KEPT = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "thead", "tbody", "tfoot",
    "tr", "td", "th", "caption", "blockquote", "dl", "dt", "dd", "pre", "b", "strong", "sup", "br", "div",
}  # fmt: skip
_BLOCKS = _KEPT - {"b", "strong", "sup", "br"} | {"section", "article", "main", "body", "center", "header"}


# What the start of one tag ends without being told, and how far out that reaches.
_ENDS = {
    "li": ({"li"}, {"ul", "ol"}),
    "td": ({"td", "th"}, {"tr", "table"}),
    "th": ({"td", "th"}, {"tr", "table"}),
    "tr": ({"tr"}, {"table"}),
    "dt": ({"dt", "dd"}, {"dl"}),
    "dd": ({"dt", "dd"}, {"dl"}),
}


def read_html(data: bytes) -> Source:
    """The blocks of a web page."""
    text, encoding = decode(data)
    if encoding == "cp1250" and b"iso-8859-2" in data[:2048].lower():
        text = data.decode("iso-8859-2", "replace")
    page = _parsed(text, frozenset())
    source = read_with_pandoc(page.cleaned().encode("utf-8", "replace"), "html")
    source.title = tidy(page.title).replace("\n", " ")
    return source


def _parsed(text: str, kept: frozenset[str]) -> "_Page":
    page = _Page(kept)
    try:
        page.feed(text)
        page.close()
    except (AssertionError, ValueError) as error:
        raise Unreadable("truncated") from error
    # Furniture that is never closed would swallow the whole text below it.
    return _parsed(text, kept | {page.unclosed}) if page.unclosed else page


class _Page(HTMLParser):
    """Writes the page anew with only the tags that carry structure, never nested very deep."""

    def __init__(self, kept: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self._kept = kept
        self._pieces: list[str] = []
        # Each open tag with the tag that closes it in what is written; deep ones have none.
        self._open: list[tuple[str, str]] = []
        self._dropping: list[str] = []
        self._in_title = False
        self._in_head = False
        self._lists: list[tuple[str, int] | None] = []

    @property
    def unclosed(self) -> str:
        return self._dropping[0] if self._dropping else ""

    def cleaned(self) -> str:
        """The page with every tag closed: pandoc tries an open list in all ways there are."""
        closing = [closing for _, closing in reversed(self._open)]
        return "<html><body>" + "".join([*self._pieces, *closing]) + "</body></html>"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._dropping:
            if tag == self._dropping[0]:
                self._dropping.append(tag)
            return
        given = dict(attrs)
        if tag == "head":
            self._in_head = True
        elif tag in ("body", "h1", "p"):
            self._in_head = False
        if tag == "title" and not self.title:
            self._in_title = True
        elif self._is_dropped(tag, given):
            self._dropping.append(tag)
        elif tag == "br":
            self._pieces.append("<br>")
        elif tag in _KEPT or tag in _BLOCKS:
            self._keep(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if self._dropping:
            if tag == self._dropping[0]:
                self._dropping.pop()
            return
        if tag == "title":
            self._in_title = False
        elif tag == "head":
            self._in_head = False
        self._close(tag)

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif not self._dropping and not self._in_head:
            self._pieces.append(escape(data, quote=False))

    def _is_dropped(self, tag: str, given: dict[str, str | None]) -> bool:
        if tag in _EMPTY or tag in self._kept:
            return False
        if tag == "header":
            # The page's header is furniture; an article's own header holds the act's title.
            return not any(one in ("article", "main") for one, _ in self._open)
        hidden = "hidden" in given or given.get("aria-hidden") == "true"
        return tag in _DROPPED or hidden or given.get("role") in _DROPPED_ROLES

    def _keep(self, tag: str, given: dict[str, str | None]) -> None:
        self._end_implied(tag)
        if tag in ("ol", "ul"):
            self._lists.append((given.get("type") or "1", _whole(given.get("start"), 1)) if tag == "ol" else None)
        written = "ul" if tag == "ol" else tag if tag in _KEPT else "div"
        if self._is_too_deep(tag):
            # Deeper nesting than any draft has: only the borders of blocks are kept.
            border = "<p></p>" if tag in _BLOCKS else " "
            if self._pieces[-1:] != [border]:
                self._pieces.append(border)
            self._open.append((tag, ""))
        else:
            spans = "".join(f' {key}="{_whole(given[key], 1)}"' for key in ("colspan", "rowspan") if key in given)
            self._pieces.append(f"<{written}{spans}>")
            self._open.append((tag, f"</{written}>"))
        if tag == "li" and self._lists and self._lists[-1] is not None:
            self._pieces.append(self._item_mark(self._lists[-1], given))

    def _is_too_deep(self, tag: str) -> bool:
        if self._open and not self._open[-1][1]:
            return True
        return len(self._open) >= MAXIMUM_DEPTH or (tag in ("ol", "ul") and len(self._lists) > MAXIMUM_LISTS)

    def _end_implied(self, tag: str) -> None:
        if tag in _BLOCKS and self._open and self._open[-1][0] == "p":
            self._close("p")
        ended, border = _ENDS.get(tag, (set(), set()))
        for one, _ in reversed(self._open[-20:]):
            if one in border:
                return
            if one in ended:
                self._close(one)
                return

    def _close(self, tag: str) -> None:
        if not any(one == tag for one, _ in self._open[-MAXIMUM_DEPTH:]):
            return
        while self._open:
            last, closing = self._open.pop()
            if closing:
                self._pieces.append(closing)
            if last in ("ul", "ol"):
                self._lists.pop()
            if last == tag:
                return

    def _item_mark(self, counted: tuple[str, int], given: dict[str, str | None]) -> str:
        style, count = counted
        count = _whole(given.get("value"), count)
        self._lists[-1] = (style, count + 1)
        return marked(_number(count, style))


def _number(count: int, style: str) -> str:
    if style in ("a", "A"):
        letters = chr(ord("a") + (count - 1) % 26) * (min(count - 1, 260) // 26 + 1)
        return f"{letters.upper() if style == 'A' else letters})"
    if style in ("i", "I"):
        return f"{roman(count).upper() if style == 'I' else roman(count)}."
    return f"{count}."


def _whole(text: str | None, otherwise: int) -> int:
    try:
        return max(-1, min(int(text or ""), 9_999))
    except ValueError:
        return otherwise
