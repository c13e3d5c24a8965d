"""The blueprint that the public pages of the room share."""

from flask import Blueprint

blueprint = Blueprint("consultations", __name__)
