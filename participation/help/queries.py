"""Finding a guide, a term, and the hints that a person has dismissed."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select

from participation.accounts.models import Viewer
from participation.foundation import region
from participation.foundation.database import NotFound, session
from participation.foundation.language import language_now
from participation.texts.markdown import house_to_html

from .models import DismissedHint, Guide, GuideName, Hint, Section, Term

FOLDER = Path(__file__).parent / "guides"
LANGUAGES = ("sl", "en")
# Shown where the interface is in a language that the guides are not written in.
FALLBACK = "en"
WORDS = "words"

_FRONT_MATTER = re.compile(r"---\n(.*?)\n---\n(.*)", re.DOTALL)
_HEADING = re.compile(r"^## (.+) \{#([a-z-]+)\}$", re.MULTILINE)


class BadGuide(ValueError):
    """A file of the help is not laid out as one."""


def guide_for(name: str) -> Guide:
    """The guide in the reader's language; raises NotFound when there is none of this name."""
    if name not in [guide.value for guide in GuideName]:
        raise NotFound(name)
    return _read(name)


def all_guides() -> list[tuple[GuideName, Guide]]:
    return [(name, _read(name)) for name in GuideName]


def own_guide(viewer: Viewer) -> GuideName:
    """The guide for all that this person may do."""
    if viewer.is_coordinator:
        return GuideName.COORDINATOR
    if viewer.is_council_representative:
        return GuideName.COUNCIL_REPRESENTATIVE
    live = [membership for membership in viewer.memberships if membership.is_live]
    if any(membership.is_representative for membership in live):
        return GuideName.REPRESENTATIVE
    return GuideName.CONTRIBUTOR if viewer.is_authenticated else GuideName.READER


def all_terms() -> list[Term]:
    """The words of the trade, in the order of their file."""
    return list(_terms(*_place()))


def term_of(anchor: str) -> Term:
    """The term of this anchor; raises NotFound, because a page may only ask for one that is explained."""
    for term in _terms(*_place()):
        if term.anchor == anchor:
            return term
    raise NotFound(anchor)


def dismissed_hints(viewer: Viewer) -> frozenset[Hint]:
    """What this person has dismissed; nothing is remembered of a visitor."""
    if viewer.id is None:
        return frozenset()
    return frozenset(session.scalars(select(DismissedHint.hint).where(DismissedHint.user_id == viewer.id)))


def _place() -> tuple[str, str, str]:
    """The language to read in, and what the texts say of this installation."""
    language = language_now() if language_now() in LANGUAGES else FALLBACK
    network = region.current()
    return language, network.name.in_language(language), network.email


def _read(name: str) -> Guide:
    return read_guide(name, *_place())


@lru_cache(maxsize=64)
def read_guide(name: str, language: str, network: str, email: str) -> Guide:
    """A file of the help, made into HTML once; raises BadGuide.

    `{network}` and `{email}` in the text are the name and the address of this installation's office.
    """
    source = (FOLDER / f"{name}.{language}.md").read_text(encoding="utf-8")
    parts = _FRONT_MATTER.fullmatch(source.replace("{network}", network).replace("{email}", email))
    if parts is None:
        raise BadGuide(f"{name}.{language}.md has no front matter")
    facts = dict(line.split(": ", 1) for line in parts.group(1).splitlines())
    # The opening, then a heading, an anchor and a body for each section.
    opening, *rest = _HEADING.split(parts.group(2))
    sections = tuple(
        Section(anchor, heading, house_to_html(body))
        for heading, anchor, body in zip(rest[::3], rest[1::3], rest[2::3], strict=True)
    )
    return Guide(language, facts["title"], facts["audience"], house_to_html(opening), sections)


@lru_cache(maxsize=8)
def _terms(language: str, network: str, email: str) -> tuple[Term, ...]:
    """The first paragraph of a section is the answer, and the others are what else is worth knowing."""
    made = []
    for section in read_guide(WORDS, language, network, email).sections:
        answer, _end, more = section.html.partition("</p>")
        made.append(Term(language, section.anchor, section.heading, answer + "</p>", more.strip()))
    return tuple(made)
