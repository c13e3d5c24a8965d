"""The place in a text that is commented on, and its neighbours."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from participation.consultations.models import Consultation, Provision, TextVersion, VersionState
from participation.foundation.database import NotFound, session

from .standing import heir_of, last_provision


@dataclass(frozen=True)
class Place:
    """A provision of the newest published text, or (`provision` None) that whole text.

    With `is_gone` it is one of an earlier version, and the newest has it no more.
    """

    version: TextVersion
    provision: Provision | None
    previous: Provision | None = None
    next: Provision | None = None
    is_gone: bool = False
    newest: int = 1  # the number of the newest published version

    @property
    def key(self) -> str:
        return self.provision.key if self.provision else ""

    @property
    def text(self) -> str:
        return self.provision.text if self.provision else ""

    @property
    def seen(self) -> str:
        """What a form carries to say which words its reader saw."""
        return hashlib.sha256(f"{self.version.id}\n{self.text}".encode()).hexdigest()[:20]


def place_in_text(consultation: Consultation, provision_key: str) -> Place:
    """The provision with its neighbours in one statement, or with an empty key the whole draft.

    A provision that is gone is found as it read last. Raises NotFound when no published text had it.
    """
    if not provision_key:
        return _whole_draft(consultation)
    if not provision_key.isprintable():
        raise NotFound(provision_key)
    in_order: dict[str, Any] = {"order_by": Provision.position}
    standing = (
        select(
            Provision.id,
            Provision.key,
            func.lag(Provision.id).over(**in_order).label("before"),
            func.lead(Provision.id).over(**in_order).label("after"),
        )
        .where(Provision.version_id == _newest_version(consultation))
        .subquery()
    )
    rows = session.execute(
        select(TextVersion, Provision)
        .select_from(Provision)
        .join(TextVersion, TextVersion.id == Provision.version_id)
        .join(standing, Provision.id.in_((standing.c.id, standing.c.before, standing.c.after)))
        .where(standing.c.key == provision_key)
        .order_by(Provision.position)
    ).all()
    return _place_among(rows, provision_key) or _gone_place(consultation, provision_key)


def _gone_place(consultation: Consultation, key: str) -> Place:
    provision = last_provision(consultation, key)
    if provision is None:
        raise NotFound(key)
    newest = _whole_draft(consultation).version
    return Place(provision.version, provision, is_gone=True, newest=newest.number)


def heir_in_text(consultation: Consultation, key: str) -> Provision | None:
    """The provision of the newest published text that one which is gone was joined with."""
    return heir_of(_whole_draft(consultation).version, key)


def _place_among(rows: Sequence[Any], key: str) -> Place | None:
    found: list[tuple[TextVersion, Provision]] = [(row[0], row[1]) for row in rows]
    at = next((index for index, (_version, provision) in enumerate(found) if provision.key == key), None)
    if at is None:
        return None
    version, provision = found[at]
    previous = found[at - 1][1] if at > 0 else None
    following = found[at + 1][1] if at + 1 < len(found) else None
    return Place(version, provision, previous, following, newest=version.number)


def _whole_draft(consultation: Consultation) -> Place:
    version = session.scalar(select(TextVersion).where(TextVersion.id == _newest_version(consultation)))
    if version is None:
        raise NotFound(consultation.slug)
    return Place(version, None)


def _newest_version(consultation: Consultation) -> Any:
    """For statements: the id of the newest published version."""
    return (
        select(TextVersion.id)
        .where(TextVersion.consultation_id == consultation.id, TextVersion.state == VersionState.PUBLISHED)
        .order_by(TextVersion.number.desc())
        .limit(1)
        .scalar_subquery()
    )
