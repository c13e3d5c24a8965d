"""What the mails about joint positions say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from participation.accounts.models import User
from participation.foundation import clock
from participation.foundation.days import written_day
from participation.foundation.language import force_locale
from participation.foundation.mail import Message
from participation.ledger.models import Checkpoint, LedgerEntry

from .models import Change, Changes, Cosignature, PositionVersion, ProposedDecision, Stance
from .queries import Weighed

# So many comments are named one by one in a mail; the others are counted.
MOST_NAMED = 30


def position_opened(to: User, version: PositionVersion) -> Message:
    """To a representative of a member organisation: a position waits for a decision."""
    return Message(
        to=to.email,
        language=to.language,
        template="positions/emails/opened.txt",
        about=f"position-opened-{version.id}",
        values={
            "title": version.position.title,
            "slug": version.position.slug,
            "until": _day(version.cosigning_until, to.language),
        },
    )


def position_opened_again(to: User, version: PositionVersion, lapsed: Cosignature) -> Message:
    """To a representative of an organisation that had decided about the version before: what changed for it."""
    before = Changes.between(lapsed.version.canonical, version.canonical, lapsed.decision)
    return Message(
        to=to.email,
        language=to.language,
        template="positions/emails/opened_again.txt",
        about=f"position-opened-{version.id}-{lapsed.organisation_id}",
        values={
            "title": version.position.title,
            "slug": version.position.slug,
            "organisation": lapsed.organisation.name,
            "number": version.number,
            "until": _day(version.cosigning_until, to.language),
            "changes": [_in_words(change, to.language) for change in before.points],
            "parts": before.has_other_parts,
        },
    )


def _in_words(change: Change, language: str) -> str:
    with force_locale(language):
        return f"{change.article}: {change.kind.label}"


def comments_weighed(to: User, version: PositionVersion, weighed: Sequence[Weighed]) -> Message:
    """To an author: where your comments were taken up in a position, and why others were left out of it."""
    return Message(
        to=to.email,
        language=to.language,
        template="positions/emails/comments_weighed.txt",
        about=f"comments-weighed-{version.id}",
        values={
            "title": version.position.title,
            "slug": version.position.slug,
            "comments": [_weighed(one, to.language) for one in weighed[:MOST_NAMED]],
            "more": max(0, len(weighed) - MOST_NAMED),
        },
    )


def _weighed(one: Weighed, language: str) -> dict[str, object]:
    with force_locale(language):
        said = "; ".join(fate.in_words for fate in one.fates)
    place = one.comment.provision.path if one.comment.provision else ""
    return {"comment_id": one.comment.id, "place": place, "said": said}


def position_cosigned(to: User, cosignature: Cosignature) -> Message:
    """To every representative of the organisation, so that a signature by the wrong person is noticed."""
    return Message(
        to=to.email,
        language=to.language,
        template="positions/emails/cosigned.txt",
        about=f"position-cosigned-{cosignature.id}",
        values=_signature_values(cosignature, to.language),
    )


def signature_receipt(
    to: User, cosignature: Cosignature, entry: LedgerEntry, checkpoint: Checkpoint, file_id: int
) -> Message:
    """To the person who signed, once a checkpoint covers the record: with it they can show what was signed."""
    return Message(
        to=to.email,
        language=to.language,
        template="positions/emails/receipt.txt",
        about=f"signature-receipt-{cosignature.id}",
        values=_signature_values(cosignature, to.language)
        | {"seq": entry.seq, "size": checkpoint.size, "root": checkpoint.root_text, "key": checkpoint.key},
        attachments=(file_id,),
    )


def cosignature_withdrawn(to: User, cosignature: Cosignature, by: User) -> Message:
    """To every representative of the organisation."""
    return Message(
        to=to.email,
        language=to.language,
        template="positions/emails/withdrawn.txt",
        about=f"cosignature-withdrawn-{cosignature.id}",
        values=_signature_values(cosignature, to.language)
        | {"withdrawn_by": by.name, "because": cosignature.withdrawn_because},
    )


def decision_proposed(to: User, proposed: ProposedDecision) -> Message:
    """To every representative of the organisation: a colleague proposes what to decide."""
    version = proposed.version
    return Message(
        to=to.email,
        language=to.language,
        template="positions/emails/decision_proposed.txt",
        about=f"decision-proposed-{proposed.id}",
        values=_proposal_values(proposed, to.language) | {"until": _day(version.cosigning_until, to.language)},
    )


def proposed_decision_sent_back(proposed: ProposedDecision) -> Message:
    """To its author: what a representative would have otherwise."""
    to = proposed.author
    return Message(
        to=to.email,
        language=to.language,
        template="positions/emails/decision_sent_back.txt",
        about=f"proposed-decision-sent-back-{proposed.id}",
        values=_proposal_values(proposed, to.language) | {"because": proposed.because},
    )


def proposed_decision_ended(proposed: ProposedDecision) -> Message:
    """To its author: it was signed, replaced, or lapsed with its text."""
    to, signed = proposed.author, proposed.cosignature
    return Message(
        to=to.email,
        language=to.language,
        template="positions/emails/decision_ended.txt",
        about=f"proposed-decision-{proposed.state}-{proposed.id}",
        values=_proposal_values(proposed, to.language)
        | {
            "state": proposed.state.value,
            "decided": _stance(signed.stance, to.language) if signed else "",
            "ended_by": proposed.ended_by.name if proposed.ended_by else "",
        },
    )


def _proposal_values(proposed: ProposedDecision, language: str) -> dict[str, object]:
    position = proposed.version.position
    return {
        "proposal": proposed.id,
        "author": proposed.author.name,
        "organisation": proposed.organisation.name,
        "title": position.title,
        "slug": position.slug,
        "stance": _stance(proposed.stance, language),
        "statement": proposed.statement,
    }


def _stance(stance: Stance, language: str) -> str:
    with force_locale(language):
        return str(Stance(stance).label)


def _signature_values(cosignature: Cosignature, language: str) -> dict[str, str]:
    position = cosignature.version.position
    return {
        "organisation": cosignature.organisation.name,
        "signer": cosignature.signer.name,
        "title": position.title,
        "slug": position.slug,
        "statement": cosignature.statement,
        "sha256": cosignature.sha256_seen,
        "signed_on": _day(cosignature.signed_at, language),
    }


def _day(moment: datetime, language: str) -> str:
    return written_day(clock.local(moment).date(), language)
