"""What this room does when the outbox hands it a job."""

from .documents import written

__all__ = ["written"]
