"""What was said on a draft, as a Word document to be read from its first provision to its last."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from participation.texts.writing.archives import packed, unpacked
from participation.texts.writing.pandoc_nodes import API_VERSION, Node, heading, lines, meta, paragraph, prose
from participation.texts.writing.pandoc_process import write
from participation.texts.writing.prose import blocks_of_html


@dataclass(frozen=True)
class Remark:
    """A comment or a reply to the one before it. `html` is what markdown.to_html made of its words; the rest is
    plain, and empty where it does not apply. `particulars` is what stands beside the speaker: the kind, the day, who
    supports it; `quote` is the passage that it is about."""

    place: str
    speaker: str
    particulars: str
    html: str
    quote: str = ""
    existing: str = ""
    wording: str = ""
    formula: str = ""
    is_reply: bool = False


@dataclass(frozen=True)
class Labels:
    """The words of the document, in its language."""

    existing: str
    proposed: str
    reasons: str
    quoted: str


def docx_of_remarks(title: str, subtitle: str, remarks: Sequence[Remark], labels: Labels, language: str) -> bytes:
    """The remarks in their order, under the place that they are about. Raises WritingFailed."""
    parts = [heading(1, title), paragraph(lines(subtitle)), *_parts(remarks, labels)]
    content = {"pandoc-api-version": API_VERSION, "meta": {"lang": meta(language)}, "blocks": parts}
    return packed(unpacked(write("docx", content)))


def _parts(remarks: Sequence[Remark], labels: Labels) -> Iterator[Node]:
    place = None
    for remark in remarks:
        if remark.place != place and not remark.is_reply:
            place = remark.place
            yield heading(2, place)
        content = list(_remark(remark, labels))
        if remark.is_reply:
            yield {"t": "BlockQuote", "c": content}
        else:
            yield from content


def _remark(remark: Remark, labels: Labels) -> Iterator[Node]:
    speaker: list[Node] = [{"t": "Strong", "c": lines(remark.speaker)}]
    yield paragraph([*speaker, *lines(f" · {remark.particulars}")])
    for label, text in (
        (labels.quoted, remark.quote),
        (labels.existing, remark.existing),
        (labels.proposed, remark.wording),
        ("", remark.formula),
    ):
        if text:
            head: list[Node] = [{"t": "Emph", "c": lines(f"{label}: ")}] if label else []
            yield paragraph([*head, *lines(text)])
    said = prose(blocks_of_html(remark.html), lines)
    if remark.existing or remark.wording:
        yield paragraph([{"t": "Emph", "c": lines(f"{labels.reasons}:")}])
    yield from said
