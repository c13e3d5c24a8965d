"""One position from its comments to the adopted text, as those who took part would walk it, mailbox included.

Two organisations sign with exceptions, the widest text becomes the next version and is signed again, the package is
sent, the body answers half of it at its private address, the rest becomes overdue, the adopted text is loaded, and a
visitor reads all of that. Only the time that passes is made up: the day of the answer is set back in the database.
"""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from journeys.site import PASSWORD, Reader, Site
from journeys.test_answering_by_link import private_address
from journeys.test_from_draft_to_answer import OWN_DRAFT, join_network, path_of, take_documents
from journeys.test_from_draft_to_answer import site as site
from journeys.test_quoting import ask
from playwright.sync_api import expect

from participation.foundation import clock

pytestmark = pytest.mark.browser
TITLE = "Odlok o sodelovanju občine"
MAILBOX = "glavna.pisarna@obcina.example"
# What each of four paragraphs says, and what is demanded instead; of the first two, one is adopted and one is not.
DEMANDS = (
    ("do 31. januarja objavi načrt posvetovanj", "do 15. decembra objavi načrt posvetovanj"),
    ("predvideni čas posvetovanja in podatke", "predvideni čas posvetovanja, vprašanja za javnost in podatke"),
    ("iskanje po besedilu in kopiranje besedila", "iskanje po besedilu, kopiranje besedila in branje na glas"),
    ("skupaj z obrazložitvijo in oceno", "skupaj z obrazložitvijo, povzetkom v preprostem jeziku in oceno"),
)
ADOPTED = DEMANDS[0]


def test_the_public_page_tells_the_whole_story(site: Site, new_reader: Callable[..., Reader], tmp_path: Path) -> None:
    lipa = join_network(site, new_reader, "Ana Lipovšek", "ana@lipa.example", "Društvo Lipa")
    hrast = join_network(site, new_reader, "Bor Hrastnik", "bor@hrast.example", "Zavod Hrast")
    council = new_reader(site)
    council.sign_in("svet@mreza.example")
    consultation = put_draft_before_network(council)
    for number, (before, after) in enumerate(DEMANDS):
        propose((lipa, hrast)[number % 2], consultation, before, after)
    position = draft_and_open(lipa, consultation)
    sign_except(lipa, position, 4)
    sign_except(hrast, position, 3)
    make_widest_text_the_next_version(lipa, position)
    for person in (lipa, hrast):
        sign_again(person, position)
    submission = send_by_mail(council, consultation)
    check_package(council, submission, tmp_path)
    answer_half(new_reader(site), council)
    become_overdue(site, council, submission)
    load_adopted_text(council, consultation, tmp_path)
    check_what_was_adopted(council, submission)
    read_whole_story(new_reader(site), submission)
    read_mailbox(council)


def put_draft_before_network(council: Reader) -> str:
    """Gives the path of the reading page."""
    page = council.page
    council.goto("/desk/consultations/new")
    council.way.give_file(page.locator("input[type=file]"), OWN_DRAFT)
    council.way.press(page.get_by_role("button", name="Read the draft"))
    council.way.press(page.get_by_role("link", name="The text is right"))
    council.way.write(page.get_by_label("Title"), TITLE)
    council.way.write(page.locator("textarea[name=summary]"), "Občina ureja, kako dela z organizacijami.")
    day = clock.today()
    council.way.write_day(page.locator("input[name=internal_deadline_on]"), day + timedelta(days=7))
    council.way.write_day(page.locator("input[name=cosigning_from_on]"), day + timedelta(days=8))
    council.way.write_day(page.locator("input[name=official_deadline_on]"), day + timedelta(days=20))
    council.way.choose(page.locator("select[name=body_id]"), "Svet Savinjske regije")
    council.way.press(page.get_by_role("button", name="Save the fields"))
    council.way.press(page.get_by_role("button", name="Publish the consultation"))
    return path_of(page.url)


def propose(reader: Reader, consultation: str, before: str, after: str) -> None:
    page = reader.page
    [[key, text]] = ask(reader.site, f"SELECT key, text FROM provisions WHERE text LIKE '%{before}%'")
    reader.goto(f"{consultation}/provisions/{key}")
    reader.way.tick(page.get_by_label("proposed wording", exact=True))
    reader.way.write(page.locator("textarea[name=wording]"), text.replace(before, after))
    reader.way.write(page.locator("textarea[name=source]"), "Tako je bolje za ljudi.")
    reader.way.press(page.get_by_role("button", name="Publish the comment"))
    page.locator("ins").first.wait_for()


def draft_and_open(reader: Reader, consultation: str) -> str:
    """A position of four points, made from the four comments; gives its path."""
    page = reader.page
    reader.goto(f"{consultation}/positions/new")
    reader.way.write(page.get_by_label("Title"), "Za odprto občino")
    for box in page.locator("input[name=comments]").all():
        reader.way.tick(box)
    reader.way.press(page.get_by_role("button", name="Make the draft"))
    reader.way.write(page.locator("textarea[name=summary]"), "Občina načrtuje posvetovanja vnaprej.")
    reader.way.press(page.get_by_role("button", name="Save the text"))
    reader.look()
    return open_it(reader)


def open_it(reader: Reader) -> str:
    page = reader.page
    reader.way.press(page.get_by_role("link", name="Go on to opening"))
    reader.way.write_day(page.locator("input[name=until]"), clock.today() + timedelta(days=10))
    reader.way.tick(page.locator("input[name=agree]"))
    reader.way.press(page.get_by_role("button", name="Freeze the text and open it"))
    return path_of(page.url)


def sign_except(reader: Reader, position: str, number: int) -> None:
    page = reader.page
    reader.goto(f"{position}/cosign")
    if "/verify" in page.url:
        reader.way.write(page.locator("input[name=password]"), PASSWORD)
        reader.way.press(page.locator("main form [type=submit], main form button").first)
    reader.way.tick(page.get_by_label("signs all except some points", exact=True))
    page.get_by_text("choose the points that it does not sign").click()
    reader.way.tick(page.locator(f"#excepted-{number}"))
    reader.look()
    reader.way.tick(page.locator("input[name=agree]"))
    reader.way.press(page.get_by_role("button", name="Send the decision"))
    expect(page.get_by_text("signs all except some points").first).to_be_visible()


def make_widest_text_the_next_version(reader: Reader, position: str) -> None:
    """Points 1 and 2 are what both sign; one act makes the next version of them."""
    page = reader.page
    reader.goto(f"{position}/agreement")
    reader.look()
    widest = page.locator("section.part", has_text="The widest text").first
    expect(widest.get_by_text("2 organisations are on board.")).to_be_visible()
    reader.way.press(widest.get_by_role("button", name="Make the next version from this"))
    assert len(page.locator(".point-to-write").all()) == 2
    open_it(reader)


def sign_again(reader: Reader, position: str) -> None:
    """The mail leads to what changed for the organisation; one act decides again."""
    page = reader.page
    reader.goto(f"{position}/again")
    if "/verify" in page.url:
        reader.way.write(page.locator("input[name=password]"), PASSWORD)
        reader.way.press(page.locator("main form [type=submit], main form button").first)
    reader.look()
    reader.way.tick(page.locator("input[name=agree]"))
    reader.way.press(page.get_by_role("button", name="Send the decision"))
    expect(page.get_by_text("Recorded:").first).to_be_visible()


def send_by_mail(council: Reader, consultation: str) -> str:
    """Compile, freeze, and send it to the body as a private link; gives the path of the submission."""
    page = council.page
    council.goto(f"{consultation}/submissions/new")
    council.way.write(page.get_by_label("Title"), "Pripombe k odloku o sodelovanju")
    council.way.choose(page.locator("select[name=language]"), "English")
    council.way.tick(page.locator("input[name=positions]").first)
    council.way.write(page.locator("textarea[name=cover]"), "Spoštovani,\n\npošiljamo vam skupno stališče mreže.")
    council.way.press(page.get_by_role("button", name="Save and see the preview"))
    council.way.press(page.get_by_role("button", name="Freeze the submission"))
    submission = path_of(page.url)
    take_documents(council, submission, {"pdf": b"%PDF-", "draft": b"PK"})
    council.goto(f"{submission}/send")
    for row in page.locator(".way-to").all():
        row.locator("input[value=link]").check()
        row.locator("input[name$=email]").fill(MAILBOX)
    council.way.press(page.get_by_role("button", name="Send it and publish it"))
    take_documents(council, submission, {"zip": b"PK"})
    return submission


def check_package(council: Reader, submission: str, folder: Path) -> None:
    """The package says of itself that nothing was changed, with the program that lies in it."""
    answer: Any = council.page.request.get(f"{council.site.address}{submission}/documents/zip")
    file = folder / "package.zip"
    file.write_bytes(answer.body())
    with zipfile.ZipFile(file) as package:
        [program] = [name for name in package.namelist() if name.endswith("verify.py")]
        (folder / "verify.py").write_bytes(package.read(program))
    said = subprocess.run(
        [sys.executable, "-I", "-S", folder / "verify.py", file], capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stdout + said.stderr


def answer_half(body: Reader, council: Reader) -> None:
    """From the mailbox of the body: its address, an answer to the first of two points, confirmed."""
    page = body.page
    body.goto(private_address(council, MAILBOX))
    body.look()
    page.get_by_label("Your answer").first.select_option("accepted")
    page.get_by_label("Your reasons").first.fill("Načrt bo objavljen prej.")
    page.get_by_role("button", name="Save and read everything before confirming").click()
    body.look()
    page.get_by_label("Your name").fill("Ana Novak")
    page.get_by_label("Your function").fill("Vodja oddelka")
    page.get_by_role("button", name="Confirm and publish the answer").click()
    expect(page.get_by_text("Confirmed by Ana Novak, Vodja oddelka")).to_be_visible()


def become_overdue(site: Site, council: Reader, submission: str) -> None:
    due_on = clock.today() - timedelta(days=1)
    ask(site, f"UPDATE submissions SET answer_due_on = '{due_on.isoformat()}'")
    council.goto("/answers/overdue")
    council.look()
    council.page.locator(f"main a[href^='{submission}']").first.wait_for()


def load_adopted_text(council: Reader, consultation: str, folder: Path) -> None:
    """One of the two demands stands in it word for word."""
    page = council.page
    file = folder / "odlok-sprejet.md"
    file.write_text(OWN_DRAFT.read_text(encoding="utf-8").replace(*ADOPTED), encoding="utf-8")
    council.goto(f"/desk{consultation}/versions/load")
    council.look()
    council.way.give_file(page.locator("input[type=file]"), file)
    council.way.press(page.get_by_role("button", name="Read the new version"))
    page.wait_for_url("**/versions/matching", timeout=30_000)
    council.goto(f"/desk{consultation}/versions/publish")
    council.look()
    council.way.tick(page.locator("input[name=is_adopted]"))
    council.way.write_day(page.locator("input[name=adopted_on]"), clock.today())
    council.way.write(page.locator("input[name=adopted_source]"), "Uradni list RS, št. 12/2027")
    council.way.press(page.get_by_role("button", name=re.compile("^Publish version")))
    council.look()


def check_what_was_adopted(council: Reader, submission: str) -> None:
    """The worker compares; a person looks at it and confirms all of it by one act."""
    page = council.page
    confirm = page.get_by_role("button", name="Confirm all 2 points as they were found")
    for _attempt in range(60):
        council.goto(f"{submission}/uptake")
        if confirm.count():
            break
        page.wait_for_timeout(500)
    council.look()
    council.way.press(confirm)
    expect(page.get_by_text("Every point is checked.")).to_be_visible()


def read_whole_story(visitor: Reader, submission: str) -> None:
    page = visitor.page
    visitor.goto(f"{submission}?language=en")
    visitor.look()
    first, second = (page.locator(".said-point", has=page.locator(f"#point-{number}")) for number in (1, 2))
    expect(first.get_by_text("Načrt bo objavljen prej.")).to_be_visible()
    expect(first.get_by_text("word for word").first).to_be_visible()
    expect(second.get_by_text("no reply").first).to_be_visible()
    expect(second.get_by_text("not adopted").first).to_be_visible()
    text = page.locator("main").inner_text()
    for words in ("Društvo Lipa", "Zavod Hrast", "overdue", "A person has checked what was found."):
        assert words in text, f"{words!r} is not on the public page"
    visitor.way.press(page.get_by_role("link", name="Read the adopted text").first)
    visitor.look()
    visitor.goto("/uptake?language=en")
    visitor.look()


def read_mailbox(council: Reader) -> None:
    """Both organisations were asked, asked again, and told what became of their points."""
    council.goto("/desk/outbox")
    council.look()
    for address in ("ana@lipa.example", "bor@hrast.example"):
        mails = council.page.locator("article.mail", has_text=address)
        expect(mails.filter(has_text="What became of your points").first).to_be_visible()
