"""The plainest valid thing of each kind, in the session of the test."""

from __future__ import annotations

from datetime import timedelta

import factory
from factory import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.alchemy import SQLAlchemyModelFactory
from sqlalchemy import select

from participation.accounts.models import NetworkRole, Role, User
from participation.bodies.models import PublicBody
from participation.comments.models import Comment, CommentKind, NilReturn, Support
from participation.consultations.models import (
    Consultation,
    ConsultationState,
    Provision,
    TextVersion,
    VersionState,
)
from participation.foundation import clock
from participation.foundation.database import new_key, session
from participation.organisations.models import (
    Membership,
    MembershipRole,
    Organisation,
    OrganisationState,
)
from participation.positions.models import Point, Position
from participation.unfinished.models import UnfinishedText

# "geslo-za-preizkus-123" hashed once, so that tests do not pay for hashing.
PASSWORD = "geslo-za-preizkus-123"


class Factory(SQLAlchemyModelFactory):
    class Meta:
        abstract = True
        sqlalchemy_session = session
        sqlalchemy_session_persistence = "flush"


class UserFactory(Factory):
    class Meta:
        model = User

    name = Sequence(lambda n: f"Oseba {n}")
    email = Sequence(lambda n: f"oseba{n}@primer.example")
    language = "en"
    active = True
    confirmed_at = LazyFunction(clock.now)
    fs_uniquifier = LazyFunction(new_key)


class UnfinishedTextFactory(Factory):
    """A comment that its writer has not sent."""

    class Meta:
        model = UnfinishedText

    user_id = LazyFunction(lambda: UserFactory().id)
    place = Sequence(lambda n: f"comments.post:odlok:{n}")
    title = Sequence(lambda n: f"Pripomba na odlok {n}")
    address = "/consultations/odlok/comments"
    fields = LazyFunction(lambda: [{"name": "source", "label": "Comment", "values": ["Zapis."], "written": True}])
    writer_key = "a"


def user_with(role: NetworkRole, **values: object) -> User:
    """A person with a role in the whole network."""
    row = session.scalar(select(Role).where(Role.name == role.value)) or Role(name=role.value)
    return UserFactory(roles=[row], **values)


def coordinator(**values: object) -> User:
    return user_with(NetworkRole.COORDINATOR, **values)


def council_representative(**values: object) -> User:
    return user_with(NetworkRole.COUNCIL_REPRESENTATIVE, **values)


def administrator(**values: object) -> User:
    return user_with(NetworkRole.ADMINISTRATOR, **values)


class OrganisationFactory(Factory):
    class Meta:
        model = Organisation

    name = Sequence(lambda n: f"Društvo za preizkus {n}")
    name_skeleton = LazyAttribute(lambda organisation: organisation.name.lower())
    slug = Sequence(lambda n: f"drustvo-{n}")
    legal_form = "association"
    municipality = "SI-011"
    email = Sequence(lambda n: f"pisarna{n}@primer.example")
    state = OrganisationState.ADMITTED
    applicant = SubFactory(UserFactory)


class MembershipFactory(Factory):
    class Meta:
        model = Membership

    user = SubFactory(UserFactory)
    organisation = SubFactory(OrganisationFactory)
    role = MembershipRole.CONTRIBUTOR
    began_at = LazyFunction(clock.now)


def representative(organisation: Organisation | None = None, **values: object) -> User:
    """A person with the mandate of an organisation (a new member organisation by default)."""
    organisation = organisation or OrganisationFactory()
    membership = MembershipFactory(
        organisation=organisation, user=UserFactory(**values), role=MembershipRole.REPRESENTATIVE
    )
    session.flush()
    session.expire(membership.user, ["memberships"])
    return membership.user


def contributor(organisation: Organisation | None = None, **values: object) -> User:
    organisation = organisation or OrganisationFactory()
    membership = MembershipFactory(organisation=organisation, user=UserFactory(**values))
    session.flush()
    session.expire(membership.user, ["memberships"])
    return membership.user


class PublicBodyFactory(Factory):
    class Meta:
        model = PublicBody

    name = Sequence(lambda n: f"Občina Preizkus {n}")
    slug = Sequence(lambda n: f"obcina-preizkus-{n}")
    kind = "občina"
    level = "municipal"


class ConsultationFactory(Factory):
    """Published and open for comments today, with one published version of two articles."""

    class Meta:
        model = Consultation

    title = Sequence(lambda n: f"Odlok o preizkusu {n}")
    slug = Sequence(lambda n: f"odlok-o-preizkusu-{n}")
    body = SubFactory(PublicBodyFactory)
    state = ConsultationState.PUBLISHED
    opens_on = LazyFunction(lambda: clock.today() - timedelta(days=3))
    internal_deadline_on = LazyFunction(lambda: clock.today() + timedelta(days=7))
    cosigning_from_on = LazyFunction(lambda: clock.today() + timedelta(days=10))
    official_deadline_on = LazyFunction(lambda: clock.today() + timedelta(days=20))
    published_at = LazyFunction(clock.now)
    created_by = SubFactory(UserFactory)

    @factory.post_generation
    def articles(self: Consultation, create: bool, number: int | None, **_: object) -> None:  # type: ignore[misc]
        version = TextVersion(
            consultation=self, number=1, state=VersionState.PUBLISHED, title=self.title, published_at=clock.now()
        )
        for index in range(number if number is not None else 2):
            version.provisions.append(
                Provision(
                    position=index + 1,
                    kind="article",
                    label=f"{index + 1}. člen",
                    level=4,
                    text=f"To je besedilo {index + 1}. člena.",
                    html=f"<p>To je besedilo {index + 1}. člena.</p>",
                    path=f"{index + 1}. člen",
                )
            )
        session.add(version)
        session.flush()


class CommentFactory(Factory):
    class Meta:
        model = Comment

    consultation = SubFactory(ConsultationFactory)
    version = LazyAttribute(lambda comment: comment.consultation.versions[0])
    author = SubFactory(UserFactory)
    kind = CommentKind.GENERAL
    source = Sequence(lambda n: f"Pripomba številka {n}.")
    html = LazyAttribute(lambda comment: f"<p>{comment.source}</p>")
    renderer = 1
    form_key = LazyFunction(new_key)


class SupportFactory(Factory):
    class Meta:
        model = Support

    comment = SubFactory(CommentFactory)
    organisation = SubFactory(OrganisationFactory)
    user_id = LazyFunction(lambda: UserFactory().id)


class NilReturnFactory(Factory):
    class Meta:
        model = NilReturn

    consultation = SubFactory(ConsultationFactory)
    organisation = SubFactory(OrganisationFactory)
    given_by_id = LazyFunction(lambda: UserFactory().id)


class PositionFactory(Factory):
    """A position that is being drafted, with one point on the first article."""

    class Meta:
        model = Position

    consultation = SubFactory(ConsultationFactory)
    title = Sequence(lambda n: f"Skupno stališče {n}")
    slug = Sequence(lambda n: f"skupno-stalisce-{n}")
    summary = "Prva zahteva"
    created_by = SubFactory(UserFactory)

    @factory.post_generation
    def with_point(self: Position, create: bool, wanted: bool | None, **_: object) -> None:  # type: ignore[misc]
        if wanted is False:
            return
        provision = self.consultation.versions[0].provisions[0]
        self.points.append(
            Point(
                number=1, existing=provision.text, demanded="Novo besedilo.", reasons="Ker.", provisions=[provision]
            )
        )
        session.flush()
