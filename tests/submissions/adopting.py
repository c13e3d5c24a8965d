"""A submission whose points became everything that points can become in the adopted text."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from consultations.next_version import loaded
from factories import CommentFactory, OrganisationFactory, PositionFactory, coordinator
from sqlalchemy import select
from submissions.making import consultation_in_cosigning, cosigned, frozen, sent_quietly, submission_of

from participation.accounts.models import Operator
from participation.comments.models import WordingAction
from participation.consultations.models import Consultation, Provision, TextVersion
from participation.consultations.operations import publish_adopted_text
from participation.foundation import clock
from participation.foundation.database import session
from participation.foundation.outbox import OutboxItem
from participation.positions.models import Point, PositionState, PositionVersion, canonical_bytes, difference_html
from participation.submissions.models import FIND_UPTAKE, Submission, fingerprint
from participation.submissions.receivers import find_uptake_of
from participation.texts.provisions import Kind
from participation.texts.provisions import Provision as Read

CHANGE, ADD, DELETE = WordingAction.CHANGE, WordingAction.ADD, WordingAction.DELETE
GAZETTE = "Uradni list RS, št. 12/2027"
KEPT = "Park je javna zelena površina, namenjena počitku, igri otrok in srečevanju prebivalcev vseh starosti."
# What the draft says, what is demanded of it, and what was adopted (None: the provision is gone).
POINTS: list[tuple[WordingAction, str, str, str | None]] = [
    (CHANGE, "Rok za pripombe je trideset dni od objave osnutka odloka.",
     "Rok za pripombe je šestdeset dni od objave osnutka odloka.",
     "Rok za pripombe je šestdeset dni od objave osnutka odloka."),
    (CHANGE, "Občina objavi osnutek odloka na svoji spletni strani.",
     "Občina objavi vsak osnutek odloka na svoji spletni strani in na oglasni deski.",
     "Občina objavi osnutek odloka na svoji spletni strani in na oglasni deski."),
    (CHANGE, "Odlok začne veljati naslednji dan po objavi v glasilu.",
     "Odlok začne veljati petnajsti dan po objavi v glasilu.",
     "Odlok začne veljati naslednji dan po objavi v glasilu."),
    (CHANGE, "Predstavniki organizacij sodelujejo pri pripravi proračuna.",
     "Predstavniki nevladnih organizacij sodelujejo pri pripravi vsakega proračuna.", None),
    (DELETE, "Pritožba zoper odločitev župana nikoli ni mogoča.", "", None),
]  # fmt: skip
FOUND = ["verbatim", "part", "not", "opposite", "verbatim"]


def consultation_on(**values: Any) -> Consultation:
    """Its comments are closed, and the text has a provision for each point, between others that stay."""
    consultation: Consultation = consultation_in_cosigning(articles=0, **values)
    texts = [text for _action, existing, _demanded, _adopted in POINTS for text in (existing, KEPT)]
    for place, text in enumerate(texts, start=1):
        consultation.versions[0].provisions.append(
            Provision(position=place, kind="paragraph", label=f"({place})", level=5, text=text, html=f"<p>{text}</p>",
                      path=f"1. člen, ({place})")
        )  # fmt: skip
    session.flush()
    return consultation


def sent_points(
    consultation: Consultation | None = None,
    *,
    signatory: Any = None,
    comments: Any = (),
    is_sent: bool = True,
    sent_on: Any = None,
    points: int = len(POINTS),
    **values: Any,
) -> Submission:
    """A submission of one position with these points; `comments` go with it by themselves."""
    lead = coordinator()
    consultation = consultation or consultation_on()
    position = PositionFactory(
        consultation=consultation, created_by=lead, state=PositionState.OPENED, with_point=False
    )
    provisions = consultation.versions[0].provisions
    for number in range(1, points + 1):
        action, existing, demanded, _adopted = POINTS[(number - 1) % len(POINTS)]
        provision = provisions[2 * ((number - 1) % len(POINTS))]
        position.points.append(
            Point(
                number=number, action=action, existing=existing, demanded=demanded, reasons="Ker.",
                difference_html=difference_html(action, existing, demanded), provisions=[provision],
            )
        )  # fmt: skip
    session.flush()
    canonical = canonical_bytes(position, 1)
    position.versions.append(
        PositionVersion(
            number=1, canonical=canonical, sha256=fingerprint(canonical), opened_at=clock.now(), opened_by_id=lead.id,
            cosigning_until=clock.end_of(clock.today() + timedelta(days=7)),
        )
    )  # fmt: skip
    session.flush()
    if signatory is not None:
        cosigned(position, signatory)
    made = frozen(submission_of(position, lead, comments=list(comments), **values))
    return sent_quietly(made, sent_on) if is_sent else made


def alone(consultation: Consultation, place: int = 0, **values: Any) -> Any:
    """A comment of an organisation of its own on a provision, which may go out by itself."""
    provision = consultation.versions[0].provisions[place]
    return CommentFactory(
        consultation=consultation, provision=provision, **({"organisation": OrganisationFactory()} | values)
    )


def adopted_text(consultation: Consultation, actor: Any = None) -> TextVersion:
    """What became of the draft, published as the adopted text."""
    texts = [text for *_point, adopted in POINTS for text in (adopted, KEPT) if text is not None]
    version = loaded(consultation, [Read(Kind.PARAGRAPH, f"({at})", 5, text) for at, text in enumerate(texts, 1)])
    publish_adopted_text(actor or Operator(), version, adopted_on=clock.today(), source=GAZETTE)
    session.flush()
    return version


def compared() -> int:
    """Do what the worker does with what waits to be compared; gives how many submissions that were."""
    session.commit()
    items = session.scalars(select(OutboxItem).where(OutboxItem.kind == FIND_UPTAKE).order_by(OutboxItem.id)).all()
    numbers = [item.id for item in items]
    for number in numbers:
        find_uptake_of(session.get_one(OutboxItem, number))
        session.commit()
    session.expire_all()
    return len(numbers)


def checked_submission(**values: Any) -> Submission:
    """Sent, and compared with the adopted text."""
    made = sent_points(**values)
    adopted_text(made.consultation)
    compared()
    return made
