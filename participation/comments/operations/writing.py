"""Posting, replying, editing."""

from __future__ import annotations

from collections.abc import Sequence

from participation.accounts.models import User
from participation.consultations.models import Consultation, Provision
from participation.consultations.queries import provisions_by_id
from participation.foundation import audit, clock
from participation.foundation.access import demand
from participation.foundation.database import Conflict, keep_first, session
from participation.foundation.language import _
from participation.organisations.models import Organisation
from participation.texts.formulas import (
    Place as PlaceInWords,
)
from participation.texts.formulas import (
    formula_of_addition,
    formula_of_change,
    formula_of_deletion,
    formula_of_move,
    place_in,
)
from participation.texts.markdown import RENDERER_VERSION, normalise, to_html
from participation.texts.quoting import Passage
from participation.texts.trees import Tree

from ..models import (
    Comment,
    CommentKind,
    FurtherChange,
    WordingAction,
    WordingChange,
    changes_html,
    excerpt_of,
    wording_excerpt_of,
)
from ..queries import Place, comment_by_key, nil_return_of
from ..rules import may_edit_comment, may_post_comment, may_reply_to_comment


def post_comment(
    actor: User,
    organisation: Organisation | None,
    consultation: Consultation,
    place: Place,
    *,
    kind: CommentKind,
    source: str,
    wording_action: WordingAction | None = None,
    wording: str = "",
    after: Provision | None = None,
    further: Sequence[WordingChange] = (),
    passage: Passage | None = None,
    seen: str,
    form_key: str,
) -> Comment:
    """A comment on a provision, a passage of it or the whole draft; the same form sent again answers with the first.

    A proposed wording says what is to become of its provision, and `further` of which others. `seen` is the
    `Place.seen` that the writer had before the eyes: raises Conflict when the draft reads differently now. Raises
    TooLong and Refused.
    """
    demand(may_post_comment(actor, consultation, organisation))
    posted = comment_by_key(form_key)
    if posted is not None:
        return _own(posted, actor)
    if seen != place.seen:
        raise Conflict(
            _("The text of the draft was changed while you were writing. Read it again, then send your comment."),
            stored=place.text,
        )
    comment = Comment(
        consultation=consultation,
        version=place.version,
        provision=place.provision,
        author=actor,
        organisation=organisation,
        kind=kind,
        language=consultation.language,
        form_key=form_key,
    )
    if passage is not None:
        comment.quote_exact, comment.quote_start, comment.quote_end = passage.exact, passage.start, passage.end
        comment.quote_prefix, comment.quote_suffix = passage.prefix, passage.suffix
    _put_words(comment, source)
    _put_wordings(comment, wording_action, wording, after, further)
    kept = _keep_once(comment, actor, "comment.posted")
    if organisation is not None:
        _end_nil_return(actor, organisation, consultation)
    return kept


def reply_to_comment(
    actor: User, organisation: Organisation | None, parent: Comment, *, source: str, form_key: str
) -> Comment:
    """A reply; the same form sent again answers with the first. Raises TooLong and Refused."""
    demand(may_reply_to_comment(actor, parent, parent.consultation, organisation))
    posted = comment_by_key(form_key)
    if posted is not None:
        return _own(posted, actor)
    reply = Comment(
        consultation=parent.consultation,
        version=parent.version,
        provision=parent.provision,
        # Not by the relationship: a lost race must leave nothing behind in the parent's list.
        parent_id=parent.id,
        author=actor,
        organisation=organisation,
        kind=CommentKind.GENERAL,
        language=parent.consultation.language,
        form_key=form_key,
    )
    _put_words(reply, source)
    return _keep_once(reply, actor, "comment.replied")


def edit_comment(
    actor: User,
    comment: Comment,
    *,
    source: str,
    wording_action: WordingAction | None = None,
    wording: str = "",
    after: Provision | None = None,
    further: Sequence[WordingChange] = (),
    seen_revision: int,
) -> None:
    """Other words for a comment; raises Conflict when its words changed since they were read."""
    demand(may_edit_comment(actor, comment, comment.consultation))
    if seen_revision != comment.revision:
        raise Conflict(
            _("This comment was changed in another window. Compare the two texts and edit it again."),
            stored="\n\n".join(text for text in (comment.wording, comment.source) if text),
            fields={"wording": comment.wording, "source": comment.source},
            fresh={"revision": comment.revision},
        )
    _put_words(comment, source)
    _put_wordings(comment, wording_action, wording, after, further)
    comment.edited_at = clock.now()
    audit.record(actor, "comment.edited", comment)


def _end_nil_return(actor: User, organisation: Organisation, consultation: Consultation) -> None:
    """Whoever comments has comments."""
    standing = nil_return_of(consultation, organisation.id)
    if standing is not None:
        standing.end()
        audit.record(actor, "nil_return.withdrawn", standing, because="commented")


def _put_words(comment: Comment, source: str) -> None:
    comment.source = normalise(source)
    comment.html = to_html(comment.source)
    comment.excerpt = excerpt_of(comment.html)
    comment.renderer = RENDERER_VERSION


def _put_wordings(
    comment: Comment,
    action: WordingAction | None,
    wording: str,
    after: Provision | None = None,
    further: Sequence[WordingChange] = (),
) -> None:
    """What is to become of the comment's own provision, and of which others; nothing without an `action`."""
    comment.wording_action = action
    comment.wording = normalise(wording)
    comment.wording_after = after
    _put_further(comment, further)
    changes = comment.changes
    differences = [change.difference_html(comment.language) for change in changes]
    comment.wording_html = changes_html(changes, comment.language)
    comment.wording_excerpt = wording_excerpt_of(" ".join(differences)) or (differences[0] if differences else "")
    comment.wording_formula = "\n".join(_formulas(comment, changes))


def _put_further(comment: Comment, further: Sequence[WordingChange]) -> None:
    if not further and not comment.further_changes:
        return
    comment.further_changes.clear()
    session.flush()  # What is written anew takes the numbers of what was there.
    comment.further_changes += [
        FurtherChange(
            number=number,
            provision=one.provision,
            action=one.action,
            wording=normalise(one.wording),
            after=one.after,
        )
        for number, one in enumerate(further, start=1)
    ]


def _formulas(comment: Comment, changes: Sequence[WordingChange]) -> list[str]:
    """The changes as lawyers write them, from where the provisions stand in their text."""
    if not changes:
        return []
    text = provisions_by_id(comment.version)
    tree, at = Tree(list(text.values())), {number: place for place, number in enumerate(text)}
    found = []
    for change in changes:
        after = place_in(tree, at[change.after.id]) if change.after else None
        place = place_in(tree, at[change.provision.id])
        found.append(_formula(change, place, after, comment.version.language))
    return [one for one in found if one]


def _formula(change: WordingChange, place: PlaceInWords, after: PlaceInWords | None, language: str) -> str:
    match change.action:
        case WordingAction.ADD:
            return formula_of_addition(place, change.wording, language)
        case WordingAction.DELETE:
            return formula_of_deletion(place, language)
        case WordingAction.MOVE:
            return formula_of_move(place, after, language)
    return formula_of_change(place, change.provision.text, change.wording, language)


def _keep_once(comment: Comment, actor: User, action: str) -> Comment:
    form_key = comment.form_key
    kept = keep_first(comment, lambda: comment_by_key(form_key))
    if kept is not comment:
        return _own(kept, actor)
    audit.record(actor, action, comment)
    return comment


def _own(posted: Comment, actor: User) -> Comment:
    """The comment of this form, unless somebody else's key was sent."""
    if posted.author_id != actor.id:
        raise Conflict(_("This form was already used. Open the page again and send your comment from there."))
    return posted
