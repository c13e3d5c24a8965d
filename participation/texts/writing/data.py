"""A submission as JSON."""

import json as json_module
from dataclasses import asdict

from participation.texts.writing.documents import Document, normalised

FORMAT = "soglasje-submission"
VERSION = 1


def json(document: Document) -> bytes:
    """The submission as canonical JSON (RFC 8785) and a line end: sorted keys, UTF-8, no spaces between.

    The fixed words of the layout are left out; names of fields are those of `Document`.
    """
    document = normalised(document)
    content = asdict(document) | {"dated": document.dated.isoformat(), "format": FORMAT, "version": VERSION}
    del content["labels"]
    return (json_module.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()
