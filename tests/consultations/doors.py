"""Who gets through which door of the consultations."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from architecture.doors import Door
from consultations.files import ACT

from participation.consultations.models import Attachment, TextVersion, VersionState
from participation.consultations.models.imports import Sent
from participation.consultations.operations import begin_version, start_import
from participation.foundation import clock, files
from participation.foundation.database import session

LEADING = {"council": 200, "coordinator": 200}
PUBLIC = {"everyone": 200}
NOT_LEADING = {"visitor": 302, "everyone": 403}
NOT_POSTING = {"visitor": 401, "everyone": 403}
HIDDEN = {"everyone": 404}


def opened(world: Any) -> dict[str, Any]:
    return {"slug": world.open_consultation.slug}


def prepared(world: Any) -> dict[str, Any]:
    return {"slug": world.preparing_consultation.slug}


def closed(world: Any) -> dict[str, Any]:
    return {"slug": world.positions_consultation.slug}


def attached(world: Any) -> dict[str, Any]:
    file = files.store(b"x", "a.pdf", "application/pdf")
    attachment = Attachment(consultation_id=world.preparing_consultation.id, title="Karta", file=file)
    session.add(attachment)
    session.commit()
    return prepared(world) | {"attachment_id": attachment.id}


def in_two_versions(world: Any) -> dict[str, Any]:
    session.add(TextVersion(consultation=world.open_consultation, number=2, state=VersionState.PUBLISHED))
    session.commit()
    return opened(world)


def version_begun(world: Any) -> dict[str, Any]:
    begin_version(world.people["coordinator"], world.open_consultation)
    session.commit()
    return opened(world)


def over(world: Any) -> dict[str, Any]:
    """Concluded, with what the body adopted in preparation."""
    world.positions_consultation.concluded_on = clock.today()
    begin_version(world.people["coordinator"], world.positions_consultation)
    session.commit()
    return closed(world)


def as_adopted(world: Any) -> dict[str, Any]:
    return {"is_adopted": "y", "adopted_on": clock.today().isoformat(), "adopted_source": "Uradni list"}


def provision_of_next(world: Any) -> dict[str, Any]:
    version = world.open_consultation.versions[-1]
    return {"key": version.provisions[-1].key, "revision": version.revision, "old_key": ""}


def read_from_a_file(world: Any) -> dict[str, Any]:
    world.open_consultation.versions[0].file = files.store(b"x", "odlok.txt", "text/plain")
    session.commit()
    return opened(world)


def on_its_way(world: Any) -> dict[str, Any]:
    sent = Sent(content=ACT.encode(), filename="odlok.txt", media_type="text/plain")
    found = start_import(world.people["coordinator"], sent, form_key="kljuc")
    session.commit()
    return {"key": found.key}


def last_provision(world: Any) -> dict[str, Any]:
    version = world.preparing_consultation.versions[0]
    return {
        "key": version.provisions[-1].key,
        "revision": version.revision,
        "kind": "article",
        "label": "2. člen",
        "text": "Novo.",
    }


def described(world: Any) -> dict[str, Any]:
    consultation = world.preparing_consultation
    return {
        "revision": consultation.revision,
        "title": "Nov naslov",
        "opens_on": consultation.opens_on.isoformat(),
        "internal_deadline_on": consultation.internal_deadline_on.isoformat(),
        "audience": "members",
        "body_id": "0",
        "level": "regional",
        "language": "sl",
        "period_rule": "",
    }


def extended(world: Any) -> dict[str, Any]:
    consultation = world.open_consultation
    return {
        "revision": consultation.revision,
        "internal_deadline_on": consultation.internal_deadline_on.isoformat(),
        "cosigning_from_on": consultation.cosigning_from_on.isoformat(),
        "official_deadline_on": "2099-12-31",
        "because": "Prazniki.",
    }


def with_file(world: Any) -> dict[str, Any]:
    return {"file": (BytesIO(b"x"), "karta.pdf")}


DESK = "consultations_desk"
DONE = {"council": 303, "coordinator": 303}
REFUSED = {"council": 403, "coordinator": 403}
NOTHING_THERE = {"council": 404, "coordinator": 404}
DOORS = [
    Door("GET", "consultations.index", **PUBLIC),
    Door("GET", "consultations.show", values=opened, **PUBLIC),
    Door("GET", "consultations.show", case="in preparation", values=prepared, **HIDDEN | LEADING),
    Door("GET", "consultations.compare", values=in_two_versions, **PUBLIC),
    Door("GET", "consultations.compare", case="in one version", values=opened, **HIDDEN),
    Door("GET", "consultations.draft", values=read_from_a_file, **PUBLIC),
    Door("GET", "consultations.attachment", case="in preparation", values=attached, **HIDDEN | LEADING),
    Door("GET", f"{DESK}.index", **NOT_LEADING | LEADING),
    Door("GET", f"{DESK}.upload", **NOT_LEADING | LEADING),
    Door("POST", f"{DESK}.upload", form=lambda world: {"text": ACT}, **NOT_POSTING | DONE),
    Door("GET", f"{DESK}.follow", values=on_its_way, **NOT_LEADING | LEADING),
    Door("GET", f"{DESK}.text", values=prepared, **HIDDEN | LEADING),
    Door("GET", f"{DESK}.text", case="published", values=opened, **NOT_LEADING | LEADING),
    Door("GET", f"{DESK}.discard", values=prepared, **HIDDEN | LEADING),
    Door("POST", f"{DESK}.discard", values=prepared, **HIDDEN | DONE),
    Door("GET", f"{DESK}.describe", values=prepared, **HIDDEN | LEADING),
    Door("POST", f"{DESK}.describe", values=prepared, form=described, **HIDDEN | DONE),
    Door("GET", f"{DESK}.publish", values=prepared, **HIDDEN | LEADING),
    Door("POST", f"{DESK}.publish", values=prepared, **HIDDEN | DONE),
    Door("POST", f"{DESK}.publish", case="published already", values=opened, **NOT_POSTING | DONE),
    Door("GET", f"{DESK}.extend", values=opened, **NOT_LEADING | LEADING),
    Door("POST", f"{DESK}.extend", values=opened, form=extended, **NOT_POSTING | DONE),
    Door("GET", f"{DESK}.conclude", values=closed, **NOT_LEADING | LEADING),
    Door("POST", f"{DESK}.conclude", values=closed, **NOT_POSTING | DONE),
    Door("POST", f"{DESK}.conclude", case="still open", values=opened, **NOT_POSTING),
    Door("GET", f"{DESK}.attach", values=opened, **NOT_LEADING | LEADING),
    Door("POST", f"{DESK}.attach", values=opened, form=with_file, **NOT_POSTING | DONE),
    Door("GET", f"{DESK}.load_version", values=opened, **NOT_LEADING | LEADING),
    Door("POST", f"{DESK}.load_version", values=opened, form=lambda world: {"text": ACT}, **NOT_POSTING | DONE),
    Door("GET", f"{DESK}.load_version", case="in preparation", values=prepared, **HIDDEN | REFUSED),
    Door("POST", f"{DESK}.begin_version", values=opened, **NOT_POSTING | DONE),
    Door("POST", f"{DESK}.begin_version", case="begun", values=version_begun, **NOT_POSTING),
    Door("GET", f"{DESK}.matching", values=version_begun, **NOT_LEADING | LEADING),
    Door("GET", f"{DESK}.matching", case="nothing begun", values=opened, **NOT_LEADING | NOTHING_THERE),
    Door("POST", f"{DESK}.match_provision", values=version_begun, form=provision_of_next, **NOT_POSTING | DONE),
    Door("GET", f"{DESK}.publish_version", values=version_begun, **NOT_LEADING | LEADING),
    Door("POST", f"{DESK}.publish_version", values=version_begun, **NOT_POSTING | DONE),
    Door("POST", f"{DESK}.publish_version", case="adopted", values=over, form=as_adopted, **NOT_POSTING | DONE),
    Door("POST", f"{DESK}.publish_version", case="concluded, not adopted", values=over, **NOT_POSTING),
    Door("GET", f"{DESK}.discard_version", values=version_begun, **NOT_LEADING | LEADING),
    Door("POST", f"{DESK}.discard_version", values=version_begun, **NOT_POSTING | DONE),
    Door("POST", f"{DESK}.detach", values=attached, **HIDDEN | DONE),
]
for act in ("mend", "merge", "drop", "drop_repeated"):
    endpoint = f"{DESK}.{act}"
    DOORS += [
        Door("POST", endpoint, values=prepared, form=last_provision, **HIDDEN | DONE),
        Door("POST", endpoint, case="after the first comment", values=opened, form=last_provision, **NOT_POSTING),
    ]
