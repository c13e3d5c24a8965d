"""A small network with one thing in every state, for the table of doors."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from factories import (
    CommentFactory,
    ConsultationFactory,
    OrganisationFactory,
    PositionFactory,
    PublicBodyFactory,
    UserFactory,
    administrator,
    contributor,
    coordinator,
    council_representative,
    representative,
)

from participation.accounts.models import Operator
from participation.comments.models import CommentState
from participation.consultations.models import ConsultationState, VersionState
from participation.foundation import clock
from participation.foundation.database import session
from participation.ledger.models import Kind
from participation.ledger.operations import append_record, sign_checkpoint
from participation.organisations.models import OrganisationState
from participation.positions.models import PositionState, PositionVersion, canonical_bytes, fingerprint


def build_world() -> Any:
    """The world; call it in a test that has the program's context."""
    world = SimpleNamespace()
    day = clock.today()
    world.organisation = OrganisationFactory(name="Društvo Lipa", slug="drustvo-lipa")
    world.other_organisation = OrganisationFactory(name="Zavod Hrast", slug="zavod-hrast")
    world.people = {
        "registered": UserFactory(),
        "contributor": contributor(world.organisation),
        "representative": representative(world.organisation),
        "outsider": representative(world.other_organisation),
        "council": council_representative(),
        "coordinator": coordinator(),
        "administrator": administrator(),
    }
    world.applying_organisation = OrganisationFactory(
        name="Klub Breza", slug="klub-breza", state=OrganisationState.APPLIED, applicant=world.people["registered"]
    )
    world.body = PublicBodyFactory(name="Občina Primer", slug="obcina-primer")
    by = world.people["coordinator"]
    world.open_consultation = ConsultationFactory(slug="odprto", body=world.body, created_by=by)
    world.preparing_consultation = ConsultationFactory(
        slug="v-pripravi", body=world.body, created_by=by, state=ConsultationState.PREPARING, published_at=None
    )
    world.preparing_consultation.versions[0].state = VersionState.PREPARING
    world.positions_consultation = _past(body=world.body, created_by=by, slug="stalisca", cosigning_in=5)
    world.cosigning_consultation = _past(body=world.body, created_by=by, slug="sopodpisovanje", cosigning_in=-1)
    _comments(world)
    _positions(world, day)
    _submissions(world)
    _ledger(world)
    session.commit()
    return world


def _ledger(world: Any) -> None:
    person = world.people["representative"]
    world.ledger_entry = append_record(
        Kind.WITHDRAW, "p-0", {"org": "o-0", "org_name": "Društvo Lipa"}, held={"who": {"name": person.name}},
        whose=person,
    )  # fmt: skip
    sign_checkpoint(Operator())


def _past(cosigning_in: int, **values: Any) -> Any:
    """A consultation whose comments closed yesterday."""
    day = clock.today()
    return ConsultationFactory(
        opens_on=day - timedelta(days=20),
        internal_deadline_on=day - timedelta(days=2),
        cosigning_from_on=day + timedelta(days=cosigning_in),
        **values,
    )


def _comments(world: Any) -> None:
    provision = world.open_consultation.versions[0].provisions[0]
    values = {
        "consultation": world.open_consultation,
        "provision": provision,
        "author": world.people["contributor"],
        "organisation": world.organisation,
        "kind": "provision",
    }
    world.comment = CommentFactory(posted_at=clock.now() - timedelta(hours=1), **values)
    world.fresh_comment = CommentFactory(**values)
    world.hidden_comment = CommentFactory(state=CommentState.HIDDEN, hidden_because="Žaljivo.", **values)


def _positions(world: Any, day: Any) -> None:
    author = world.people["representative"]
    world.drafted_position = PositionFactory(
        consultation=world.positions_consultation, slug="osnovano", created_by=author
    )
    world.opened_position = opened_position(world.cosigning_consultation, author, slug="odprto-stalisce")


def opened_position(consultation: Any, author: Any, **values: Any) -> Any:
    """A position whose text is frozen and that may be signed until next week."""
    position = PositionFactory(consultation=consultation, created_by=author, state=PositionState.OPENED, **values)
    position.addressees.append(consultation.body)
    canonical = canonical_bytes(position, 1)
    position.versions.append(
        PositionVersion(
            number=1,
            canonical=canonical,
            sha256=fingerprint(canonical),
            opened_at=clock.now(),
            opened_by_id=author.id,
            cosigning_until=clock.end_of(clock.today() + timedelta(days=7)),
        )
    )
    session.flush()
    return position


def _submissions(world: Any) -> None:
    from submissions.making import add_submissions

    add_submissions(world)
