"""An edited file comes in, is read by the worker, and what was chosen of it is posted."""

from .files import finish_redline, load_redline, refuse_redline
from .posting import post_redline

__all__ = ["finish_redline", "load_redline", "post_redline", "refuse_redline"]
