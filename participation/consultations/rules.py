"""Who may do what with consultations and their texts, and why not."""

from __future__ import annotations

from datetime import date

from participation.accounts.models import Viewer
from participation.foundation import clock
from participation.foundation.access import ALLOWED, Verdict, first_refusal, refused
from participation.foundation.language import _

from .models import Consultation, ConsultationState, Phase, TextVersion, VersionState


def may_see_consultation(viewer: Viewer, consultation: Consultation) -> Verdict:
    """A consultation in preparation is seen only by those who lead consultations."""
    if consultation.is_public or may_lead_consultation(viewer):
        return ALLOWED
    return refused(_("This consultation is still being prepared."))


def may_lead_consultation(actor: Viewer) -> Verdict:
    """Coordinators and council representatives."""
    if actor.leads_consultations:
        return ALLOWED
    if not actor.is_authenticated:
        return refused(_("Sign in to lead consultations."), sign_in_helps=True)
    return refused(_("Consultations are led by the network's coordinator and its council representatives."))


def may_upload_draft(actor: Viewer) -> Verdict:
    return may_lead_consultation(actor)


def may_follow_import(viewer: Viewer) -> Verdict:
    """How far the reading of a draft is, and what came of it."""
    return may_lead_consultation(viewer)


def may_report_import(actor: Viewer) -> Verdict:
    """The worker reads in the name of whoever sent the file, who is judged again at the end."""
    return may_lead_consultation(actor)


def may_mend_text(actor: Viewer, version: TextVersion, is_answered: bool) -> Verdict:
    """`is_answered`: somebody has commented on the text, or a position refers to it."""
    leads = may_lead_consultation(actor)
    if not leads:
        return leads
    if is_answered:
        return refused(
            _(
                "The text can no longer be mended: comments or positions refer to it. "
                "A correction is a new version of the text."
            )
        )
    if version.number == 1:
        return _while_it_runs(version.consultation)
    if version.state is VersionState.PUBLISHED:
        return refused(_("A published version stays as it is. A correction is a new version of the text."))
    # In preparation it may be what was adopted, which comes when the consultation is long over.
    return ALLOWED


def may_load_version(actor: Viewer, consultation: Consultation, in_preparation: TextVersion | None) -> Verdict:
    """A next version of the text, from a file or edited in place; `in_preparation` is one that is begun already.

    Once the consultation is concluded only the adopted text can still come of it.
    """
    leads = may_lead_consultation(actor)
    if not leads:
        return leads
    if not consultation.is_public:
        return refused(_("This draft is not published yet: mend its text, or discard it and read another file."))
    if in_preparation is not None:
        return refused(_("A new version is already being prepared. Publish it or discard it first."))
    return _before_adoption(consultation)


def may_match_provision(actor: Viewer, version: TextVersion) -> Verdict:
    """Say which provision of the version before one is, in a version that nobody else sees yet."""
    leads = may_lead_consultation(actor)
    if not leads:
        return leads
    if version.state is VersionState.PUBLISHED:
        return refused(_("A published version stays as it is. A correction is a new version of the text."))
    if version.number == 1:
        return refused(_("This is the first version of the text: there is none before it."))
    return ALLOWED


def may_publish_version(actor: Viewer, version: TextVersion, provisions: int) -> Verdict:
    """`provisions` is how many the version has."""
    may_match = may_match_provision(actor, version)
    if not may_match:
        return may_match
    if provisions == 0:
        return refused(_("The text has no provision that anybody could comment on."))
    if version.consultation.phase is Phase.CONCLUDED:
        return refused(_("This consultation is concluded: only the adopted text can still be published."))
    return _before_adoption(version.consultation)


def may_publish_adopted_text(actor: Viewer, version: TextVersion, provisions: int) -> Verdict:
    """The version as what the body adopted; `provisions` is how many it has. After it none follows."""
    may_match = may_match_provision(actor, version)
    if not may_match:
        return may_match
    if provisions == 0:
        return refused(_("The text has no provision that anything could be compared with."))
    if version.consultation.phase in (Phase.PREPARING, Phase.ANNOUNCED, Phase.OPEN):
        return refused(_("The adopted text can be published when the deadline for comments has passed."))
    return _before_adoption(version.consultation)


def day_of_adoption(version: TextVersion, adopted_on: date) -> Verdict:
    """Whether the body can have adopted the text on this day."""
    if adopted_on > clock.today():
        return refused(_("This day is still to come. Publish the adopted text when it is adopted."))
    if adopted_on < version.consultation.opens_on:
        return refused(_("The consultation opened after this day, so the text cannot have been adopted then."))
    return ALLOWED


def may_describe_consultation(actor: Viewer, consultation: Consultation) -> Verdict:
    return first_refusal(may_lead_consultation(actor), _while_it_runs(consultation))


def may_attach_file(actor: Viewer, consultation: Consultation) -> Verdict:
    return first_refusal(may_lead_consultation(actor), _while_it_runs(consultation))


def may_detach_file(actor: Viewer, consultation: Consultation) -> Verdict:
    leads = may_lead_consultation(actor)
    if not leads:
        return leads
    if consultation.is_public:
        return refused(_("What was published stays; add the corrected file beside it."))
    return ALLOWED


def may_publish_consultation(actor: Viewer, consultation: Consultation, provisions: int) -> Verdict:
    """`provisions` is how many the text of the consultation has."""
    leads = may_lead_consultation(actor)
    if not leads:
        return leads
    if consultation.is_public:
        return refused(_("This consultation is already published."))
    if not consultation.title.strip():
        return refused(_("Give the consultation a title before you publish it."))
    if provisions == 0:
        return refused(_("The text has no provision that anybody could comment on."))
    if consultation.internal_deadline_on < clock.today():
        return refused(_("The deadline for comments has already passed. Choose a later one."))
    return ALLOWED


def may_discard_consultation(actor: Viewer, consultation: Consultation) -> Verdict:
    leads = may_lead_consultation(actor)
    if not leads:
        return leads
    if consultation.state != ConsultationState.PREPARING:
        return refused(_("A published consultation stays; it can only be concluded."))
    return ALLOWED


def may_extend_deadline(actor: Viewer, consultation: Consultation) -> Verdict:
    leads = may_lead_consultation(actor)
    if not leads:
        return leads
    if consultation.phase is Phase.PREPARING:
        return refused(_("The consultation is not published yet: change its dates among its fields."))
    if consultation.phase in (Phase.SUBMITTED, Phase.ANSWERED, Phase.CONCLUDED):
        return refused(_("What the network said has already been submitted, so no deadline can be moved."))
    if consultation.adopted_text is not None:
        return refused(_("The adopted text is published, so no deadline can be moved."))
    return ALLOWED


def may_conclude_consultation(actor: Viewer, consultation: Consultation) -> Verdict:
    leads = may_lead_consultation(actor)
    if not leads:
        return leads
    if consultation.phase is Phase.PREPARING:
        return refused(_("The consultation is not published yet."))
    if consultation.phase in (Phase.ANNOUNCED, Phase.OPEN):
        return refused(_("The consultation can be concluded when its deadline for comments has passed."))
    return _while_it_runs(consultation)


def _before_adoption(consultation: Consultation) -> Verdict:
    if consultation.adopted_text is not None:
        return refused(_("The adopted text is published: it is the last version."))
    return ALLOWED


def _while_it_runs(consultation: Consultation) -> Verdict:
    if consultation.phase is Phase.CONCLUDED:
        return refused(_("This consultation is concluded."))
    return ALLOWED
