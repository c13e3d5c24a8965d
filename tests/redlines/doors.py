"""Who gets through which door of the drafts in Word."""

from __future__ import annotations

from typing import Any

from architecture.doors import Door
from comments.doors import closed, consultation, members, preparing

from participation.foundation.database import new_key, session
from participation.redlines.models import EditedFile


def edited(world: Any) -> dict[str, Any]:
    """A file that the contributor has loaded, with one comment on the whole draft."""
    made = EditedFile(
        form_key=new_key(),
        consultation_id=world.open_consultation.id,
        created_by_id=world.people["contributor"].id,
        organisation_id=world.organisation.id,
        filename="odlok.docx",
        items=[],
        left=[],
    )
    session.add(made)
    session.commit()
    return {"key": made.key}


DOORS = [
    Door("GET", "redlines.download", values=consultation, everyone=200),
    Door("GET", "redlines.download", values=preparing, everyone=404, case="of a consultation in preparation"),
    Door(
        "GET",
        "redlines.load",
        values=consultation,
        **members(403, visitor=302, contributor=200, representative=200, outsider=200),
    ),
    Door("GET", "redlines.load", values=closed, visitor=302, everyone=403, case="after the deadline"),
    Door(
        "POST",
        "redlines.load",
        values=consultation,
        form=lambda world: {"form_key": new_key()},
        **members(403, visitor=401, contributor=422, representative=422, outsider=422),
    ),
    Door("GET", "redlines.preview", values=edited, contributor=200, everyone=404),
    Door("POST", "redlines.post", values=edited, contributor=422, everyone=404, case="with nothing chosen"),
]
