"""One demand after the other against the adopted text."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from participation.texts.uptake.changes import Change, changes_between
from participation.texts.uptake.deletions import judge_deletion
from participation.texts.uptake.demands import Adopted, Demand, Finding, Verdict
from participation.texts.uptake.opposites import (
    is_denied_around,
    is_repeated,
    moved_the_other_way,
    said_the_contrary,
    was_deleted,
)
from participation.texts.uptake.rows import Home, Region, Row, found_in
from participation.texts.uptake.standing import Setting, Site, is_new, runs_of, sites_of
from participation.texts.uptake.words import EDGE, Codes, Wording, plain

# A wording of so many words is looked for in its place as a whole, without what is around it.
_WHOLE = 5
# Elsewhere it is only if it is so long and so much of it is asked for.
_WHOLE_ELSEWHERE, _CHANGED_ELSEWHERE = 12, 5
# A wording that is not beside its existing words needs so many of its own.
_ALONE = 4
# Less of a demand than this is what any text of the same matter has in common with it.
_LEAST_SHARE, _LEAST_WORDS = 0.1, 8
# A short existing wording may stand so often in its provisions; any of the places will do.
_MOST_PLACES = 8
_RANK = (Verdict.NOT, Verdict.PART, Verdict.OPPOSITE, Verdict.VERBATIM)


def find_uptake(demands: Sequence[Demand], draft: Sequence[Adopted], adopted: Sequence[Adopted]) -> list[Finding]:
    """What became of each demand, in their order."""
    search = _Search(draft, adopted)
    return [search.judge(demand) for demand in demands]


class _Search:
    def __init__(self, draft: Sequence[Adopted], adopted: Sequence[Adopted]) -> None:
        self.codes = Codes()
        self.draft, self.adopted = Row(draft, self.codes), Row(adopted, self.codes)
        self._homes: dict[tuple[str, ...], Home] = {}

    def judge(self, demand: Demand) -> Finding:
        home = self._home(demand.keys)
        existing = demand.existing
        if demand.action != "add" and not existing.strip():
            existing = "\n".join(home.own.texts)
        if demand.action == "delete" or (demand.action != "add" and not demand.demanded.strip()):
            return judge_deletion(self.codes.read(existing), home, self.draft, self.adopted, self.codes)
        judging = _Judging(self, home, self.codes.read(demand.demanded))
        if demand.action == "add":
            return judging.of_addition(self.codes.read(existing))
        return judging.of_change(self.codes.read(existing))

    def _home(self, keys: Iterable[str]) -> Home:
        wanted = tuple(keys)
        if wanted not in self._homes:
            self._homes[wanted] = Home(self.draft, self.adopted, wanted)
        return self._homes[wanted]


@dataclass(frozen=True, slots=True)
class _Judging:
    """One demanded wording; `codes` of it may begin with a small letter or as it is written."""

    search: _Search
    home: Home
    demanded: Wording

    def of_addition(self, existing: Wording) -> Finding:
        wanted = self.demanded.codes
        if existing.codes and existing.codes in wanted and len(existing.codes) < len(wanted):
            return self.of_change(existing)
        changes = [Change(0, len(wanted), "", 0)] if wanted else []
        findings = [self._found(codes, changes, None, "") for codes in self._variants()]
        return max([*findings, self._put_between()], key=_rank)

    def of_change(self, existing: Wording) -> Finding:
        small, written = existing.codes, self.search.codes.with_first_as_written(existing)
        asked = self.demanded.codes, self.search.codes.with_first_as_written(self.demanded)
        pairs = [(small, asked[0]), (written, asked[1])]
        for was, codes in list(dict.fromkeys(pairs)):
            if not self._places(was):
                pairs.remove((was, codes))
        findings: list[Finding] = []
        for was, codes in dict.fromkeys(pairs or [(small, asked[0])]):
            changes = changes_between(was, codes)
            for around, at in self._places(was) or [("", 0)]:
                setting = Setting(around[:at] + codes + around[at + len(was) :], at) if around else None
                findings.append(self._found(codes, changes, setting, was))
        return max(findings, key=_rank)

    def _places(self, existing: str) -> list[tuple[str, int]]:
        """Where existing words stand in their provisions, and in what."""
        for around in (self.home.own.edged, EDGE + self.home.own.plain + EDGE):
            if found := list(_first(found_in(around, existing), _MOST_PLACES)):
                return [(around, at) for at in found]
        return []

    def _variants(self) -> Iterable[str]:
        return dict.fromkeys((self.demanded.codes, self.search.codes.with_first_as_written(self.demanded)))

    def _found(self, codes: str, changes: list[Change], setting: Setting | None, existing: str) -> Finding:
        keys = self._whole(codes, changes)
        if keys is None and not changes:
            keys = self._in_its_signs(existing)
        if keys is not None:
            return self._verbatim(changes, keys)
        if not changes:
            return Finding(Verdict.NOT)
        if setting is None and len(codes) >= _ALONE:
            setting = Setting(codes, is_draft=False)
        sites = sites_of(changes, setting, self.home) if setting else [None] * len(changes)
        is_denied = setting is not None and is_denied_around(changes, setting, self.home, self.search.codes)
        if all(sites) and not is_denied:
            return self._verbatim(changes, [key for site in sites if site for key in site.keys])
        contrary = self._contrary(codes, setting, existing)
        if contrary is not None:
            return Finding(Verdict.OPPOSITE, (), self._passages(changes), contrary)
        part = self._part(codes, changes, sites)
        return part if part.verdict is Verdict.PART else self._opposite(changes, setting, existing) or part

    def _contrary(self, codes: str, setting: Setting | None, existing: str) -> tuple[str, ...] | None:
        if setting is None:
            return None
        was = Setting(
            setting.codes[: setting.shift] + existing + setting.codes[setting.shift + len(codes) :], setting.shift
        )
        whole = was.provision(len(existing)), setting.provision(len(codes))
        return said_the_contrary(*whole, self.home, self.search.codes)

    def _whole(self, codes: str, changes: Sequence[Change]) -> list[str] | None:
        """The keys where the whole demanded wording stands, and did not in the draft."""
        home, draft, adopted = self.home, self.search.draft, self.search.adopted
        if _is_exactly(self.demanded.text, home):
            return _keys_of(changes, home.went_on.keys_of_words, home.went_on.words.find(codes)) or home.went_on.keys
        sealed = EDGE + codes + EDGE
        if codes and is_new(sealed, home.own.edged, home.went_on.edged):
            return home.went_on.keys_of_edged(home.went_on.edged.find(sealed), len(sealed))
        if len(codes) >= _WHOLE and is_new(codes, home.before.plain, home.after.plain):
            for at in found_in(home.after.plain, codes):
                if not _keeps_outer(changes, codes, home.after, at):
                    return _keys_of(changes, home.after.keys_of, at)
        asked = sum(change.stop - change.start for change in changes)
        if (
            len(codes) < _WHOLE_ELSEWHERE
            or asked < _CHANGED_ELSEWHERE
            or not is_new(codes, draft.codes, adopted.codes)
        ):
            return None
        return _keys_of(changes, lambda at, length: adopted.keys_at(at, at + length), adopted.codes.find(codes))

    def _in_its_signs(self, existing: str) -> list[str] | None:
        """The keys where the wording stands that changes only signs or capitals."""
        asked = plain(self.demanded.text)
        if len(self.demanded.codes) < _ALONE or not asked:
            return None
        before = "\n".join(plain(text) for text in self.home.before.texts)
        after = "\n".join(plain(text) for text in self.home.after.texts)
        if not is_new(asked, before, after):
            return None
        texts = zip(self.home.after.places, self.home.after.texts, strict=True)
        return [self.search.adopted.keys[place] for place, text in texts if asked in plain(text)]

    def _put_between(self) -> Finding:
        """A short addition, where it was put between words of the draft."""
        before, after = self.home.before.plain, self.home.after.plain
        for codes in self._variants() if len(self.demanded.codes) < _ALONE else ():
            for at in found_in(after, codes):
                for reach in ((2, 1), (1, 2)):
                    left, right = after[max(0, at - reach[0]) : at], after[at + len(codes) :][: reach[1]]
                    is_between = left and right and left + right in before
                    if is_between and is_new(left + codes + right, before, after):
                        change = Change(0, len(codes), "", 0)
                        return self._verbatim([change], self.home.after.keys_of(at, len(codes)))
        return Finding(Verdict.NOT)

    def _part(self, codes: str, changes: Sequence[Change], sites: Sequence[Site | None]) -> Finding:
        taken: list[tuple[int, int]] = []
        missing: list[tuple[int, int]] = []
        keys: list[str] = []
        weight = whole = 0
        for change, site in zip(changes, sites, strict=True):
            whole += change.weight
            if site is not None:
                weight += change.weight
                taken.append((change.start, change.stop))
                keys += site.keys
                continue
            runs = runs_of(change, codes, self.home, self.search.draft, self.search.adopted, self.search.codes)
            new = [(run.start, run.stop) for run in runs if run.is_new]
            taken += new
            keys += [key for run in runs if run.is_new for key in run.keys]
            weight += sum(stop - start for start, stop in new)
            whole -= sum(run.stop - run.start for run in runs if not run.is_new)
            missing += _rest(change, [(run.start, run.stop) for run in runs])
        share = weight / whole if whole else 0.0
        if share < _LEAST_SHARE and weight < _LEAST_WORDS:
            return Finding(Verdict.NOT, (), self._passages(changes))
        in_order = tuple(place for key in dict.fromkeys(keys) for place in self.search.adopted.places_of([key]))
        return Finding(
            Verdict.PART,
            self._passages_at(taken),
            self._passages_at(missing),
            self._in_reading_order(in_order),
            round(share, 3),
        )

    def _opposite(self, changes: Sequence[Change], setting: Setting | None, existing: str) -> Finding | None:
        home = self.home
        if was_deleted(existing, changes, home, self.search.draft, self.search.adopted):
            return Finding(Verdict.OPPOSITE, (), self._passages(changes))
        for change in changes if setting is not None else ():
            keys = None
            if change.start < change.stop and setting is not None:
                keys = moved_the_other_way(change, setting, home, self.search.codes)
            elif len(changes) == 1:
                keys = is_repeated(change.removed, home)
            if keys is not None:
                return Finding(Verdict.OPPOSITE, (), self._passages(changes), keys)
        return None

    def _verbatim(self, changes: Sequence[Change], keys: Iterable[str]) -> Finding:
        passages = self._passages(changes)
        if not changes and self.demanded.text.strip():
            passages = (self.demanded.text.strip(),)
        places = sorted(self.search.adopted.places_of(dict.fromkeys(keys)))
        return Finding(Verdict.VERBATIM, passages, (), self._in_reading_order(places), 1.0)

    def _in_reading_order(self, places: Iterable[int]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.search.adopted.keys[place] for place in sorted(places)))

    def _passages(self, changes: Iterable[Change]) -> tuple[str, ...]:
        return self._passages_at((change.start, change.stop) for change in changes)

    def _passages_at(self, spans: Iterable[tuple[int, int]]) -> tuple[str, ...]:
        return tuple(self.demanded.passage(start, stop) for start, stop in sorted(spans) if start < stop)


def _rank(finding: Finding) -> tuple[int, float]:
    return _RANK.index(finding.verdict), finding.share


def _first(places: Iterator[int], most: int) -> Iterator[int]:
    return (place for place, _number in zip(places, range(most), strict=False))


def _keys_of(changes: Sequence[Change], keys_of: Callable[[int, int], list[str]], at: int) -> list[str]:
    """The keys of the provisions with the changes of a wording that begins at a word; of where words went, the word
    that follows."""
    if at < 0:
        return []
    found = [keys_of(at + one.start, max(1, one.stop - one.start)) for one in changes]
    return [key for keys in found for key in keys]


def _is_exactly(text: str, home: Home) -> bool:
    """Whether the provisions that go on say the demanded words to the sign, and did not."""
    asked = " ".join(text.split())
    adopted = {" ".join(one.split()) for one in (*home.went_on.texts, " ".join(home.went_on.texts))}
    draft = {" ".join(one.split()) for one in (*home.own.texts, " ".join(home.own.texts))}
    return bool(asked) and asked in adopted and asked not in draft


def _keeps_outer(changes: Sequence[Change], codes: str, after: Region, at: int) -> bool:
    """Whether words that were to go from the ends of a wording still stand there."""
    for change in changes:
        if change.removed and change.start == 0 and after.plain.endswith(change.removed, 0, at):
            return True
        if change.removed and change.stop == len(codes) and after.plain.startswith(change.removed, at + len(codes)):
            return True
    return False


def _rest(change: Change, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What is left of a change's words without some runs of them."""
    at = change.start
    for start, stop in sorted(spans):
        if at < start:
            yield at, start
        at = stop
    if at < change.stop:
        yield at, change.stop
