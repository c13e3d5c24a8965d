"""A draft with everybody's demands as a Word file."""

from __future__ import annotations

from io import BytesIO

from flask import Response, request, send_file

from participation.consultations.queries import consultation_by_slug, published_version
from participation.consultations.rules import may_see_consultation
from participation.foundation.access import demand
from participation.foundation.database import NotFound
from participation.foundation.language import _
from participation.organisations.queries import visible_organisation
from participation.texts.word.package import docx_with_demands
from participation.web.limits import limiter
from participation.web.signin import viewer

from .. import queries
from .blueprint import blueprint

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# A file of a long act with a thousand comments takes half a second to write.
AT_MOST = "20 per minute"


@blueprint.get("/consultations/<slug>/draft.docx")
@limiter.limit(AT_MOST)
def download(slug: str) -> Response:
    """What everybody may read, for everybody; `?organisation=<slug>` takes what one organisation said."""
    consultation = consultation_by_slug(slug, viewer())
    demand(may_see_consultation(viewer(), consultation))
    version = published_version(consultation)
    if version is None:
        raise NotFound(slug)
    organisation = request.args.get("organisation", "")
    if organisation:
        organisation = visible_organisation(organisation, viewer()).slug
    spoken = queries.spoken_on(consultation, organisation)
    name = "-".join(filter(None, (consultation.slug, organisation, str(_("comments")))))
    return send_file(
        BytesIO(docx_with_demands(queries.draft_in_word(consultation, version, spoken))),
        mimetype=MEDIA_TYPE,
        as_attachment=True,
        download_name=f"{name}.docx",
        max_age=0,
    )
