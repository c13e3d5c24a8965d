"""The letter of a submission: its frozen contents as a document that can be written in every format."""

from __future__ import annotations

from participation.foundation.days import NO_BREAK, written_day
from participation.foundation.language import _, force_locale, ngettext
from participation.positions.models import Stance
from participation.texts.writing.documents import Dissent, Document, Labels, PointRow, Sender, Signatory

from .contents import Contents, SaidPoint, Signature, contents_from, fingerprint

# As many signs of the fingerprint, in groups of four, are the sender's reference of a letter.
REFERENCE_SIGNS, REFERENCE_GROUP = 12, 4


def letter_of(canonical: bytes) -> Document:
    """The document, from the canonical bytes alone; its fixed words are in the submission's language."""
    contents = contents_from(canonical)
    sha256 = fingerprint(canonical)
    with force_locale(contents.language):
        return Document(
            language=contents.language,
            title=contents.title,
            subject=contents.subject,
            sender=_sender(contents),
            addressees=contents.addressees,
            copies=contents.copies,
            place_and_date=place_and_date(contents),
            reference=contents.reference,
            our_reference=our_reference(sha256),
            summary=contents.summary,
            general=contents.general,
            points=tuple(_row(point) for point in contents.points),
            signatories=_signatories(contents),
            dissent=tuple(_apart(signature) for signature in contents.apart),
            fingerprint=sha256,
            address=contents.address,
            checkpoint=_checkpoint(contents),
            labels=_labels(len(contents.signatories)),
            dated=contents.day,
        )


def _sender(contents: Contents) -> Sender:
    """The network's own email, which stands last, belongs to the letterhead; the contact is a person's."""
    *contact, last = contents.sender_contact or ("",)
    if "@" not in last or " " in last:
        contact, last = list(contents.sender_contact), ""
    return Sender(contents.sender_name, contents.sender_address, tuple(contact), last)


def our_reference(sha256: str) -> str:
    """9f86 d081 884c: whoever quotes it in an answer names the exact text."""
    signs = sha256[:REFERENCE_SIGNS]
    return NO_BREAK.join(signs[at : at + REFERENCE_GROUP] for at in range(0, len(signs), REFERENCE_GROUP))


def place_and_date(contents: Contents) -> str:
    """Celje, 5. 3. 2026"""
    day = written_day(contents.day, contents.language)
    return f"{contents.place}, {day}" if contents.place else day


def _checkpoint(contents: Contents) -> str:
    """The number of records and the root, as they stand in the signed checkpoint."""
    return f"{contents.log_size} · {contents.log_root}" if contents.log_root else ""


def _row(point: SaidPoint) -> PointRow:
    return PointRow(
        number=str(point.number),
        article=point.article,
        existing=point.existing,
        demanded=point.demanded if point.action else str(_("No wording is proposed; see the reasons.")),
        reasons=point.reasons,
        supported_by=point.supported_by,
        action=point.action or "change",  # type: ignore[arg-type]
    )


def _signatories(contents: Contents) -> tuple[Signatory, ...]:
    return tuple(
        Signatory(
            name=signature.name,
            seat=signature.seat,
            area=signature.area,
            person=signature.person,
            statement="\n".join(
                line for line in (_signs(titles), *_reservations(signature), signature.statement) if line
            ),
        )
        for signature, titles in contents.signatories
    )


def _apart(signature: Signature) -> Dissent:
    stance = str(Stance(signature.stance).label)
    return Dissent(signature.name, signature.seat, f"{stance}. {signature.statement}".strip())


def _reservations(signature: Signature) -> list[str]:
    """What an organisation does not sign, or only under conditions."""
    if signature.stance == Stance.SIGNS_EXCEPT:
        return [str(_("Does not sign: %(points)s", points=", ".join(map(str, signature.points))))]
    if signature.stance == Stance.SIGNS_IF:
        return [str(_("Signs only if point %(number)s reads: %(wording)s", number=str(number), wording=wording))
                for number, wording in signature.asked]  # fmt: skip
    return []


def _signs(titles: list[str]) -> str:
    """What an organisation signed when it did not sign everything."""
    return str(_("Signs: %(positions)s", positions="; ".join(titles))) if titles else ""


def _labels(signatories: int) -> Labels:
    words = {
        "addressees": _("Addressees"),
        "copies": _("For information:"),
        "subject": _("Subject:"),
        "reference": _("Your reference"),
        "our_reference": _("Our reference"),
        "contact": _("Contact"),
        "summary": _("Summary of demands"),
        "overview": _("The points at a glance"),
        "on_page": _("p. %(page)s", page="%(page)s"),
        "see_points": _("see No. %(numbers)s", numbers="%(numbers)s"),
        "general": _("Cover letter and general part"),
        "points": _("Demands point by point"),
        "in_full": _("Longer texts in full"),
        "see_in_full": _("In full after the table, No. %(number)s", number="%(number)s"),
        "marks": _("Deleted words are struck through, inserted words are bold and underlined."),
        "number": _("No."),
        "article": _("Article"),
        "existing": _("Existing wording"),
        "demanded": _("Demanded wording"),
        "reasons": _("Reasons"),
        "supported_by": _("Supported by"),
        "action": _("Demand"),
        "no_existing": _("New text"),
        "no_demanded": _("To be deleted"),
        "signatories": _("Signatories"),
        "signatories_count": ngettext(
            "Signed by %(num)s organisation", "Signed by %(num)s organisations", signatories
        ),
        "organisation": _("Organisation"),
        "seat": _("Seat"),
        "area": _("Area"),
        "person": _("Authorised person"),
        "statement": _("Statement"),
        "dissent": _("Dissenting opinions"),
        "annexes": _("Annexes"),
        "page": _("Page %(page)s of %(pages)s", page="%(page)s", pages="%(pages)s"),
        "fingerprint": _("Fingerprint of the text (SHA-256)"),
        "address": _("Permanent public page"),
        "checkpoint": _("Record of signatures: entries, root"),
        "scan": _("QR code that leads to the permanent public page"),
        "answer": _("Answer"),
        "answer_reasons": _("Reasons for the answer"),
        "mark": _("Mark of the point"),
    }
    actions = (str(_("Addition")), str(_("Change of wording")), str(_("Deletion")), str(_("Move")))
    return Labels(**{name: str(text) for name, text in words.items()}, actions=actions)
