"""What a position says that is drafted from chosen comments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from participation.comments.models import Comment, WordingAction
from participation.consultations.models import Consultation, Provision
from participation.consultations.queries import provisions_of, published_version
from participation.foundation.language import force_locale
from participation.texts.markdown import normalise, to_html

from ..models import Point, difference_html
from ..queries import Demand, comments_with_changes, demands_on, proposals_in


class Drafting:
    """What chosen comments make of a position."""

    def __init__(self, consultation: Consultation, comments: Sequence[Comment]) -> None:
        self.consultation = consultation
        self.comments = comments

    @property
    def general(self) -> str:
        """What was said of the whole draft."""
        return _joined(comment.source for comment in self.comments if comment.provision is None)

    def points(self) -> list[Point]:
        """One for each provision that the comments are about, and one for each that is to be moved.

        Wordings that do not exclude each other are merged; where they do, the first stands in the point until
        somebody decides.
        """
        ids = [comment.id for comment in self.comments]
        comments_with_changes(ids)
        asked: dict[str, list[Demand]] = {}
        for demand in proposals_in(ids):
            asked.setdefault(demand.key, []).append(demand)
        said = _by_provision(self.comments)
        provisions = _newest(self.consultation, [provision for provision, _comments in said])
        made: list[Point] = []
        for key, its in sorted(_together(said).items(), key=lambda group: provisions[group[0]].position):
            made += _points(provisions[key], its, asked.get(key, []))
        for number, point in enumerate(made, start=1):
            point.number = number
        return made


def _joined(texts: Iterable[str]) -> str:
    return "\n\n".join(normalise(text) for text in texts if text.strip())


def _by_provision(comments: Sequence[Comment]) -> list[tuple[Provision, Comment]]:
    """Each comment with its own provision and with all others that it proposes to change."""
    own = [(comment.provision, comment) for comment in comments if comment.provision is not None]
    return own + [(change.provision, comment) for comment in comments for change in comment.changes[1:]]


def _together(said: Sequence[tuple[Provision, Comment]]) -> dict[str, list[Comment]]:
    groups: dict[str, list[Comment]] = {}
    for provision, comment in said:
        group = groups.setdefault(provision.key, [])
        if comment not in group:
            group.append(comment)
    return groups


def _newest(consultation: Consultation, said: Sequence[Provision]) -> Mapping[str, Provision]:
    """By their keys: as they read in the newest text, or where it has them no more as they read last."""
    version = published_version(consultation)
    last = {provision.key: provision for provision in sorted(said, key=lambda provision: provision.version_id)}
    return last | ({provision.key: provision for provision in provisions_of(version)} if version else {})


def _points(provision: Provision, comments: Sequence[Comment], asked: Sequence[Demand]) -> list[Point]:
    """A point of words, a point of another place, or both."""
    words = [demand for demand in asked if demand.action is not WordingAction.MOVE]
    movers = {demand.voice.comment_id for demand in asked if demand.action is WordingAction.MOVE}
    only_moving = movers - {demand.voice.comment_id for demand in words}
    moving = [comment for comment in comments if comment.id in movers]
    others = [comment for comment in comments if comment.id not in only_moving]
    made = [_point_of_words(provision, others, words)] if others else []
    return made + ([_point_of_move(provision, moving)] if moving else [])


def _point_of_words(provision: Provision, comments: Sequence[Comment], words: Sequence[Demand]) -> Point:
    existing = normalise(provision.text)
    demands = demands_on(existing, words)
    if demands.wordings:
        demanded = demands.merged_by_first()
        action = WordingAction.CHANGE if demanded else WordingAction.DELETE
    elif demands.additions:
        existing, action, demanded = "", WordingAction.ADD, demands_on("", words).merged_by_first()
    elif words:
        # None of them fits the text as it reads now: the first stands as it is, for the author to weigh.
        action, demanded = words[0].action, normalise(words[0].wording)
    else:
        action, demanded = WordingAction.CHANGE, ""
    return _point(provision, comments, action, existing, demanded)


def _point_of_move(provision: Provision, comments: Sequence[Comment]) -> Point:
    """Where the first wants it, in words of the draft's language."""
    moves = (
        change
        for comment in comments
        for change in comment.changes
        if change.action is WordingAction.MOVE and change.provision.key == provision.key
    )
    with force_locale(comments[0].consultation.language):
        where = next(moves).moved_to
    return _point(provision, comments, WordingAction.MOVE, normalise(provision.text), where)


def _point(
    provision: Provision, comments: Sequence[Comment], action: WordingAction, existing: str, demanded: str
) -> Point:
    reasons = _joined(comment.source for comment in comments)
    return Point(
        action=action,
        existing=existing,
        demanded=demanded,
        difference_html=difference_html(action, existing, demanded),
        reasons=reasons,
        reasons_html=to_html(reasons),
        provisions=[provision],
        comments=list(comments),
    )
