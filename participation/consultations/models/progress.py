"""What has been reached in reading a draft, in words: one line a step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from participation.foundation import clock
from participation.foundation.language import _, language_now, ngettext
from participation.foundation.outbox import LEASE, OutboxItem, State

from .imports import DraftImport, ImportState

# In the order in which the reading reaches them.
STEPS = ("received", "recognised", "read", "structured", "doubted")
KINDS_OF_FILE = {
    "docx": _("Word document (.docx)"),
    "odt": _("OpenDocument text (.odt)"),
    "rtf": _("RTF document"),
    "pdf": _("PDF with text"),
    "html": _("web page (HTML)"),
    "markdown": _("Markdown text"),
    "plain": _("plain text"),
}
KILOBYTE = 1000
# A reading takes half a minute at most; what takes longer was perhaps broken off.
LONG = timedelta(minutes=1)
# Nobody is told that there is a queue when it moves within a moment.
PATIENCE = timedelta(seconds=5)


@dataclass(frozen=True)
class Step:
    """`state` is done, now or ahead. `of` is how much there is to do, or None while nobody knows."""

    name: str
    state: str
    title: Any
    words: Any = ""
    done: int = 0
    of: int | None = None


def steps_of(found: DraftImport) -> list[Step]:
    """The steps of an import, each as it stands; the last ones stay ahead when a file is refused."""
    reached = ["received", *(step for step in STEPS if step in found.progress)]
    is_over = found.state is ImportState.READ
    now = "" if found.state is not ImportState.READING else _step_now(found.progress, reached[-1])
    return [_step(found, name, _state(name, now, reached, is_over)) for name in STEPS]


def _step_now(progress: Mapping[str, Any], last: str) -> str:
    facts = progress.get(last, {})
    is_complete = last in ("received", "recognised", "doubted") or facts.get("done", 0) == facts.get("of", -1)
    at = STEPS.index(last) + is_complete
    return STEPS[at] if at < len(STEPS) else ""


def _state(name: str, now: str, reached: list[str], is_over: bool) -> str:
    if name == now:
        return "now"
    return "done" if is_over or name in reached else "ahead"


def _step(found: DraftImport, name: str, state: str) -> Step:
    facts: Mapping[str, Any] = found.progress.get(name, {})
    titles = {
        "received": _("Receiving the draft"),
        "recognised": _("Recognising the kind of file"),
        "read": _("Reading the text"),
        "structured": _("Finding articles and paragraphs"),
        "doubted": _("Counting doubtful places"),
    }
    words: Any = _size(found.size) if name == "received" else _words(name, facts) if facts else ""
    return Step(name, state, titles[name], words, int(facts.get("done", 0)), facts.get("of"))


def _words(name: str, facts: Mapping[str, Any]) -> Any:
    if name == "recognised":
        return KINDS_OF_FILE.get(facts.get("format", ""), "")
    if name == "doubted":
        return _doubts(int(facts.get("count", 0)))
    if name == "structured":
        return _found(facts)
    return _read(facts) if facts.get("of") else ""


def _read(facts: Mapping[str, Any]) -> Any:
    done, of = int(facts.get("done", 0)), int(facts["of"])
    if facts.get("unit") == "page":
        return ngettext("%(done)s of %(num)s page", "%(done)s of %(num)s pages", of, done=done)
    return ngettext("%(done)s of %(num)s paragraph", "%(done)s of %(num)s paragraphs", of, done=done)


def _found(facts: Mapping[str, Any]) -> Any:
    return _(
        "chapters: %(chapters)s, articles: %(articles)s, provisions in all: %(provisions)s",
        chapters=facts.get("chapters", 0),
        articles=facts.get("articles", 0),
        provisions=facts.get("provisions", 0),
    )


def _doubts(count: int) -> Any:
    if count == 0:
        return _("nothing doubtful")
    return ngettext("%(num)s place to check", "%(num)s places to check", count)


def words_of_delay(work: OutboxItem) -> Any:
    """Why the reading does not go on at the moment, and when it will; empty when it does."""
    now = clock.now()
    if work.state is State.DEAD:
        return _(
            "The reading broke off several times because of a mistake of ours. What you sent is kept, and the office "
            "sees it in the outbox. Meanwhile you can send the draft in another format."
        )
    if work.leased_until is None and work.last_error:
        return _(
            "The reading broke off because of a mistake of ours. What you sent is kept; "
            "it is tried again at %(time)s by itself.",
            time=_time(work.due_at),
        )
    if work.leased_until is not None and now - (work.leased_until - LEASE) > LONG:
        return _(
            "This takes longer than it should. What you sent is kept; "
            "if the reading broke off, it begins anew by itself at %(time)s at the latest.",
            time=_time(work.leased_until),
        )
    if work.attempts == 0 and now - work.created_at > PATIENCE:
        return _("Other work is being done first. Your draft waits for its turn.")
    return ""


def _time(moment: datetime) -> str:
    """The hour on the clocks of the region, as the reader's language writes it."""
    return clock.local(moment).strftime("%H.%M" if language_now() == "sl" else "%H:%M")


def _size(size: int) -> Any:
    return _("%(size)s kB", size=max(1, round(size / KILOBYTE)))
