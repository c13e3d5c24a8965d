"""Who may do what with joint positions, and why not."""

from __future__ import annotations

from datetime import date

from participation.accounts.models import Viewer
from participation.consultations.models import Consultation, Phase
from participation.foundation import clock
from participation.foundation.access import ALLOWED, Verdict, refused
from participation.foundation.language import _
from participation.organisations.models import Organisation
from participation.organisations.rules import acts_for, belongs_to_network, represents

from .models import Cosignature, Position, ProposedDecision

LONGEST_WHY = 1_500  # characters, why a comment was left out
PHASES_FOR_DRAFTING = (Phase.OPEN, Phase.POSITIONS, Phase.COSIGNING)


def represents_anybody(viewer: Viewer) -> bool:
    """The mandate of some member organisation, whichever it is."""
    return any(membership.is_live and membership.is_representative for membership in viewer.memberships)


def sees_drafts(viewer: Viewer) -> bool:
    """While a position is drafted, everyone in the network sees it and nobody else."""
    return viewer.is_authenticated and (
        viewer.leads_consultations or viewer.is_administrator or belongs_to_network(viewer)
    )


def may_see_position(viewer: Viewer, position: Position) -> Verdict:
    if not position.is_drafted or sees_drafts(viewer):
        return ALLOWED
    return refused(
        _("While a position is being drafted, only the network sees it."),
        sign_in_helps=not viewer.is_authenticated,
    )


def may_draft_position(viewer: Viewer, consultation: Consultation) -> Verdict:
    if not viewer.is_authenticated:
        return refused(_("Sign in to draft a joint position."), sign_in_helps=True)
    if not viewer.leads_consultations and not represents_anybody(viewer):
        return refused(
            _(
                "Joint positions are drafted by representatives of member organisations, by council "
                "representatives and by the office."
            )
        )
    if consultation.phase not in PHASES_FOR_DRAFTING:
        return refused(_("Positions are drafted from the day a consultation opens until it is submitted."))
    return ALLOWED


def may_edit_position(viewer: Viewer, position: Position) -> Verdict:
    """The one who began it, council representatives and the office; only while it is drafted."""
    if not viewer.is_authenticated:
        return refused(_("Sign in to edit the position."), sign_in_helps=True)
    if not position.is_written:
        return refused(_("The text was frozen when it was opened for co-signing, and nobody can change it any more."))
    if viewer.leads_consultations:
        return ALLOWED
    if position.created_by_id == viewer.id and represents_anybody(viewer):
        return ALLOWED
    return refused(
        _(
            "The text is written by the one who began it, by council representatives and by the office. "
            "Please say in the discussion what you would change."
        )
    )


def may_leave_out_comment(viewer: Viewer, position: Position) -> Verdict:
    """Those who write its points say what did not get into them."""
    if not viewer.is_authenticated:
        return refused(_("Sign in to say why comments are left out."), sign_in_helps=True)
    if not position.is_written:
        return refused(_("Why comments were left out was settled when the text was frozen."))
    return may_edit_position(viewer, position)


def may_post_remark(viewer: Viewer, position: Position) -> Verdict:
    if not viewer.is_authenticated:
        return refused(_("Sign in to take part in the discussion."), sign_in_helps=True)
    if not sees_drafts(viewer):
        return refused(_("The discussion of a draft is for members of the network."))
    if not position.is_written:
        return refused(_("The discussion ended when the text was frozen."))
    return ALLOWED


def may_open_position(viewer: Viewer, position: Position) -> Verdict:
    verdict = may_edit_position(viewer, position)
    if not verdict:
        return verdict
    if position.consultation.phase not in PHASES_FOR_DRAFTING:
        return refused(_("The consultation is not open any more, so nothing can be opened for co-signing in it."))
    if not position.points:
        return refused(_("Add at least one point before you open the position for co-signing."))
    if position.incomplete_points:
        return refused(
            _(
                "Some points do not say yet what they demand (points %(numbers)s). Complete or remove them first.",
                numbers=", ".join(str(point.number) for point in position.incomplete_points),
            )
        )
    if not position.addressees:
        return refused(_("Choose at least one addressee before you open the position for co-signing."))
    return ALLOWED


def may_see_agreement(viewer: Viewer, position: Position) -> Verdict:
    """Who could agree on what: for those who write the next version, and those who see how they came to it."""
    if not sees_drafts(viewer):
        return refused(
            _("What is agreed is worked out within the network."), sign_in_helps=not viewer.is_authenticated
        )
    if position.frozen is None:
        return refused(_("Organisations decide once the text is frozen; then it can be seen what is agreed."))
    return ALLOWED


def may_revise_position(viewer: Viewer, position: Position, *, is_compiled: bool = False) -> Verdict:
    """`is_compiled`: a submission that is ready to be sent holds the frozen text."""
    if not viewer.is_authenticated:
        return refused(_("Sign in to draft the next version."), sign_in_helps=True)
    if position.is_drafted:
        return refused(_("The text is still being drafted; there is no version to follow yet."))
    if position.is_delivered:
        return refused(_("The position has been delivered, so its text stays as it is."))
    if is_compiled:
        return refused(_("A submission that is ready to be sent carries this text. Discard that submission first."))
    if viewer.leads_consultations or (position.created_by_id == viewer.id and represents_anybody(viewer)):
        return ALLOWED
    return refused(
        _(
            "The next version is drafted by the one who began the position, by council representatives and by "
            "the office."
        )
    )


def is_another_text(differs: bool) -> Verdict:
    """Whether opening would ask everybody anew for a reason: `differs` from the version that is open."""
    if not differs:
        return refused(_("The text is the one that is open already. Change something before you open a new version."))
    return ALLOWED


def day_for_cosigning(position: Position, until: date) -> Verdict:
    """Whether co-signing could last until the end of this day."""
    if until < clock.today():
        return refused(_("This day has passed. Choose today or a later day."))
    official = position.consultation.official_deadline_on
    if official is not None and until > official:
        return refused(_("This is after the official deadline, when the submission must have been sent."))
    return ALLOWED


def may_cosign_position(viewer: Viewer, position: Position, organisation: Organisation | None) -> Verdict:
    """Whether this organisation could sign now through this person.

    That it has signed already is no refusal: pressing the button again answers with the
    signature that stands.
    """
    if not viewer.is_authenticated:
        return refused(_("Sign in as a representative to co-sign."), sign_in_helps=True)
    if organisation is None or not represents(viewer, organisation):
        return refused(_("An organisation co-signs through a representative: a person with its mandate."))
    return _takes_cosignatures(position)


def _takes_cosignatures(position: Position) -> Verdict:
    version = position.frozen
    if position.is_drafted or version is None:
        return refused(_("The position is still being drafted; it can be co-signed once its text is frozen."))
    if position.is_delivered:
        return refused(_("The position has been delivered, so it takes no more co-signatures."))
    if not version.is_open:
        return refused(_("The deadline for co-signing has passed."))
    return ALLOWED


def may_propose_decision(viewer: Viewer, position: Position, organisation: Organisation | None) -> Verdict:
    """Whether this person could ask the representatives of the organisation to decide so."""
    if not viewer.is_authenticated:
        return refused(_("Sign in to propose what your organisation should decide."), sign_in_helps=True)
    if organisation is None or not acts_for(viewer, organisation):
        return refused(_("What an organisation should decide is proposed by its own people."))
    if represents(viewer, organisation):
        return refused(_("You have the mandate of your organisation, so you decide yourself."))
    return _takes_cosignatures(position)


def may_send_back_proposed_decision(viewer: Viewer, proposed: ProposedDecision) -> Verdict:
    if not viewer.is_authenticated:
        return refused(_("Sign in as a representative to send a proposal back."), sign_in_helps=True)
    if not represents(viewer, proposed.organisation):
        return refused(_("A proposal is sent back by a representative: a person with the mandate."))
    return _still_waits(proposed)


def may_withdraw_proposed_decision(viewer: Viewer, proposed: ProposedDecision) -> Verdict:
    if not viewer.is_authenticated:
        return refused(_("Sign in to take your proposal back."), sign_in_helps=True)
    if proposed.author_id != viewer.id or not acts_for(viewer, proposed.organisation):
        return refused(_("A proposal is taken back by the person who made it."))
    return _still_waits(proposed)


def _still_waits(proposed: ProposedDecision) -> Verdict:
    if not proposed.waits:
        return refused(_("This proposal does not wait any more: it is %(state)s.", state=proposed.state.label))
    return ALLOWED


def may_withdraw_cosignature(viewer: Viewer, cosignature: Cosignature) -> Verdict:
    if not viewer.is_authenticated:
        return refused(_("Sign in as a representative to withdraw a co-signature."), sign_in_helps=True)
    if not represents(viewer, cosignature.organisation):
        return refused(_("A co-signature is withdrawn by a representative of the organisation that gave it."))
    if not cosignature.is_live:
        return refused(_("This co-signature has been withdrawn already."))
    if cosignature.version.position.is_delivered:
        return refused(_("The position has been delivered; a co-signature can be withdrawn only until then."))
    return ALLOWED
