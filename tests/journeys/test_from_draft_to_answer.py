"""The whole thread, walked as new users would: from a new organisation to an answered submission.

It is walked with a mouse, where axe judges every page in Slovenian and in English, with the keyboard
alone, where every stop must show that it has the focus, and with scripts switched off.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from journeys.site import PASSWORD, Reader, Site
from journeys.ways import Keyboard

from participation.demonstration.queries import CONTENT
from participation.foundation import clock

pytestmark = pytest.mark.browser
DRAFTS = Path(__file__).parents[3] / "shared/data/texts/converted"
REAL_DRAFT = DRAFTS / "uredba-rrp-ured6106-brez-slogov.docx"
OWN_DRAFT = CONTENT / "drafts/sodelovanje-z-nvo.md"
WORDING = "Program se pripravi za vsako razvojno regijo posebej in ob sodelovanju nevladnih organizacij."


WALKS: dict[str, dict[str, Any]] = {
    "with a mouse": {},
    "with the keyboard alone": {"way": Keyboard, "judges": False},
    "without scripts": {"java_script_enabled": False, "judges": False},
}


@pytest.fixture
def site(new_site: Callable[..., Site]) -> Site:
    """An installation as an office would set it up: public bodies, a coordinator, a council representative."""
    site = new_site()
    site.flask("bodies", "load")
    for email, name, role in (
        ("pisarna@mreza.example", "Mojca Pisarna", "coordinator"),
        ("svet@mreza.example", "Gregor Svetnik", "council-representative"),
    ):
        said = site.flask("accounts", "create", email, "--name", name, "--role", role, "--language", "en")
        site.passwords[email] = said.partition("Password: ")[2].strip()
    return site


@pytest.mark.parametrize("walk", WALKS)
def test_a_new_organisation_comes_to_an_answered_submission(
    site: Site, new_reader: Callable[..., Reader], walk: str
) -> None:
    new_reader = partial(new_reader, **WALKS[walk])
    lipa = join_network(site, new_reader, "Ana Lipovšek", "ana@lipa.example", "Društvo Lipa")
    hrast = join_network(site, new_reader, "Bor Hrastnik", "bor@hrast.example", "Zavod Hrast")
    council = new_reader(site)
    council.sign_in("svet@mreza.example")
    consultation = put_draft_before_network(council)
    provision = comment_with_a_wording(lipa, consultation)
    support(hrast, provision)
    position = draft_and_open_position(lipa, consultation)
    for person in (lipa, hrast):
        cosign(person, position)
    submission = send_submission(council, consultation)
    record_answer(council, submission)
    read_in_public(new_reader(site), submission)


def join_network(site: Site, new_reader: Callable[..., Reader], name: str, email: str, organisation: str) -> Reader:
    """Register, follow the link of the mail, apply, and be admitted by the office."""
    reader = new_reader(site)
    page = reader.page
    reader.goto("/")
    reader.look()
    reader.way.press(page.get_by_role("link", name="Register"))
    reader.look()
    reader.way.write(page.get_by_label("Name", exact=False).first, name)
    reader.way.write(page.locator("input[name=email]"), email)
    reader.way.write(page.locator("input[name=password]"), PASSWORD)
    reader.way.write(page.locator("input[name=password_confirm]"), PASSWORD)
    reader.way.choose(page.locator("select[name=joining]"), "One that is not a member yet: I will register it")
    reader.way.choose(page.locator("select[name=language]"), "English")
    reader.way.tick(page.locator("input[name=privacy]"))
    reader.way.press(page.locator("main form button").first)

    reader.goto("/desk/outbox")
    reader.look()
    letter = page.locator("article.mail", has_text=email).first
    reader.way.press(letter.get_by_role("link").first)
    reader.look()
    reader.way.press(page.locator("main form button").first)
    if "/login" in page.url:
        reader.look()
        reader.way.write(page.locator("input[name=email]"), email)
        reader.way.write(page.locator("input[name=password]"), PASSWORD)
        reader.way.press(page.locator("main form [type=submit], main form button").first)

    reader.goto("/organisations/apply")
    reader.look()
    reader.way.write(page.get_by_label("Full name of the organisation"), organisation)
    reader.way.choose(page.get_by_label("Legal form"), "Association")
    reader.way.choose(page.get_by_label("Municipality"), "Celje")
    reader.way.tick(page.get_by_label("Environment and climate"))
    reader.way.write(page.locator("input[name=email]"), email)
    reader.way.write(page.get_by_label("What the organisation does"), "Sadimo drevesa in beremo predpise.")
    reader.way.write(page.locator("textarea[name=mandate_statement]"), "Sem zakonita zastopnica.")
    reader.way.press(page.get_by_role("button", name="Send the application"))
    reader.look()

    office = new_reader(site)
    office.sign_in("pisarna@mreza.example")
    office.goto("/desk")
    office.look()
    office.way.press(office.page.get_by_role("link", name="Applications for membership"))
    office.look()
    office.way.press(office.page.get_by_role("link", name=organisation))
    office.look()
    office.way.press(office.page.get_by_role("button", name="Admit to the network"))
    office.look()

    reader.goto("/desk")
    reader.look()
    page.locator(".acting").get_by_text(organisation).wait_for()
    return reader


def put_draft_before_network(council: Reader) -> str:
    """Upload a real file, look at what was read, describe and publish; gives the reading page's path."""
    page = council.page
    council.goto("/desk/consultations/new")
    council.look()
    council.way.give_file(page.locator("input[type=file]"), REAL_DRAFT if REAL_DRAFT.exists() else OWN_DRAFT)
    council.way.press(page.get_by_role("button", name="Read the draft"))
    council.look()
    # The page tells how far the reading is and goes on to the text by itself, with and without scripts.
    page.get_by_role("link", name="The text is right").wait_for()
    council.look()
    if REAL_DRAFT.exists():
        assert "article: 27" in page.locator("main").inner_text()
    council.way.press(page.get_by_role("link", name="The text is right"))
    council.look()
    council.way.write(page.get_by_label("Title"), "Uredba o regionalnih razvojnih programih")
    council.way.write(
        page.locator("textarea[name=summary]"), "Vlada določa, kako nastane regionalni razvojni program."
    )
    day = clock.today()
    council.way.write_day(page.locator("input[name=cosigning_from_on]"), day + timedelta(days=8))
    council.way.write_day(page.locator("input[name=internal_deadline_on]"), day + timedelta(days=7))
    council.way.write_day(page.locator("input[name=official_deadline_on]"), day + timedelta(days=20))
    council.way.choose(page.locator("select[name=body_id]"), "Svet Savinjske regije")
    council.way.press(page.get_by_role("button", name="Save the fields"))
    council.look()
    council.way.press(page.get_by_role("button", name="Publish the consultation"))
    council.look()
    return path_of(page.url)


def comment_with_a_wording(reader: Reader, consultation: str) -> str:
    """Propose another wording of a paragraph; gives the path of its comments."""
    page = reader.page
    reader.goto("/consultations")
    reader.look()
    reader.way.press(page.get_by_role("link", name="Uredba o regionalnih razvojnih programih").first)
    reader.look()
    reader.way.press(page.locator("article a, main a").filter(has_text=re.compile("^Comment")).nth(6))
    reader.look()
    reader.way.tick(page.get_by_label("proposed wording", exact=True))
    reader.way.write(page.locator("textarea[name=wording]"), WORDING)
    reader.way.write(
        page.locator("textarea[name=source]"), "Brez **nevladnih organizacij** program ne pozna potreb ljudi."
    )
    reader.way.press(page.get_by_role("button", name="Publish the comment"))
    reader.look()
    page.locator("ins").first.wait_for()
    return path_of(page.url)


def support(reader: Reader, thread: str) -> None:
    reader.goto(thread)
    reader.way.press(reader.page.get_by_role("button", name=re.compile("Support")).first)
    reader.look()
    reader.page.get_by_text("Zavod Hrast").first.wait_for()


def draft_and_open_position(reader: Reader, consultation: str) -> str:
    page = reader.page
    reader.goto(f"{consultation}/positions/new")
    reader.look()
    reader.way.write(page.get_by_label("Title"), "Za program z ljudmi")
    reader.way.tick(page.locator("input[name=comments]").first)
    reader.way.press(page.get_by_role("button", name="Make the draft"))
    reader.look()
    reader.way.write(
        page.locator("textarea[name=summary]"), "Pri pripravi programa sodelujejo nevladne organizacije."
    )
    reader.way.write(
        page.locator("textarea[name=general]"), "Uredbo podpiramo, sodelovanje pa naj bo zapisano v njej."
    )
    reader.way.press(page.get_by_role("button", name="Save the text"))
    reader.way.press(page.get_by_role("link", name="Go on to opening"))
    reader.look()
    reader.way.write_day(page.locator("input[name=until]"), clock.today() + timedelta(days=10))
    reader.way.tick(page.locator("input[name=agree]"))
    reader.way.press(page.get_by_role("button", name="Freeze the text and open it"))
    reader.look()
    return path_of(page.url)


def cosign(reader: Reader, position: str) -> None:
    page = reader.page
    reader.goto(f"{position}/cosign")
    if "/verify" in page.url:
        reader.look()
        reader.way.write(page.locator("input[name=password]"), PASSWORD)
        reader.way.press(page.locator("main form [type=submit], main form button").first)
    reader.look()
    reader.way.write(page.locator("textarea[name=statement]"), "Podpisujemo z veseljem.")
    reader.way.tick(page.locator("input[name=agree]"))
    reader.way.press(page.get_by_role("button", name="Send the decision"))
    reader.look()


def send_submission(council: Reader, consultation: str) -> str:
    page = council.page
    council.goto(f"{consultation}/submissions/new")
    council.look()
    council.way.write(page.get_by_label("Title"), "Pripombe k uredbi o regionalnih razvojnih programih")
    council.way.tick(page.locator("input[name=positions]").first)
    addressees = page.locator("input[name=addressees]")
    if not page.locator("input[name=addressees]:checked").count():
        addressees.first.check()
    council.way.write(page.locator("textarea[name=cover]"), "Spoštovani,\n\npošiljamo vam skupno stališče mreže.")
    council.way.press(page.get_by_role("button", name="Save and see the preview"))
    council.look()
    council.way.press(page.get_by_role("button", name="Freeze the submission"))
    council.look()
    submission = path_of(page.url)
    letters = {"pdf": b"%PDF-", "docx": b"PK", "odt": b"PK", "xlsx": b"PK", "csv": b"\xef\xbb\xbf", "json": b"{"}
    take_documents(council, submission, letters | {"draft": b"PK"})
    council.goto(f"{submission}/send")
    council.look()
    council.way.tick(page.locator("input[value=otherwise]").first)
    council.way.write_day(page.locator("input[name=ways-0-handed_over_on]"), clock.today())
    council.way.write(page.locator("input[name=ways-0-register_number]"), "303-1/2026")
    council.way.press(page.get_by_role("button", name="Send it and publish it"))
    council.look()
    take_documents(council, submission, {"zip": b"PK"})
    council.goto(submission)
    council.look()
    return submission


def take_documents(council: Reader, submission: str, starts: dict[str, bytes]) -> None:
    """The worker makes the documents within a while; each is really what it says."""
    for name, start in starts.items():
        for _attempt in range(60):
            response: Any = council.page.request.get(f"{council.site.address}{submission}/documents/{name}")
            if response.ok:
                break
            council.page.wait_for_timeout(500)
        assert response.ok, f"{name} was not made: {response.status}"
        assert response.body()[: len(start)] == start


def record_answer(council: Reader, submission: str) -> None:
    page = council.page
    council.goto(submission)
    council.way.press(page.get_by_role("link", name=re.compile("answer", re.I)).first)
    council.look()
    council.way.choose(page.locator("select[name$=outcome]").first, "accepted")
    council.way.write(page.locator("textarea[name$=words]").first, "Predlog podpiramo in ga bomo upoštevali.")
    council.way.write(page.locator("input[name=source]").first, "dopis z dne 1. 12. 2026")
    council.way.write_day(page.locator("input[name=answered_on]"), clock.today())
    council.way.press(page.get_by_role("button", name="Save the answers"))
    council.look()


def read_in_public(visitor: Reader, submission: str) -> None:
    """Somebody without an account reads the whole story, and can walk back to where it began."""
    page = visitor.page
    visitor.goto(submission)
    visitor.look()
    text = page.locator("main").inner_text()
    for words in ("Društvo Lipa", "Zavod Hrast", "accepted", "Predlog podpiramo in ga bomo upoštevali."):
        assert words in text, f"{words!r} is not on the public page"
    visitor.way.press(page.get_by_role("link", name="Za program z ljudmi").first)
    visitor.look()
    visitor.way.press(page.get_by_role("link", name="Uredba o regionalnih razvojnih programih").first)
    visitor.look()


def path_of(address: str) -> str:
    return "/" + address.partition("#")[0].partition("?")[0].split("/", 3)[3]
