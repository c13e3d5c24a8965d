"""Keeping the address book."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from participation.accounts.models import Viewer
from participation.foundation import audit, region
from participation.foundation.access import demand
from participation.foundation.database import Conflict, keep_first, session
from participation.foundation.installation import Body
from participation.foundation.language import _
from participation.foundation.slugs import free_slug

from . import queries
from .models import Entry, Level, PublicBody
from .rules import may_add_body, may_edit_body, may_load_bodies


def add_body(actor: Viewer, entry: Entry, form_key: str) -> PublicBody:
    """A new body; the same key gives the one that was added first. Raises Conflict when the name is taken."""
    demand(may_add_body(actor))
    earlier = queries.body_by_form_key(form_key)
    if earlier is not None:
        return earlier
    if queries.is_name_taken(entry.name):
        raise Conflict(_("A body of this name is in the address book already."))
    body = PublicBody(slug=free_slug(entry.name, queries.is_slug_taken), form_key=form_key)
    _write(body, entry)
    try:
        kept = keep_first(body, lambda: queries.body_by_form_key(form_key))
    except IntegrityError:
        raise Conflict(_("A body of this name is in the address book already.")) from None
    if kept is not body:
        return kept
    audit.record(actor, "body.added", body)
    return body


def edit_body(actor: Viewer, body: PublicBody, entry: Entry) -> None:
    """Correct an entry; its address on this site stays. Raises Conflict when the name is taken."""
    demand(may_edit_body(actor))
    if queries.is_name_taken(entry.name, besides=body.id):
        raise Conflict(_("A body of this name is in the address book already."))
    _write(body, entry)
    audit.record(actor, "body.edited", body)


def load_bodies(actor: Viewer) -> list[PublicBody]:
    """Take over the installation's bodies that the address book does not have yet; returns these.

    What the office has corrected meanwhile stays as it is, so that loading again changes nothing.
    """
    demand(may_load_bodies(actor))
    known = queries.bodies_by_installation_key()
    language = region.current().languages[0]
    added = []
    for given in region.current().bodies:
        if given.key in known:
            continue
        name = given.name.in_language(language)
        same = queries.body_by_name(name)
        if same is not None:
            same.installation_key = given.key
            continue
        body = _body_of(given, name)
        session.add(body)
        session.flush()
        added.append(body)
        audit.record(actor, "body.loaded", body)
    return added


def _body_of(given: Body, name: str) -> PublicBody:
    body = PublicBody(installation_key=given.key, slug=free_slug(name, queries.is_slug_taken))
    _write(
        body,
        Entry(
            name=name,
            kind=given.kind,
            level=Level(given.level),
            municipality=given.municipality_code or None,
            email=given.email,
        ),
    )
    return body


def _write(body: PublicBody, entry: Entry) -> None:
    body.name = entry.name
    body.kind = entry.kind
    body.level = entry.level
    body.municipality = entry.municipality
    body.address = entry.address
    body.email = entry.email
