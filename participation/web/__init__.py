"""The front: Flask glue. Sign-in, CSRF, one commit a request, error pages, filters, headers.

It knows no feature: rooms come to it, it never goes to them.
"""

from .application import Application, prepare

__all__ = ["Application", "prepare"]
