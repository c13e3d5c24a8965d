"""What the demonstration says, and whether there is room for it."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from participation.accounts.models import User
from participation.consultations.models import Consultation, Provision
from participation.foundation.database import session

CONTENT = Path(__file__).parent / "content"


@cache
def entries(file: str, table: str) -> list[dict[str, Any]]:
    """The tables of that name in a file of the content, in their order."""
    found: list[dict[str, Any]] = tomllib.loads((CONTENT / file).read_text(encoding="utf-8"))[table]
    return found


def draft(name: str) -> bytes:
    return (CONTENT / "drafts" / name).read_bytes()


def is_empty() -> bool:
    """Nobody has an account yet."""
    return session.scalar(select(User.id).limit(1)) is None


def accounts_to_try() -> list[tuple[str, str]]:
    """An email address for each role, with the role in English, for the command line."""
    people = {entry["key"]: entry for entry in entries("people.toml", "person")}
    flags = (
        ("coordinator", "coordinator"),
        ("council_representative", "council representative"),
        ("administrator", "administrator"),
    )
    found = [next((person["email"], word) for person in people.values() if person.get(flag)) for flag, word in flags]
    leading = {person["key"] for person in people.values() if any(person.get(flag) for flag, _word in flags)}
    for role in ("representative", "contributor"):
        email, name = next(
            (people[member["person"]]["email"], organisation["name"])
            for organisation in entries("organisations.toml", "organisation")
            for member in organisation["member"]
            if member["role"] == role and member["person"] not in leading
        )
        found.append((email, f"{role} of {name}"))
    return found


class Labels:
    """Finds provisions of a published text by their labels from the outside in.

    ["6. člen", "(1)"] is a numbered paragraph, "" one without a number, "–2" the second indent.
    """

    def __init__(self, consultation: Consultation) -> None:
        self._found: dict[tuple[str, ...], Provision] = {}
        article: tuple[str, ...] = ()
        indents = 0
        for provision in consultation.versions[-1].provisions:
            if provision.kind == "article":
                article, indents = (provision.label,), 0
                self._note(article, provision)
            elif provision.kind in ("part", "chapter", "section", "annex"):
                article = ()
            elif provision.kind == "indent":
                indents += 1
                self._note((*article, f"–{indents}"), provision)
            else:
                self._note((*article, provision.label), provision)

    def _note(self, path: tuple[str, ...], provision: Provision) -> None:
        self._found.setdefault(path, provision)

    def find(self, labels: list[str]) -> Provision:
        """Raises LookupError with the labels when there is no such provision."""
        try:
            return self._found[tuple(labels)]
        except KeyError:
            raise LookupError(f"no provision {labels}; there are {sorted(self._found)[:5]} ...") from None
