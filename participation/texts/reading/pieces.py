"""What a single block of a draft looks like, before its place among the others is known."""

from collections import Counter
from dataclasses import replace

from participation.texts.provisions import Kind
from participation.texts.reading import signs
from participation.texts.reading.blocks import Block, tidy

_LONGEST_HEADING = 160


def heading_depths(pieces: list[Block]) -> list[int]:
    """The outline levels that hold headings. Some files give whole sentences a heading's style
    to have them numbered ("1.1 This instrument ..."); such a level is one of paragraphs."""
    sentences: Counter[int] = Counter()
    for piece in pieces:
        if piece.heading:
            sentences[piece.heading] += 1 if reads_like_a_sentence(piece.text) else -1
    return sorted(depth for depth, more in sentences.items() if more <= 0)


def pieces_of(block: Block) -> list[Block]:
    """A block whose author forced line breaks holds several things where its lines say so."""
    if block.kind != "text":
        return [block]
    lines = tidy(block.text).split("\n")
    stands_out = block.bold or block.centred or block.heading
    pieces = [replace(block, text=lines[0])]
    for line in lines[1:]:
        before = pieces[-1].text
        heading_before = signs.article(before) or signs.is_title(before)
        starts = signs.article(line) or signs.paragraph(line) or signs.indent(line) or _starts_point(before, line)
        if starts or heading_before or (stands_out and signs.division(before, True)):
            pieces.append(replace(block, text=line, label="", depth=0))
        else:
            pieces[-1] = replace(pieces[-1], text=f"{before} {line}".strip())
    return [piece for piece in pieces if piece.text or piece.label]


def _starts_point(before: str, line: str) -> bool:
    return bool(signs.point(line)) and signs.ends_sentence(before)


def article_of(block: Block) -> signs.Sign | None:
    """An article's heading, whether its number is typed or counted by the program."""
    if block.kind != "text":
        return None
    found = signs.article(block.text)
    if found or not block.label or block.label == "–":
        return found
    whole = signs.article(f"{block.label} {block.text}".strip())
    if whole:
        return whole
    # A program that counts "5. člen" leaves only the title, or nothing, in the text itself.
    counted = signs.article(block.label)
    return replace(counted, rest=block.text) if counted and is_short(block) else None


def item_of(block: Block) -> signs.Sign | None:
    """The block as a numbered paragraph, a point or an indent."""
    if block.label == "–":
        inner = signs.paragraph(block.text)
        return inner or signs.Sign(Kind.INDENT, "–", block.text)
    if block.label:
        typed = signs.paragraph(f"{block.label} {block.text}")
        return typed or signs.Sign(Kind.POINT, block.label.strip(), block.text)
    return signs.paragraph(block.text) or signs.indent(block.text) or signs.point(block.text)


def is_annex(block: Block) -> bool:
    found = signs.division(block.text, bool(block.heading or block.bold or block.centred))
    return found is not None and found.kind is Kind.ANNEX


def is_short(block: Block) -> bool:
    return len(block.text) <= _LONGEST_HEADING or signs.is_capitals(block.text)


def reads_like_a_sentence(text: str) -> bool:
    return len(text) > _LONGEST_HEADING or text.endswith((".", ":", ";", ",", "!"))


def reads_like_a_title(block: Block) -> bool:
    """A short line below "Article 5" that is no sentence and no item."""
    text = block.text
    return (
        len(text) <= 80 and not block.depth and text[:1].isupper() and text[-1].isalnum() and item_of(block) is None
    )


def mark_style(label: str) -> str:
    """What a list's marks have in common: "1." and "12." are alike, "a)" and "1.1" are not."""
    bare = label.strip("().")
    if not bare or not bare[0].isalnum():
        return "–"
    shape = "1" if bare[0].isdigit() else "i" if len(bare) > 1 and set(bare) <= set("ivx") else "a"
    return f"{label[: label.find(bare)]}{shape}{'.1' * bare.count('.')}{label[label.find(bare) + len(bare) :]}"
