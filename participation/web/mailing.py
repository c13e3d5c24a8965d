"""Mails as they leave: a queued message becomes text and HTML, and goes to the mail server."""

from __future__ import annotations

import re
import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from flask import Flask, current_app, render_template
from markupsafe import Markup, escape

from participation.foundation import clock, files, mail, outbox, region
from participation.foundation.database import session
from participation.foundation.language import force_locale

ADDRESS_IN_TEXT = re.compile(r"https?://[^\s<>]+[^\s<>.,;:!?)»\"]")
SECONDS_TO_WAIT = 30


@dataclass(frozen=True)
class Letter:
    """A message in words, ready to be read."""

    to: str
    subject: str
    text: str
    html: str


def letter_of(payload: dict[str, Any]) -> Letter:
    """Put a queued message into words in the language of its reader."""
    settings = current_app.config["SETTINGS"]
    with current_app.test_request_context(base_url=settings.public_url), force_locale(payload["language"]):
        template = current_app.jinja_env.get_template(payload["template"])
        context = template.new_context(_values(payload))
        subject = " ".join("".join(template.blocks["subject"](context)).split())
        text = _tidy(template.render(_values(payload)))
        html = render_template(
            "layout/email.html", subject=subject, paragraphs=_paragraphs(text), language=payload["language"]
        )
    return Letter(payload["to"], subject, text, html)


def _values(payload: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = dict(current_app.jinja_env.globals)
    current_app.update_template_context(values)
    return values | {"network": region.current().name.in_language(payload["language"])} | payload["values"]


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _paragraphs(text: str) -> list[Markup]:
    """The text in paragraphs, with its addresses as links."""

    def linked(paragraph: str) -> Markup:
        parts, end = [], 0
        for match in ADDRESS_IN_TEXT.finditer(paragraph):
            parts.append(escape(paragraph[end : match.start()]))
            parts.append(Markup('<a href="{0}">{0}</a>').format(match.group()))
            end = match.end()
        parts.append(escape(paragraph[end:]))
        return Markup("").join(parts).replace("\n", Markup("<br>\n"))

    return [linked(paragraph) for paragraph in text.strip().split("\n\n")]


def as_email(letter: Letter, message_id: str, *, reply_to: str = "") -> EmailMessage:
    """The message for the mail server; the same item always has the same Message-ID."""
    settings = current_app.config["SETTINGS"]
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Message-ID"] = message_id
    message["Date"] = format_datetime(clock.now())
    if reply_to:
        message["Reply-To"] = reply_to
    else:
        message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message


def _attach(message: EmailMessage, numbers: list[int]) -> None:
    for number in numbers:
        file = session.get_one(files.StoredFile, number)
        kind, _slash, subkind = file.media_type.partition("/")
        message.add_attachment(file.content, maintype=kind, subtype=subkind, filename=file.name)


class NoMailServer(Exception):
    """Mails cannot leave: the settings name no mail server, and this is no demonstration."""


def _hand_over(message: EmailMessage, settings: Any) -> None:
    """Raises Hopeless where the mail server will never take this mail (5.x.x, RFC 3463)."""
    host, _colon, port = settings.mail_server.partition(":")
    try:
        with smtplib.SMTP(host, int(port or 25), timeout=SECONDS_TO_WAIT) as server:
            if settings.mail_starttls:
                server.starttls()
            if settings.mail_user:
                server.login(settings.mail_user, settings.mail_password)
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        [(code, words)] = error.recipients.values()
        if code >= 500:
            raise outbox.Hopeless(_said(code, words)) from error
        raise
    except smtplib.SMTPDataError as error:
        if error.smtp_code >= 500:
            raise outbox.Hopeless(_said(error.smtp_code, error.smtp_error)) from error
        raise


def _said(code: int, words: bytes | str) -> str:
    return f"{code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"


@outbox.handles(mail.KIND)
def deliver(item: outbox.OutboxItem) -> None:
    """Hand a mail to the mail server.

    A demonstration without one counts it as delivered, for it is read in the outbox; anywhere
    else it is tried again and in the end a dead letter that the office sees.
    """
    settings = current_app.config["SETTINGS"]
    if not settings.mail_server:
        if settings.demonstration:
            return
        raise NoMailServer("SOGLASJE_MAIL_SERVER is not set.")
    domain = settings.mail_from.rpartition("@")[2]
    message = as_email(
        letter_of(item.payload),
        f"<outbox-{item.id}.{int(item.created_at.timestamp())}@{domain}>",
        reply_to=item.payload.get("reply_to", ""),
    )
    _attach(message, item.payload.get("attachments", []))
    # The mail server may be slow: no transaction stays open while we talk to it.
    session.rollback()
    _hand_over(message, settings)
    # What was sent may hold a link that opens an account: it is not kept.
    item.payload = {**item.payload, "values": {}}


def join(app: Flask) -> None:
    app.extensions["soglasje.mailing"] = deliver
