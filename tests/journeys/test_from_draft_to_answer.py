"""The whole thread, walked as new users would: from a new organisation to an answered submission.

Every page on the way is judged by axe, in Slovenian and in English.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from journeys.site import PASSWORD, Reader, Site

from participation.demonstration.queries import CONTENT
from participation.foundation import clock

pytestmark = pytest.mark.browser
DRAFTS = Path(__file__).parents[3] / "shared/data/texts/converted"
REAL_DRAFT = DRAFTS / "uredba-rrp-ured6106-brez-slogov.docx"
OWN_DRAFT = CONTENT / "drafts/sodelovanje-z-nvo.md"
WORDING = "Program se pripravi za vsako razvojno regijo posebej in ob sodelovanju nevladnih organizacij."


@pytest.fixture(scope="module")
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


def test_a_new_organisation_comes_to_an_answered_submission(site: Site, new_reader: Callable[..., Reader]) -> None:
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
    page.get_by_role("link", name="Register").click()
    reader.look()
    page.get_by_label("Name", exact=False).first.fill(name)
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password_confirm]").fill(PASSWORD)
    page.locator("select[name=joining]").select_option("new")
    page.locator("select[name=language]").select_option("en")
    page.locator("input[name=privacy]").check()
    page.locator("main form button").first.click()

    reader.goto("/desk/outbox")
    reader.look()
    letter = page.locator("article.mail", has_text=email).first
    letter.get_by_role("link").first.click()
    reader.look()
    page.locator("main form button").first.click()
    if "/login" in page.url:
        reader.look()
        page.locator("input[name=email]").fill(email)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main form [type=submit], main form button").first.click()

    reader.goto("/organisations/apply")
    reader.look()
    page.get_by_label("Full name of the organisation").fill(organisation)
    page.get_by_label("Legal form").select_option("association")
    page.get_by_label("Municipality").select_option("SI-011")
    page.get_by_label("Environment and climate").check()
    page.locator("input[name=email]").fill(email)
    page.get_by_label("What the organisation does").fill("Sadimo drevesa in beremo predpise.")
    page.locator("textarea[name=mandate_statement]").fill("Sem zakonita zastopnica.")
    page.get_by_role("button", name="Send the application").click()
    reader.look()

    office = new_reader(site)
    office.sign_in("pisarna@mreza.example")
    office.goto("/desk")
    office.look()
    office.page.get_by_role("link", name="Applications for membership").click()
    office.look()
    office.page.get_by_role("link", name=organisation).click()
    office.look()
    office.page.get_by_role("button", name="Admit to the network").click()
    office.look()

    reader.goto("/desk")
    reader.look()
    assert page.locator(".acting").get_by_text(organisation).is_visible()
    return reader


def put_draft_before_network(council: Reader) -> str:
    """Upload a real file, look at what was read, describe and publish; gives the reading page's path."""
    page = council.page
    council.goto("/desk/consultations/new")
    council.look()
    page.locator("input[type=file]").set_input_files(REAL_DRAFT if REAL_DRAFT.exists() else OWN_DRAFT)
    page.get_by_role("button", name="Read the draft").click()
    council.look()
    if REAL_DRAFT.exists():
        assert "article: 27" in page.locator("main").inner_text()
    page.get_by_role("link", name="The text is right").click()
    council.look()
    page.get_by_label("Title").fill("Uredba o regionalnih razvojnih programih")
    page.get_by_label("Plain-language summary").or_(page.locator("textarea[name=summary]")).first.fill(
        "Vlada določa, kako nastane regionalni razvojni program."
    )
    day = clock.today()
    page.locator("input[name=cosigning_from_on]").fill((day + timedelta(days=8)).isoformat())
    page.locator("input[name=internal_deadline_on]").fill((day + timedelta(days=7)).isoformat())
    page.locator("input[name=official_deadline_on]").fill((day + timedelta(days=20)).isoformat())
    page.locator("select[name=body_id]").select_option(label="Svet Savinjske regije")
    page.get_by_role("button", name="Save the fields").click()
    council.look()
    page.get_by_role("button", name="Publish the consultation").click()
    council.look()
    return path_of(page.url)


def comment_with_a_wording(reader: Reader, consultation: str) -> str:
    """Propose another wording of a paragraph; gives the path of its comments."""
    page = reader.page
    reader.goto("/consultations")
    reader.look()
    page.get_by_role("link", name="Uredba o regionalnih razvojnih programih").first.click()
    reader.look()
    page.locator("article a, main a").filter(has_text=re.compile("^Comment")).nth(6).click()
    reader.look()
    page.get_by_label("proposed wording", exact=True).check()
    page.locator("textarea[name=wording]").fill(WORDING)
    page.locator("textarea[name=source]").fill("Brez **nevladnih organizacij** program ne pozna potreb ljudi.")
    page.get_by_role("button", name="Publish the comment").click()
    reader.look()
    assert page.locator("ins").count() > 0
    return path_of(page.url)


def support(reader: Reader, thread: str) -> None:
    reader.goto(thread)
    reader.page.get_by_role("button", name=re.compile("Support")).first.click()
    reader.look()
    assert reader.page.get_by_text("Zavod Hrast").first.is_visible()


def draft_and_open_position(reader: Reader, consultation: str) -> str:
    page = reader.page
    reader.goto(f"{consultation}/positions/new")
    reader.look()
    page.get_by_label("Title").fill("Za program z ljudmi")
    page.locator("input[name=comments]").first.check()
    page.get_by_role("button", name="Make the draft").click()
    reader.look()
    page.locator("textarea[name=summary]").fill("Pri pripravi programa sodelujejo nevladne organizacije.")
    page.locator("textarea[name=general]").fill("Uredbo podpiramo, sodelovanje pa naj bo zapisano v njej.")
    page.get_by_role("button", name="Save the text").click()
    page.get_by_role("link", name="Go on to opening").click()
    reader.look()
    page.locator("input[name=until]").fill((clock.today() + timedelta(days=10)).isoformat())
    page.locator("input[name=agree]").check()
    page.get_by_role("button", name="Freeze the text and open it").click()
    reader.look()
    return path_of(page.url)


def cosign(reader: Reader, position: str) -> None:
    page = reader.page
    reader.goto(f"{position}/cosign")
    if "/verify" in page.url:
        reader.look()
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main form [type=submit], main form button").first.click()
    reader.look()
    page.locator("textarea[name=statement]").fill("Podpisujemo z veseljem.")
    page.locator("input[name=agree]").check()
    page.get_by_role("button", name="Co-sign").click()
    reader.look()


def send_submission(council: Reader, consultation: str) -> str:
    page = council.page
    council.goto(f"{consultation}/submissions/new")
    council.look()
    page.get_by_label("Title").fill("Pripombe k uredbi o regionalnih razvojnih programih")
    page.locator("input[name=positions]").first.check()
    addressees = page.locator("input[name=addressees]")
    if not page.locator("input[name=addressees]:checked").count():
        addressees.first.check()
    page.locator("textarea[name=cover]").fill("Spoštovani,\n\npošiljamo vam skupno stališče mreže.")
    page.get_by_role("button", name="Save and see the preview").click()
    council.look()
    page.get_by_role("button", name="Freeze the submission").click()
    council.look()
    submission = path_of(page.url)
    take_documents(council, submission)
    council.goto(f"{submission}/send")
    council.look()
    page.locator("input[name=register_number]").fill("303-1/2026")
    page.get_by_role("button", name="It was sent: publish it").click()
    council.look()
    return submission


def take_documents(council: Reader, submission: str) -> None:
    """The worker makes the documents within a while; each is really what it says."""
    starts = {"pdf": b"%PDF-", "docx": b"PK", "odt": b"PK", "xlsx": b"PK", "csv": b"\xef\xbb\xbf", "json": b"{"}
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
    page.get_by_role("link", name=re.compile("answer", re.I)).first.click()
    council.look()
    page.locator("select[name$=outcome]").first.select_option("accepted")
    page.locator("textarea[name$=words]").first.fill("Predlog podpiramo in ga bomo upoštevali.")
    page.locator("input[name=source]").first.fill("dopis z dne 1. 12. 2026")
    page.locator("input[name=answered_on]").fill(clock.today().isoformat())
    page.get_by_role("button", name="Save the answers").click()
    council.look()


def read_in_public(visitor: Reader, submission: str) -> None:
    """Somebody without an account reads the whole story, and can walk back to where it began."""
    page = visitor.page
    visitor.goto(submission)
    visitor.look()
    text = page.locator("main").inner_text()
    for words in ("Društvo Lipa", "Zavod Hrast", "accepted", "Predlog podpiramo in ga bomo upoštevali."):
        assert words in text, f"{words!r} is not on the public page"
    page.get_by_role("link", name="Za program z ljudmi").first.click()
    visitor.look()
    page.get_by_role("link", name="Uredba o regionalnih razvojnih programih").first.click()
    visitor.look()


def path_of(address: str) -> str:
    return "/" + address.partition("#")[0].partition("?")[0].split("/", 3)[3]
