"""The doors of the room of joint positions."""

from __future__ import annotations

from typing import Any

from architecture.doors import Door
from factories import CommentFactory

from participation.foundation import clock
from participation.foundation.database import new_key, session
from participation.positions.models import Decision, canonical_bytes, fingerprint
from participation.positions.operations import propose_decision

NETWORK = {
    "visitor": 404,
    "registered": 404,
    "contributor": 200,
    "representative": 200,
    "outsider": 200,
    "council": 200,
    "coordinator": 200,
    "administrator": 200,
}
# The author of the draft is the representative.
WRITERS = {
    "visitor": 404,
    "registered": 404,
    "contributor": 403,
    "representative": 200,
    "outsider": 403,
    "council": 200,
    "coordinator": 200,
    "administrator": 403,
}
WRITE = {role: 303 if status == 200 else status for role, status in WRITERS.items()}


def drafted(world: Any) -> dict[str, Any]:
    return {"slug": world.drafted_position.slug}


def opened(world: Any) -> dict[str, Any]:
    return {"slug": world.opened_position.slug}


def point(world: Any) -> dict[str, Any]:
    return drafted(world) | {"point_id": world.drafted_position.points[0].id}


def proposed(world: Any) -> dict[str, Any]:
    """The draft's point, for whose provision somebody proposes other words."""
    [provision] = world.drafted_position.points[0].provisions
    world.proposal = CommentFactory(
        consultation=world.positions_consultation,
        provision=provision,
        kind="wording",
        wording_action="change",
        wording="Drugače.",
    )
    session.commit()
    return point(world)


def merging(world: Any) -> dict[str, Any]:
    revision = world.drafted_position.points[0].revision
    return {"revision": revision, "comments": [world.proposal.id], "act": "save"}


def leaving_out(world: Any) -> dict[str, Any]:
    return {"seen": 0, "comments": [world.proposal.id], "kind": "subject"}


def ready(world: Any) -> dict[str, Any]:
    """The draft with an addressee, so that nothing but the person decides whether it opens."""
    if not world.drafted_position.addressees:
        world.drafted_position.addressees.append(world.body)
    return drafted(world)


def opening(world: Any) -> dict[str, Any]:
    return {
        "sha256_seen": fingerprint(canonical_bytes(world.drafted_position, 1)),
        "until": clock.today().isoformat(),
        "agree": "y",
    }


def signing(world: Any) -> dict[str, Any]:
    return {"sha256_seen": world.opened_position.frozen.sha256, "agree": "y", "statement": "Da."}


def writing(world: Any) -> dict[str, Any]:
    return {"revision": world.drafted_position.revision, "title": "Novi naslov"}


POINT = {"provisions-0": "", "action": "change", "demanded": "Novo.", "existing": "Staro."}
SIGNERS = {"contributor": 403, "council": 403, "coordinator": 403, "administrator": 403, "registered": 403}


def proposing(world: Any) -> dict[str, Any]:
    return {"sha256_seen": world.opened_position.frozen.sha256, "stance": "abstains", "form_key": new_key()}


def decision_proposed(world: Any) -> dict[str, Any]:
    """What the contributor proposes to the representative of the same organisation."""
    position = world.opened_position
    proposed = propose_decision(
        world.people["contributor"], position, world.organisation,
        sha256_seen=position.frozen.sha256, decision=Decision(), form_key=new_key(),
    )  # fmt: skip
    session.commit()
    return {"number": proposed.id}


DOORS = [
    Door("GET", "positions.index", everyone=200),
    Door("GET", "positions.show", values=opened, everyone=200, case="opened"),
    Door("GET", "positions.show", values=drafted, case="drafted", **NETWORK),
    Door("GET", "positions.text", values=lambda world: opened(world) | {"number": 1}, everyone=200),
    Door("GET", "positions.text", values=lambda world: opened(world) | {"number": 2}, everyone=404, case="no such"),
    Door(
        "GET",
        "positions.draft",
        values=lambda world: {"slug": world.open_consultation.slug},
        visitor=302,
        registered=403,
        contributor=403,
        administrator=403,
        everyone=200,
    ),
    Door(
        "POST",
        "positions.draft",
        values=lambda world: {"slug": world.open_consultation.slug},
        form=lambda world: {"title": "Novo stališče", "comments": [world.comment.id]},
        visitor=401,
        registered=403,
        contributor=403,
        administrator=403,
        everyone=303,
    ),
    Door("GET", "positions.edit", values=drafted, **WRITERS),
    Door("GET", "positions.edit", values=opened, case="frozen", visitor=302, everyone=403),
    Door("POST", "positions.edit", values=drafted, form=writing, **WRITE),
    Door("POST", "positions.edit", values=opened, form=writing, case="frozen", visitor=401, everyone=403),
    Door("GET", "positions.add_point", values=drafted, **WRITERS),
    Door("POST", "positions.add_point", values=drafted, form=lambda world: POINT, **WRITE),
    Door("GET", "positions.edit_point", values=point, **WRITERS),
    Door(
        "POST",
        "positions.edit_point",
        values=point,
        form=lambda world: POINT | {"revision": world.drafted_position.points[0].revision},
        **WRITE,
    ),
    Door("GET", "positions.merge_point", values=proposed, **WRITERS),
    Door("POST", "positions.merge_point", values=proposed, form=merging, **WRITE),
    Door("POST", "positions.remove_point", values=point, **WRITE),
    Door("POST", "positions.move_point", values=point, form=lambda world: {"direction": "up"}, **WRITE),
    Door("GET", "positions.leave_out", values=drafted, **WRITERS),
    Door("GET", "positions.leave_out", values=opened, case="frozen", visitor=302, everyone=403),
    Door("POST", "positions.leave_out", values=proposed, form=leaving_out, **WRITE),
    Door("GET", "positions.open", values=ready, **WRITERS),
    Door("POST", "positions.open", values=ready, form=opening, **WRITE),
    Door(
        "POST",
        "positions.post_remark",
        values=drafted,
        form=lambda world: {"source": "Se strinjam."},
        **{role: 303 if status == 200 else status for role, status in NETWORK.items()},
    ),
    Door("GET", "positions.coverage", values=opened, everyone=200),
    Door("GET", "positions.coverage_table", values=opened, everyone=200),
    Door("GET", "positions.agreement", values=opened, visitor=302, registered=403, everyone=200),
    Door("GET", "positions.next_version", values=opened, visitor=302, registered=403, everyone=303),
    Door(
        "POST",
        "positions.draft_next",
        values=opened,
        case="a submission is ready to be sent",
        visitor=401,
        everyone=403,
    ),
    Door("GET", "positions.again", values=opened, visitor=302, representative=303, outsider=303, **SIGNERS),
    Door("GET", "positions.cosign", values=opened, visitor=302, representative=200, outsider=200, **SIGNERS),
    Door(
        "POST",
        "positions.cosign",
        values=opened,
        form=signing,
        visitor=401,
        representative=303,
        outsider=303,
        **SIGNERS,
    ),
    # Nobody has signed in this world: who could sign is told so, all others are refused.
    Door(
        "GET",
        "positions.propose_decision",
        values=opened,
        **SIGNERS | {"visitor": 302, "representative": 403, "outsider": 403, "contributor": 200},
    ),
    Door(
        "POST",
        "positions.propose_decision",
        values=opened,
        form=proposing,
        **SIGNERS | {"visitor": 401, "representative": 403, "outsider": 403, "contributor": 303},
    ),
    Door(
        "GET",
        "positions.send_back_proposed_decision",
        values=decision_proposed,
        contributor=403,
        representative=200,
        everyone=404,
    ),
    Door(
        "POST",
        "positions.send_back_proposed_decision",
        values=decision_proposed,
        form=lambda world: {"because": "Milejše."},
        contributor=403,
        representative=303,
        everyone=404,
    ),
    Door(
        "POST",
        "positions.withdraw_proposed_decision",
        values=decision_proposed,
        contributor=303,
        representative=403,
        everyone=404,
    ),
    Door("GET", "positions.withdraw", values=opened, visitor=302, representative=303, outsider=303, **SIGNERS),
    Door("POST", "positions.withdraw", values=opened, visitor=401, representative=303, outsider=303, **SIGNERS),
]
