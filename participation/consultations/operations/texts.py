"""Mending what was read from a draft: edit, split, merge, drop."""

from __future__ import annotations

import re

from participation.accounts.models import Viewer
from participation.foundation import audit, clock
from participation.foundation.access import demand
from participation.foundation.database import Conflict, NotFound, new_key, session
from participation.foundation.language import _
from participation.texts.markdown import normalise, one_line
from participation.texts.provisions import Kind
from participation.texts.reading import signs

from ..models import Provision, TextVersion
from ..models.kinds import USUAL_LEVELS
from ..models.markup import html_of
from ..models.paths import paths_of
from ..queries import is_answered
from ..rules import may_mend_text

# An empty line, or a line of dashes, is where a provision is split.
_SPLIT = re.compile(r"^[ \t]*(?:-{3,}[ \t]*)?$", re.MULTILINE)
_SIGNS = (signs.article, signs.paragraph, signs.point, signs.indent)


def mend_provision(
    actor: Viewer,
    version: TextVersion,
    key: str,
    *,
    kind: Kind,
    label: str,
    level: int | None,
    text: str,
    revision: int,
) -> list[Provision]:
    """Change one provision, and split it where its new text has an empty line or a line of dashes.

    The first piece keeps the identity; the others are new ones. An empty `level` is the
    usual one of the kind. Raises Conflict when the text was mended meanwhile.
    """
    demand(may_mend_text(actor, version, is_answered(version)))
    provision = _provision(version, key, revision, typed_about=key)
    first, *others = _pieces(text, kind)
    provision.kind, provision.label = kind.value, one_line(label)[:200]
    provision.level = level or USUAL_LEVELS[kind]
    provision.text = first
    made = [_split_off(provision, piece) for piece in others]
    for one in made:
        one.origins = [key]
    at = version.provisions.index(provision) + 1
    version.provisions[at:at] = made
    _settle(version)
    audit.record(actor, "provision.mended", provision, pieces=1 + len(made))
    return [provision, *made]


def merge_provision(actor: Viewer, version: TextVersion, key: str, *, revision: int) -> Provision:
    """Join a provision to the one before it; that one's identity, kind and label stay."""
    demand(may_mend_text(actor, version, is_answered(version)))
    provision = _provision(version, key, revision)
    at = version.provisions.index(provision)
    if at == 0:
        raise Conflict(_("The first provision has none before it to be merged with."), stored=provision.text)
    before = version.provisions[at - 1]
    words = [word for word in (provision.label, provision.text) if any(sign.isalnum() for sign in word)]
    between = "\n" if before.kind == Kind.TABLE else " "
    before.text = between.join([*([before.text] if before.text else []), " ".join(words)])
    before.origins = sorted({*before.origins, provision.key, *provision.origins} - {before.key})
    version.provisions.remove(provision)
    _settle(version)
    audit.record(actor, "provision.merged", before)
    return before


def drop_provision(actor: Viewer, version: TextVersion, key: str, *, revision: int) -> None:
    """Leave one provision out of the text."""
    demand(may_mend_text(actor, version, is_answered(version)))
    provision = _provision(version, key, revision)
    audit.record(actor, "provision.dropped", provision, text=provision.text[:200])
    version.provisions.remove(provision)
    _settle(version)


def drop_repeated(actor: Viewer, version: TextVersion, key: str, *, revision: int) -> int:
    """Leave out every provision that reads the same, such as a page's header; how many they were."""
    demand(may_mend_text(actor, version, is_answered(version)))
    provision = _provision(version, key, revision)
    alike = [one for one in version.provisions if (one.label, one.text) == (provision.label, provision.text)]
    audit.record(actor, "provision.dropped", provision, text=provision.text[:200], times=len(alike))
    for one in alike:
        version.provisions.remove(one)
    _settle(version)
    return len(alike)


def _provision(version: TextVersion, key: str, revision: int, typed_about: str = "") -> Provision:
    found = next((one for one in version.provisions if one.key == key), None)
    if version.revision != revision:
        raise Conflict(
            _("The text was mended meanwhile, by somebody else or in another window. Look at it as it stands now."),
            stored=found.text if found and typed_about else "",
            fields={"label": found.label, "text": found.text} if found and typed_about else None,
            fresh={"revision": version.revision} if found and typed_about else None,
        )
    if found is None:
        raise NotFound(key)
    return found


def _pieces(text: str, kind: Kind) -> list[str]:
    tidy = _tidy_table if kind is Kind.TABLE else one_line
    pieces = [tidy(piece) for piece in _SPLIT.split(normalise(text))]
    return [piece for piece in pieces if piece] or [""]


def _tidy_table(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())


def _split_off(provision: Provision, piece: str) -> Provision:
    """A new provision from a piece of this one: by the sign it begins with, else of the same kind."""
    for read in _SIGNS:
        sign = read(piece) if provision.kind != Kind.TABLE else None
        if sign is not None:
            level = provision.level if sign.kind == provision.kind else USUAL_LEVELS[sign.kind]
            return _made(sign.kind, sign.label, level, sign.rest, provision.place)
    return _made(Kind(provision.kind), "", provision.level, piece, provision.place)


def _made(kind: Kind, label: str, level: int, text: str, place: str) -> Provision:
    return Provision(key=new_key(), kind=kind.value, label=label, level=level, text=text, place=place, position=0)


def _settle(version: TextVersion) -> None:
    """Number the provisions anew and make what is derived from them; the revision grows."""
    paths = paths_of(version.provisions, version.language)
    for position, (provision, path) in enumerate(zip(version.provisions, paths, strict=True), 1):
        provision.position, provision.path = position, path
        provision.html = html_of(provision.kind, provision.text)
    version.mended_at = clock.now()
    session.flush()
