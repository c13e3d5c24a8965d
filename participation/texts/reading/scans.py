"""Whether a text was guessed by a machine from a picture, and so cannot be trusted."""

import re

from participation.texts.reading.pdf_pages import Page

_WORD = re.compile(r"\w{3,}")
_MIXED = re.compile(r"[^\W\d_]\d[^\W\d_]|^\d[^\W\d_]{2,}|[^\W\d_]{2,}\d$|[a-zčšž][A-ZČŠŽ]")
_MOST_ODD_WORDS = 0.04


def looks_scanned(pages: list[Page]) -> bool:
    """True when pictures cover most pages behind the text, or letters and figures are mixed up."""
    covered = sum(page.covered for page in pages if page.lines)
    written = sum(bool(page.lines) for page in pages)
    if written and covered >= 0.5 * written:
        return True
    words = _WORD.findall(" ".join(line.text for page in pages for line in page.lines))
    odd = sum(bool(_MIXED.search(word)) for word in words)
    return len(words) >= 50 and odd > _MOST_ODD_WORDS * len(words)
