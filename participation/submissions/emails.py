"""What bodies are sent, and what those who took part in a submission are told."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from participation.accounts.models import User
from participation.bodies.models import PublicBody
from participation.foundation import clock, region
from participation.foundation.days import written_day
from participation.foundation.language import _, force_locale
from participation.foundation.mail import Message
from participation.texts.writing.documents import shortened

from .models import Answer, Contents, Enclosure, Erratum, PointUptake, PrivateLink, Submission, our_reference

# So much of an answer stands in the mail; the whole of it is on the page.
LONGEST_QUOTE = 600
# So many points are named one by one in a mail; the others are counted.
MOST_NAMED = 30


@dataclass(frozen=True)
class Covering:
    """The letter of one body. In its mail the private address stands before the `ending`, which says who writes."""

    subject: str
    text: str
    ending: str = ""

    @property
    def whole(self) -> str:
        return "\n\n".join(part for part in (self.text, self.ending) if part)


def covering_letter(
    submission: Submission,
    contents: Contents,
    body: PublicBody,
    *,
    enclosed: Enclosure,
    answer_due_on: date | None,
    note: str = "",
) -> Covering:
    """In the submission's language. The body alone is addressed; the others stand as those who get it too."""
    with force_locale(submission.language):
        parts = [
            str(_("Dear Sir or Madam,")),
            _what_is_sent(contents),
            *([note] if note else []),
            _where_it_is(contents, enclosed),
            *_what_is_asked(submission, body, contents, enclosed, answer_due_on),
        ]
        ending = "\n\n".join(filter(None, [_who_gets_it_too(submission, body), _who_writes(contents, submission)]))
        subject = str(_("Submission: %(title)s", title=contents.title))
    return Covering(subject, "\n\n".join(part for part in parts if part), ending)


def _what_is_sent(contents: Contents) -> str:
    counts = str(_("Points: %(number)s.", number=len(contents.points)))
    if contents.signatories:
        counts += " " + str(_("Organisations that signed: %(number)s.", number=len(contents.signatories)))
    sent = _(
        "%(network)s sends you the submission “%(title)s”. It is about: %(subject)s.",
        network=contents.sender_name, title=contents.title, subject=contents.subject,
    )  # fmt: skip
    demands = [f"{number}. {one}" for number, one in enumerate(contents.summary, start=1)]
    if not demands:
        return f"{sent} {counts}"
    return f"{sent} {counts}\n\n" + "\n".join([str(_("The main demands:")), *demands])


def _where_it_is(contents: Contents, enclosed: Enclosure) -> str:
    public = _where_public(contents)
    if enclosed is Enclosure.DOCUMENTS:
        attached = _("The submission is attached as PDF and as a Word document, and its points as a table (XLSX).")
        return f"{attached}\n\n{public}"
    return public


def _where_public(contents: Contents) -> str:
    words = _("The submission, its documents and your answers stand on a public page:")
    return f"{words}\n{contents.address}"


def _what_is_asked(
    submission: Submission, body: PublicBody, contents: Contents, enclosed: Enclosure, due_on: date | None
) -> Sequence[str]:
    if body not in submission.addressees:
        return [str(_("You receive it for your information; no answer is expected of you."))]
    asked = (
        _("Please answer each point by %(day)s: accepted, partly accepted, rejected, noted or not competent, "
          "each with your reasons.", day=written_day(due_on, submission.language))
        if due_on
        else _("Please answer each point: accepted, partly accepted, rejected, noted or not competent, each with "
               "your reasons.")
    )  # fmt: skip
    ways = [_("on your private page, without an account")] if enclosed is not Enclosure.NOTHING else []
    ways.append(_("in the columns “Answer” and “Reasons for the answer” of the table of points, sent back to us"))
    ways.append(_("by letter or email; please state our reference %(reference)s",
                  reference=our_reference(submission.sha256)))  # fmt: skip
    listed = "\n".join([str(_("You can answer in any of these ways:")), *(f"– {way};" for way in ways[:-1])])
    return [str(asked), f"{listed}\n– {ways[-1]}."]


def _who_gets_it_too(submission: Submission, body: PublicBody) -> str:
    others = [one.name for one in submission.addressees if one.id != body.id]
    copies = [one.name for one in submission.copies if one.id != body.id]
    lines = []
    if others:
        lines.append(str(_("Addressed to as well: %(names)s", names="; ".join(others))))
    if copies:
        lines.append(str(_("For information: %(names)s", names="; ".join(copies))))
    return "\n".join(lines)


def _who_writes(contents: Contents, submission: Submission) -> str:
    lines = [contents.sender_name, *contents.sender_address, *contents.sender_contact]
    fingerprint = _("Fingerprint of the text (SHA-256): %(sha256)s", sha256=submission.sha256)
    return "\n".join(lines) + f"\n\n{fingerprint}"


def letter_to_body(delivery_key: str, submission: Submission, to: str, covering: Covering, link: PrivateLink | None,
                   attachments: Sequence[int] = ()) -> Message:  # fmt: skip
    """The mail that carries a letter; the private address is made when it leaves."""
    return Message(
        to=to,
        language=submission.language,
        template="submissions/emails/letter.txt",
        about=f"delivery-{delivery_key}",
        values={
            "subject": covering.subject,
            "letter": covering.text,
            "ending": covering.ending,
            "link": link.key if link is not None else "",
        },
        attachments=tuple(attachments),
        reply_to=region.current().email,
    )


def erratum_letter(submission: Submission, contents: Contents, erratum: Erratum) -> Covering:
    with force_locale(submission.language):
        parts = [
            str(_("Dear Sir or Madam,")),
            str(_("on %(day)s we sent you the submission “%(title)s”. In it something is to be corrected:",
                  day=written_day(submission.sent_on or clock.today(), submission.language), title=contents.title)),
            erratum.text,
            str(_("The submission itself stays as it was sent. The correction stands beside it on its public page:")),
            contents.address,
        ]  # fmt: skip
        ending = _who_writes(contents, submission)
        subject = str(_("Erratum: %(title)s", title=contents.title))
    return Covering(subject, "\n\n".join(parts), ending)


def answers_recorded(to: User, submission: Submission, body: PublicBody, answers: Sequence[Answer]) -> Message:
    """To a person whom these points concern: what the body answered to them.

    Once a person, body, day and set of points; a correction of the same day tells nobody anew.
    """
    numbers = [answer.point.number for answer in answers]
    told = hashlib.sha256(json.dumps(numbers).encode()).hexdigest()[:12]
    with force_locale(to.language):
        said = [
            {
                "number": answer.point.number,
                "article": answer.point.article,
                "outcome": str(answer.outcome_label),
                "words": shortened(answer.words, LONGEST_QUOTE),
            }
            for answer in answers
        ]
    return Message(
        to=to.email,
        language=to.language,
        template="submissions/emails/answers_recorded.txt",
        about=f"answers-recorded-{submission.id}-{body.id}-{clock.today().isoformat()}-{told}",
        values={"title": submission.title, "slug": submission.slug, "body": body.name, "answers": said},
    )


def uptake_confirmed(to: User, submission: Submission, uptakes: Sequence[PointUptake]) -> Message:
    """To a person whom these points concern: what became of them in the adopted text. One mail a submission."""
    adopted = uptakes[0].version
    with force_locale(to.language):
        said = [
            {
                "number": uptake.point.number,
                "article": uptake.point.article,
                "label": str(uptake.label),
                "reason": shortened(uptake.confirmation.reason, LONGEST_QUOTE) if uptake.confirmation else "",
            }
            for uptake in uptakes[:MOST_NAMED]
        ]
    return Message(
        to=to.email,
        language=to.language,
        template="submissions/emails/uptake_confirmed.txt",
        about=f"uptake-confirmed-{submission.id}",
        values={
            "title": submission.title,
            "slug": submission.slug,
            "consultation": submission.consultation.slug,
            "version": adopted.number,
            "day": written_day(adopted.adopted_on or clock.today(), to.language),
            "points": said,
            "more": max(0, len(uptakes) - MOST_NAMED),
        },
    )


def uptake_corrected(to: User, submission: Submission, uptake: PointUptake) -> Message:
    """To a person whom the point concerns and who was told otherwise before. One mail a correction."""
    said, before = uptake.confirmations[-1], uptake.confirmations[-2]
    with force_locale(to.language):
        values = {
            "title": submission.title,
            "slug": submission.slug,
            "number": uptake.point.number,
            "article": uptake.point.article,
            "label": str(said.label),
            "before": str(before.label),
            "reason": shortened(said.reason, LONGEST_QUOTE),
        }
    return Message(
        to=to.email,
        language=to.language,
        template="submissions/emails/uptake_corrected.txt",
        about=f"uptake-corrected-{said.id}",
        values=values,
    )


def link_letter(submission: Submission, contents: Contents) -> Covering:
    with force_locale(submission.language):
        parts = [
            str(_("Dear Sir or Madam,")),
            str(_("below is a new private address for your answer to the submission “%(title)s”. The one before "
                  "opens nothing any more; what you have written there so far is kept.", title=contents.title)),
            _where_public(contents),
        ]  # fmt: skip
        ending = _who_writes(contents, submission)
        subject = str(_("New private address: %(title)s", title=contents.title))
    return Covering(subject, "\n\n".join(parts), ending)


def body_answered(to: User, submission: Submission, body: PublicBody, confirmation_id: int, name: str) -> Message:
    """To those of the office: the body has confirmed answers at its private address."""
    return Message(
        to=to.email,
        language=to.language,
        template="submissions/emails/body_answered.txt",
        about=f"body-answered-{confirmation_id}",
        values={"title": submission.title, "slug": submission.slug, "body": body.name, "name": name},
    )


def reminder_letter(submission: Submission, contents: Contents, numbers: Sequence[int]) -> Covering:
    """A draft that the office changes as it likes. In the submission's language."""
    due_on = submission.answer_due_on or clock.today()
    with force_locale(submission.language):
        parts = [
            str(_("Dear Sir or Madam,")),
            str(_("on %(sent)s we sent you the submission “%(title)s” and asked you to answer each point by %(due)s. "
                  "We have not received your answer to these points yet: %(numbers)s.",
                  sent=written_day(submission.sent_on or clock.today(), submission.language), title=contents.title,
                  due=written_day(due_on, submission.language), numbers=", ".join(map(str, numbers)))),
            str(_("Please send it as soon as you can. On the public page of the submission these points are marked "
                  "“no reply” until then:")) + f"\n{contents.address}",
            str(_("Thank you.")),
            "\n".join([contents.sender_name, *contents.sender_contact]),
        ]  # fmt: skip
        subject = str(_("Reminder: %(title)s", title=contents.title))
    return Covering(subject, "\n\n".join(parts))
