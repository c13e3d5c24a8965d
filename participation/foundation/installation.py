"""The installation's own data: its name, languages, municipalities, bodies, topics and period rules.

One folder holds the data of one network; nothing in the code names a region. The folder is read once, checked
whole, and never changes while the program runs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from participation.foundation.collation import collation_key
from participation.foundation.entries import (
    Entry,
    InstallationError,
    Text,
    read_tables,
    read_toml,
    refuse_repeated,
)
from participation.foundation.municipalities import Area, Municipality, read_areas, read_municipalities

__all__ = [
    "Area",
    "Body",
    "Installation",
    "InstallationError",
    "LegalForm",
    "LegalSource",
    "Municipality",
    "PeriodRule",
    "Text",
    "Topic",
    "load_installation",
]

LEVELS = ("municipal", "regional", "national", "eu")
RULE_LEVELS = (*LEVELS, "any")
ANSWER_COUNTS_FROM = ("closing", "adoption", "submission")

Row = TypeVar("Row")


@dataclass(frozen=True)
class Body:
    """A public body; a municipality is one too and then names its code."""

    key: str
    name: Text
    kind: str
    level: str
    abbreviation: str
    email: str
    municipality_code: str


@dataclass(frozen=True)
class Topic:
    key: str
    name: Text


@dataclass(frozen=True)
class LegalForm:
    key: str
    name: Text


@dataclass(frozen=True)
class LegalSource:
    act: Text
    article: Text

    def in_language(self, language: str) -> str:
        return f"{self.act.in_language(language)}, {self.article.in_language(language)}"


@dataclass(frozen=True)
class PeriodRule:
    """How long a consultation of one kind must last, in whole calendar days; None where no law says."""

    key: str
    name: Text
    level: str
    minimum_days: int | None
    typical_days: int | None
    answer_days: int | None
    answer_counts_from: str
    legal_source: LegalSource | None
    note: Text
    # Where the law counts the answer in months instead of days.
    answer_months: int | None = None

    @property
    def asks_for_answer(self) -> bool:
        return self.answer_days is not None or self.answer_months is not None


@dataclass(frozen=True)
class OwnPeriods:
    """How many days the network's own rules give each stage of a consultation."""

    commenting: int = 14
    drafting: int = 5
    cosigning: int = 7
    sending: int = 1

    @property
    def by_stage(self) -> dict[str, int]:
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def total(self) -> int:
        return sum(self.by_stage.values())


@dataclass(frozen=True)
class Installation:
    folder: Path
    name: Text
    short_name: Text
    region: Text
    languages: tuple[str, ...]
    time_zone: ZoneInfo
    address: tuple[str, ...]
    email: str
    privacy_email: str
    about: Text
    privacy: Text
    areas: tuple[Area, ...]
    municipalities: tuple[Municipality, ...]
    bodies: tuple[Body, ...]
    topics: tuple[Topic, ...]
    legal_forms: tuple[LegalForm, ...]
    period_rules: tuple[PeriodRule, ...]
    own_periods: OwnPeriods
    map_file: Path | None

    def area(self, key: str) -> Area:
        """KeyError when there is no such area; so too in the look-ups below."""
        return self._areas[key]

    def municipality(self, code: str) -> Municipality:
        return self._municipalities[code]

    def area_of(self, municipality_code: str) -> Area:
        return self._areas[self._municipalities[municipality_code].area]

    def body(self, key: str) -> Body:
        return self._bodies[key]

    def topic(self, key: str) -> Topic:
        return self._topics[key]

    def legal_form(self, key: str) -> LegalForm:
        return self._legal_forms[key]

    def period_rule(self, key: str) -> PeriodRule:
        return self._period_rules[key]

    @cached_property
    def municipalities_by_name(self) -> tuple[Municipality, ...]:
        return tuple(sorted(self.municipalities, key=lambda municipality: collation_key(municipality.name)))

    @cached_property
    def _areas(self) -> dict[str, Area]:
        return {area.key: area for area in self.areas}

    @cached_property
    def _municipalities(self) -> dict[str, Municipality]:
        return {municipality.code: municipality for municipality in self.municipalities}

    @cached_property
    def _bodies(self) -> dict[str, Body]:
        return {body.key: body for body in self.bodies}

    @cached_property
    def _topics(self) -> dict[str, Topic]:
        return {topic.key: topic for topic in self.topics}

    @cached_property
    def _legal_forms(self) -> dict[str, LegalForm]:
        return {form.key: form for form in self.legal_forms}

    @cached_property
    def _period_rules(self) -> dict[str, PeriodRule]:
        return {rule.key: rule for rule in self.period_rules}


def load_installation(folder: Path, instance: Path | None = None) -> Installation:
    """Read and check the whole folder. InstallationError names the first thing that is wrong.

    A map in the folder of the instance goes before one in the folder of the region.
    """
    if not folder.is_dir():
        raise InstallationError(folder, "", "there is no such folder")
    network = read_toml(folder / "network.toml")
    languages = network.strings("languages")
    areas = read_areas(folder / "areas.toml", languages)
    municipalities = read_municipalities(folder / "municipalities.csv", {area.key for area in areas})
    contact = network.part("contact")
    map_files = [place / "map.geojson" for place in (instance, folder) if place is not None]
    return Installation(
        folder=folder,
        name=network.words("name", languages),
        short_name=network.words("short_name", languages),
        region=network.words("region", languages),
        languages=languages,
        time_zone=network.time_zone("time_zone"),
        address=contact.strings("address"),
        email=contact.string("email"),
        privacy_email=contact.string("privacy_email"),
        about=network.words("about", languages),
        privacy=network.words("privacy", languages),
        areas=areas,
        municipalities=municipalities,
        bodies=_bodies(folder / "bodies.toml", languages, municipalities),
        topics=_table(folder / "topics.toml", "topic", languages, _topic),
        legal_forms=_table(folder / "legal_forms.toml", "legal_form", languages, _legal_form),
        period_rules=_table(folder / "periods.toml", "period_rule", languages, _period_rule),
        own_periods=_own_periods(network),
        map_file=next((file for file in map_files if file.is_file()), None),
    )


def _own_periods(network: Entry) -> OwnPeriods:
    """Those that are left out, or all of them, are the usual ones."""
    if "own_periods" not in network.values:
        return OwnPeriods()
    entry = network.part("own_periods")
    given = {name: entry.optional_whole(name) for name in OwnPeriods().by_stage}
    return OwnPeriods(**{name: days for name, days in given.items() if days is not None})


def _table(
    file: Path, name: str, languages: tuple[str, ...], read: Callable[[Entry, tuple[str, ...]], Row]
) -> tuple[Row, ...]:
    entries = read_tables(file, name)
    refuse_repeated(entries, "key")
    return tuple(read(entry, languages) for entry in entries)


def _topic(entry: Entry, languages: tuple[str, ...]) -> Topic:
    return Topic(entry.string("key"), entry.words("name", languages))


def _legal_form(entry: Entry, languages: tuple[str, ...]) -> LegalForm:
    return LegalForm(entry.string("key"), entry.words("name", languages))


def _period_rule(entry: Entry, languages: tuple[str, ...]) -> PeriodRule:
    answer_days, answer_months = entry.optional_whole("answer_days"), entry.optional_whole("answer_months")
    if answer_days is not None and answer_months is not None:
        raise entry.refuse("answer_months", "must be left out where answer_days is")
    has_answer = answer_days is not None or answer_months is not None
    return PeriodRule(
        key=entry.string("key"),
        name=entry.words("name", languages),
        level=entry.choice("level", RULE_LEVELS),
        minimum_days=entry.optional_whole("minimum_days"),
        typical_days=entry.optional_whole("typical_days"),
        answer_days=answer_days,
        answer_counts_from=entry.choice("answer_counts_from", ANSWER_COUNTS_FROM) if has_answer else "",
        legal_source=_legal_source(entry, languages),
        note=entry.words("note", languages),
        answer_months=answer_months,
    )


def _legal_source(entry: Entry, languages: tuple[str, ...]) -> LegalSource | None:
    if "legal_source" in entry.values:
        source = entry.part("legal_source")
        return LegalSource(source.words("act", languages), source.words("article", languages))
    # A number of days that nobody can look up in a law would be a claim, not a rule.
    if entry.values.keys() & {"minimum_days", "answer_days", "answer_months"}:
        raise entry.refuse("legal_source", "must name the act and article that set the days")
    return None


def _bodies(file: Path, languages: tuple[str, ...], municipalities: tuple[Municipality, ...]) -> tuple[Body, ...]:
    """The bodies of the file, then each municipality of the region as a body of its own."""
    entries = read_tables(file, "body")
    refuse_repeated(entries, "key")
    own = {municipality.code.lower(): municipality for municipality in municipalities}
    for entry in entries:
        if entry.string("key") in own:
            raise entry.refuse("key", f'"{entry.string("key")}" belongs to a municipality')
    return tuple(_body(entry, languages) for entry in entries) + tuple(
        Body(
            key=key,
            name=Text(tuple((language, municipality.official_name) for language in languages)),
            kind=municipality.kind,
            level="municipal",
            abbreviation="",
            email="",
            municipality_code=municipality.code,
        )
        for key, municipality in own.items()
    )


def _body(entry: Entry, languages: tuple[str, ...]) -> Body:
    return Body(
        key=entry.string("key"),
        name=entry.words("name", languages),
        kind=entry.string("kind"),
        level=entry.choice("level", LEVELS),
        abbreviation=entry.string("abbreviation", ""),
        email=entry.string("email", ""),
        municipality_code="",
    )
