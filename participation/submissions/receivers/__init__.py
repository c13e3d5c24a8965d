"""What this room does when the outbox hands it a job."""

from .documents import written, written_draft
from .packages import NotSent, packed
from .uptake import find_uptake_of

__all__ = ["NotSent", "find_uptake_of", "packed", "written", "written_draft"]
