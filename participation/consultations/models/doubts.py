"""What the reading of a draft doubts or refuses, in words that a person can act on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from participation.foundation.language import _, ngettext

MEGABYTE = 1024 * 1024


def words_of_doubt(code: str, details: Mapping[str, str]) -> Any:
    """What should be checked before the text is trusted."""
    counted = _counted_doubt(code, _number(details.get("count", "") or details.get("pages", "")))
    if counted is not None:
        return counted
    label = details.get("label", "")
    return {
        "article_missing": _(
            "Between the articles something may be missing: number %(missing)s was expected before “%(before)s”.",
            missing=details.get("missing", "?"),
            before=details.get("before", "?"),
        ),
        "article_repeats": _(
            "“%(label)s” occurs %(times)s times. That may be right, or an article was read twice.",
            label=label,
            times=details.get("times", "2"),
        ),
        "encoding_guessed": _(
            "The file does not say how its letters are written; %(encoding)s was assumed. Check č, š and ž.",
            encoding=details.get("encoding", "windows-1250"),
        ),
        "hidden_text_left_out": _("The file has hidden text. It was left out."),
        "language_unsure": _("The language of the text could not be recognised. Choose it among the fields."),
        "long_provision": _(
            "“%(label)s” is very long (%(characters)s characters). Perhaps it should be split.",
            label=label or _("A provision"),
            characters=details.get("characters", "?"),
        ),
        "no_articles": _("No articles were found. The text is divided by its headings and paragraphs."),
        "numbering_lost": _("Some automatic numbers could not be read. Check the numbering."),
        "scan_suspected": _(
            "This looks like a scan. Its text was recognised by a machine and cannot be trusted: "
            "compare it with the original, word by word."
        ),
        "title_missing": _("The draft's title was not found. Write it among the fields."),
    }.get(code, _("Something in the file was unusual (%(code)s). Compare the text with it.", code=code))


def _counted_doubt(code: str, count: int) -> Any:
    if code == "comments_left_out":
        return ngettext(
            "%(num)s comment in the file's margin was left out.",
            "%(num)s comments in the file's margin were left out.",
            count,
        )
    if code == "pictures_left_out":
        return ngettext("%(num)s picture was left out.", "%(num)s pictures were left out.", count)
    if code == "repeated_lines_dropped":
        return ngettext(
            "%(num)s line that repeats on every page (header, footer, page number) was dropped.",
            "%(num)s lines that repeat on every page (header, footer, page number) were dropped.",
            count,
        )
    if code == "tracked_changes_accepted":
        return ngettext(
            "The file holds %(num)s tracked change. It was read as accepted.",
            "The file holds %(num)s tracked changes. They were read as accepted.",
            count,
        )
    return None


def words_of_refusal(code: str, details: Mapping[str, str]) -> Any:
    """Why a file cannot be read, and what to do about it."""
    if code == "mislabelled" and details.get("extension"):
        return _(
            "The file is named .%(extension)s, but its content is something else. "
            "Open it, save it in that format and choose it again.",
            extension=details["extension"],
        )
    if code == "too_large" and details.get("limit"):
        return _(
            "The file is larger than %(limit)s MB. Leave out pictures, or save the text alone.",
            limit=int(details["limit"]) // MEGABYTE,
        )
    return {
        "empty": _("The file is empty. Choose another one."),
        "encrypted": _("The file is protected by a password. Save it without one and choose it again."),
        "truncated": _("The file is damaged or incomplete. Open it, save it anew and choose it again."),
        "mislabelled": _("The file's name does not agree with its content. Choose the right file."),
        "no_text": _(
            "There is no text in the file. If it is a scan, ask the body for the original, or paste the text below."
        ),
        "zip_bomb": _("The file unpacks into far more than a draft can hold, so it was not opened."),
        "old_word": _("This is a file of an old Word (.doc). Open it and save it as .docx, then choose it again."),
        "too_large": _("The file holds more than can be read here. Save the text alone, without pictures."),
        "too_long": _("The text is longer than can be read here. Divide it into several drafts."),
        "not_allowed": _("You may no longer lead consultations, so nothing was made of the draft."),
        "timeout": _("Reading the file took too long. Save it as .docx or plain text and choose it again."),
        "not_word": _("This is no Word file (.docx). Save it as one, with its tracked changes, and choose it again."),
        "unknown_format": _(
            "Files of this kind cannot be read. Choose a Word (.docx), ODT, RTF, HTML, Markdown, "
            "plain text or PDF file."
        ),
    }[code]


def _number(written: str) -> int:
    return int(written) if written.isdigit() else 1
