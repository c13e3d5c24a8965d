"""The submissions' rows in the table of doors."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from architecture.doors import Door
from flask import current_app
from submissions.making import handed_over

from participation.consultations.operations import begin_version, publish_adopted_text
from participation.foundation import clock
from participation.foundation.database import session
from participation.foundation.sealing import seal
from participation.submissions.emails import Covering
from participation.submissions.models import (
    PURPOSE,
    Channel,
    DeliveryKind,
    DocumentFormat,
    Enclosure,
    Outcome,
    preview_fingerprint,
)
from participation.submissions.operations import (
    DraftAnswer,
    MadeDocument,
    Way,
    confirm_answers,
    keep_uptake,
    produce_documents,
    revoke_link,
    save_drafts,
)
from participation.submissions.operations.deliveries import keep_delivery
from participation.submissions.queries import answers_of, contents_now, state_of_answers
from participation.submissions.queries.deliveries import confirmations_of, deliveries_of, live_link
from participation.submissions.queries.replies import drafts_of, state_of_drafts
from participation.submissions.queries.uptake import uptakes_of
from participation.texts.uptake import Finding, Verdict

LEADERS = {"council": 200, "coordinator": 200}
LEAD = {"council": 303, "coordinator": 303}


def compiled(world: Any) -> dict[str, Any]:
    return {"slug": world.compiled_submission.slug}


def frozen(world: Any) -> dict[str, Any]:
    return {"slug": world.frozen_submission.slug}


def sent(world: Any) -> dict[str, Any]:
    return {"slug": world.sent_submission.slug}


def consultation(world: Any) -> dict[str, Any]:
    return {"slug": world.cosigning_consultation.slug}


def content(world: Any) -> dict[str, Any]:
    return {
        "title": "Nova oddaja",
        "language": "sl",
        "positions": [world.opened_position.id],
        "addressees": [world.body.id],
        "revision": world.compiled_submission.revision,
        "form_key": "a-key-of-the-doors",
    }


def freezing(world: Any) -> dict[str, Any]:
    site = current_app.config["SETTINGS"].public_url
    contents = contents_now(world.compiled_submission, f"{site}/submissions/{world.compiled_submission.slug}")
    return {"sha256_seen": preview_fingerprint(contents)}


def sending(world: Any) -> dict[str, Any]:
    return handed_over(*world.frozen_submission.addressees)


def letter(world: Any) -> Any:
    """The letter that its body got by mail."""
    submission, body = world.sent_submission, world.body
    [made] = [one for one in deliveries_of(submission) if one.body_id == body.id] or [
        keep_delivery(
            world.people["coordinator"],
            submission,
            Way(body, Channel.EMAIL, Enclosure.LINK, "info@obcina.example"),
            Covering("Zadeva", "Dopis"),
            form_key="the-letter",
            kind=DeliveryKind.SUBMISSION,
        )
    ]
    session.flush()
    return made


def of_letter(world: Any) -> dict[str, Any]:
    return {**sent(world), "number": letter(world).id}


def of_returned_letter(world: Any) -> dict[str, Any]:
    letter(world).returned_at = clock.now()
    return of_letter(world)


def link(world: Any) -> Any:
    letter(world)
    return live_link(world.sent_submission, world.body)


def of_link(world: Any) -> dict[str, Any]:
    return {**sent(world), "number": link(world).id}


def token(world: Any) -> dict[str, Any]:
    return {"token": f"{link(world).key}.{seal(PURPOSE, link(world).key)}"}


def revoked_token(world: Any) -> dict[str, Any]:
    values = token(world)
    revoke_link(world.people["coordinator"], link(world), because="Izgubljena.")
    return values


def reply(world: Any) -> dict[str, Any]:
    point = world.sent_submission.points[0]
    return {"points-0-point_id": point.id, "points-0-outcome": "accepted", "points-0-words": "Da."}


def draft(world: Any) -> dict[str, Any]:
    values = token(world)
    point = world.sent_submission.points[0]
    save_drafts(link(world), {point.id: DraftAnswer(Outcome.ACCEPTED, "Da.", 0)})
    return values


def confirming(world: Any) -> dict[str, Any]:
    seen = state_of_drafts(drafts_of(world.sent_submission, world.body))
    return {"name": "Ana", "function": "vodja", "seen": seen, "form_key": "the-confirmation"}


def of_confirmation(world: Any) -> dict[str, Any]:
    draft(world)
    made = confirm_answers(link(world), **confirming(world))
    return {**sent(world), "number": made.id}


def late(world: Any) -> dict[str, Any]:
    world.sent_submission.answer_due_on = clock.today() - timedelta(days=1)
    return sent(world)


def adopted(world: Any) -> dict[str, Any]:
    """The draft was adopted as it stood, and the points of the sent submission were compared with it."""
    consultation, lead = world.cosigning_consultation, world.people["coordinator"]
    version = begin_version(lead, consultation)
    publish_adopted_text(lead, version, adopted_on=clock.today(), source="Uradni list")
    found = {point.id: Finding(Verdict.NOT, (), ("x",), (), 0.0) for point in world.sent_submission.points}
    keep_uptake(lead, world.sent_submission, version, found)
    session.commit()
    return sent(world)


def of_adopted(world: Any) -> dict[str, Any]:
    return {**adopted(world), "number": 1}


def taken_over(world: Any) -> dict[str, Any]:
    seen = state_of_answers(answers_of(world.sent_submission, world.body))
    return {"rows-0-point": "1", "rows-0-outcome": "accepted", "rows-0-words": "Da.", "source": "tabela.xlsx",
            "answered_on": clock.today().isoformat(), "seen": seen}  # fmt: skip


def again(world: Any) -> dict[str, Any]:
    return {"way-body_id": world.body.id, "way-way": "otherwise", "way-channel": "post", "form_key": "again",
            "way-handed_over_on": clock.today().isoformat()}  # fmt: skip


def with_document(world: Any) -> dict[str, Any]:
    """The worker has made one of its documents."""
    made = MadeDocument(DocumentFormat.JSON, b"{}\n")
    produce_documents(world.people["coordinator"], world.sent_submission, [made])
    return {"slug": world.sent_submission.slug, "format": "json"}


DOORS = [
    Door("GET", "submissions.index", everyone=200),
    Door("GET", "submissions.show", values=sent, case="sent", everyone=200),
    Door("GET", "submissions.show", values=frozen, case="frozen", **LEADERS, everyone=404),
    Door("GET", "submissions.show", values=compiled, case="compiled", council=302, coordinator=302, everyone=404),
    Door("GET", "submissions.download", values=with_document, everyone=200),
    Door("GET", "submissions.download", case="not made yet", values=lambda world: {**sent(world), "format": "pdf"},
         everyone=503),
    Door("GET", "submissions.download", case="no such format", values=lambda world: {**sent(world), "format": "exe"},
         everyone=404),
    Door("GET", "submissions.documents", values=sent, everyone=200),
    Door("GET", "submissions.documents", values=frozen, case="frozen", **LEADERS, everyone=404),
    Door("GET", "submissions.text", values=sent, everyone=200),
    Door("GET", "submissions.text", values=frozen, case="frozen", **LEADERS, everyone=404),
    Door("GET", "submissions.compile", values=consultation, visitor=302, **LEADERS, everyone=403),
    Door("POST", "submissions.compile", values=consultation, form=content, visitor=401, **LEAD, everyone=403),
    Door("GET", "submissions.edit", values=compiled, **LEADERS, everyone=404),
    Door("POST", "submissions.edit", values=compiled, form=content, **LEAD, everyone=404),
    Door("POST", "submissions.edit", values=frozen, form=content, case="frozen", council=403, coordinator=403,
         everyone=404),
    Door("GET", "submissions.preview", values=compiled, **LEADERS, everyone=404),
    Door("POST", "submissions.freeze", values=compiled, form=freezing, **LEAD, everyone=404),
    Door("POST", "submissions.discard", values=compiled, **LEAD, everyone=404),
    Door("POST", "submissions.discard", values=sent, case="sent", visitor=401, everyone=403),
    Door("GET", "submissions.send", values=frozen, **LEADERS, everyone=404),
    Door("GET", "submissions.send", values=sent, case="sent", visitor=302, everyone=403),
    Door("POST", "submissions.send", values=frozen, form=sending, **LEAD, everyone=404),
    Door("GET", "submissions.deliveries", values=sent, visitor=302, **LEADERS, everyone=403),
    Door("GET", "submissions.deliveries", values=frozen, case="frozen", council=403, coordinator=403, everyone=404),
    Door("POST", "submissions.acknowledge_delivery", values=of_letter, visitor=401, **LEAD, everyone=403,
         form=lambda world: dict.fromkeys([f"acknowledge-{letter(world).id}-{one}" for one in ("name", "how")], "x")),
    Door("POST", "submissions.return_delivery", values=of_letter, visitor=401, **LEAD, everyone=403,
         form=lambda world: {f"return-{letter(world).id}-because": "No such user"}),
    Door("GET", "submissions.deliver_again", values=of_returned_letter, visitor=302, **LEADERS, everyone=403),
    Door("GET", "submissions.deliver_again", values=of_letter, case="nothing wrong", visitor=302, everyone=403),
    Door("POST", "submissions.deliver_again", values=of_returned_letter, form=again, visitor=401, **LEAD,
         everyone=403),
    Door("GET", "submissions.scan", values=of_letter, case="no scan", visitor=302, council=404, coordinator=404,
         everyone=403),
    Door("POST", "submissions.issue_link", values=lambda world: {**sent(world), "body": world.body.slug},
         form=lambda world: {f"issue-{world.body.id}-email": "a@b.example"}, visitor=401, **LEAD, everyone=403),
    Door("POST", "submissions.revoke_link", values=of_link, visitor=401, **LEAD, everyone=403,
         form=lambda world: {f"revoke-{link(world).id}-because": "Lost"}),
    Door("POST", "submissions.reopen_answers", values=of_confirmation, visitor=401, **LEAD, everyone=403,
         form=lambda world: {f"reopen-{confirmations_of(world.sent_submission)[0].id}-because": "A mistake"}),
    Door("GET", "submissions.add_erratum", values=sent, visitor=302, **LEADERS, everyone=403),
    Door("POST", "submissions.add_erratum", values=sent, form=lambda world: {"text": "Popravek."}, visitor=401,
         **LEAD, everyone=403),
    Door("GET", "submissions.private", values=token, everyone=200),
    Door("GET", "submissions.private", values=revoked_token, case="revoked", everyone=410),
    Door("GET", "submissions.private", values=lambda world: {"token": "guessed.guessed"}, case="guessed",
         everyone=404),
    Door("POST", "submissions.receive", values=token, form=lambda world: {"name": "Ana"}, everyone=303),
    Door("POST", "submissions.reply", values=token, form=reply, everyone=303),
    Door("POST", "submissions.reply", values=revoked_token, form=reply, case="revoked", everyone=410),
    Door("GET", "submissions.confirm", values=draft, everyone=200),
    Door("POST", "submissions.confirm", values=draft, form=confirming, everyone=303),
    Door("GET", "submissions.overdue", everyone=200),
    Door("GET", "submissions.remind", values=late, visitor=302, **LEADERS, everyone=403),
    Door("GET", "submissions.remind", values=sent, case="not late", visitor=302, everyone=403),
    Door("POST", "submissions.remind", values=late, visitor=401, **LEAD, everyone=403,
         form=lambda world: {"email": "a@b.example", "subject": "Opomnik", "text": "Prosimo.", "form_key": "remind"}),
    Door("GET", "submissions.uptake_by_year", everyone=200),
    Door("GET", "submissions.review_uptake", values=adopted, visitor=302, **LEADERS, everyone=403),
    Door("GET", "submissions.review_uptake", values=sent, case="not adopted", visitor=302, everyone=403),
    Door("POST", "submissions.confirm_uptake", values=adopted, visitor=401, **LEAD, everyone=403,
         form=lambda world: {"uptakes": [one.id for one in uptakes_of(world.sent_submission).values()]}),
    Door("GET", "submissions.correct_uptake", values=of_adopted, visitor=302, **LEADERS, everyone=403),
    Door("POST", "submissions.correct_uptake", values=of_adopted, visitor=401, **LEAD, everyone=403,
         form=lambda world: {"verdict": "part", "reason": "Ker.", "seen": 0}),
    Door("GET", "submissions.load_table", values=sent, visitor=302, **LEADERS, everyone=403),
    Door("POST", "submissions.load_table", values=sent, form=taken_over, visitor=401, **LEAD, everyone=403),
    Door("GET", "submissions.reply_table", values=token, everyone=200),
    Door("POST", "submissions.reply_table", values=token, form=taken_over, everyone=303),
    Door("POST", "submissions.reply_table", values=revoked_token, form=taken_over, case="revoked", everyone=410),
    Door("GET", "submissions.answer", values=sent, visitor=302, **LEADERS, everyone=403),
    Door("POST", "submissions.answer", values=sent, form=lambda world: {"seen": ""}, visitor=401, **LEAD,
         everyone=403),
]  # fmt: skip
