"""Installations to be photographed: with nothing at all, and with 0, 1, 3 and 300 of everything.

`fill(number)` makes one main consultation, its position and its submission, with so many comments,
signatures and points, beside so many others in the lists. `NOTHING` stands for a new installation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import cycle, islice
from typing import Any

from consultations.next_version import following, loaded, published
from factories import (
    CommentFactory,
    ConsultationFactory,
    MembershipFactory,
    NilReturnFactory,
    OrganisationFactory,
    PositionFactory,
    PublicBodyFactory,
    SupportFactory,
    UnfinishedTextFactory,
    UserFactory,
    contributor,
    coordinator,
    council_representative,
    representative,
)
from pictures import words
from pictures.edited_files import edited_file, refused_file, waiting_file
from positions.making import organisation_of, sign
from submissions.adopting import adopted_text, alone, consultation_on, sent_points
from submissions.making import SubmissionFactory, cosigned, frozen, opened_position, sent_quietly

from participation.accounts.models import Operator
from participation.consultations.models import Consultation, Provision, TextVersion, VersionState
from participation.consultations.models.markup import html_of
from participation.consultations.models.paths import paths_of
from participation.consultations.operations import begin_version
from participation.consultations.queries import as_texts
from participation.foundation import clock, region
from participation.foundation.database import session
from participation.foundation.sealing import seal
from participation.organisations.models import MembershipState, OrganisationState
from participation.organisations.receivers import record_mandate
from participation.positions.models import (
    Decision,
    OmissionKind,
    Position,
    Stance,
    canonical_bytes,
    difference_html,
    fingerprint,
)
from participation.positions.operations import Why, draft_next_version, leave_out_comments, open_position
from participation.positions.queries import omissions_of, untaken_comments
from participation.submissions.emails import covering_letter
from participation.submissions.models import (
    PURPOSE,
    Answer,
    Channel,
    DeliveryKind,
    Enclosure,
    Outcome,
    contents_from,
)
from participation.submissions.models.comparing import findings_of
from participation.submissions.operations import (
    DraftAnswer,
    Way,
    add_erratum,
    confirm_uptake,
    correct_uptake,
    keep_uptake,
    return_delivery,
    save_drafts,
)
from participation.submissions.operations.deliveries import keep_delivery
from participation.submissions.queries.deliveries import live_link
from participation.submissions.queries.uptake import comparison_of_points, uptakes_of
from participation.texts.differing import word_diff_html
from participation.texts.markdown import RENDERER_VERSION, to_html
from participation.texts.uptake import Verdict

NOTHING = -1
MOST_POINTS = 40
MOST_PROVISIONS = 650
ROLES = ("visitor", "registered", "contributor", "representative", "council", "coordinator")


@dataclass
class World:
    """People by role, and the addresses of the main things."""

    people: dict[str, Any]
    consultation: Any = None
    provision: Any = None
    announced: Any = None
    preparing: Any = None
    comment: Any = None
    drafted: Any = None
    opened: Any = None
    compiled: Any = None
    frozen: Any = None
    sent: Any = None
    application: Any = None
    organisation: Any = None
    body: Any = None
    edited: Any = None
    waiting: Any = None
    refused: Any = None
    private: str = ""  # the private address of the body that is to answer


def fill(number: int) -> World:
    """Make the world in the database of the program at hand, and commit it."""
    world = World(people=_people(number))
    if number >= 0:
        world.body = PublicBodyFactory(name=words.BODIES[0], slug="obcina", kind="municipality")
        organisations = _organisations(number)
        _consultations(world, number, organisations)
        _agreement(world, number, organisations)
        world.organisation = organisations[0] if organisations else organisation_of(world.people["representative"])
        _office(world, number)
        _edited_files(world, number)
        if number:
            record_mandate(world.people["representative"].memberships[0])
    session.commit()
    return world


def _people(number: int) -> dict[str, Any]:
    people = {
        "registered": UserFactory(name="Neža Kolar"),
        "council": council_representative(name="Gregor Rozman"),
        "coordinator": coordinator(name="Mojca Pečnik"),
    }
    if number >= 0:
        own = OrganisationFactory(name="Kulturno društvo Tretji breg", slug="tretji-breg", municipality="SI-133")
        people["representative"] = representative(own, name="Irena Hribar-Kovačič")
        people["contributor"] = contributor(own, name="Tina Zorman")
        UnfinishedTextFactory(user_id=people["contributor"].id, title="Pripomba na odlok")
    return people


def _organisations(number: int) -> list[Any]:
    codes = cycle(municipality.code for municipality in region.current().municipalities)
    topics = cycle(topic.key for topic in region.current().topics)
    return [
        OrganisationFactory(
            name=words.named(words.NAMES, place),
            slug=f"organizacija-{place}",
            municipality=next(codes),
            fields_of_work=list(islice(topics, 2)),
            description="Sadimo drevesa, beremo predpise in skrbimo za poti.",
            website="https://primer.example",
        )
        for place in range(number)
    ]


def _consultations(world: World, number: int, organisations: list[Any]) -> None:
    day = clock.today()
    by = world.people["coordinator"]
    common = {"body": world.body, "created_by": by}
    world.consultation = ConsultationFactory(
        title=words.TITLES[0], slug="zelene-povrsine", articles=0, municipalities=["SI-011", "SI-106"],
        topics=["environment"], summary_html="<p>Občina ureja, kdo skrbi za parke in drevesa.</p>",
        why_it_matters_html="<p>Za pripombe je na voljo le nekaj tednov, odlok pa bo veljal deset let.</p>",
        published_by_body_on=day - timedelta(days=5), **common,
    )  # fmt: skip
    provisions = _provisions(world.consultation, number)
    world.provision = provisions[2]
    world.announced = ConsultationFactory(
        title=words.TITLES[1], slug="napovedano", opens_on=day + timedelta(days=6),
        internal_deadline_on=day + timedelta(days=20), cosigning_from_on=None, official_deadline_on=None, **common,
    )  # fmt: skip
    for place in range(number - 2):
        begins = day - timedelta(days=place)
        ConsultationFactory(
            title=words.named(words.TITLES, place + 3), slug=f"posvetovanje-{place}", opens_on=begins,
            internal_deadline_on=begins + timedelta(days=14), cosigning_from_on=begins + timedelta(days=16),
            official_deadline_on=begins + timedelta(days=30), **common,
        )  # fmt: skip
    _comments(world, number, provisions, organisations)
    _second_version(world, provisions)
    _next_version(world, number, provisions, organisations)


def _provisions(consultation: Consultation, number: int) -> list[Any]:
    """A text with everything in it that is hard to set; longer in the largest world."""
    articles = max(4, min(number, MOST_PROVISIONS // 4))
    version = consultation.versions[0]
    for position, (kind, label, level, text) in enumerate(_text(articles), start=1):
        version.provisions.append(
            Provision(
                position=position, kind=kind, label=label, level=level, text=text,
                html=html_of(kind, text), key=f"k{position:05d}",
            )
        )  # fmt: skip
    for provision, path in zip(version.provisions, paths_of(version.provisions, "sl"), strict=True):
        provision.path = path
    session.flush()
    return list(version.provisions)


def _text(articles: int) -> Iterator[tuple[str, str, int, str]]:
    for number in range(1, articles + 1):
        if number % 4 == 1:
            yield "chapter", f"{number // 4 + 1}.", 2, "SPLOŠNE DOLOČBE"
        yield "article", f"{number}. člen", 4, "(sodelovanje javnosti)"
        yield "paragraph", "(1)", 5, words.turn(words.SENTENCES, number)
        yield "paragraph", "(2)", 5, words.turn(words.SENTENCES, number + 1)
        if number == 2:
            yield "point", "–", 6, "javne površine, ki so v lasti občine,"
            yield "point", "–", 6, "druge površine v javni rabi."
        if number == 3:
            yield "table", "", 5, words.WIDE_TABLE
            yield "paragraph", "(3)", 5, words.LONG_PROVISION
        if number == articles:
            yield "note", "1", 5, "Opomba pod črto: znesek vključuje davek na dodano vrednost."


def _comments(world: World, number: int, provisions: list[Any], organisations: list[Any]) -> None:
    if not number:
        return
    texts = [one for one in provisions if one.kind == "paragraph"]
    for place in range(number):
        is_wording = place % 3 == 1
        provision = texts[(place * 5) % len(texts)] if place % 10 else None
        source = words.turn(words.COMMENTS, place)
        kind = "general" if provision is None else "wording" if is_wording else "provision"
        wording = words.turn(words.WORDINGS, place) if kind == "wording" else ""
        organisation = organisations[place % len(organisations)]
        comment = CommentFactory(
            consultation=world.consultation, provision=provision, kind=kind, source=source, html=to_html(source),
            renderer=RENDERER_VERSION, organisation=organisation,
            author=UserFactory(name=f"Oseba {place}", name_is_public=place % 2 == 0),
            posted_at=clock.now() - timedelta(hours=place),
            **({"wording_action": "change", "wording": wording,
                "wording_html": word_diff_html(provision.text, wording)} if wording else {}),
        )  # fmt: skip
        for supporter in organisations[: place % 4]:
            if supporter is not organisation:
                SupportFactory(comment=comment, organisation=supporter)
        world.comment = comment if provision is not None else world.comment
    world.comment = world.comment or comment
    NilReturnFactory.create_batch(min(number, 4), consultation=world.consultation)
    CommentFactory(
        consultation=world.consultation, provision=world.comment.provision, parent=world.comment,
        source="Hvala, dodali bomo.", author=world.people["contributor"], organisation=organisations[0],
    )  # fmt: skip


def _second_version(world: World, provisions: list[Any]) -> None:
    """An announced draft with two versions, so that they can be compared."""
    consultation = ConsultationFactory(title=words.TITLES[2], slug="dve-razlicici", body=world.body, articles=0)
    first = consultation.versions[0]
    second = TextVersion(
        number=2, state=VersionState.PUBLISHED, title=consultation.title,
        published_at=clock.now(),
    )  # fmt: skip
    for version, changed in ((first, False), (second, True)):
        for one in provisions[:40]:
            if changed and one.position == 5:
                continue
            text = one.text.replace("trideset", "šestdeset") if changed else one.text
            version.provisions.append(
                Provision(
                    position=one.position, kind=one.kind, label=one.label, level=one.level, text=text,
                    html=html_of(one.kind, text), path=one.path, key=one.key,
                )
            )  # fmt: skip
    consultation.versions.append(second)
    session.flush()


def _next_version(world: World, number: int, provisions: list[Any], organisations: list[Any]) -> None:
    """An open draft with comments that were carried to its second version, and a third one in preparation."""
    text = as_texts(provisions[:40])
    consultation = published(text, title=words.TITLES[1], slug="nova-razlicica", body=world.body)
    first = consultation.versions[0]
    for place in range(number):
        CommentFactory(
            consultation=consultation, provision=first.provisions[place % len(first.provisions)],
            organisation=organisations[place % len(organisations)], source=words.turn(words.SENTENCES, place),
        )  # fmt: skip
    shorter = [replace(one, text=one.text.replace("trideset", "petnajst")) for one in text]
    following(consultation, [*shorter[4:], shorter[0]])
    loaded(consultation, [*shorter[6:], *text[:3]])


def _agreement(world: World, number: int, organisations: list[Any]) -> None:
    day = clock.today()
    author = world.people["representative"]
    dates = {
        "opens_on": day - timedelta(days=30), "internal_deadline_on": day - timedelta(days=9),
        "cosigning_from_on": day - timedelta(days=8), "official_deadline_on": day + timedelta(days=3),
    }  # fmt: skip
    agreeing = ConsultationFactory(title=words.TITLES[0] + " (2)", slug="sopodpisovanje", body=world.body, **dates)
    points = max(1, min(number, MOST_POINTS))
    common = {"summary": "Rok za pripombe naj bo trideset dni.\nNa vsako pripombo naj organ odgovori pisno."}
    world.drafted = PositionFactory(
        consultation=agreeing, slug="osnutek", title="Za prostor, ki je vsem dostopen", created_by=author, **common
    )
    world.drafted.addressees.append(world.body)
    _proposals(world.drafted, organisations[: min(number, 12)], world.people["contributor"])
    world.opened = opened_position(
        agreeing, author, points=points, slug="odprto", title="Drevesa potrebujejo več kot tri dni", **common
    )
    for place, organisation in enumerate(organisations):
        cosigned(
            world.opened, organisation, statement=words.turn(words.STATEMENTS, place),
            name=f"Podpisnica {place}", name_is_public=place % 2 == 0,
        )  # fmt: skip
    _opened_again(world, agreeing, points)
    others = [
        opened_position(agreeing, author, slug=f"stalisce-{place}", title=words.named(words.TITLES, place + 3))
        for place in range(number - 1)
    ]
    values = {
        "consultation": agreeing, "compiled_by": world.people["coordinator"], "addressees": [world.body],
        "positions": [world.opened], "summary": common["summary"],
        "cover_html": "<p>Spoštovani,</p><p>pošiljamo vam skupno stališče nevladnih organizacij.</p>",
    }  # fmt: skip
    world.compiled = SubmissionFactory(slug="sestavljena", title=words.TITLES[0], **values)
    world.frozen = frozen(SubmissionFactory(slug="zamrznjena", title=words.TITLES[0], **values))
    world.sent = sent_quietly(
        frozen(SubmissionFactory(slug="poslana", title="Pripombe k odloku", **values)), day - timedelta(days=40)
    )
    for place, other in enumerate(others):
        values["positions"] = [other]
        sent_quietly(
            frozen(SubmissionFactory(slug=f"vloga-{place}", title=words.named(words.TITLES, place), **values))
        )
    _answers(world, number)
    _letters(world)
    _adopted(world, number, organisations)


def _opened_again(world: World, consultation: Consultation, points: int) -> None:
    """A text that changed after organisations had signed it: the representative's has to decide again."""
    lead, person = world.people["coordinator"], world.people["representative"]
    title = "Prostor naj se ureja z ljudmi"
    position = opened_position(consultation, lead, points=points + 1, slug="znova", title=title)
    decision = Decision(Stance.SIGNS_EXCEPT, excepted=(1,), statement="Prve točke ne podpiramo.")
    sign(position, person, organisation_of(person), decision=decision)
    position.addressees.append(world.body)
    draft_next_version(lead, position, version=position.versions[-1], points=range(2, points + 2))
    first = position.points[0]
    first.demanded = "Organ odgovori na vsako pripombo v tridesetih dneh."
    first.difference_html = difference_html("change", first.existing, first.demanded)
    session.flush()
    open_position(lead, position, until=clock.today(), sha256_seen=fingerprint(canonical_bytes(position, 2)))
    decided = (
        Decision(Stance.SIGNS),
        Decision(Stance.SIGNS_IF, conditions={1: "Organ odgovori v dvajsetih dneh."}, statement="Rok je predolg."),
        Decision(Stance.SIGNS_EXCEPT, excepted=(2,)),
        Decision(Stance.OBJECTS, statement="Predlog nalaga delo, za katero ni denarja."),
    )
    for name, decision in zip(("Vrba", "Jelša", "Breza", "Topol")[: points + 1], decided, strict=False):
        other = representative(OrganisationFactory(name=f"Društvo {name}"))
        sign(position, other, organisation_of(other), decision=decision)


def _adopted(world: World, number: int, organisations: list[Any]) -> None:
    """A draft that became law: what was demanded is compared with it, the first points are checked by a person."""
    consultation = consultation_on(
        title=words.TITLES[0], slug="sprejeto", body=world.body, concluded_on=clock.today()
    )
    submission = sent_points(
        consultation,
        points=max(1, min(number, MOST_POINTS)),
        signatory=organisations[0] if organisations else None,
        comments=[alone(consultation, organisation=organisation_of(world.people["representative"]))],
        slug="sprejeta",
        title="Pripombe k odloku, ki je sprejet",
    )
    adopted = adopted_text(consultation)
    keep_uptake(Operator(), submission, adopted, findings_of(comparison_of_points(submission, adopted)))
    uptakes = list(uptakes_of(submission).values())
    by = world.people["coordinator"]
    confirm_uptake(by, submission, [uptake.id for uptake in uptakes[: len(uptakes) // 2]])
    begin_version(by, consultation_on(title=words.TITLES[1], slug="sprejemanje", body=world.body))
    if uptakes:
        correct_uptake(by, submission, uptakes[-1].id, Verdict.PART, words.ANSWERS[0], seen=0)


def _letters(world: World) -> None:
    """One letter was taken by the mail server, one came back; the body has begun to answer at its private address."""
    author, body = world.people["coordinator"], world.body
    covering = covering_letter(
        world.sent,
        contents_from(world.sent.canonical),
        body,
        enclosed=Enclosure.DOCUMENTS,
        answer_due_on=world.sent.answer_due_on,
    )
    for email in ("obcina@primer.example", "glavna.pisarna@obcina.example"):
        letter = keep_delivery(
            author, world.sent, Way(body, Channel.EMAIL, Enclosure.LINK, email), covering,
            form_key=email, kind=DeliveryKind.SUBMISSION,
        )  # fmt: skip
        session.flush()
        if email.startswith("obcina"):
            return_delivery(author, letter, because="550 5.1.1 No such user here")
    add_erratum(author, world.sent, "V 1. točki se »13 dni« pravilno glasi »30 dni«.", form_key="erratum")
    link = live_link(world.sent, body)
    assert link is not None
    world.private = f"/answer/{link.key}.{seal(PURPOSE, link.key)}"
    if world.sent.points:
        last = world.sent.points[-1]
        save_drafts(link, {last.id: DraftAnswer(Outcome.PARTLY, words.ANSWERS[0], 0)})


def _proposals(position: Position, organisations: list[Any], author: Any) -> None:
    """The author proposes other words for the first point in the name of each; the point takes up the first two."""
    [point] = position.points
    [provision] = point.provisions
    provision.text = point.existing = words.DISPUTED
    for place, organisation in enumerate(organisations):
        wording = words.turn(words.DEMANDS, place)
        comment = CommentFactory(
            consultation=position.consultation, provision=provision, kind="wording", wording_action="change",
            wording=wording, wording_html=word_diff_html(words.DISPUTED, wording), organisation=organisation,
            author=author,
        )  # fmt: skip
        if place < 2:
            point.comments.append(comment)
            point.demanded = words.DEMANDS[0]
    point.difference_html = word_diff_html(point.existing, point.demanded)
    session.flush()
    _omissions(position, [comment.id for comment in untaken_comments(position)], "Predlog ureja drug odlok.")


def _omissions(position: Position, comments: list[int], words: str) -> None:
    """Two of these are left out, the first one for two reasons after each other; nothing is said of the others."""
    author = position.created_by
    leave_out_comments(author, position, comments[:1], Why(OmissionKind.SUPPORT), seen=0)
    newest = max((omission.id for omission in omissions_of(position)), default=0)
    leave_out_comments(author, position, comments[:2], Why(OmissionKind.SUBJECT, words), seen=newest)


def _answers(world: World, number: int) -> None:
    outcomes = list(Outcome)
    for place, point in enumerate(world.sent.points):
        if place >= number or place % 5 == 4:
            continue
        said = words.turn(words.ANSWERS, place)
        session.add(
            Answer(
                point=point, body=world.body, outcome=outcomes[place % len(outcomes)], words=said,
                words_html=to_html(said), source="dopis št. 3500-12/2026, stran 2", answered_on=clock.today(),
                recorded_by_id=world.people["coordinator"].id,
            )
        )  # fmt: skip
    session.flush()


def _edited_files(world: World, number: int) -> None:
    if not number:
        return
    whose = (world.consultation, world.people["contributor"], organisation_of(world.people["contributor"]))
    world.edited, world.waiting, world.refused = edited_file(*whose), waiting_file(*whose), refused_file(*whose)


def _office(world: World, number: int) -> None:
    """What waits for the office and for the representative."""
    for place in range(min(number, 30)):
        applying = OrganisationFactory(
            name=words.named(words.NAMES, place + 1) + " (prijava)", slug=f"prijava-{place}",
            state=OrganisationState.APPLIED, description="Prijavljamo se v mrežo.",
        )  # fmt: skip
        world.application = world.application or applying
        MembershipFactory(
            organisation=organisation_of(world.people["representative"]),
            state=MembershipState.REQUESTED,
            began_at=None,
        )
