"""What the body changed in a draft after it had been answered, and what it adopted: later published versions."""

from __future__ import annotations

from datetime import date
from typing import Any

from participation.accounts.models import Viewer
from participation.consultations import operations
from participation.consultations.models import Consultation, Provision, TextVersion
from participation.consultations.models.markup import html_of
from participation.consultations.models.paths import paths_of
from participation.consultations.rules import may_lead_consultation
from participation.foundation import clock
from participation.foundation.access import demand
from participation.foundation.database import new_key, session

from ..queries import Labels


def publish_version(actor: Viewer, consultation: Consultation, changes: list[dict[str, Any]]) -> TextVersion:
    """The newest text once more with these changes, published now; what stayed keeps its identity."""
    demand(may_lead_consultation(actor))
    version = _changed_text(consultation, changes)
    operations.publish_version(actor, version)
    return version


def publish_adopted_text(
    actor: Viewer, consultation: Consultation, changes: list[dict[str, Any]], *, adopted_on: date, source: str
) -> TextVersion:
    """The same as what the body adopted on that day."""
    demand(may_lead_consultation(actor))
    version = _changed_text(consultation, changes)
    operations.publish_adopted_text(actor, version, adopted_on=adopted_on, source=source)
    return version


def _changed_text(consultation: Consultation, changes: list[dict[str, Any]]) -> TextVersion:
    before = consultation.versions[-1]
    labels = Labels(consultation)
    moment = clock.now()
    version = TextVersion(
        number=before.number + 1,
        title=before.title,
        language=before.language,
        read_at=moment,
    )
    of_provision: dict[str, list[dict[str, Any]]] = {}
    for change in changes:
        of_provision.setdefault(labels.find(change["provision"]).key, []).append(change)
    for provision in before.provisions:
        version.provisions += _changed(provision, of_provision.get(provision.key, []))
    for position, (provision, path) in enumerate(
        zip(version.provisions, paths_of(version.provisions, version.language), strict=True), 1
    ):
        provision.position, provision.path = position, path
        provision.html = html_of(provision.kind, provision.text)
    consultation.versions.append(version)
    session.flush()
    return version


def _changed(provision: Provision, changes: list[dict[str, Any]]) -> list[Provision]:
    own = [change for change in changes if not change.get("after")]
    text = next((change["text"] for change in own if "text" in change), provision.text)
    is_removed = any(change.get("removed") for change in own)
    kept = [] if is_removed else [_made(provision.key, provision.kind, provision.label, provision.level, text)]
    added = [
        _made(new_key(), change["kind"], change["label"], change["level"], change["text"])
        for change in changes
        if change.get("after")
    ]
    return kept + added


def _made(key: str, kind: str, label: str, level: int, text: str) -> Provision:
    return Provision(key=key, kind=kind, label=label, level=level, text=text, position=0)
