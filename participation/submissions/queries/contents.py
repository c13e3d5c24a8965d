"""What a submission says at this moment: of its positions, of its comments, and by whom they are supported."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload, undefer

from participation.bodies.models import PublicBody
from participation.comments.models import Comment, Support, WordingAction, WordingChange
from participation.foundation import clock, region
from participation.foundation.collation import collation_key
from participation.foundation.database import session
from participation.foundation.language import _, force_locale
from participation.ledger.models import Checkpoint
from participation.ledger.queries import entries_of, first_checkpoint_over
from participation.organisations.models import Organisation
from participation.positions.models import (
    Cosignature,
    CosignatureState,
    Point,
    Position,
    PositionText,
    PositionVersion,
    difference_html,
    position_thread,
    text_of,
)

from ..models import Contents, SaidPoint, SaidPosition, Signatory, Signature, Submission, contents_from

# Up to so many signatories are named beside a point; more are counted, for their list follows.
MOST_NAMES = 3
IDENTIFIERS = {"eva": "EVA", "epa": "EPA", "gazette": _("Official Gazette")}
_MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]()#+\-.!<>|~])")
_POSTCODE = re.compile(r"^[A-Z]{0,2}-?\d[\d ]*\s+")


def contents_now(submission: Submission, address: str) -> Contents:
    """All that the submission would say if it were frozen now; `address` is that of its public page."""
    with force_locale(submission.language):
        return _contents(submission, address)


def _contents(submission: Submission, address: str) -> Contents:
    installation = region.current()
    positions = _positions(submission)
    texts = [(position, text_of(position)) for position in positions]
    cosignatures = _cosignatures(positions)
    general, general_html = _general(submission, texts)
    points = [
        *(_point_of_position(position, text, place, cosignatures, several=len(texts) > 1)
          for position, text in texts for place in range(len(text.points))),
        *_points_of_comments(submission),
    ]  # fmt: skip
    consultation, checkpoint = submission.consultation, _checkpoint(positions)
    return Contents(
        slug=submission.slug,
        language=submission.language,
        title=submission.title,
        subject=consultation.title,
        reference=_reference(consultation.identifiers),
        sender_name=installation.name.in_language(submission.language),
        sender_address=installation.address,
        sender_contact=tuple(contact for contact in (consultation.contact, installation.email) if contact),
        addressees=tuple(_with_address(body) for body in _in_order(submission.addressees)),
        copies=tuple(body.name for body in _in_order(submission.copies)),
        place=_POSTCODE.sub("", installation.address[-1]) if installation.address else "",
        dated=clock.today().isoformat(),
        address=address,
        summary=tuple(submission.key_demands),
        general=general,
        positions=tuple(_said(position) for position in positions),
        points=tuple(_numbered(points)),
        signatures=tuple(_signatures(cosignatures, submission.language)),
        general_html=general_html,
        log_size=checkpoint.size if checkpoint else 0,
        log_root=checkpoint.root_text if checkpoint else "",
    )


def _checkpoint(positions: Sequence[Position]) -> Checkpoint | None:
    """The first one over all that happened to the positions: it stays the same while nothing more does."""
    entries = entries_of([position_thread(position.id) for position in positions])
    return first_checkpoint_over(entries[-1].seq) if entries else None


def _positions(submission: Submission) -> list[Position]:
    """The positions with the bytes that were signed, and the rows their HTML is kept in."""
    found = session.scalars(
        select(Position)
        .where(Position.id.in_([position.id for position in submission.positions]))
        .options(
            selectinload(Position.versions).options(undefer(PositionVersion.canonical)),
            selectinload(Position.points).selectinload(Point.provisions),
        )
        .order_by(Position.id)
    )
    return list(found)


def _said(position: Position) -> SaidPosition:
    version = position.versions[-1]
    return SaidPosition(position.slug, position.title, version.number, version.sha256)


def _cosignatures(positions: Sequence[Position]) -> list[Cosignature]:
    """Live ones, in the order in which they are printed: by area, then by name."""
    versions = {position.versions[-1].id: position for position in positions}
    found = session.scalars(
        select(Cosignature)
        .where(Cosignature.version_id.in_(list(versions)), Cosignature.state == CosignatureState.LIVE)
        .options(
            joinedload(Cosignature.organisation), joinedload(Cosignature.signer), joinedload(Cosignature.version)
        )
        .execution_options(populate_existing=True)
    )
    areas = {area.key: place for place, area in enumerate(region.current().areas)}

    def place(cosignature: Cosignature) -> tuple[int, object, int]:
        area = _area_key(cosignature.organisation)
        return areas.get(area, len(areas)), collation_key(cosignature.organisation.name), cosignature.version_id

    return sorted(found, key=place)


def _signatures(cosignatures: Sequence[Cosignature], language: str) -> list[Signature]:
    return [
        Signature(
            position=cosignature.version.position.slug,
            organisation=cosignature.organisation.slug,
            name=cosignature.organisation.name,
            seat=_seat(cosignature.organisation),
            area=_area(cosignature.organisation, language),
            person=cosignature.signer.name if cosignature.signer.name_is_public else "",
            statement=cosignature.statement,
            stance=str(cosignature.stance),
            points=cosignature.decision.points,
            conditions=tuple(cosignature.decision.conditions.values()),
            level=str(cosignature.level),
            seq=-1 if cosignature.seq is None else cosignature.seq,
            organisation_id=cosignature.organisation_id,
        )
        for cosignature in cosignatures
    ]


def _area_key(organisation: Organisation) -> str:
    try:
        return region.current().municipality(organisation.municipality).area
    except KeyError:
        return ""


def _area(organisation: Organisation, language: str) -> str:
    key = _area_key(organisation)
    return region.current().area(key).name.in_language(language) if key else ""


def _seat(organisation: Organisation) -> str:
    try:
        return region.current().municipality(organisation.municipality).name
    except KeyError:
        return ""


def _point_of_position(
    position: Position, text: PositionText, place: int, cosignatures: Sequence[Cosignature], *, several: bool
) -> SaidPoint:
    point = text.points[place]
    names = [
        cosignature.organisation.name
        for cosignature in cosignatures
        if cosignature.version.position_id == position.id and cosignature.decision.signs(point.number)
    ]
    return SaidPoint(
        number=0,
        position=position.slug,
        comment=0,
        action=point.action,
        article=point.article,
        existing=point.existing,
        demanded=point.demanded,
        reasons=point.reasons,
        supported_by=_support_of_position(position.title if several else "", names),
        difference_html=point.difference_html,
        reasons_html=point.reasons_html,
        point_id=point.row.id if point.row else None,
    )


def _support_of_position(title: str, names: Sequence[str]) -> str:
    who = "; ".join(names) if 0 < len(names) <= MOST_NAMES else str(len(names))
    if title:
        return str(_("Joint position “%(title)s”. Signatories: %(who)s", title=title, who=who))
    return str(_("Joint position. Signatories: %(who)s", who=who))


def _points_of_comments(submission: Submission) -> list[SaidPoint]:
    comments = submission.comments_to_carry
    supporters = _supporters(comments)
    return [_point_of_comment(comment, supporters.get(comment.id, [])) for comment in comments]


def _supporters(comments: Sequence[Comment]) -> dict[int, list[str]]:
    rows = session.execute(
        select(Support.comment_id, Organisation.name)
        .join(Organisation, Organisation.id == Support.organisation_id)
        .where(Support.comment_id.in_([comment.id for comment in comments]))
    )
    names: dict[int, list[str]] = {}
    for comment_id, name in rows:
        names.setdefault(comment_id, []).append(name)
    return {comment_id: sorted(own, key=collation_key) for comment_id, own in names.items()}


def _point_of_comment(comment: Comment, supporters: Sequence[str]) -> SaidPoint:
    changes, provision = comment.changes, comment.provision
    action = changes[0].action if len(changes) == 1 else (WordingAction.CHANGE if changes else None)
    places = list(dict.fromkeys(change.place for change in changes))
    existing = _listed_by_place([(one.place, one.existing) for one in changes])
    is_deletion = action is WordingAction.DELETE
    demanded = "" if is_deletion else _listed_by_place([(one.place, _demanded(one)) for one in changes])
    organisation = comment.organisation.name if comment.organisation else ""
    return SaidPoint(
        number=0,
        position="",
        comment=comment.id,
        action=str(action or ""),
        article="; ".join(places or [provision.path or provision.label]) if provision else str(_("The whole draft")),
        existing=existing,
        demanded=demanded,
        reasons=comment.source,
        supported_by=_support_of_comment(organisation, supporters),
        difference_html=difference_html(action, existing, demanded) if action else "",
        reasons_html=comment.html,
    )


def _demanded(change: WordingChange) -> str:
    return change.demanded or str(_("To be deleted"))


def _listed_by_place(texts: Sequence[tuple[str, str]]) -> str:
    """The words of all changes, each below its place where there are several."""
    if len(texts) < 2:
        return "".join(words for _place, words in texts)
    return "\n\n".join(f"{place}:\n{words}" for place, words in texts if words)


def _support_of_comment(organisation: str, supporters: Sequence[str]) -> str:
    if not supporters:
        return organisation
    return str(_("%(organisation)s. Supported by: %(names)s", organisation=organisation, names="; ".join(supporters)))


def _numbered(points: Sequence[SaidPoint]) -> list[SaidPoint]:
    return [SaidPoint(**(vars(point) | {"number": number})) for number, point in enumerate(points, start=1)]


def _general(submission: Submission, texts: Sequence[tuple[Position, PositionText]]) -> tuple[str, str]:
    """The cover letter and the general part of each position, as Markdown and as the HTML of it."""
    spoken = [text for _position, text in texts if text.general]
    titled = len(texts) > 1
    sources, made = [submission.cover], [submission.cover_html]
    for text in spoken:
        if titled:
            sources.append("**" + _MARKDOWN_SIGNS.sub(r"\\\1", text.title) + "**")
            made.append(f"<p><strong>{html.escape(text.title)}</strong></p>")
        sources.append(text.general)
        made.append(text.general_html)
    return "\n\n".join(source for source in sources if source), "\n".join(part for part in made if part)


def _reference(identifiers: dict[str, str]) -> str:
    return "; ".join(f"{words} {identifiers[key]}" for key, words in IDENTIFIERS.items() if identifiers.get(key))


def _with_address(body: PublicBody) -> str:
    return f"{body.name}\n{body.address}" if body.address else body.name


def _in_order(bodies: Sequence[PublicBody]) -> list[PublicBody]:
    return sorted(bodies, key=lambda body: collation_key(body.name))


def signed_since_freezing(submission: Submission) -> list[str]:
    """Organisations whose decision stands now, and which the frozen submission does not print."""
    said = contents_from(submission.canonical) if submission.canonical else None
    printed = {signature.seq for signature in said.signatures} if said else set()
    standing = _cosignatures(_positions(submission))
    names = {row.organisation.name for row in standing if row.seq is not None and row.seq not in printed}
    return sorted(names, key=collation_key)


def withdrawals_since_freezing(submission: Submission) -> list[tuple[str, date]]:
    """Organisations that were frozen as signatories and have taken their signature back, with the day."""
    if submission.frozen_at is None:
        return []
    rows = session.execute(
        select(Organisation.name, Cosignature.state, Cosignature.withdrawn_at)
        .join(Signatory, Signatory.organisation_id == Organisation.id)
        .join(PositionVersion, PositionVersion.position_id == Signatory.position_id)
        .join(
            Cosignature,
            (Cosignature.version_id == PositionVersion.id) & (Cosignature.organisation_id == Organisation.id),
        )
        .where(Signatory.submission_id == submission.id)
    ).all()
    standing = {name for name, state, _moment in rows if state == CosignatureState.LIVE}
    gone: dict[str, date] = {}
    for name, _state, moment in rows:
        if moment and name not in standing:
            gone[name] = max(clock.local(moment).date(), gone.get(name, date.min))
    return sorted(gone.items(), key=lambda pair: collation_key(pair[0]))
