"""What comments, proposals and replies must look like."""

from .comments import KINDS_ON_DRAFT, KINDS_ON_PROVISION, LONGEST_QUOTE, CommentForm, EditForm, ReplyForm
from .moderation import HideForm
from .proposals import MOST_PROVISIONS, EditProposalForm, ProposalForm
from .words import clean

__all__ = [
    "KINDS_ON_DRAFT",
    "KINDS_ON_PROVISION",
    "LONGEST_QUOTE",
    "MOST_PROVISIONS",
    "CommentForm",
    "EditForm",
    "EditProposalForm",
    "HideForm",
    "ProposalForm",
    "ReplyForm",
    "clean",
]
