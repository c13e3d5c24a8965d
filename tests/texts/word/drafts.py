"""A short act with everything in it that a demand can meet, and demands of several organisations."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from participation.texts.provisions import Kind, Provision
from participation.texts.word.demands import Action, Demand, DraftInWord, Note, Reply

START = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
TEXT = (
    ("naslov", Kind.CHAPTER, "I.", 2, "SPLOŠNE DOLOČBE"),
    ("ena", Kind.ARTICLE, "1. člen", 4, "(vsebina)"),
    ("ena-1", Kind.PARAGRAPH, "(1)", 5, "Ta odlok ureja parke in zelenice v občini."),
    ("ena-2", Kind.PARAGRAPH, "(2)", 5, "Park upravlja občina, ki vsako leto objavi načrt vzdrževanja:"),
    ("ena-2-a", Kind.INDENT, "–", 6, "košnja & obrezovanje,"),
    ("ena-2-b", Kind.INDENT, "–", 6, "zalivanje."),
    ("dva", Kind.ARTICLE, "2. člen", 4, ""),
    ("dva-1", Kind.PARAGRAPH, "", 5, "Rok za pripombe je 15 dni."),
    ("dva-2", Kind.TABLE, "", 5, "Park | Površina | Leto\nMestni park | 12 ha | 2024\nGaj | 3 ha | 2025"),
    ("tri", Kind.ARTICLE, "3. člen", 4, "(kazni)"),
    ("tri-1", Kind.PARAGRAPH, "", 5, "Globa je 100 eurov."),
    ("tri-2", Kind.PARAGRAPH, "", 5, "Rok za pripombe je 15 dni."),
    ("štiri", Kind.ARTICLE, "4. člen", 4, "(začetek veljavnosti)"),
    ("štiri-1", Kind.PARAGRAPH, "", 5, "Odlok začne veljati naslednji dan."),
)
PROVISIONS = [Provision(kind, label, level, text) for _key, kind, label, level, text in TEXT]
KEYS = [key for key, *_rest in TEXT]


def demand(minute: int, key: str, author: str, action: Action, wording: str, reasons: str = "Ker.") -> Demand:
    return Demand(key, author, START + timedelta(minutes=minute), action, wording, reasons)


DEMANDS = (
    demand(1, "ena-1", "Društvo Lipa", Action.CHANGE, "Ta odlok ureja parke, drevorede in zelenice v občini."),
    demand(2, "ena-1", "Zavod Hrast", Action.CHANGE, "Ta odlok ureja parke in zelenice v mestni občini."),
    demand(3, "ena-2", "Zavod Hrast", Action.ADD, "(3) Načrt je javen.\n\n(4) O njem se opravi  razprava."),
    demand(4, "dva-1", "Društvo Lipa", Action.CHANGE, "Rok za pripombe je 30 dni.", "Petnajst je\n\n**premalo**."),
    demand(5, "dva-1", "Zavod Hrast", Action.CHANGE, "Rok za pripombe je 60 dni.", "V počitnicah."),
    demand(6, "dva-1", "Klub Breza", Action.ADD, "Rok v avgustu ne teče."),
    demand(7, "dva-2", "Klub Breza", Action.CHANGE,
           "Park | Površina | Leto\nMestni park | 14 ha | 2024\nGaj | 3 ha | 2026"),
    demand(8, "tri", "Društvo Lipa", Action.DELETE, ""),
    demand(9, "ena", "Klub Breza", Action.ADD, "1.a člen\n(načela)\nDrevo je vrednota <naroda>."),
    demand(10, "dva-2", "Društvo Lipa", Action.CHANGE, "Park | Leto\nMestni park | 2024"),
    demand(11, "ena-2-b", "Zavod Hrast", Action.DELETE, ""),
)  # fmt: skip
NOTES = (
    Note("", "Društvo Lipa", START, "Osnutek je dober.", (Reply("Zavod Hrast", START, "Se strinjamo."),)),
    Note("dva-2", "Klub Breza", START, "Tabela je stara."),
    Note("štiri-1", "Ana Novak", START, "Kdaj točno?\n\nProsimo za datum."),
)
DRAFT = DraftInWord("Odlok o parkih", "sl", START, PROVISIONS, KEYS, DEMANDS, NOTES)


def with_demands(*demands: Demand, notes: tuple[Note, ...] = ()) -> DraftInWord:
    return replace(DRAFT, demands=demands, notes=notes)
