"""Blocks in reading order become provisions. The rules are those of Slovenian legislative drafting;
drafts without articles keep the tree of their headings."""

from collections import Counter
from dataclasses import replace

from participation.texts.provisions import HEADINGS, Kind, Provision
from participation.texts.reading import progress, signs
from participation.texts.reading.blocks import Block
from participation.texts.reading.pieces import (
    article_of,
    heading_depths,
    is_annex,
    is_short,
    item_of,
    mark_style,
    pieces_of,
    reads_like_a_sentence,
    reads_like_a_title,
)

LEVELS = {
    Kind.PART: 1,
    Kind.ANNEX: 1,
    Kind.CHAPTER: 2,
    Kind.SECTION: 3,
    Kind.ARTICLE: 4,
    Kind.PARAGRAPH: 5,
    Kind.TABLE: 5,
    Kind.POINT: 6,
    Kind.INDENT: 6,
}
_DEEPEST_HEADING = 4
# Counting what was found so far takes as long as finding some of it.
_PIECES_BETWEEN = 500
_OUTSIDE = 1


def find_provisions(blocks: list[Block]) -> list[Provision]:
    """The provisions of a draft whose title was taken out."""
    pieces = [piece for block in blocks for piece in pieces_of(block)]
    builder = _Builder(pieces)
    for done, (piece, following) in enumerate(zip(pieces, [*pieces[1:], None], strict=False), 1):
        builder.add(piece, following)
        if done % _PIECES_BETWEEN == 0 or done == len(pieces):
            found = Counter(one.kind for one in builder.provisions)
            progress.tell(
                "structured",
                done=done,
                of=len(pieces),
                chapters=found[Kind.CHAPTER] + found[Kind.PART],
                articles=found[Kind.ARTICLE],
                provisions=len(builder.provisions),
            )
    return builder.provisions


class _Builder:
    def __init__(self, pieces: list[Block]) -> None:
        self.provisions: list[Provision] = []
        self._has_articles = any(article_of(piece) for piece in pieces)
        self._outline = {depth: at for at, depth in enumerate(heading_depths(pieces), 1)}
        self._marks: list[str] = []
        self._has_lists = False
        self._quoting = False
        self._signed = False
        self._numbered_paragraphs = False

    def add(self, block: Block, following: Block | None) -> None:
        if block.kind == "note":
            self._add_note(block)
            return
        if block.kind == "table":
            self._put(Kind.TABLE, "", block.text, block, LEVELS[Kind.TABLE])
            return
        if not (self._add_heading(block) or self._add_heading_title(block, following)):
            self._add_body(block)
        self._follow_quotation(block.text)

    def _add_note(self, block: Block) -> None:
        """A note comes right after the provision that cites it, on its own page where it can."""
        mark = f"[{block.label}]"
        citing = [at for at, one in enumerate(self.provisions) if mark in one.text and one.kind is not Kind.NOTE]
        nearby = [at for at in citing if self.provisions[at].place == block.place]
        at = (nearby or citing or [len(self.provisions) - 1])[-1]
        level = self.provisions[at].level + 1 if self.provisions else 1
        at += 1
        while at < len(self.provisions) and self.provisions[at].kind is Kind.NOTE:
            at += 1
        self.provisions.insert(at, Provision(Kind.NOTE, block.label, level, block.text, block.place))

    def _add_heading(self, block: Block) -> bool:
        bare = signs.quoted(block.text)
        if bare and (signs.article(bare) or signs.division(bare, False) or signs.is_capitals(bare)):
            return self._add_quoted(block)
        article = article_of(block)
        if article and self._quoting:
            self._put(Kind.PARAGRAPH, article.label, article.rest, block, LEVELS[Kind.PARAGRAPH])
            return True
        if article and not block.heading and self._is_said_already(article):
            self._put(Kind.PARAGRAPH, "", block.text, block)
            return True
        if article:
            return self._open(article.kind, article.label, article.rest, block)
        if signs.opens_tail(block.text):
            return self._open(Kind.SECTION, "", block.text, block, _OUTSIDE)
        if self._signed and not is_annex(block):
            return False
        if self._has_articles and signs.opens_signature(block.text) and not self._in_bare_article():
            self._signed = True
            return False
        return self._add_division(block)

    def _is_said_already(self, article: signs.Sign) -> bool:
        """Some publishers print an article's number as a heading and again before its first words."""
        last = self.provisions[-1] if self.provisions else None
        if last is None or last.kind is not Kind.ARTICLE or last.text or not article.rest:
            return False
        return "".join(last.label.split()).casefold() == "".join(article.label.split()).casefold()

    def _add_quoted(self, block: Block) -> bool:
        """A heading in quotation marks is the words of another act and no article of this one."""
        bare = signs.article(signs.quoted(block.text))
        label = f"{block.text[0]}{bare.label}" if bare else ""
        text = bare.rest if bare else block.text
        if self._last_kind_is_within_article() and self._ends_with_colon():
            self._put(Kind.PARAGRAPH, label, text, block)
            self._quoting = True
            return True
        return self._open(Kind.SECTION, label, text, block)

    def _add_division(self, block: Block) -> bool:
        if not is_short(block):
            return False
        stands_out = bool(block.heading) or block.bold or block.centred
        whole = f"{block.label} {block.text}".strip() if block.label != "–" else block.text
        found = signs.division(whole, stands_out)
        if found and found.kind is not Kind.SECTION:
            return self._open(found.kind, found.label, found.rest, block)
        if block.heading in self._outline and not reads_like_a_sentence(block.text):
            found = found or signs.numbered_heading(whole)
            label, text = (found.label, found.rest) if found else (block.label.strip(), block.text)
            return self._open(Kind.SECTION, label, text, block, self._heading_level(block.heading))
        if block.label or block.depth:
            return False
        if found:
            return self._open(found.kind, found.label, found.rest, block)
        looks = signs.is_capitals(block.text) or (stands_out and not reads_like_a_sentence(block.text))
        if not looks or signs.paragraph(block.text) or signs.indent(block.text) or signs.is_title(block.text):
            return False
        if self._continues_label(block):
            return True
        numbered = signs.numbered_heading(block.text)
        label, text = (numbered.label, numbered.rest) if numbered else ("", block.text)
        return self._open(Kind.SECTION, label, text, block)

    def _continues_label(self, block: Block) -> bool:
        """ "PRVI DEL", "Article 5": the next line that stands out alike is its title."""
        if not self.provisions or self.provisions[-1].text:
            return False
        if self.provisions[-1].kind not in HEADINGS or signs.numbered_heading(block.text):
            return False
        return self._extend(block.text)

    def _add_heading_title(self, block: Block, following: Block | None) -> bool:
        last = self.provisions[-1] if self.provisions else None
        if last is None or block.label or self._signed:
            return False
        if last.kind not in HEADINGS and not (self._quoting and not last.text):
            return False
        if signs.is_title(block.text):
            return not signs.is_title(last.text) and self._extend(block.text)
        torn = following is not None and signs.goes_on(following.text)
        return not last.text and not torn and reads_like_a_title(block) and self._extend(block.text)

    def _add_body(self, block: Block) -> None:
        if self._signed:
            self._put(Kind.PARAGRAPH, block.label.strip(), block.text, block, _OUTSIDE)
            return
        sign = item_of(block)
        if sign is None:
            if self._goes_on(block):
                self._extend(block.text)
                return
            self._put_plain(block)
        elif sign.kind is Kind.PARAGRAPH or self._is_paragraph_number(sign, block):
            self._put(Kind.PARAGRAPH, sign.label, sign.rest, block)
        else:
            self._put_item(sign, block)

    def _put_plain(self, block: Block) -> None:
        last = self.provisions[-1] if self.provisions else None
        new_wording = bool(signs.quoted(block.text)) and self._ends_with_colon()
        if last is not None and last.kind in (Kind.POINT, Kind.INDENT) and new_wording:
            # New wording in quotation marks belongs to the point that introduces it.
            marks = self._marks
            self._put(Kind.PARAGRAPH, "", block.text, block, last.level + 1)
            self._marks = marks
            return
        self._put(Kind.PARAGRAPH, "", block.text, block)

    def _is_paragraph_number(self, sign: signs.Sign, block: Block) -> bool:
        """In many acts "1." opens a paragraph: where it comes first below an article's heading,
        and wherever a heading style or a number of several parts ("3.1") holds whole sentences."""
        if sign.kind is not Kind.POINT:
            return False
        if block.heading:
            return True
        if not sign.label.rstrip(".").isdigit():
            return False
        last = self.provisions[-1] if self.provisions else None
        if last is not None and last.kind is Kind.ARTICLE:
            self._numbered_paragraphs = sign.label.rstrip(".") == "1" and signs.ends_sentence(sign.rest)
        return self._numbered_paragraphs and mark_style(sign.label) not in self._marks

    def _put_item(self, sign: signs.Sign, block: Block) -> None:
        style = mark_style(sign.label) + (f"@{block.depth}" if block.depth else "")
        if style in self._marks:
            del self._marks[self._marks.index(style) + 1 :]
        else:
            self._leave_lists_for(style, block.depth)
            self._marks.append(style)
        level = LEVELS[sign.kind] + len(self._marks) - 1 + self._quoting
        self._put(sign.kind, sign.label, sign.rest, block, level)

    def _leave_lists_for(self, style: str, depth: int) -> None:
        """Decide which open lists a new kind of mark stands in."""
        last = self.provisions[-1] if self.provisions else None
        if last is not None and last.kind in (Kind.POINT, Kind.INDENT) and last.text.endswith(":"):
            return
        if depth and any("@" in mark for mark in self._marks):
            self._marks = [mark for mark in self._marks if int(mark.partition("@")[2] or 0) < depth]
        elif self._marks and ".1" not in style and last is not None and last.text.endswith((".", ";")):
            # After a closed item another kind of mark opens a list beside it, not below it.
            self._marks.pop()

    def _open(self, kind: Kind, label: str, text: str, block: Block, level: int = 0) -> bool:
        self._signed = self._quoting = self._numbered_paragraphs = False
        self._put(kind, label, text, block, level)
        return True

    def _put(self, kind: Kind, label: str, text: str, block: Block, level: int = 0) -> None:
        if kind not in (Kind.POINT, Kind.INDENT, Kind.NOTE, Kind.TABLE):
            self._marks = []
        text = text if kind is Kind.TABLE else text.replace("\n", " ")
        # What stands in a quoted article belongs to it, and it stands among our paragraphs.
        level = level or LEVELS[kind] + self._quoting
        self.provisions.append(Provision(kind, label, level, text, block.place))

    def _extend(self, text: str) -> bool:
        last = self.provisions[-1]
        joined = f"{last.text} {text}".replace("\n", " ").strip()
        self.provisions[-1] = replace(last, text=joined)
        return True

    def _heading_level(self, depth: int) -> int:
        if self._has_articles:
            return LEVELS[Kind.SECTION]
        return min(self._outline.get(depth, depth), _DEEPEST_HEADING)

    def _goes_on(self, block: Block) -> bool:
        """A paragraph that was torn before a number: "... prvim odstavkom" / "2. člena zakona"."""
        if not self.provisions or not signs.goes_on(block.text) or block.bold:
            return False
        last = self.provisions[-1]
        return last.kind in (Kind.PARAGRAPH, Kind.POINT, Kind.INDENT) and not signs.ends_sentence(last.text)

    def _follow_quotation(self, text: str) -> None:
        if self._quoting and text.count("«") + text.count("“") > 0:
            self._quoting = False

    def _last_kind_is_within_article(self) -> bool:
        for provision in reversed(self.provisions):
            if provision.level <= LEVELS[Kind.ARTICLE]:
                return provision.kind is Kind.ARTICLE
        return False

    def _ends_with_colon(self) -> bool:
        return bool(self.provisions) and self.provisions[-1].text.endswith(":")

    def _in_bare_article(self) -> bool:
        """Nothing is signed right below an article's heading, or before the first article."""
        return (
            not self.provisions
            or self.provisions[-1].kind in HEADINGS
            or not any(one.kind is Kind.ARTICLE for one in self.provisions)
        )
