"""Changing comments: post, reply, edit, support, hide."""

from __future__ import annotations

from typing import cast

from sqlalchemy import delete, insert

from participation.accounts.models import User, Viewer
from participation.consultations.models import Consultation, TextVersion
from participation.consultations.queries import provisions_by_id
from participation.foundation import audit, clock, mail
from participation.foundation.access import demand
from participation.foundation.database import Conflict, keep_first, session
from participation.foundation.language import _, labels_of_changes
from participation.organisations.models import Organisation
from participation.texts.differing import word_diff_html
from participation.texts.formulas import formula_of_addition, formula_of_change, formula_of_deletion, place_of
from participation.texts.markdown import RENDERER_VERSION, normalise, to_html
from participation.texts.quoting import Passage

from . import emails
from .models import (
    Comment,
    CommentKind,
    CommentPlace,
    CommentState,
    Support,
    WordingAction,
    excerpt_of,
    wording_excerpt_of,
)
from .queries import Carried, Place, carried_to, comment_by_key, support_by
from .rules import (
    may_carry_comments,
    may_edit_comment,
    may_hide_comment,
    may_post_comment,
    may_reply_to_comment,
    may_support_comment,
    may_unhide_comment,
    may_withdraw_support,
)


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
    passage: Passage | None = None,
    seen: str,
    form_key: str,
) -> Comment:
    """A comment on a provision, a passage of it or the whole draft; the same form sent again answers with the first.

    `seen` is the `Place.seen` that the writer had before the eyes: raises Conflict when the
    draft reads differently now. Raises TooLong and Refused."""
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
    _put_words(comment, source, wording_action, wording)
    return _keep_once(comment, actor, "comment.posted")


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
    _put_words(reply, source, None, "")
    return _keep_once(reply, actor, "comment.replied")


def edit_comment(
    actor: User,
    comment: Comment,
    *,
    source: str,
    wording_action: WordingAction | None = None,
    wording: str = "",
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
    _put_words(comment, source, wording_action, wording)
    comment.edited_at = clock.now()
    audit.record(actor, "comment.edited", comment)


def support_comment(actor: User, organisation: Organisation | None, comment: Comment) -> Support:
    """The organisation stands behind the comment; once is as good as twice."""
    demand(may_support_comment(actor, comment, comment.consultation, organisation))
    organisation = cast(Organisation, organisation)  # The rule refuses a person without one.
    giver_id = organisation.id
    given = support_by(comment, giver_id)
    if given is not None:
        return given
    support = Support(comment_id=comment.id, organisation_id=giver_id, user_id=actor.id)
    kept = keep_first(support, lambda: support_by(comment, giver_id))
    if kept is support:
        audit.record(actor, "comment.supported", comment, organisation=giver_id)
    return kept


def withdraw_support(actor: User, organisation: Organisation | None, comment: Comment) -> None:
    """The organisation no longer stands behind the comment; nothing happens if it did not."""
    demand(may_withdraw_support(actor, comment.consultation, organisation))
    organisation = cast(Organisation, organisation)  # The rule refuses a person without one.
    given = support_by(comment, organisation.id)
    if given is None:
        return
    session.delete(given)
    audit.record(actor, "comment.support_withdrawn", comment, organisation=organisation.id)


def hide_comment(actor: User, comment: Comment, because: str) -> None:
    """Take the words out of sight and tell the author why; hiding again changes nothing."""
    demand(may_hide_comment(actor))
    if comment.is_hidden:
        return
    comment.state = CommentState.HIDDEN
    comment.hidden_because = normalise(because)
    comment.hidden_by_id = actor.id
    audit.record(actor, "comment.hidden", comment, because=comment.hidden_because)
    mail.send(emails.comment_hidden(comment))


def unhide_comment(actor: User, comment: Comment) -> None:
    """Let the words be read again; the log keeps that and why they were hidden."""
    demand(may_unhide_comment(actor))
    if not comment.is_hidden:
        return
    comment.state = CommentState.VISIBLE
    comment.hidden_because = ""
    comment.hidden_by_id = None
    audit.record(actor, "comment.shown_again", comment)
    mail.send(emails.comment_shown_again(comment))


def carry_comments(actor: Viewer, version: TextVersion) -> None:
    """Write down where the comments on earlier versions stand in this one, which was just published, and tell the
    authors of those whose words changed, moved or are gone."""
    demand(may_carry_comments(actor))
    carried = carried_to(version)
    session.execute(
        delete(CommentPlace).where(CommentPlace.version_id == version.id).execution_options(synchronize_session=False)
    )
    if carried:
        session.execute(insert(CommentPlace), [_place_row(version, one) for one in carried])
    told: dict[User, list[Carried]] = {}
    for one in carried:
        if one.needs_a_word:
            told.setdefault(one.comment.author, []).append(one)
    for author, own in told.items():
        mail.send(emails.comments_carried(author, version, own))


def _place_row(version: TextVersion, one: Carried) -> dict[str, object]:
    return {
        "comment_id": one.comment.id,
        "version_id": version.id,
        "provision_id": one.now.id if one.now else None,
        "after_id": one.after.id if one.after else None,
        "state": one.state,
        "score": one.score,
        "quote_exact": one.quote.exact if one.quote else "",
        "quote_start": one.quote.start if one.quote else 0,
        "quote_end": one.quote.end if one.quote else 0,
    }


def _put_words(comment: Comment, source: str, wording_action: WordingAction | None, wording: str) -> None:
    """The text in every form in which it is read later, made once."""
    comment.source = normalise(source)
    comment.html = to_html(comment.source)
    comment.excerpt = excerpt_of(comment.html)
    comment.renderer = RENDERER_VERSION
    comment.wording_action = wording_action
    comment.wording = normalise(wording)
    comment.wording_html = _difference(comment) if wording_action else ""
    comment.wording_excerpt = wording_excerpt_of(comment.wording_html)
    comment.wording_formula = _formula(comment) if wording_action else ""


def _difference(comment: Comment) -> str:
    existing = comment.provision.text if comment.provision else ""
    if comment.wording_action == WordingAction.ADD:
        existing = ""
    return word_diff_html(existing, comment.wording, labels_of_changes(comment.language))


def _formula(comment: Comment) -> str:
    """The change as lawyers write it, from where the provision stands in its text."""
    provision, language = comment.provision, comment.version.language
    if provision is None:
        return ""
    text = provisions_by_id(comment.version)
    place = place_of(list(text.values()), list(text).index(provision.id))
    match comment.wording_action:
        case WordingAction.ADD:
            return formula_of_addition(place, comment.wording, language)
        case WordingAction.DELETE:
            return formula_of_deletion(place, language)
    return formula_of_change(place, provision.text, comment.wording, language)


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
