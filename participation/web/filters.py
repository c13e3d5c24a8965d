"""How days, moments and names are written on a page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import Flask

from participation.foundation import clock, region
from participation.foundation.days import NO_BREAK, written_day
from participation.foundation.language import _, language_now, ngettext, written_number


def day(value: date | None) -> str:
    """5. 3. 2026 in Slovenian, 5 March 2026 in English; no break within."""
    if value is None:
        return ""
    return written_day(value, language_now())


def moment(value: datetime | None) -> str:
    """Day and time on the clocks of the region."""
    if value is None:
        return ""
    local = clock.local(value)
    return (
        f"{day(local.date())}{NO_BREAK}{local:%H}.{local:%M}"
        if language_now() == "sl"
        else (f"{day(local.date())},{NO_BREAK}{local:%H:%M}")
    )


def quoted(words: str) -> str:
    """Words between the quotation marks of the reader's language."""
    return f"»{words}«" if language_now() == "sl" else f"“{words}”"


def machine_moment(value: datetime | date) -> str:
    """ISO 8601, for the datetime attribute of <time>."""
    return value.isoformat()


def days_left(value: date) -> str:
    """How long until the end of a day, in words."""
    days = (value - clock.today()).days
    if days < 0:
        return str(_("expired"))
    if days == 0:
        return str(_("ends today"))
    return str(ngettext("%(num)s day left", "%(num)s days left", days))


def join(app: Flask) -> None:
    def municipality(code: str) -> str:
        return region.current().municipality(code).name

    def topic(key: str) -> str:
        return region.current().topic(key).name.in_language(language_now())

    filters: dict[str, Any] = {
        "day": day,
        "moment": moment,
        "machine_moment": machine_moment,
        "number": written_number,
        "quoted": quoted,
        "days_left": days_left,
        "municipality": municipality,
        "topic": topic,
    }
    app.jinja_env.filters.update(filters)
    app.jinja_env.globals["today"] = clock.today
    app.jinja_env.globals["now"] = clock.now
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.policies["ext.i18n.trimmed"] = True
