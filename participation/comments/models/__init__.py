"""Comments, what they propose, where they stand, and who supports them."""

from .comments import (
    EDITABLE_FOR,
    LONGEST_EXCERPT,
    Comment,
    CommentKind,
    CommentState,
    excerpt_of,
    wording_excerpt_of,
)
from .nil_returns import NilReturn
from .places import CommentPlace
from .supports import Support
from .wordings import FurtherChange, WordingAction, WordingChange, changes_html

__all__ = [
    "EDITABLE_FOR",
    "LONGEST_EXCERPT",
    "Comment",
    "CommentKind",
    "CommentPlace",
    "CommentState",
    "FurtherChange",
    "NilReturn",
    "Support",
    "WordingAction",
    "WordingChange",
    "changes_html",
    "excerpt_of",
    "wording_excerpt_of",
]
