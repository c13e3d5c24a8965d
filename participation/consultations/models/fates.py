"""What became of provisions from one version to the next, in words."""

from __future__ import annotations

from typing import Any

from participation.foundation.language import _
from participation.texts.matching import Fate

# Less than this share of the old words is found again: somebody has probably taken the wrong file.
ANOTHER_DOCUMENT = 0.2

_WORDS = {
    Fate.KEPT: _("unchanged"),
    Fate.CHANGED: _("changed"),
    Fate.MOVED: _("moved"),
    Fate.SPLIT: _("divided"),
    Fate.MERGED: _("joined"),
    Fate.ADDED: _("added"),
    Fate.REMOVED: _("removed"),
}


def words_of_fate(fate: Fate) -> Any:
    """The name of what became of a provision, for people."""
    return _WORDS[fate]
