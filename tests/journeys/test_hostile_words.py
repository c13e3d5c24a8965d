"""Words that want to be more than words: typed into every form, and then looked for on every page.

A stranger, a member and the office each fill all fields where people write with markup, a template, a
script as an address, signs that turn the direction of writing, and a word of ten thousand letters.
Afterwards a browser walks through every page that can be reached, and none of it may have come to life.
"""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any
from urllib.parse import urldefrag, urlsplit

import pytest
from loopback import working
from pictures.pages import Page
from pictures.studio import Camera, Studio, studio
from playwright.sync_api import Error

from participation.foundation import clock

pytestmark = pytest.mark.browser
MARKUP = '"><img src=x onerror=alert(1)>'
WORDS = f"{MARKUP}</title>{{{{7*191}}}}\u202eabc\u200b"
# A name of a person takes no brackets.
NAME = "Ana O'Zlo &quot; \u202ecba"
SCRIPT = "javascript:alert(1)"
LINKS_AND_TAGS = f"[a]({SCRIPT}) <{SCRIPT}> <svg onload=alert(1)>\n\n![x](x)"
LONG = f"{WORDS}\n\n{LINKS_AND_TAGS}\n\n{'o' * 10_000}\n\n' onclick='alert(1)"
# So many pages of each role show the words at least.
FEWEST_PAGES = 8
LINKS = "() => [...document.querySelectorAll('a[href^=\\'/\\']')].map(link => link.getAttribute('href'))"
# What comes alive when words are taken for more than words. One's own text that waits is given back as it was.
ALIVE = """() => { const TURNING = /[\\u202a-\\u202e\\u2066-\\u2069\\u200b]/; return [
  ...[...document.querySelectorAll('img, script:not([src]), style, iframe, object, embed, base, [style]')]
    .map(one => one.outerHTML.slice(0, 160)),
  ...[...document.querySelectorAll('*')].filter(one => [...one.attributes].some(each => /^on/i.test(each.name)))
    .map(one => one.outerHTML.slice(0, 160)),
  ...[...document.querySelectorAll('a[href], form[action], use[href]')]
    .filter(one => /^\\s*(javascript|data|vbscript):/i.test(one.getAttribute('href') ?? one.getAttribute('action')))
    .map(one => one.outerHTML.slice(0, 160)),
  ...(/1337/.test(document.documentElement.textContent) ? ['a template was worked out'] : []),
  ...[document.querySelector('title'), ...document.querySelectorAll('body *:not(textarea, .offered-words *)')]
    .filter(one => [...one.childNodes].some(each => each.nodeType === 3 && TURNING.test(each.data)))
    .map(one => 'writing is turned: ' + one.outerHTML.slice(0, 160)),
]; }"""
FILL = """(form, {words, long, given, left}) => {
  const seen = new Set();
  form.noValidate = true;
  for (const field of form.elements) {
    const isFirst = !seen.has(field.name);
    seen.add(field.name);
    if (!field.name || field.disabled || field.readOnly || left.includes(field.name)) continue;
    if (field.name in given) {
      if (field.type === 'radio') field.checked = field.value === given[field.name];
      else field.value = given[field.name];
    } else if (field.tagName === 'TEXTAREA') field.value = long;
    else if (['text', 'tel', 'search', 'url'].includes(field.type)) field.value = words;
    else if (field.type === 'checkbox') field.checked = isFirst;
    else if (field.type === 'select-one' && !field.value)
      field.value = [...field.options].map(option => option.value).find(Boolean) ?? '';
  }
}"""
# Boxes that would change what the form is for, and numbers that are checked by their own rules.
LEFT = ("is_express", "registration_number", "tax_number")
WRITING = "main form[method=post]:has(textarea:not([readonly]), input[type=text])"


class Vandal:
    """Somebody of one role with a browser, who writes hostile words; `faults` is what came of them."""

    def __init__(self, browser: Any, place: Studio, role: str) -> None:
        self.role, self.place = role, place
        self.camera = Camera(browser, place, role, "en", "light")
        self.window = self.camera.window
        self.faults: list[str] = []
        self.window.on("dialog", self._heard)
        self.window.set_viewport_size({"width": 360, "height": 800})

    def _heard(self, dialog: Any) -> None:
        self.faults.append(f"{self.window.url}: a dialog opened")
        dialog.dismiss()

    def look(self) -> None:
        """Judge the page that is open; one that goes on by itself is judged where it leads to."""
        try:
            self._judge()
        except Error:
            self.window.wait_for_load_state()
            self._judge()

    def _judge(self) -> None:
        found = [*self.window.evaluate(ALIVE), *self.camera.sticking_out(), *self.camera.complaints]
        self.faults += [f"{urlsplit(self.window.url).path} ({self.role}): {one}" for one in found]
        self.camera.complaints.clear()

    def go(self, path: str) -> None:
        answer = self.window.goto(self.place.address + path)
        assert answer.status < 400, f"{path} answers {answer.status} to the {self.role}"
        self.look()

    def write(self, path: str, form: str = WRITING, **given: str) -> str:
        """Fill a form with all of it and send it; then with what fits. Gives the path that it led to."""
        self.go(path)
        for words, long in ((WORDS * 20, LONG * 4), (WORDS, LONG), (WORDS, WORDS), (MARKUP, WORDS), (NAME, WORDS)):
            filled = {"words": words, "long": long, "given": given, "left": list(LEFT)}
            target = self.window.locator(form).first
            target.evaluate(FILL, filled)
            with self.window.expect_navigation() as going:
                target.evaluate("form => form.requestSubmit()")
            self.look()
            answer = going.value
            assert answer.status in (200, 413, 422), f"{path} answers {answer.status}: {self._main()}"
            if answer.request.redirected_from is not None:
                return urlsplit(self.window.url).path
        raise AssertionError(f"{path} was never accepted: {self._main()}")

    def press(self, path: str, form: str) -> str:
        """Send a form as it stands, with its boxes ticked."""
        return self.write(path, form)

    def _main(self) -> str:
        return str(self.window.locator("main").inner_text())[:600]


def test_words_stay_words(browser: Any) -> None:
    with studio(1) as place, working(place.environment):
        people = {role: Vandal(browser, place, role) for role in [*place.keys, "visitor"]}
        join_network(people["registered"], people["coordinator"])
        describe(people["coordinator"], people["representative"], place)
        discuss(people, place)
        submission = agree_and_send(people)
        take_documents(people["visitor"], submission)
        for role in ("visitor", "coordinator", "representative"):
            walk(people[role], place.pages)
        assert sorted({fault for vandal in people.values() for fault in vandal.faults}) == []


def join_network(stranger: Vandal, office: Vandal) -> None:
    """An application with a bad name is asked back, completed, and even admitted."""
    stranger.write("/profile", "main form:has(input[name=name])")
    stranger.write("/organisations/apply", email="a@primer.example", website="https://primer.example/'onclick='a")
    office.go("/desk/applications")
    links = office.window.locator("main a[href^='/desk/applications/']")
    paths = links.evaluate_all("links => links.map(link => link.getAttribute('href'))")
    path = next(path for path in paths if "prijava" not in path)
    office.write(path, "main form[action$='ask-back']")
    stranger.write(path.replace("/desk/applications/", "/organisations/") + "/application", email="a@primer.example",
                   website="https://primer.example/'onclick='a")  # fmt: skip
    office.press(path, "main form[action$='admit']")


def describe(office: Vandal, member: Vandal, place: Studio) -> None:
    """What the office and an organisation say of themselves and of a draft."""
    member.write("/organisations/tretji-breg/edit", email="a@primer.example", website="https://primer.example/'x")
    office.write("/desk/bodies/new", email="a@primer.example")
    office.write("/desk/bodies/obcina", email="a@primer.example")
    reading = f"/desk/consultations/{place.world.consultation.slug}"
    office.write(
        f"{reading}/fields",
        published_at_address=f"https://primer.example/{MARKUP}".replace(" ", "%20"),
        links=f"{WORDS} https://primer.example/'onclick='a",
    )
    office.go(f"{reading}/attachments")
    file = {"name": f'zlo{WORDS}"; filename="x.html', "mimeType": "text/html", "buffer": b"<script>alert(1)</script>"}
    office.window.locator("input[type=file]").set_input_files([file])
    with office.window.expect_navigation():
        office.window.locator("main form:has(input[type=file])").evaluate("form => form.requestSubmit()")
    office.look()
    office.write(f"{reading}/deadlines", official_deadline_on=(clock.today() + timedelta(days=200)).isoformat())
    read_draft(office)


def read_draft(office: Vandal) -> None:
    """A pasted draft whose every line is hostile; one provision is mended, and it is published."""
    lines = "\n\n".join([WORDS, f"1. člen\n{WORDS}", f"(1) {LONG}", f"2. člen\n{SCRIPT}", f"(1) {WORDS}"])
    office.write("/desk/consultations/new", text=lines)
    office.window.wait_for_url(re.compile("/text$"), timeout=60_000)
    office.look()


def discuss(people: dict[str, Vandal], place: Studio) -> None:
    thread = f"/consultations/{place.world.consultation.slug}/provisions/{place.world.provision.key}"
    writer = people["contributor"]
    # A wording that does not count, and words that are not in the draft, are not taken in silence: without them.
    writer.write(thread, "form.comment-form", kind="provision", wording="", quote="")
    writer.write(thread, "form.comment-form", kind="wording", wording_action="change", quote="")
    writer.write(f"/consultations/{place.world.consultation.slug}/comments", "form.comment-form", kind="general")
    writer.write(f"/comments/{place.world.comment.id}/replies")
    writer.go(thread)
    edit = writer.window.locator("a[href$='/edit']").first.get_attribute("href")
    writer.write(str(edit))
    people["coordinator"].write(str(edit).replace("/edit", "/hide"))


def agree_and_send(people: dict[str, Vandal]) -> str:
    """From a drafted position to the answer of the body; gives the path of the submission."""
    member, office = people["representative"], people["coordinator"]
    until = (clock.today() + timedelta(days=2)).isoformat()
    member.write("/positions/osnutek/edit")
    member.write("/positions/osnutek/points/new")
    member.write("/positions/osnutek", "main form:has(textarea[name=source])")
    member.write("/positions/osnutek/open", "main form:has(input[name=until])", until=until)
    member.write("/positions/osnutek/cosign")
    member.write("/positions/odprto/cosign")
    member.write("/positions/odprto/withdraw")
    path = office.write("/consultations/sopodpisovanje/submissions/new", "main form:has(input[name=title])")
    submission = path.removesuffix("/preview")
    office.write(f"{submission}/edit", "main form:has(input[name=title])")
    office.press(f"{submission}/preview", "main form[action$='freeze']")
    today = clock.today().isoformat()
    sending = {"ways-0-way": "otherwise", "ways-0-handed_over_on": today}
    office.write(f"{submission}/send", "main form:has(input[name=ways-0-register_number])", **sending)
    office.write(f"{submission}/answers", answered_on=today)
    return submission


def take_documents(reader: Vandal, submission: str) -> None:
    """Whatever the title is, a document is saved and never shown, under a tame name."""
    for name in ("pdf", "docx", "odt", "xlsx", "csv", "json"):
        for _attempt in range(120):
            answer = reader.window.request.get(f"{reader.place.address}{submission}/documents/{name}")
            if answer.ok:
                break
            time.sleep(0.5)
        assert answer.ok, f"{name} was not made: {answer.status}"
        disposition = answer.headers["content-disposition"]
        assert re.fullmatch(rf"attachment; filename=[\w.-]+\.{name}", disposition), disposition
        assert answer.headers["x-content-type-options"] == "nosniff"


def walk(vandal: Vandal, known: list[Page]) -> None:
    """The known pages of this role, and every page that links lead to from them."""
    own = [page.path for page in known if page.role == vandal.role]
    waiting = ["/", "/desk", "/desk/outbox", "/unfinished", *own]
    seen: set[str] = set()
    hostile = 0
    while waiting:
        path = waiting.pop(0)
        if urlsplit(path).path in seen:
            continue
        seen.add(urlsplit(path).path)
        answer = vandal.window.request.get(vandal.place.address + path, max_redirects=0)
        if answer.status >= 500:
            vandal.faults.append(f"{path} answers {answer.status}")
        if "attachment" in answer.headers.get("content-disposition", ""):
            assert answer.headers["x-content-type-options"] == "nosniff"
            continue
        if not answer.ok or not answer.headers["content-type"].startswith("text/html"):
            continue
        vandal.window.goto(vandal.place.address + path)
        vandal.look()
        hostile += MARKUP in vandal.window.locator("main").inner_text()
        waiting += [urldefrag(link).url for link in vandal.window.evaluate(LINKS)]
    assert hostile >= FEWEST_PAGES, "the words do not stand on the pages that were to show them"
