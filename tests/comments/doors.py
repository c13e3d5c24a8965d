"""Who gets through which door of the comments."""

from __future__ import annotations

from typing import Any

from architecture.doors import Door

from participation.comments.queries import place_in_text
from participation.foundation.database import new_key


def consultation(world: Any) -> dict[str, Any]:
    return {"slug": world.open_consultation.slug}


def preparing(world: Any) -> dict[str, Any]:
    return {"slug": world.preparing_consultation.slug}


def closed(world: Any) -> dict[str, Any]:
    return {"slug": world.positions_consultation.slug}


def exported(world: Any) -> dict[str, Any]:
    return consultation(world) | {"format": "csv"}


def exported_preparing(world: Any) -> dict[str, Any]:
    return preparing(world) | {"format": "csv"}


def provision(world: Any) -> dict[str, Any]:
    return consultation(world) | {"key": world.open_consultation.versions[0].provisions[0].key}


def comment(world: Any) -> dict[str, Any]:
    return {"comment_id": world.comment.id}


def fresh_comment(world: Any) -> dict[str, Any]:
    return {"comment_id": world.fresh_comment.id}


def hidden_comment(world: Any) -> dict[str, Any]:
    return {"comment_id": world.hidden_comment.id}


def new_comment(world: Any) -> dict[str, Any]:
    place = place_in_text(world.open_consultation, world.open_consultation.versions[0].provisions[0].key)
    return {
        "provision_key": place.key,
        "seen": place.seen,
        "kind": "provision",
        "source": "Predlagamo krajši rok.",
        "form_key": new_key(),
    }


def new_proposal(world: Any) -> dict[str, Any]:
    consultation = world.open_consultation
    return {
        "seen": place_in_text(consultation, "").seen,
        "rows-0-key": consultation.versions[0].provisions[0].key,
        "rows-0-wording": "Čisto novo besedilo.",
        "moved": "",
        "source": "Ker je tako krajše.",
        "form_key": new_key(),
    }


def new_reply(world: Any) -> dict[str, Any]:
    return {"source": "Se strinjamo.", "form_key": new_key()}


def another_text(world: Any) -> dict[str, Any]:
    return {"source": "Popravljeno.", "revision": world.fresh_comment.revision}


def members(refused: int, **statuses: int) -> dict[str, int]:
    """What only people of member organisations may do: everybody else gets `refused`, a visitor 401 or a redirect."""
    others = dict.fromkeys(("registered", "council", "coordinator", "administrator"), refused)
    return others | statuses


def office(**statuses: int) -> dict[str, int]:
    """What the coordinator alone may do."""
    others = dict.fromkeys(
        ("registered", "contributor", "representative", "outsider", "council", "administrator"), 403
    )
    return others | statuses


DOORS = [
    Door("GET", "comments.mine", visitor=302, everyone=200),
    Door("GET", "comments.thread", values=provision, everyone=200),
    Door("GET", "comments.index", values=consultation, everyone=200),
    Door("GET", "comments.index", values=preparing, everyone=404, case="of a consultation in preparation"),
    Door("GET", "comments.overview", values=consultation, everyone=200),
    Door(
        "GET",
        "comments.overview",
        values=preparing,
        everyone=404,
        council=200,
        coordinator=200,
        case="of a consultation in preparation",
    ),
    Door("GET", "comments.export", values=exported, everyone=200),
    Door(
        "GET",
        "comments.export",
        values=exported_preparing,
        everyone=404,
        council=200,
        coordinator=200,
        case="of a consultation in preparation",
    ),
    Door("GET", "comments.show", values=comment, everyone=302),
    Door(
        "POST",
        "comments.post",
        values=consultation,
        form=new_comment,
        **members(403, visitor=401, contributor=303, representative=303, outsider=303),
    ),
    Door(
        "POST",
        "comments.give_nil_return",
        values=consultation,
        # The organisation of the representative has commented, and that of the outsider has not.
        **members(403, visitor=401, contributor=403, representative=403, outsider=303),
    ),
    Door("POST", "comments.give_nil_return", values=closed, visitor=401, everyone=403, case="after the deadline"),
    Door(
        "POST",
        "comments.withdraw_nil_return",
        values=consultation,
        **members(403, visitor=401, contributor=403, representative=303, outsider=303),
    ),
    Door("POST", "comments.post", values=closed, visitor=401, everyone=403, case="after the deadline"),
    Door(
        "GET",
        "comments.propose",
        values=consultation,
        **members(403, visitor=302, contributor=200, representative=200, outsider=200),
    ),
    Door(
        "POST",
        "comments.propose",
        values=consultation,
        form=new_proposal,
        **members(403, visitor=401, contributor=303, representative=303, outsider=303),
    ),
    Door("POST", "comments.propose", values=closed, visitor=401, everyone=403, case="after the deadline"),
    Door(
        "GET",
        "comments.reply",
        values=comment,
        **members(403, visitor=302, contributor=200, representative=200, outsider=200),
    ),
    Door(
        "POST",
        "comments.reply",
        values=comment,
        form=new_reply,
        **members(403, visitor=401, contributor=303, representative=303, outsider=303),
    ),
    Door("POST", "comments.reply", values=hidden_comment, form=new_reply, visitor=401, everyone=403, case="hidden"),
    Door("GET", "comments.edit", values=fresh_comment, visitor=302, contributor=200, everyone=403),
    Door(
        "POST", "comments.edit", values=fresh_comment, form=another_text, visitor=401, contributor=303, everyone=403
    ),
    Door("POST", "comments.edit", values=comment, form=another_text, visitor=401, everyone=403, case="an hour later"),
    Door("POST", "comments.support", values=comment, visitor=401, outsider=303, everyone=403),
    Door("POST", "comments.support", values=hidden_comment, visitor=401, everyone=403, case="hidden"),
    Door(
        "POST",
        "comments.withdraw_support",
        values=comment,
        **members(403, visitor=401, contributor=303, representative=303, outsider=303),
    ),
    Door("GET", "comments.hide", values=comment, **office(visitor=302, coordinator=200)),
    Door(
        "POST",
        "comments.hide",
        values=comment,
        form=lambda world: {"because": "Osebni podatki."},
        **office(visitor=401, coordinator=303),
    ),
    Door("POST", "comments.unhide", values=hidden_comment, **office(visitor=401, coordinator=303)),
]
