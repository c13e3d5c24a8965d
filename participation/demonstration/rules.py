"""When the demonstration may be loaded."""

from __future__ import annotations

from participation.accounts.models import Operator, Viewer
from participation.foundation.access import ALLOWED, Verdict, refused
from participation.foundation.language import _


def may_load_demonstration(actor: Viewer | Operator, *, is_empty: bool) -> Verdict:
    if not isinstance(actor, Operator):
        return refused(_("The demonstration is loaded from the command line."))
    if not is_empty:
        return refused(_("There is something in this database already. The demonstration needs an empty one."))
    return ALLOWED
