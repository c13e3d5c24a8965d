"""The permanent address of a submission, which its documents print."""

from __future__ import annotations

from flask import current_app, url_for

from participation.submissions.models import Submission


def permanent_address(submission: Submission) -> str:
    """On the public name of the site, whatever name this request came by."""
    site: str = current_app.config["SETTINGS"].public_url
    return site.rstrip("/") + url_for("submissions.show", slug=submission.slug)
