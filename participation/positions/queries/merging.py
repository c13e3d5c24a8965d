"""Merging the wordings that comments propose into what one point demands."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from participation.comments.models import WordingAction
from participation.comments.queries.clashes import Voice
from participation.texts.differing import diff_excerpt, word_diff_html
from participation.texts.markdown import normalise

from ..models import Point, Position
from .demands import BY_HAND, Demand, Demands, Line, Stands, demands_on
from .proposals import Said, proposals_on

# What stands for leaving the existing words among the values of a choice; the others are numbers of comments.
EXISTING = "existing"
LONGEST_EXCERPT = 240


@dataclass(frozen=True)
class Decisions:
    """What an editor decided: the comments, what stands in each passage, and what is left out.

    None of the latter two means: as the point reads now.
    """

    comments: Collection[int]
    keeps_by_hand: bool = True
    choices: Mapping[str, str] | None = None
    left: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A change that can be had beside all others."""

    line: Line
    is_left: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """Words for which different ones are demanded. `options` are values of a choice with what each means."""

    key: str
    existing: str
    options: tuple[tuple[str, Line], ...]
    chosen: str  # empty: nothing yet


@dataclass(frozen=True, slots=True)
class Candidate:
    """A comment whose proposal can be taken up; it does not fit if written for a text that reads otherwise."""

    voice: Voice
    excerpt: str  # safe HTML
    is_chosen: bool
    fits: bool


@dataclass(frozen=True)
class Merge:
    """What a point would demand, by these decisions. `outcome` leaves the existing words where nothing is chosen."""

    action: WordingAction
    existing: str
    outcome: str
    candidates: Sequence[Candidate]
    offers: Sequence[Offer]
    passages: Sequence[Passage]
    is_by_hand: bool  # the point says something that is in no comment
    kept_by_hand: bool
    difference_html: str = field(repr=False, default="")

    @property
    def undecided(self) -> list[Passage]:
        return [passage for passage in self.passages if not passage.chosen]

    @property
    def changes_nothing(self) -> bool:
        return self.outcome == self.existing

    @property
    def chosen(self) -> list[int]:
        return [one.voice.comment_id for one in self.candidates if one.is_chosen]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What there is to merge in a point: how many proposals it has not taken up, and whether somebody must decide."""

    new: int
    is_disputed: bool


def waiting_in(position: Position) -> dict[int, Waiting]:
    """By the number of the point's row; points with nothing to merge are left out. One statement."""
    keys = {provision.key for point in position.points for provision in point.provisions}
    found = proposals_on(position.consultation, keys) if keys else {}
    made: dict[int, Waiting] = {}
    for point in position.points:
        asked = _words_asked(point, found)
        own = {comment.id for comment in point.comments}
        proposing = {demand.voice.comment_id for demand in asked}
        if len(proposing) < 2 and proposing <= own:
            continue
        taken_up = demands_on(_text_of(point), [demand for demand in asked if demand.voice.comment_id in own])
        made[point.id] = Waiting(len(proposing - own), point.is_as_drafted and bool(taken_up.conflicts))
    return made


def merge_of(point: Point, decisions: Decisions | None = None, labels: tuple[str, str] | None = None) -> Merge:
    """The wordings on the point's provisions, as decided; without decisions as the point reads now. One statement."""
    keys = {provision.key for provision in point.provisions}
    words = _words_asked(point, proposals_on(point.position.consultation, keys))
    made = decisions or Decisions({comment.id for comment in point.comments})
    chosen = [demand for demand in words if demand.voice.comment_id in made.comments]
    existing = _existing(point, chosen)
    plain = demands_on(existing, chosen)
    now = _reads_now(point, existing)
    by_hand = plain if now is None else plain.with_what_is_by_hand(now)
    demands = by_hand if made.keeps_by_hand else plain
    offers, passages, outcome = _decide(demands, made, now)
    return Merge(
        action=_action(existing, outcome),
        existing=existing,
        outcome=outcome,
        candidates=_candidates(existing or _text_of(point), words, made.comments),
        offers=offers,
        passages=passages,
        is_by_hand=by_hand is not plain,
        kept_by_hand=made.keeps_by_hand,
        difference_html=word_diff_html(existing, outcome, labels),
    )


def _words_asked(point: Point, found: Mapping[str, Sequence[Demand]]) -> list[Demand]:
    """What is proposed for its provisions. A point that moves them changes no words of them."""
    if point.action == WordingAction.MOVE:
        return []
    asked = [demand for provision in point.provisions for demand in found.get(provision.key, [])]
    return [demand for demand in asked if demand.action is not WordingAction.MOVE]


def _existing(point: Point, chosen: Sequence[Demand]) -> str:
    """What the point changes; of one that only adds, nothing, until a chosen wording changes its provisions."""
    is_changing = any(demand.action is not WordingAction.ADD for demand in chosen)
    return (point.existing or _text_of(point)) if is_changing or point.action != WordingAction.ADD else ""


def _text_of(point: Point) -> str:
    return normalise("\n".join(provision.text for provision in point.provisions))


def _reads_now(point: Point, existing: str) -> str | None:
    """What the point makes of the existing wording so far; None as long as it demands nothing."""
    if not point.is_complete:
        return None
    if point.action == WordingAction.ADD and existing:
        return f"{existing}\n{point.demanded}"
    return Said(point.id, WordingAction(point.action), existing, point.demanded).outcome


def _action(existing: str, outcome: str) -> WordingAction:
    if not existing:
        return WordingAction.ADD
    return WordingAction.CHANGE if outcome else WordingAction.DELETE


def _decide(demands: Demands, made: Decisions, now: str | None) -> tuple[list[Offer], list[Passage], str]:
    standing, missing = demands.standing(now) if now is not None else ([False] * len(demands.conflicts), [])
    passages: list[Passage] = []
    choices: list[int | None] = []
    for conflict, stands in zip(demands.conflicts, standing, strict=True):
        key = f"{conflict.start}-{conflict.stop}"
        options = {str(demands.voices[place].comment_id): (place, line) for place, line in demands.asked_in(conflict)}
        value = made.choices.get(key, "") if made.choices is not None else _value(stands, demands.voices, options)
        value = value if value in options or value == EXISTING else ""
        lines = tuple((option, line) for option, (_place, line) in options.items())
        passages.append(Passage(key, conflict.existing.strip(), lines, value))
        choices.append(options[value][0] if value in options else None)
    offers = []
    for place, line in enumerate(demands.free):
        was_left = place in missing and BY_HAND not in line.voices
        offers.append(Offer(line, line.key in made.left if made.left is not None else was_left))
    without = [place for place, offer in enumerate(offers) if offer.is_left]
    return offers, passages, demands.merged(choices, without)


def _value(stands: Stands, voices: Sequence[Voice], options: Mapping[str, tuple[int, Line]]) -> str:
    if stands is None:
        return EXISTING
    if stands is False:
        return ""
    return next(option for option, (_place, line) in options.items() if voices[stands] in line.voices)


def _candidates(existing: str, words: Sequence[Demand], chosen: Collection[int]) -> list[Candidate]:
    by_voice: dict[Voice, list[Demand]] = {}
    for demand in words:
        by_voice.setdefault(demand.voice, []).append(demand)
    return [
        Candidate(
            voice=voice,
            excerpt=" ".join(_excerpt(demand) for demand in its),
            is_chosen=voice.comment_id in chosen,
            fits=not demands_on(existing, its).apart,
        )
        for voice, its in by_voice.items()
    ]


def _excerpt(demand: Demand) -> str:
    before = "" if demand.action is WordingAction.ADD else demand.written_on
    return diff_excerpt(word_diff_html(before, demand.wording), LONGEST_EXCERPT)
