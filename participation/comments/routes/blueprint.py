from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("comments", __name__)
# A person who writes never gets near these; a script that floods the network does at once.
AT_MOST = "30 per minute; 300 per hour"
