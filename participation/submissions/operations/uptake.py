"""What became of the points in the adopted text: kept as it was found, confirmed or corrected by a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from participation.accounts.models import Operator, User
from participation.consultations.models import TextVersion
from participation.foundation import audit, clock, mail
from participation.foundation.access import demand
from participation.foundation.database import Conflict, NotFound, session
from participation.foundation.language import _
from participation.texts.markdown import normalise
from participation.texts.uptake import Finding, Verdict

from .. import emails
from ..models import PointUptake, Submission, UptakeConfirmation
from ..queries import lock
from ..queries.people import concerned_by
from ..queries.uptake import uptakes_of
from ..rules import may_find_uptake, may_review_uptake, reason_for_verdict


def keep_uptake(
    actor: User | Operator, submission: Submission, adopted: TextVersion, found: Mapping[int, Finding]
) -> None:
    """Keep what was found of each point, by the numbers of the points' rows; what is kept already stays as it is."""
    lock(submission)
    demand(may_find_uptake(actor, submission, adopted))
    kept = uptakes_of(submission)
    new = {point_id: finding for point_id, finding in found.items() if point_id not in kept}
    session.add_all(
        PointUptake(
            point_id=point_id,
            version_id=adopted.id,
            verdict=Verdict(finding.verdict.value),
            taken=list(finding.taken),
            missing=list(finding.missing),
            keys=list(finding.keys),
            share=min(max(finding.share, 0.0), 1.0),
        )
        for point_id, finding in new.items()
    )
    session.flush()
    if new:
        counts = Counter(finding.verdict.value for finding in new.values())
        audit.record(actor, "uptake.found", submission, version=adopted.id, counts=dict(counts))


def confirm_uptake(actor: User, submission: Submission, uptakes: Collection[int]) -> int:
    """Say that what was found of these points is so; gives how many nobody had confirmed before.

    `uptakes` are numbers of rows. Raises Conflict when somebody has corrected one of them. Everybody who took part is
    told when no point is left to be looked at.
    """
    lock(submission)
    demand(may_review_uptake(actor, submission))
    known = {uptake.id: uptake for uptake in uptakes_of(submission).values()}
    if not set(uptakes) <= known.keys():
        raise NotFound(submission.slug)
    chosen = [known[number] for number in dict.fromkeys(uptakes)]
    corrected = [uptake.point.number for uptake in chosen if uptake.is_confirmed and uptake.is_corrected]
    if corrected:
        raise Conflict(
            _(
                "Somebody else has corrected what was found of these points since you opened the page: %(numbers)s. "
                "Nothing was confirmed. Look at them again.",
                numbers=", ".join(str(number) for number in corrected),
            )
        )
    new = [uptake for uptake in chosen if not uptake.is_confirmed]
    for uptake in new:
        _say(actor, uptake, uptake.verdict, "")
    session.flush()
    if new:
        audit.record(actor, "uptake.confirmed", submission, points=[uptake.point.number for uptake in new])
        _tell_at_the_end(submission)
    return len(new)


def correct_uptake(
    actor: User, submission: Submission, uptake_id: int, verdict: Verdict, reason: str, *, seen: int
) -> bool:
    """Say what became of a point; False when just that was said already.

    What differs from what was found, or from what somebody said before, needs a reason. `seen` is the number of the
    row of what was said when the person opened the form, 0 for nothing; Conflict when it is another one now. Those
    who were told otherwise before are told again.
    """
    lock(submission)
    demand(may_review_uptake(actor, submission))
    uptakes = uptakes_of(submission)
    uptake = next((one for one in uptakes.values() if one.id == uptake_id), None)
    if uptake is None:
        raise NotFound(submission.slug)
    reason, before = normalise(reason), uptake.confirmation
    if before is not None and (before.verdict, before.reason) == (verdict, reason):
        return False
    if seen != (before.id if before is not None else 0):
        raise _overtaken(uptake)
    demand(reason_for_verdict(uptake, verdict, reason))
    was_told = all(one.is_confirmed for one in uptakes.values())
    _say(actor, uptake, verdict, reason)
    session.flush()
    said = {"point": uptake.point.number, "found": str(uptake.verdict), "verdict": str(verdict)}
    if before is not None:
        said["before"] = str(before.verdict)
    audit.record(actor, "uptake.corrected", submission, because=reason, **said)
    if was_told:
        _tell_of_correction(submission, uptake)
    else:
        _tell_at_the_end(submission)
    return True


def _say(actor: User, uptake: PointUptake, verdict: Verdict, reason: str) -> None:
    """Add what the person says; what was said before stays in the trail."""
    before = uptake.confirmation
    if before is not None:
        before.superseded_at = clock.now()
        session.flush()
    uptake.confirmations.append(UptakeConfirmation(verdict=verdict, reason=reason, confirmed_by=actor))


def _overtaken(uptake: PointUptake) -> Conflict:
    before = uptake.confirmation
    return Conflict(
        _(
            "Somebody else has said what became of this point since you opened the page: %(label)s.",
            label=uptake.label,
        ),
        fields={"reason": before.reason if before is not None else ""},
        fresh={"seen": before.id if before is not None else 0},
    )


def _tell_at_the_end(submission: Submission) -> None:
    """One mail a person and submission, once every point has been looked at."""
    uptakes = uptakes_of(submission)
    if not all(uptake.is_confirmed for uptake in uptakes.values()):
        return
    for one in concerned_by(submission):
        own = [uptakes[point.id] for point in one.points if point.id in uptakes]
        if own:
            mail.send(emails.uptake_confirmed(one.person, submission, own))


def _tell_of_correction(submission: Submission, uptake: PointUptake) -> None:
    for one in concerned_by(submission):
        if uptake.point_id in {point.id for point in one.points}:
            mail.send(emails.uptake_corrected(one.person, submission, uptake))
