"""Everything a submission says, and the canonical bytes of it.

The bytes are RFC 8785 JSON of strings, whole numbers and lists, every text in the one normal
form. When a submission is frozen they are stored with their SHA-256; its page and all its
documents are made from them alone, so that what was sent stays as it was.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

import rfc8785
from markupsafe import escape

from participation.positions.models import SIGNING
from participation.texts.differing import side_by_side
from participation.texts.markdown import normalise


@dataclass(frozen=True)
class SaidPosition:
    """A joint position that the submission carries: one text, by the fingerprint that was signed."""

    slug: str
    title: str
    version: int
    sha256: str


@dataclass(frozen=True)
class Signature:
    """A co-signature, with the organisation as it was then. `person` is empty unless its name is public."""

    position: str  # the slug of the position
    organisation: str  # the slug of the organisation
    name: str
    seat: str
    area: str
    person: str
    statement: str
    # What it signed: `points` are the numbers that a stance excepts or makes conditions of.
    stance: str = "signs"
    points: tuple[int, ...] = ()
    # The wordings that a conditional signature asks for, in the order of its points.
    conditions: tuple[str, ...] = ()
    # How far the mandate was checked, and the number of the record in the ledger; -1 where there is none.
    level: str = ""
    seq: int = -1
    # The row in `organisations`; not part of the bytes.
    organisation_id: int | None = None

    @property
    def asked(self) -> list[tuple[int, str]]:
        """The wordings that a conditional signature asks for, with the number of the point."""
        return list(zip(self.points, self.conditions, strict=False))


@dataclass(frozen=True)
class SaidPoint:
    """`action` is empty where a comment proposes no wording; then `demanded` is empty too."""

    number: int
    position: str  # the slug of the position, "" for a comment
    comment: int  # the number of the comment, 0 for a point of a position
    action: str
    article: str
    existing: str
    demanded: str
    reasons: str
    supported_by: str
    # For the page only; the bytes hold the sources.
    difference_html: str = ""
    reasons_html: str = ""
    # The row in `points` that it was copied from.
    point_id: int | None = None

    @property
    def existing_html(self) -> str:
        """The existing wording, with the words marked that should go."""
        return side_by_side(self.difference_html)[0] or str(escape(self.existing))

    @property
    def demanded_html(self) -> str:
        """The demanded wording, with the words marked that are new in it; empty where nothing is demanded."""
        return side_by_side(self.difference_html)[1] or str(escape(self.demanded))


@dataclass(frozen=True)
class Contents:
    slug: str
    language: str
    title: str
    subject: str
    reference: str
    sender_name: str
    sender_address: tuple[str, ...]
    sender_contact: tuple[str, ...]
    addressees: tuple[str, ...]
    copies: tuple[str, ...]
    place: str
    dated: str  # ISO 8601
    address: str  # of the permanent public page
    summary: tuple[str, ...]
    general: str  # Markdown
    positions: tuple[SaidPosition, ...]
    points: tuple[SaidPoint, ...]
    signatures: tuple[Signature, ...]
    # The checkpoint that covers the last signature: how many records the ledger had, and its root (base64).
    log_size: int = 0
    log_root: str = ""
    # For the page only, as with the points.
    general_html: str = ""

    @property
    def day(self) -> date:
        return date.fromisoformat(self.dated)

    @property
    def awaits_checkpoint(self) -> bool:
        """Somebody signed so lately that no checkpoint covers it yet, so that the first page would name none."""
        return bool(self.signatures) and not self.log_root

    def number_signing(self, point: SaidPoint) -> int:
        """How many organisations signed a point of a position as it stands."""
        of_position = [said.number for said in self.points if said.position == point.position]
        place = of_position.index(point.number) + 1
        return sum(
            signature.position == point.position and signature.stance in SIGNING and place not in signature.points
            for signature in self.signatures
        )

    @property
    def apart(self) -> list[Signature]:
        """Who took part without signing: has no objection, abstains, objects."""
        return [signature for signature in self.signatures if signature.stance not in SIGNING]

    @property
    def signatories(self) -> list[tuple[Signature, list[str]]]:
        """Each organisation once, with the titles of what it signed if it did not sign all."""
        titles = {position.slug: position.title for position in self.positions}
        signed: dict[str, list[Signature]] = {}
        for signature in self.signatures:
            if signature.stance in SIGNING:
                signed.setdefault(signature.organisation, []).append(signature)
        return [(_merged(own), self._named(own, titles)) for own in signed.values()]

    @property
    def signatories_by_area(self) -> list[tuple[str, list[tuple[Signature, list[str]]]]]:
        groups: dict[str, list[tuple[Signature, list[str]]]] = {}
        for signatory in self.signatories:
            groups.setdefault(signatory[0].area, []).append(signatory)
        return list(groups.items())

    @staticmethod
    def _named(own: list[Signature], titles: Mapping[str, str]) -> list[str]:
        return [] if len(own) == len(titles) else [titles[signature.position] for signature in own]


def _merged(own: list[Signature]) -> Signature:
    statements = dict.fromkeys(signature.statement for signature in own if signature.statement)
    people = dict.fromkeys(signature.person for signature in own if signature.person)
    return replace(own[0], person=", ".join(people), statement="\n".join(statements))


def canonical_bytes(contents: Contents) -> bytes:
    """The bytes that are frozen: all that the documents say, and nothing that a page adds to it."""
    said = asdict(contents)
    del said["general_html"]
    for point in said["points"]:
        for added in ("difference_html", "reasons_html", "point_id"):
            del point[added]
    for signature in said["signatures"]:
        del signature["organisation_id"]
    return rfc8785.dumps(_normalised(said))


def fingerprint(canonical: bytes) -> str:
    """SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(canonical).hexdigest()


def preview_fingerprint(contents: Contents) -> str:
    """Of all that a person decides about who freezes it.

    Without the checkpoint: that is signed by itself within a minute, while the person reads.
    """
    return fingerprint(canonical_bytes(replace(contents, log_size=0, log_root="")))


def contents_from(
    canonical: bytes, *, general_html: str = "", point_html: Mapping[int, tuple[str, str]] | None = None
) -> Contents:
    """Read the bytes back. The HTML that a page needs was stored beside them: by the number of
    a point its difference and its reasons."""
    said = json.loads(canonical)
    html = point_html or {}
    points = [
        SaidPoint(**point, difference_html=difference, reasons_html=reasons)
        for point in said.pop("points")
        for difference, reasons in [html.get(point["number"], ("", ""))]
    ]
    positions = [SaidPosition(**position) for position in said.pop("positions")]
    signatures = [
        Signature(**(signature | {name: tuple(signature.get(name, ())) for name in ("points", "conditions")}))
        for signature in said.pop("signatures")
    ]
    lists = {name: tuple(value) for name, value in said.items() if isinstance(value, list)}
    return Contents(
        **(said | lists),
        positions=tuple(positions),
        points=tuple(points),
        signatures=tuple(signatures),
        general_html=general_html,
    )


def _normalised(said: Any) -> Any:
    if isinstance(said, str):
        return normalise(said)
    if isinstance(said, dict):
        return {name: _normalised(value) for name, value in said.items()}
    if isinstance(said, list | tuple):
        return [_normalised(value) for value in said]
    return said
