from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("redlines", __name__)
