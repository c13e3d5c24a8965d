"""Two people at the same moment, on connections of their own."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from factories import OrganisationFactory, UserFactory, representative
from sqlalchemy import func, select

from participation.accounts.models import User
from participation.foundation.access import Refused
from participation.foundation.database import Conflict, session
from participation.organisations import operations, queries
from participation.organisations.models import Membership, MembershipState, Organisation, Profile


def at_once(app: Any, acts: list[Callable[[], None]]) -> list[str]:
    """Do all acts in threads that start together; what each came to, in order of its name."""
    session.commit()
    start, outcomes = Barrier(len(acts)), []

    def run(act: Callable[[], None]) -> None:
        with app.app_context():
            start.wait()
            try:
                act()
                session.commit()
                outcomes.append("done")
            except (Refused, Conflict) as error:
                session.rollback()
                outcomes.append(type(error).__name__)
            finally:
                session.remove()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session.expire_all()
    return sorted(outcomes)


def test_two_representatives_who_remove_each_other_leave_one(app: Any) -> None:
    organisation = OrganisationFactory()
    first, second = representative(organisation), representative(organisation)
    pairs = [(first.id, second.id), (second.id, first.id)]

    def removes(actor_id: int, removed_id: int) -> Callable[[], None]:
        def act() -> None:
            actor = session.get_one(User, actor_id)
            place = session.scalars(select(Membership).where(Membership.user_id == removed_id)).one()
            operations.remove_person(actor, place)

        return act

    assert at_once(app, [removes(*pair) for pair in pairs]) == ["Refused", "done"]
    assert queries.number_of_representatives(organisation) == 1


def test_a_person_who_asks_twice_at_once_asks_once(app: Any) -> None:
    organisation, person = OrganisationFactory(), UserFactory()
    person_id, organisation_id = person.id, organisation.id

    def ask() -> None:
        asking = session.get_one(User, person_id)
        operations.request_membership(asking, queries.organisation_by_id(organisation_id))

    assert at_once(app, [ask] * 4) == ["done"] * 4
    assert session.scalar(select(func.count(Membership.id)).where(Membership.state == MembershipState.REQUESTED)) == 1


def test_two_applications_under_one_name_at_once_make_one(app: Any) -> None:
    people = [UserFactory().id for _time in range(3)]
    profile = Profile(name="Društvo Jelka", legal_form="association", municipality="SI-011", email="j@jelka.example")

    def applies(person_id: int) -> Callable[[], None]:
        def act() -> None:
            person = session.get_one(User, person_id)
            operations.apply_for_admission(person, profile, f"kljuc-{person_id}")

        return act

    assert at_once(app, [applies(person_id) for person_id in people]) == ["Conflict", "Conflict", "done"]
    assert session.scalar(select(func.count(Organisation.id))) == 1
