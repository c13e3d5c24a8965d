"""The provisions of a text as rows to be inserted at once."""

from __future__ import annotations

from collections.abc import Sequence

from participation.texts import provisions as texts

from .drafts import TextVersion
from .lineage import Identity
from .markup import html_of
from .paths import paths_of


def rows_of(
    version: TextVersion, provisions: Sequence[texts.Provision], identities: Sequence[Identity]
) -> list[dict[str, object]]:
    """A row for each, in reading order, with its identity and all that is derived from its words."""
    paths = paths_of(provisions, version.language)
    return [
        {
            "version_id": version.id,
            "key": identity.key,
            "origins": identity.origins,
            "position": position,
            "kind": provision.kind.value,
            "label": provision.label[:200],
            "level": provision.level,
            "text": provision.text,
            "html": html_of(provision.kind, provision.text),
            "place": provision.place[:60],
            "path": path,
        }
        for position, (provision, path, identity) in enumerate(zip(provisions, paths, identities, strict=True), 1)
    ]
