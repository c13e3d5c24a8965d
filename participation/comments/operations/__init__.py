"""Changing comments: post, reply, edit, support, hide, carry to a new version."""

from .carrying import carry_comments
from .moderation import hide_comment, unhide_comment
from .nil_returns import give_nil_return, withdraw_nil_return
from .supports import support_comment, withdraw_support
from .writing import edit_comment, post_comment, reply_to_comment

__all__ = [
    "carry_comments",
    "edit_comment",
    "give_nil_return",
    "hide_comment",
    "post_comment",
    "reply_to_comment",
    "support_comment",
    "unhide_comment",
    "withdraw_nil_return",
    "withdraw_support",
]
