"""Changing positions: their text, the discussion, the freezing, and the signatures."""

from ..models import UnsoundDecision
from .cosignatures import cosign_position, withdraw_cosignature
from .omissions import UnsoundReason, Why, leave_out_comments
from .opening import open_position
from .points import PointContent, add_point, edit_point, merge_point, move_point, remove_point
from .positions import draft_position, edit_position
from .proposed_decisions import (
    propose_decision,
    send_back_proposed_decision,
    withdraw_proposed_decision,
)
from .remarks import post_remark
from .revising import draft_next_version

__all__ = [
    "PointContent",
    "UnsoundDecision",
    "UnsoundReason",
    "Why",
    "add_point",
    "cosign_position",
    "draft_next_version",
    "draft_position",
    "edit_point",
    "edit_position",
    "leave_out_comments",
    "merge_point",
    "move_point",
    "open_position",
    "post_remark",
    "propose_decision",
    "remove_point",
    "send_back_proposed_decision",
    "withdraw_cosignature",
    "withdraw_proposed_decision",
]
