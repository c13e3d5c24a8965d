"""From the content's tables to a network that has lived."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from participation.accounts.models import NetworkRole, Operator, User
from participation.accounts.operations import open_account
from participation.bodies.models import Level
from participation.bodies.operations import load_bodies
from participation.bodies.queries import body_by_name
from participation.comments.models import Comment
from participation.consultations.models import Audience, Consultation
from participation.consultations.operations import (
    Description,
    conclude_consultation,
    describe_consultation,
    publish_consultation,
    upload_draft,
)
from participation.foundation import clock
from participation.foundation.access import demand
from participation.foundation.database import new_key, session
from participation.organisations.models import Invitation, MembershipRole, Organisation, Profile
from participation.organisations.operations import (
    accept_invitation,
    admit_organisation,
    apply_for_admission,
    ask_back_organisation,
)
from participation.texts.reading import read_draft

from ..queries import Labels, draft, entries, is_empty
from ..rules import may_load_demonstration
from .agreement import Agreement
from .conversation import Conversation
from .delivery import Delivery
from .revising import publish_adopted_text, publish_version
from .timetable import Timetable

PASSWORD = "predstavitev-mreze"  # noqa: S105 - printed by the command, and only for the demonstration
BEFORE_EVERYTHING = 430  # days


def load_demonstration(actor: Operator, address_of: Callable[[str], str]) -> None:
    """Fill an empty database with the demonstration network; takes a few seconds.

    `address_of` gives the permanent public address of a submission by its slug. The caller
    commits. Raises Refused when there is something in the database.
    """
    demand(may_load_demonstration(actor, is_empty=is_empty()))
    Demonstration(actor, address_of).live()


class Demonstration:
    """The network while it comes to be: who is who by the content's keys."""

    def __init__(self, actor: Operator, address_of: Callable[[str], str]) -> None:
        self.operator = actor
        self.address_of = address_of
        self.time = Timetable(clock.now())
        self.people: dict[str, User] = {}
        self.organisations: dict[str, Organisation] = {}
        self.consultations: dict[str, Consultation] = {}
        self.labels: dict[str, Labels] = {}
        self.comments: dict[str, Comment] = {}

    def live(self) -> None:
        self.time.at(self.time.day(-BEFORE_EVERYTHING), self._open_accounts)
        for entry in entries("organisations.toml", "organisation"):
            self._plan_organisation(entry)
        for entry in entries("consultations.toml", "consultation"):
            self._plan_consultation(entry)
        Conversation(self).plan()
        for entry in entries("versions.toml", "version"):
            self._plan_version(entry)
        agreement = Agreement(self)
        agreement.plan()
        Delivery(self, agreement).plan()
        self.time.live()
        self._plan_conclusions()

    def _open_accounts(self) -> None:
        load_bodies(self.operator)
        for entry in entries("people.toml", "person"):
            roles = [role for role in NetworkRole if entry.get(role.value.replace("-", "_"))]
            self.people[entry["key"]] = open_account(
                self.operator, entry["name"], entry["email"], PASSWORD, entry["language"], roles
            )

    # Organisations

    def _plan_organisation(self, entry: dict[str, Any]) -> None:
        applied = self.time.day(-entry["applied_days_ago"])
        self.time.at(applied, lambda: self._apply(entry))
        if entry["state"] == "admitted":
            self.time.at(self.time.day(-entry["admitted_days_ago"]), lambda: self._admit(entry))
        if entry["state"] == "asked-back":
            moment = applied + timedelta(hours=26)
            self.time.at(min(moment, self.time.now), lambda: self._ask_back(entry))

    def _apply(self, entry: dict[str, Any]) -> None:
        profile = Profile(
            name=entry["name"],
            short_name=entry["short_name"],
            legal_form=entry["legal_form"],
            municipality=entry["municipality"],
            registration_number=entry["registration_number"],
            tax_number=entry["tax_number"],
            fields_of_work=entry["fields"],
            email=entry["email"],
            phone=entry["phone"],
            website=entry["website"],
            description=entry["description"],
            mandate_statement=entry["statement_of_mandate"],
        )
        applicant = self.people[self._first_representative(entry)]
        self.organisations[entry["key"]] = apply_for_admission(applicant, profile, new_key())

    @staticmethod
    def _first_representative(entry: dict[str, Any]) -> str:
        return next(str(member["person"]) for member in entry["member"] if member["role"] == "representative")

    def _admit(self, entry: dict[str, Any]) -> None:
        organisation = self.organisations[entry["key"]]
        admit_organisation(self.people["mojca"], organisation)
        present = self._first_representative(entry)
        for member in entry["member"]:
            if member["person"] != present:
                self._join(organisation, self.people[member["person"]], MembershipRole(member["role"]), present)
        for member in entry["member"]:
            session.flush()
            session.expire(self.people[member["person"]], ["memberships"])

    def _join(self, organisation: Organisation, person: User, role: MembershipRole, invited_by: str) -> None:
        """As if invited; the token is thrown away, because nobody reads that mail."""
        invitation = Invitation(
            organisation=organisation,
            email=person.email,
            role=role,
            token_sha256=new_key(),
            invited_by=self.people[invited_by],
            invited_at=clock.now(),
            expires_at=clock.now() + timedelta(days=14),
            form_key=new_key(),
        )
        session.add(invitation)
        session.flush()
        accept_invitation(person, invitation)

    def _ask_back(self, entry: dict[str, Any]) -> None:
        ask_back_organisation(self.people["mojca"], self.organisations[entry["key"]], entry["asked_because"])

    # Consultations

    def _plan_consultation(self, entry: dict[str, Any]) -> None:
        days = min(entry["opens_in"], entry["published_in"]) if entry["phase"] == "announced" else entry["opens_in"]
        today = clock.local(self.time.now).date()
        opening = clock.start_of(today + timedelta(days=days)) + timedelta(minutes=1)
        self.time.at(min(opening, self.time.now), lambda: self._open(entry))

    def _open(self, entry: dict[str, Any]) -> None:
        leader = self.people[entry["opened_by"]]
        content = draft(entry["draft"])
        consultation = upload_draft(
            leader,
            read_draft(content, entry["draft"]),
            content,
            entry["draft"],
            "text/markdown",
            title=entry["title"],
            opens_on=self._date(entry, "opens_in"),
            internal_deadline_on=self._date(entry, "internal_deadline_in"),
            is_express=entry["express"],
        )
        body = body_by_name(entry["body"])
        describe_consultation(
            leader,
            consultation,
            Description(
                title=entry["title"],
                language="sl",
                summary=entry["summary"],
                why_it_matters=entry["why_it_matters"],
                body_id=body.id if body else None,
                level=Level(entry["level"]),
                municipalities=entry["municipalities"],
                topics=entry["topics"],
                act_kind=entry["kind_of_act"],
                identifiers={"eva": entry["eva"], "epa": "", "gazette": entry["official_gazette"]},
                published_by_body_on=self._date(entry, "published_in"),
                period_rule=entry["period_rule"],
                contact=entry["contact"],
                audience=Audience(entry["who_may_comment"]),
                is_express=entry["express"],
                cosigning_from_on=self._date(entry, "cosigning_opens_in"),
                official_deadline_on=self._date(entry, "official_deadline_in"),
            ),
        )
        publish_consultation(leader, consultation)
        self.consultations[entry["key"]] = consultation
        self.labels[entry["key"]] = Labels(consultation)

    def _date(self, entry: dict[str, Any], field: str) -> date | None:
        if field not in entry:
            return None
        return clock.local(self.time.now).date() + timedelta(days=entry[field])

    def _plan_conclusions(self) -> None:
        for entry in entries("consultations.toml", "consultation"):
            if "concluded_in" not in entry:
                continue
            leader, consultation = self.people[entry["opened_by"]], self.consultations[entry["key"]]
            with clock.stopped(self.time.day(entry["concluded_in"])):
                conclude_consultation(leader, consultation)
                session.flush()

    def _plan_version(self, entry: dict[str, Any]) -> None:
        def publish() -> None:
            leader, consultation = self.people["mojca"], self.consultations[entry["consultation"]]
            adopted_on = self._date(entry, "adopted_in")
            if adopted_on is None:
                publish_version(leader, consultation, entry["change"])
                return
            publish_adopted_text(
                leader, consultation, entry["change"], adopted_on=adopted_on, source=entry["adopted_source"]
            )

        self.time.at(self.time.day(entry["published_in"]), publish)

    def speaker(self, organisation: str) -> tuple[User, Organisation]:
        """A representative of an organisation, and the organisation."""
        entry = next(row for row in entries("organisations.toml", "organisation") if row["key"] == organisation)
        return self.people[self._first_representative(entry)], self.organisations[organisation]
