"""As the office would: a second version is loaded over sixty comments, and each says what became of its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from journeys.site import Reader, Site
from playwright.sync_api import expect

from participation.demonstration.operations import PASSWORD
from participation.texts.provisions import Kind, Provision

pytestmark = pytest.mark.browser
MOJCA = "mojca.pecnik@mreza.example"
PLACES = ["parkih", "gozdovih", "knjižnicah", "šolah", "domovih", "poteh", "trgih", "bregovih", "igriščih"]
DUTIES = (
    "Za red in varnost na {} skrbi upravljavec, ki ga občina imenuje z javnim natečajem za pet let.",
    "Društva, ki delujejo na {}, imajo prednost pri najemu prostorov in pri uporabi občinske opreme.",
    "Poročilo o stanju na {} se vsako leto do konca marca objavi na spletni strani in v glasilu.",
)
LAST = "Ta odlok začne veljati petnajsti dan po objavi v uradnem glasilu in se uporablja od novega leta."
REWRITTEN = "Uradno glasilo prinese odlok; čez dva tedna ga je treba spoštovati, uporabljati pa šele januarja."
WORDS = {
    "placed": None,
    "moved": "they were moved.",
    "changed": "The words it is about were changed since.",
    "orphaned": "no longer in the text.",
}


def paragraph(place: str, duty: int) -> str:
    return DUTIES[duty].format(place)


def act(articles: list[list[str]]) -> list[Provision]:
    made = []
    for number, texts in enumerate(articles, 1):
        made.append(Provision(Kind.ARTICLE, f"{number}. člen", 4, ""))
        made += [Provision(Kind.PARAGRAPH, f"({at})", 5, text) for at, text in enumerate(texts, 1)]
    return made


def first() -> list[list[str]]:
    return [[paragraph(place, duty) for duty in range(3)] for place in PLACES] + [[LAST]]


def second() -> list[list[str]]:
    """Every number is another: a new article comes first, one is gone, one stands at the end; words are changed."""
    articles = [["Občina s tem odlokom ureja javne kraje, ki so skupni vsem prebivalcem."], *first()]
    moved, gone = articles[2], articles[5]
    articles[3][0] = articles[3][0].replace("pet let", "tri leta")
    articles[-1] = [REWRITTEN]
    return [one for one in articles if one not in (moved, gone)] + [moved]


def fate_of(text: str) -> str:
    """What the edits above do to a paragraph."""
    if text in first()[1]:
        return "moved"
    if text in first()[4]:
        return "orphaned"
    return "changed" if text in (first()[2][0], LAST) else "placed"


@pytest.fixture(scope="module")
def site(new_site: Callable[..., Site]) -> Site:
    site = new_site()
    site.flask("demo", "load")
    site.passwords = {MOJCA: PASSWORD}
    return site


def sixty_comments(site: Site) -> dict[int, str]:
    """Put the first version before the network with comments on all of it; the fate of each by its number."""
    from factories import CommentFactory
    from flask_babel import force_locale
    from sqlalchemy import select

    from participation import create_app
    from participation.accounts.models import User
    from participation.consultations.models import Provision as Stored
    from participation.foundation.database import db, session

    folder = Path(site.environment["SOGLASJE_INSTANCE"])
    app = create_app(folder, demonstration=True, database=f"sqlite:///{folder / 'soglasje.sqlite3'}")
    with app.app_context(), force_locale("sl"):
        from consultations.next_version import published

        consultation = published(act(first()), slug="javni-kraji", title="Odlok o javnih krajih")
        author = session.scalars(select(User).where(User.email == MOJCA)).one()
        author.language = "en"
        stored = session.scalars(
            select(Stored).where(Stored.version_id == consultation.versions[0].id, Stored.text != "")
        ).all()
        fates = {}
        for turn in range(63):
            provision = stored[turn % len(stored)]
            comment = CommentFactory(
                consultation=consultation, provision=provision, author=author, source=f"Mnenje številka {turn}."
            )
            fates[comment.id] = fate_of(provision.text)
        session.commit()
        session.remove()
        db.engine.dispose()
    return fates


def test_every_comment_says_what_became_of_its_words(
    site: Site, new_reader: Callable[..., Reader], tmp_path: Path
) -> None:
    fates = sixty_comments(site)
    wanted = Counter(fates.values())
    assert sum(wanted.values()) == 63
    assert min(wanted[fate] for fate in WORDS) >= 2
    reader = new_reader(site)
    reader.sign_in(MOJCA)
    page = reader.page
    site_address = f"{site.address}/desk/consultations/javni-kraji"
    page.goto(f"{site_address}/text?language=en")
    page.locator("main").get_by_role("link", name="A new version of the text").first.click()
    reader.look()
    draft = "# Odlok o javnih krajih\n\n" + "\n\n".join(
        f"{one.label}\n" if one.kind is Kind.ARTICLE else f"{one.label} {one.text}" for one in act(second())
    )
    file = tmp_path / "odlok-2.md"
    file.write_text(draft, encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Read the new version").click()
    page.wait_for_url("**/versions/matching", timeout=30_000)
    reader.look()

    rewritten = page.locator(".change-added", has_text="Uradno glasilo prinese odlok")
    rewritten.get_by_role("link", name="Correct the matching").click()
    reader.look()
    last = page.locator("select[name=old_key] option", has_text="Ta odlok začne veljati").get_attribute("value")
    page.locator("select[name=old_key]").select_option(last)
    page.get_by_role("button", name="Save the matching").click()
    expect(page.locator(".message-done")).to_be_visible()
    expect(page.locator(f"#p-{last}.change-changed")).to_have_count(1)

    page.get_by_role("link", name="On to the comments and publishing").click()
    counted = [int(found) for found in page.locator(".fates dd").all_inner_texts()]
    assert dict(zip(("placed", "moved", "changed", "orphaned"), counted, strict=True)) == dict(wanted)
    page.locator("details.filter-box summary").click()
    reader.look()
    page.get_by_role("button", name="Publish version 2").click()
    expect(page.locator(".message-done")).to_be_visible()
    expect(page.locator(".gone")).to_have_count(3)
    reader.look()

    looked_at = set()
    for number, fate in fates.items():
        page.goto(f"{site.address}/comments/{number}")
        said = page.locator(f"#comment-{number}")
        expect(said).to_be_visible()
        if WORDS[fate]:
            expect(said.locator(".since-then")).to_contain_text(WORDS[fate])
        else:
            expect(said.locator(".since-then")).to_have_count(0)
        if fate not in looked_at:
            looked_at.add(fate)
            reader.look()
