"""The only maker of safe HTML: what a person typed becomes one canonical text, and that text becomes HTML.

The HTML is made when a text is saved and stored beside it with RENDERER_VERSION, so that stored HTML made by an older
renderer can be found and made again.
"""

import html
import re
import unicodedata
from typing import Literal
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

RENDERER_VERSION = 1
MAXIMUM_CHARACTERS = 30_000

ALLOWED_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "hr", "a"}
ALLOWED_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
ALLOWED_SCHEMES = {"http", "https", "mailto"}
LINK_RELATION = "nofollow ugc noopener"

# What the parser is spared. Each limit stands far above what a person writes and far below what makes the parser
# slow; a text beyond one of them is shown as it was typed.
DEEPEST_NESTING = 8
DEEPEST_INDENT = 4 * DEEPEST_NESTING
MOST_RULES_IN_A_BLOCK = 20
MOST_SIGNS_IN_A_BLOCK = 200

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_PICTURE = "[\u00a9\u00ae\u203c-\u3299\ufe0f\U0001f000-\U0001faff]"
_JOINING = "[\u0600-\u0dff\ufb50-\ufdff\ufe70-\ufefc]"
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e0fff]"
    # A joiner is kept where it carries meaning: inside an emoji, and between letters of a joining script.
    f"|(?<!{_PICTURE})(?<!{_JOINING})[\u200c\u200d]|[\u200c\u200d](?!{_PICTURE}|{_JOINING})"
    # A second variation selector changes nothing that can be seen and can carry hidden data.
    "|(?<=[\ufe00-\ufe0f])[\ufe00-\ufe0f]"
)
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILED_MARKS = re.compile(f"({_MARK}{{4}}){_MARK}+")
_SPACES = " \t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"

_BLANK_LINES = re.compile(r"\n[ \t]*\n")
_NESTING = re.compile(r"(?:[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t]))*")
_MARKER = re.compile(r">|[-+*][ \t]|\d{1,9}[.)][ \t]")
_INDENT = re.compile(rf"^ {{{DEEPEST_INDENT + 1},}}", re.MULTILINE)
_SIGNS = re.compile(r"[\[\]()<`*_\\]")
_NUMBERED = re.compile(r"^((?:> ?)*)( *)(\d{1,9})\. +(.*)$")
_WIDE_GAP = re.compile(r"(?<=\S) {5,}")
_RULE = re.compile(r"^[ >]*(?:-[ ]*){3,}$|^[ >]*(?:\*[ ]*){3,}$|^[ >]*(?:_[ ]*){3,}$", re.MULTILINE)
# What nh3 leaves of a link whose address is not allowed. Its output is well nested, so the end is the link's own.
_DEAD_LINK = re.compile(f'<a rel="{LINK_RELATION}">(.*?)</a>', re.DOTALL)
_WEB_ADDRESS = r"(https?://[^\s<>\"'`\[\]]{1,2000})"


class TooLong(ValueError):
    """The text is longer than MAXIMUM_CHARACTERS."""


def normalise(source: str) -> str:
    """The one canonical form of a text a person typed; everything is compared, hashed and stored in it.

    Unicode NFC; lines end in LF; no control character but TAB and LF, no direction override, nothing without width
    (joiners inside emoji and joining scripts excepted); at most four marks piled on a letter; no space at the end of
    a line and no empty line at either end. A lone surrogate becomes U+FFFD. Normalising twice changes nothing more.
    """
    text = unicodedata.normalize("NFC", _SURROGATES.sub("\ufffd", source))
    text = _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))
    text = unicodedata.normalize("NFC", _PILED_MARKS.sub(r"\1", text))
    return "\n".join(line.rstrip(_SPACES) for line in text.split("\n")).strip("\n")


def one_line(source: str | None) -> str:
    """A name or title in the canonical form: on one line, with single spaces; nothing typed is an empty text."""
    return " ".join(normalise(source or "").split())


def to_html(source: str) -> str:
    """Safe HTML of a comment or a similar text written in Markdown; raises TooLong.

    Raw HTML and images are shown as typed. Headings become bold paragraphs, because the page's outline is not the
    commenter's. A text built to make the parser slow is shown as it was typed, in escaped paragraphs.
    """
    return _made(source, relative_links="deny", relation=LINK_RELATION)


def house_to_html(source: str) -> str:
    """The same for a text of the house itself, such as a guide: its links may lead to other pages of the site, and
    search engines may follow them."""
    return _made(source, relative_links="pass_through", relation=None)


def _made(source: str, *, relative_links: Literal["deny", "pass_through"], relation: str | None) -> str:
    text = normalise(source)
    if len(text) > MAXIMUM_CHARACTERS:
        raise TooLong(len(text))
    text = _WIDE_GAP.sub("    ", _INDENT.sub(" " * DEEPEST_INDENT, text.expandtabs(4)))
    if not _is_tame(text):
        return _as_typed(text)
    try:
        made = _renderer().convert(_keep_numbers(text))
    except RecursionError:
        return _as_typed(text)
    safe = nh3.clean(
        made,
        tags=ALLOWED_TAGS,
        clean_content_tags=set(),
        attributes=ALLOWED_ATTRIBUTES | {"*": set()},
        url_schemes=ALLOWED_SCHEMES,
        url_relative=relative_links,
        link_rel=relation,
    )
    return _DEAD_LINK.sub(r"\1", safe)


def _is_tame(text: str) -> bool:
    for block in _BLANK_LINES.split(text):
        if len(_SIGNS.findall(block)) > MOST_SIGNS_IN_A_BLOCK:
            return False
        if len(_RULE.findall(block)) > MOST_RULES_IN_A_BLOCK:
            return False
    return all(_nesting(line) <= DEEPEST_NESTING for line in text.split("\n"))


def _nesting(line: str) -> int:
    opening = _NESTING.match(line)
    return len(_MARKER.findall(opening.group())) if opening else 0


def _keep_numbers(text: str) -> str:
    """Escapes the full stop of a number that Markdown would turn into another one.

    A list counts on from its first item, so "1. člen" before "12. člen" would print "2. člen"; and a number other
    than one before a small letter is an ordinal or a date, not the beginning of a list.
    """
    lines = []
    expected: dict[tuple[str, int], int] = {}
    after_blank = True
    for line in text.split("\n"):
        item = _NUMBERED.match(line)
        if item:
            quote, indent, number, rest = item.groups()
            place, value = (quote, len(indent) // 4), int(number)
            begins = place not in expected and (value == 1 or not rest[:1].islower())
            if begins or expected.get(place) == value:
                expected = {key: due for key, due in expected.items() if key < place} | {place: value + 1}
            else:
                line = f"{quote}{indent}{number}\\. {rest}"
        elif line and after_blank and not line.startswith("    "):
            expected.clear()
        after_blank = not line.strip("> ")
        lines.append(line)
    return "\n".join(lines)


def _as_typed(text: str) -> str:
    paragraphs = (block.strip("\n") for block in _BLANK_LINES.split(text))
    return "\n".join(
        "<p>" + html.escape(paragraph, quote=False).replace("\n", "<br>\n") + "</p>"
        for paragraph in paragraphs
        if paragraph
    )


def _renderer() -> Markdown:
    """A parser of its own for each text: an instance keeps state and is not safe between threads."""
    renderer = Markdown(extensions=["nl2br", "sane_lists"], output_format="html", tab_length=4)
    renderer.preprocessors.deregister("html_block")
    for name in ("code", "setextheader", "reference"):
        renderer.parser.blockprocessors.deregister(name)
    for name in ("html", "image_link", "image_reference", "short_image_ref", "reference", "short_reference"):
        renderer.inlinePatterns.deregister(name)
    renderer.inlinePatterns.register(_BareAddress(_WEB_ADDRESS, renderer), "bare_address", 105)
    # Runs after the inline patterns (20), so that what stands in a heading keeps its emphasis and links.
    renderer.treeprocessors.register(_BoldHeadings(renderer), "bold_headings", 15)
    return renderer


class _BareAddress(InlineProcessor):
    """Links a web address that stands in the text; the full stop or bracket after it belongs to the sentence."""

    def handleMatch(self, match: re.Match[str], data: str) -> tuple[Element, int, int]:
        address = match.group(1).rstrip(".,;:!?»“”’…")
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(".,;:!?")
        link = Element("a", href=address)
        link.text = address
        return link, match.start(0), match.start(0) + len(address)


class _BoldHeadings(Treeprocessor):
    def run(self, root: Element) -> None:
        for heading in [element for element in root.iter() if re.fullmatch("h[1-6]", str(element.tag))]:
            heading.tag = "p"
            strong = Element("strong")
            strong.text, heading.text = heading.text, None
            for child in list(heading):
                heading.remove(child)
                strong.append(child)
            heading.append(strong)
