"""The pages of those who run consultations."""

from . import attachments, consultations, drafts, imports, texts, versions
from .blueprint import blueprint

__all__ = ["attachments", "blueprint", "consultations", "drafts", "imports", "texts", "versions"]
