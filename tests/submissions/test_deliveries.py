"""Letters to bodies: queued, taken or refused by a real mail server, come back, sent again, corrected beside."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from factories import OrganisationFactory, PublicBodyFactory, coordinator
from sqlalchemy import select, text, update
from sqlalchemy.exc import DatabaseError
from submissions.making import (
    consultation_in_cosigning,
    cosigned,
    delivered,
    frozen,
    opened_position,
    submission_of,
)

from participation.foundation import clock, outbox
from participation.foundation.access import Refused
from participation.foundation.database import session
from participation.submissions.models import (
    Channel,
    Delivery,
    DeliveryKind,
    DeliveryState,
    DocumentFormat,
    Enclosure,
    Submission,
    SubmissionState,
)
from participation.submissions.operations import (
    MadeDocument,
    Scan,
    Way,
    acknowledge_delivery,
    add_erratum,
    deliver_again,
    deliver_submission,
    issue_link_anew,
    produce_documents,
    return_delivery,
)
from participation.submissions.queries import waiting_for
from participation.submissions.queries.deliveries import deliveries_of, letters_in_trouble, live_link
from participation.web import mailing


class MailServer:
    """Takes mails as `manner` says: well, "refuse", "slow" or "drop" (it hangs up once it has the mail)."""

    def __init__(self) -> None:
        self.manner = "well"
        self.mails: list[Any] = []

    async def handle_RCPT(self, server: Any, connection: Any, envelope: Any, address: str, options: Any) -> str:
        if self.manner == "refuse":
            return "550 5.1.1 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, connection: Any, envelope: Any) -> str:
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.manner == "slow":
            await asyncio.sleep(3)
        if self.manner == "drop":
            server.transport.abort()  # type: ignore[union-attr]
        return "250 OK"


@contextmanager
def serving(app: Any, monkeypatch: Any) -> Iterator[MailServer]:
    server = MailServer()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(before, mail_server=f"127.0.0.1:{port}", mail_from="mreza@primer.example")
    monkeypatch.setattr(mailing, "SECONDS_TO_WAIT", 1)
    controller = Controller(server, hostname="127.0.0.1", port=port)
    server.start = controller.start  # type: ignore[attr-defined]
    try:
        yield server
    finally:
        app.config["SETTINGS"] = before
        controller.stop(no_assert=True)


@pytest.fixture
def mail_server(app: Any, monkeypatch: Any) -> Iterator[MailServer]:
    with serving(app, monkeypatch) as server:
        yield server


@pytest.fixture
def lead(app: Any, stopped_clock: Any) -> Any:
    return coordinator()


@pytest.fixture
def waiting(lead: Any) -> Submission:
    """Frozen, for two addressees, with one body in copy."""
    position = opened_position(consultation_in_cosigning(), lead, points=2)
    cosigned(position, OrganisationFactory())
    bodies = [PublicBodyFactory(name=name) for name in ("Občina Prva", "Občina Druga")]
    copies = [PublicBodyFactory(name="Ministrstvo")]
    return frozen(
        submission_of(position, lead, addressees=bodies, copies=copies, language="en", title="Naše pripombe")
    )


def with_documents(submission: Submission) -> Submission:
    made = [MadeDocument(one, b"%" + one.encode()) for one in DocumentFormat]
    produce_documents(submission.compiled_by, submission, made)
    return submission


def work() -> None:
    session.commit()
    while outbox.work_once():
        pass


def letters(submission: Submission) -> list[Delivery]:
    session.expire_all()
    return [one for one in deliveries_of(submission)]


def states(submission: Submission) -> set[DeliveryState]:
    return {one.state for one in letters(submission)}


def test_each_body_gets_its_own_letter_with_the_documents(waiting: Submission, mail_server: MailServer) -> None:
    mail_server.start()  # type: ignore[attr-defined]
    delivered(with_documents(waiting), enclosed=Enclosure.DOCUMENTS)
    assert states(waiting) == {DeliveryState.QUEUED}
    work()
    assert states(waiting) == {DeliveryState.HANDED_TO_SERVER}
    mails = {mail["To"]: mail for mail in mail_server.mails}
    assert len(mails) == 3
    for body in waiting.addressees:
        mail = mails[f"body-{body.id}@obcina.example"]
        said = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
        [other] = [one.name for one in waiting.addressees if one is not body]
        assert f"Addressed to as well: {other}\nFor information: Ministrstvo" in said
        assert f"/answer/{live_link(waiting, body).key}." in said  # type: ignore[union-attr]
        assert mail["Subject"] == "Submission: Naše pripombe"
        assert mail["Reply-To"]
        assert mail["Auto-Submitted"] is None
        assert [part.get_filename().rpartition(".")[2] for part in mail.iter_attachments()] == ["pdf", "docx", "xlsx"]
        assert "/answer/" in mail.get_body(("html",)).get_content()
    copy = mails[f"body-{waiting.copies[0].id}@obcina.example"].get_body(("plain",)).get_content()
    assert "no answer is expected of you" in copy
    assert "/answer/" not in copy


def test_nothing_that_is_stored_opens_the_private_page(waiting: Submission, mail_server: MailServer) -> None:
    delivered(waiting)
    work()
    session.expire_all()
    stored = " ".join(str(item.payload) for item in session.scalars(select(outbox.OutboxItem)))
    stored += " ".join(one.letter for one in letters(waiting))
    assert "/answer/" not in stored
    assert states(waiting) == {DeliveryState.QUEUED}  # The mail server is down.


def test_a_mail_server_that_is_down_is_tried_again_with_the_same_message_id(
    waiting: Submission, mail_server: MailServer, stopped_clock: Any
) -> None:
    delivered(waiting)
    work()
    assert {(one.state, one.tries) for one in letters(waiting)} == {(DeliveryState.QUEUED, 1)}
    mail_server.start()  # type: ignore[attr-defined]
    stopped_clock(clock.now() + timedelta(minutes=1))
    work()
    assert states(waiting) == {DeliveryState.HANDED_TO_SERVER}
    assert len({mail["Message-ID"] for mail in mail_server.mails}) == len(mail_server.mails) == 3


@pytest.mark.parametrize("manner", ["slow", "drop"])
def test_a_mail_server_that_breaks_off_after_data_may_get_the_mail_twice_under_one_message_id(
    waiting: Submission, mail_server: MailServer, stopped_clock: Any, manner: str
) -> None:
    waiting.addressees, waiting.copies = waiting.addressees[:1], []
    mail_server.start()  # type: ignore[attr-defined]
    mail_server.manner = manner
    delivered(waiting)
    work()
    [letter] = letters(waiting)
    assert (letter.state, letter.tries) == (DeliveryState.QUEUED, 1)
    mail_server.manner = "well"
    stopped_clock(clock.now() + timedelta(minutes=1))
    work()
    assert states(waiting) == {DeliveryState.HANDED_TO_SERVER}
    assert len(mail_server.mails) == 2
    assert len({mail["Message-ID"] for mail in mail_server.mails}) == 1
    work()
    assert len(mail_server.mails) == 2


def test_what_the_mail_server_refuses_for_good_is_a_task_at_once(
    waiting: Submission, mail_server: MailServer, lead: Any
) -> None:
    mail_server.start()  # type: ignore[attr-defined]
    mail_server.manner = "refuse"
    delivered(waiting)
    assert letters_in_trouble() == []
    work()
    assert states(waiting) == {DeliveryState.FAILED}
    assert "No such user here" in letters(waiting)[0].trouble
    tasks = [task for task in waiting_for(lead, None) if task.endpoint == "submissions.deliveries"]
    assert len(tasks) == 3
    letter = letters(waiting)[0]
    mail_server.manner = "well"
    way = Way(letter.body, Channel.EMAIL, Enclosure.LINK, "prava@obcina.example")
    for _press in range(2):
        deliver_again(lead, letter, way, form_key="again")
    work()
    assert [mail["To"] for mail in mail_server.mails] == ["prava@obcina.example"]
    assert letter.id not in {one.id for one in letters_in_trouble()}
    assert len(letters_in_trouble()) == 2
    second = letters(waiting)[1]
    handed = Way(
        second.body, Channel.BY_HAND, handed_over_on=clock.today(), register_number="354-1",
        scan=Scan(b"%PDF-1", "potrdilo.pdf", "application/pdf"),
    )  # fmt: skip
    deliver_again(lead, second, handed, form_key="by hand")
    assert [one.body.name for one in letters_in_trouble()] == [letters(waiting)[2].body.name]
    assert letters(waiting)[-1].state is DeliveryState.HANDED_OVER


def test_a_mail_that_came_back_is_sent_again_and_a_good_one_is_not(waiting: Submission, lead: Any) -> None:
    delivered(waiting)
    letter = letters(waiting)[0]
    way = Way(letter.body, Channel.EMAIL, Enclosure.LINK, "prava@obcina.example")
    with pytest.raises(Refused):
        deliver_again(lead, letter, way, form_key="again")
    return_delivery(lead, letter, because="550 mailbox full")
    assert letter.state is DeliveryState.RETURNED
    deliver_again(lead, letter, way, form_key="again")
    assert len(letters(waiting)) == 4


def test_the_receipt_is_recorded_once(waiting: Submission, lead: Any) -> None:
    delivered(waiting)
    letter = letters(waiting)[0]
    acknowledge_delivery(lead, letter, name="Ana Novak", how="by telephone")
    assert (letter.state, letter.acknowledged_by) == (DeliveryState.ACKNOWLEDGED, "Ana Novak")
    with pytest.raises(Refused):
        acknowledge_delivery(lead, letter, name="Bor", how="by telephone")


def test_one_form_delivers_once_and_nothing_is_delivered_twice(waiting: Submission) -> None:
    delivered(waiting)
    delivered(waiting)
    assert len(letters(waiting)) == 3
    with pytest.raises(Refused):
        delivered(waiting, key="another form")


def test_a_body_without_a_way_stops_everything(waiting: Submission, lead: Any) -> None:
    ways = [Way(waiting.addressees[0], Channel.EMAIL, Enclosure.LINK, "a@b.example")]
    with pytest.raises(ValueError, match="exactly one way"):
        deliver_submission(lead, waiting, ways, form_key="x")
    session.rollback()
    assert session.scalar(select(Delivery.id)) is None


@pytest.mark.parametrize(
    "way",
    [
        {"to_email": "a@b.example\r\nBcc: c@d.example"},
        {"to_email": ""},
        {"channel": Channel.POST},
        {"channel": Channel.POST, "handed_over_on": "tomorrow"},
        {"enclosed": Enclosure.DOCUMENTS, "to_email": "a@b.example"},  # They are not made yet.
    ],
)
def test_a_way_that_cannot_be_is_refused(waiting: Submission, lead: Any, way: dict[str, Any]) -> None:
    if way.get("handed_over_on"):
        way = way | {"handed_over_on": clock.today() + timedelta(days=1)}
    with pytest.raises(Refused):
        deliver_submission(lead, waiting, [Way(waiting.addressees[0], **way)], form_key="x")


def test_an_erratum_stands_beside_and_goes_to_those_who_got_the_mail(
    waiting: Submission, mail_server: MailServer, lead: Any
) -> None:
    mail_server.start()  # type: ignore[attr-defined]
    delivered(waiting)
    work()
    return_delivery(lead, letters(waiting)[0], because="no such user")
    before = (waiting.sha256, waiting.canonical)
    for _press in range(2):
        add_erratum(lead, waiting, "In point 1, read **30 days**.", form_key="the erratum")
    work()
    sent = [mail for mail in mail_server.mails if mail["Subject"].startswith("Erratum")]
    assert len(sent) == 2
    assert "read **30 days**" in sent[0].get_body(("plain",)).get_content()
    session.expire_all()
    assert (waiting.sha256, waiting.canonical) == before
    assert [one.kind for one in letters(waiting)].count(DeliveryKind.ERRATUM) == 2


def test_a_new_private_address_ends_the_one_before_and_is_mailed(waiting: Submission, lead: Any) -> None:
    delivered(waiting)
    body = waiting.addressees[0]
    first = live_link(waiting, body)
    for _press in range(2):
        issue_link_anew(lead, waiting, body, "nova@obcina.example", form_key="anew")
    second = live_link(waiting, body)
    assert first is not None
    assert second is not None
    assert (first.is_live, second.is_live, first.key == second.key) == (False, True, False)
    assert [one.kind for one in letters(waiting)].count(DeliveryKind.LINK) == 1


CHANGES = [
    "UPDATE deliveries SET to_email = 'drugi@obcina.example'",
    "UPDATE deliveries SET letter = 'Nekaj drugega.'",
    "UPDATE deliveries SET body_id = body_id + 1",
    "UPDATE errata SET text = 'Nekaj drugega.'",
    "UPDATE submissions SET state = 'frozen'",
    "UPDATE submissions SET sent_on = '2020-01-01'",
]


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_itself_refuses_to_change_what_was_sent(waiting: Submission, lead: Any, change: str) -> None:
    delivered(waiting)
    add_erratum(lead, waiting, "Popravek.", form_key="the erratum")
    session.commit()
    with pytest.raises(DatabaseError):
        session.execute(text(change))
    session.rollback()
    session.execute(update(Delivery).values(returned_because="mailbox full"))
    assert waiting.state == SubmissionState.SENT
