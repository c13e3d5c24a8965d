"""The words of a provision with a way from the passages that comments are about to those comments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from markupsafe import Markup, escape

from participation.foundation.language import _, ngettext
from participation.texts.highlighting import Mark, Passage, Stretch, marked, stretches_of


class Quoted(Passage, Protocol):
    """The passage of a comment; `speaker` may be empty."""

    @property
    def speaker(self) -> str: ...


def words_with_passages(html: str, text: str, quoted: Sequence[Quoted], address_of: Callable[[int], str]) -> Markup:
    """The safe HTML of a text; `address_of` makes the address of a comment from its id.

    A passage is one stop for those who go from link to link, however many pieces of it there are.
    """
    speakers = {one.id: one.speaker for one in quoted}
    marks, led = [], set()
    for stretch in stretches_of(quoted):
        sort = "passage passage-shared" if stretch.depth > 1 else "passage"
        way = f'<a class="{sort}" href="{escape(address_of(stretch.leading))}"'
        again = f'{way} tabindex="-1">'
        if stretch.leading in led and not stretch.beginning:
            marks.append(Mark(stretch.start, stretch.end, again, again))
            continue
        led.add(stretch.leading)
        anchor = f' id="{anchor_of(stretch)}"' if stretch.beginning else ""
        opening = f'{way}{anchor} title="{escape(_said_by(stretch, speakers))}">'
        marks.append(Mark(stretch.start, stretch.end, opening, again))
    return Markup(marked(html, text, marks, "</a>"))  # noqa: S704  # Safe HTML, and every value in a tag is escaped.


def anchor_of(stretch: Stretch) -> str:
    """The place on the page where the passages that begin with these words begin."""
    return f"passage-{stretch.beginning[0]}"


def anchors_of(quoted: Sequence[Passage]) -> dict[int, str]:
    """Where on the page the passage of each comment begins."""
    return {one: anchor_of(stretch) for stretch in stretches_of(quoted) for one in stretch.beginning}


def _said_by(stretch: Stretch, speakers: dict[int, str]) -> str:
    if stretch.depth > 1:
        return str(ngettext("%(num)s comment on these words", "%(num)s comments on these words", stretch.depth))
    return str(_("Comment: %(name)s", name=speakers[stretch.leading] or _("a registered person")))
