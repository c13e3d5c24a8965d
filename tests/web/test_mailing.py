"""Mails as they arrive at a real mail server."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from conftest import MORNING
from sqlalchemy import select

from participation.foundation import mail, outbox
from participation.foundation.database import session
from participation.foundation.outbox import BACK_OFF, OutboxItem, State
from participation.web import Application
from participation.web.mailing import letter_of

TEMPLATES = Path(__file__).parents[2] / "templates"


class Inbox:
    """Takes what the mail server gets; `refusals` are answered before anything is taken."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.refusals: list[str] = []

    async def handle_DATA(self, server: Any, connection: Any, envelope: Any) -> str:
        if self.refusals:
            return self.refusals.pop(0)
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        self.recipients += envelope.rcpt_tos
        return "250 OK"


@pytest.fixture
def inbox(app: Application) -> Iterator[Inbox]:
    """A mail server on loopback that the program sends to during the test."""
    taken = Inbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(taken, hostname="127.0.0.1", port=port)
    controller.start()
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(before, mail_server=f"127.0.0.1:{port}", mail_from="mreza@primer.example")
    yield taken
    app.config["SETTINGS"] = before
    controller.stop()


def send(to: str = "ana@primer.example", language: str = "en", about: str = "trial-1", **values: Any) -> None:
    mail.send(mail.Message(to, language, "lobby/emails/trial.txt", about, {"name": "Ana", "item": 7, **values}))
    session.commit()


@pytest.fixture(autouse=True)
def trial_template(app: Application) -> Iterator[None]:
    """A template that only the tests have."""
    from jinja2 import ChoiceLoader, DictLoader

    before = app.jinja_env.loader
    source = (
        '{% extends "layout/email.txt" %}'
        "{% block subject %}Čestitke, {{ name }}{% endblock %}"
        '{% block body %}Dear {{ name }},\n\n{{ url_for("lobby_desk.outbox", item=item, _external=True) }}'
        "{% endblock %}"
    )
    app.jinja_env.loader = ChoiceLoader([DictLoader({"lobby/emails/trial.txt": source}), before])  # type: ignore[list-item]
    yield
    app.jinja_env.loader = before


def work() -> None:
    while outbox.work_once():
        pass


def test_a_mail_arrives_as_text_and_html_with_its_subject(inbox: Inbox) -> None:
    send()
    work()
    [message] = inbox.messages
    assert inbox.recipients == ["ana@primer.example"]
    assert message["Subject"] == "Čestitke, Ana"
    assert message["From"] == "mreza@primer.example"
    text = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert text.splitlines()[2] == "Dear Ana,"
    assert "Čestitke" not in text
    html = message.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert '<a href="http://localhost:8000/desk/outbox?item=7">' in html


def test_what_was_sent_is_not_kept_with_its_links(inbox: Inbox) -> None:
    send(token="only-for-ana")
    work()
    [item] = session.scalars(select(OutboxItem))
    session.refresh(item)
    assert item.payload["values"] == {}
    assert item.payload["to"] == "ana@primer.example"


def test_the_same_fact_is_told_once(inbox: Inbox) -> None:
    send()
    send()
    send(about="trial-2")
    work()
    assert len(inbox.messages) == 2


def test_a_refused_mail_is_tried_again_with_the_same_message_id(inbox: Inbox, stopped_clock: Any) -> None:
    inbox.refusals.append("451 try later")
    send()
    work()
    assert inbox.messages == []
    item = session.scalars(select(OutboxItem)).one()
    assert (item.state, item.attempts) == (State.WAITING, 1)
    stopped_clock(MORNING + BACK_OFF[0])
    work()
    [message] = inbox.messages
    assert message["Message-ID"] == f"<outbox-{item.id}.{int(MORNING.timestamp())}@primer.example>"


def test_what_a_person_is_called_cannot_add_mark_up_or_headers(inbox: Inbox) -> None:
    send(name="<b>Ana</b>\r\nBcc: vsi@primer.example")
    work()
    [message] = inbox.messages
    assert inbox.recipients == ["ana@primer.example"]
    assert message["Bcc"] is None
    assert "<b>" not in message.get_body(("html",)).get_content()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "address",
    [
        "ana@primer.example\r\nBcc: x@primer.example",
        "ana@primer.example, bor@primer.example",
        "ana@primer.example>",
        "ana primer@primer.example",
        "ana@primer@example",
        "ana",
        "a" * 250 + "@primer.example",
    ],
)
def test_only_the_address_of_one_mailbox_is_taken(app: Application, address: str) -> None:
    with pytest.raises(mail.BadAddress):
        send(to=address)


def test_a_demonstration_without_a_mail_server_shows_its_letters(app: Application) -> None:
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(before, demonstration=True)
    try:
        send()
        work()
        item = session.scalars(select(OutboxItem)).one()
        assert item.state == State.DONE
        letter = letter_of(item.payload)
        assert (letter.to, letter.subject) == ("ana@primer.example", "Čestitke, Ana")
    finally:
        app.config["SETTINGS"] = before


def test_anywhere_else_a_mail_waits_for_a_mail_server(app: Application) -> None:
    send()
    work()
    item = session.scalars(select(OutboxItem)).one()
    assert (item.state, item.last_error) == (State.WAITING, "NoMailServer: SOGLASJE_MAIL_SERVER is not set.")


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*/emails/*.txt")), ids=lambda path: path.stem)
def test_no_line_of_a_mail_ends_in_a_tag_that_swallows_its_newline(template: Path) -> None:
    """An address would stand glued to the words before it, and two paragraphs would be one."""
    assert "endtrans" not in template.read_text(encoding="utf-8")
