"""Reading checked values from the TOML and CSV files of an installation's folder.

What is wrong is said with the file, the row and the field, because those who write these files are not programmers.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo


class InstallationError(Exception):
    """The folder's data cannot be used; the message names the file, the row and the field."""

    def __init__(self, file: Path | str, place: str, problem: str) -> None:
        super().__init__(f"{file}, {place}: {problem}" if place else f"{file}: {problem}")
        self.file = Path(file)
        self.place = place
        self.problem = problem


@dataclass(frozen=True)
class Text:
    """The same words in each language of the installation."""

    versions: tuple[tuple[str, str], ...]

    def in_language(self, language: str) -> str:
        """The words in this language, or in the installation's first one when it has no such language."""
        return dict(self.versions).get(language, self.versions[0][1])


@dataclass(frozen=True)
class Entry:
    """One table of a TOML file or one row of a CSV file, which knows where it stands."""

    file: Path
    place: str
    values: Mapping[str, Any]

    def refuse(self, field: str, problem: str) -> InstallationError:
        return InstallationError(self.file, self.place, f'field "{field}" {problem}')

    def part(self, field: str) -> Entry:
        value = self.values.get(field)
        if not isinstance(value, dict):
            raise self.refuse(field, "must be a table")
        return Entry(self.file, f"{self.place}, [{field}]" if self.place else f"[{field}]", value)

    def string(self, field: str, default: str | None = None) -> str:
        value = self.values.get(field, default)
        if not isinstance(value, str) or (not value.strip() and default is None):
            raise self.refuse(field, "must be a text")
        return value.strip()

    def strings(self, field: str) -> tuple[str, ...]:
        value = self.values.get(field)
        if not isinstance(value, list) or not value or not all(isinstance(item, str) and item for item in value):
            raise self.refuse(field, "must be a list of texts")
        return tuple(value)

    def choice(self, field: str, choices: Iterable[str]) -> str:
        value = self.string(field)
        if value not in choices:
            raise self.refuse(field, f'is "{value}", which is none of: {", ".join(sorted(choices))}')
        return value

    def whole(self, field: str) -> int:
        number = self.optional_whole(field)
        if number is None:
            raise self.refuse(field, "must be a whole number, 0 or more")
        return number

    def optional_whole(self, field: str) -> int | None:
        value = self.values.get(field)
        if value is None:
            return None
        # Cells of a CSV file arrive as text; a boolean of TOML is an int to Python, but no number to a reader.
        if isinstance(value, str) and value.isdecimal():
            return int(value)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.refuse(field, "must be a whole number, 0 or more")
        return value

    def degrees(self, field: str, limit: int) -> float:
        try:
            value = float(self.values.get(field, ""))
        except ValueError:
            raise self.refuse(field, "must be a number of degrees") from None
        if not -limit <= value <= limit:
            raise self.refuse(field, f"must lie between -{limit} and {limit} degrees")
        return value

    def words(self, field: str, languages: tuple[str, ...]) -> Text:
        part = self.part(field)
        return Text(tuple((language, part.string(language)) for language in languages))

    def time_zone(self, field: str) -> ZoneInfo:
        try:
            return ZoneInfo(self.string(field))
        except (KeyError, ValueError, OSError):
            raise self.refuse(field, "is not a known time zone") from None


def read_toml(file: Path) -> Entry:
    """The whole file as one entry."""
    try:
        return Entry(file, "", tomllib.loads(_content(file)))
    except tomllib.TOMLDecodeError as error:
        raise InstallationError(file, "", f"is not valid TOML ({error})") from error


def read_tables(file: Path, name: str) -> list[Entry]:
    """The `[[name]]` tables of a TOML file; there must be one at least."""
    tables = read_toml(file).values.get(name)
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        raise InstallationError(file, "", f"must hold one or more [[{name}]] tables")
    return [Entry(file, f"[[{name}]] {number}", table) for number, table in enumerate(tables, start=1)]


def read_rows(file: Path, columns: tuple[str, ...], more: tuple[str, ...] = ()) -> list[Entry]:
    """The rows of a CSV file with exactly these columns, followed by `more` or not; there must be one at least."""
    reader = csv.DictReader(_content(file).splitlines(), strict=True)
    try:
        given = tuple(reader.fieldnames or ())
        if given not in (columns, columns + more):
            also = f", and then, if you like: {', '.join(more)}" if more else ""
            raise InstallationError(file, "row 1", f"the columns must be: {', '.join(columns)}{also}")
        entries = [Entry(file, f"row {reader.line_num}", row) for row in reader]
    except csv.Error as error:
        raise InstallationError(file, f"row {reader.line_num}", f"is not valid CSV ({error})") from error
    if not entries:
        raise InstallationError(file, "", "has no rows")
    for entry in entries:
        if None in entry.values or None in entry.values.values():
            raise InstallationError(file, entry.place, f"must have {len(given)} cells")
    return entries


def refuse_repeated(entries: Iterable[Entry], field: str) -> None:
    seen: set[str] = set()
    for entry in entries:
        value = entry.string(field)
        if value in seen:
            raise entry.refuse(field, f'repeats "{value}"')
        seen.add(value)


def _content(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InstallationError(file, "", f"cannot be read ({error})") from error
