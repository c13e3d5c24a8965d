"""Comparing two versions of a text, and what became of the comments on the older one."""

from __future__ import annotations

from collections import Counter

from flask import render_template

from participation.comments.queries import comments_on_version
from participation.foundation.access import demand
from participation.foundation.language import labels_of_changes
from participation.texts.matching import Fate
from participation.web.signin import viewer

from .. import queries
from ..rules import may_see_consultation
from .blueprint import blueprint
from .numbers import asked_number


@blueprint.get("/consultations/<slug>/compare")
def compare(slug: str) -> str:
    reader = viewer()
    consultation = queries.consultation_by_slug(slug, reader)
    demand(may_see_consultation(reader, consultation))
    old, new, versions = queries.two_versions(consultation, asked_number("old"), asked_number("new"), reader)
    origins = queries.origins_of(new) if new.number == old.number + 1 else {}
    comparison = queries.comparison_of(queries.lines_of(old), queries.lines_of(new), origins)
    comments = comments_on_version(old.id)
    fates = comparison.fate_of_key
    return render_template(
        "consultations/compare.html",
        consultation=consultation,
        old=old,
        new=new,
        versions=versions,
        comparison=comparison,
        fates=Fate,
        comments=comments,
        commented=comparison.by_change(comments),
        comments_by_fate=Counter(
            fates[key] for key, of_provision in comments.items() if key in fates for _one in of_provision
        ),
        labels=labels_of_changes(new.language),
    )
