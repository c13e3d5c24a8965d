"""Which pages are photographed and judged, for whom, and in which worlds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pictures.worlds import NOTHING, World

GUIDES = ("reader", "contributor", "representative", "council-representative", "coordinator", "decision-maker")


@dataclass(frozen=True)
class Page:
    """`status` is what the page answers with; an error page is a page too."""

    name: str
    path: str
    role: str = "visitor"
    status: int = 200


def pages_of(number: int, world: World) -> list[Page]:
    """All pages of a world, the ones that are the same everywhere only once."""
    everywhere = list(_lists())
    if number == NOTHING:
        return everywhere + list(_alone())
    return everywhere + list(_things(world)) + (list(_forms(world)) if number in (0, 3) else [])


def _lists() -> Iterator[Page]:
    yield Page("front", "/")
    yield Page("front-coordinator", "/", "coordinator")
    yield Page("consultations", "/consultations")
    yield Page("consultations-none-found", "/consultations?words=tega+ni")
    yield Page("positions", "/positions")
    yield Page("submissions", "/submissions")
    yield Page("uptake", "/uptake")
    yield Page("organisations", "/organisations")
    yield Page("bodies", "/bodies")
    yield Page("desk-coordinator", "/desk", "coordinator")
    yield Page("desk-council", "/desk", "council")
    yield Page("desk-registered", "/desk", "registered")
    yield Page("desk-consultations", "/desk/consultations", "coordinator")
    yield Page("desk-applications", "/desk/applications", "coordinator")
    yield Page("unfinished", "/unfinished", "registered")


def _alone() -> Iterator[Page]:
    """Pages that show nothing of the network's content."""
    yield Page("sign-in", "/login")
    yield Page("register", "/register")
    yield Page("forgotten", "/reset")
    yield Page("confirm-again", "/confirm")
    yield Page("profile", "/profile", "registered")
    yield Page("ledger-mine-none", "/ledger/mine", "registered")
    yield Page("change-password", "/change", "registered")
    yield Page("change-email", "/change-email", "registered")
    yield Page("second-step", "/tf-setup", "registered")
    yield Page("passkeys", "/wan-register", "registered")
    yield Page("look-at-mail", "/register/mail")
    yield Page("apply", "/organisations/apply", "registered")
    yield Page("invitations", "/invitations", "registered")
    yield Page("upload", "/desk/consultations/new", "coordinator")
    yield Page("outbox", "/desk/outbox", "coordinator")
    yield Page("help", "/help")
    for guide in GUIDES:
        yield Page(f"help-{guide}", f"/help/{guide}")
    yield Page("error-404", "/nowhere", status=404)
    yield Page("error-403", "/desk/consultations", "registered", status=403)
    yield Page("styleguide", "/styleguide")


def _things(world: World) -> Iterator[Page]:
    reading = f"/consultations/{world.consultation.slug}"
    yield Page("reading", reading)
    yield Page("reading-contributor", reading, "contributor")
    yield Page("reading-representative", reading, "representative")
    yield Page("reading-coordinator", reading, "coordinator")
    yield Page("reading-announced", f"/consultations/{world.announced.slug}")
    yield Page("reading-agreeing", "/consultations/sopodpisovanje", "representative")
    yield Page("comparing", "/consultations/dve-razlicici/compare?old=1&new=2")
    yield Page("comments", f"{reading}/comments", "contributor")
    yield Page("comments-overview", f"{reading}/comments/overview")
    yield Page("thread", f"{reading}/provisions/{_provision(world).key}")
    yield Page("thread-contributor", f"{reading}/provisions/{_provision(world).key}", "contributor")
    yield Page("thread-coordinator", f"{reading}/provisions/{_provision(world).key}", "coordinator")
    yield Page("reading-version-2", "/consultations/nova-razlicica")
    yield Page("comments-version-2", "/consultations/nova-razlicica/comments")
    yield Page("desk-matching", "/desk/consultations/nova-razlicica/versions/matching", "coordinator")
    yield Page("desk-publish-version", "/desk/consultations/nova-razlicica/versions/publish", "coordinator")
    yield Page("position", "/positions/odprto")
    yield Page("position-representative", "/positions/odprto", "representative")
    yield Page("position-draft", "/positions/osnutek", "representative")
    yield Page("cosign", "/positions/odprto/cosign", "representative")
    yield Page("position-coverage", "/positions/odprto/coverage")
    yield Page("position-agreement", "/positions/znova/agreement", "representative")
    yield Page("position-reopened", "/positions/znova", "representative")
    yield Page("position-again", "/positions/znova/again", "representative")
    yield Page("position-contributor", "/positions/odprto", "contributor")
    yield Page("propose-decision", "/positions/odprto/propose-decision", "contributor")
    yield Page("ledger", "/ledger", "representative")
    yield Page("comments-mine", "/comments/mine", "contributor")
    yield Page("ledger-mine", "/ledger/mine", "representative")
    yield Page("submission", "/submissions/poslana")
    yield Page("submission-coordinator", "/submissions/poslana", "coordinator")
    yield Page("submission-frozen", "/submissions/zamrznjena", "coordinator")
    yield Page("submission-preview", "/submissions/sestavljena/preview", "coordinator")
    yield Page("submission-letters", "/submissions/poslana/deliveries", "coordinator")
    yield Page("submission-private", world.private)
    yield Page("reading-adopted", "/consultations/sprejeto")
    yield Page("reading-adopted-coordinator", "/consultations/sprejeto?version=1", "coordinator")
    yield Page("submission-adopted", "/submissions/sprejeta")
    yield Page("submission-review", "/submissions/sprejeta/uptake", "coordinator")
    yield Page("submission-overdue", "/answers/overdue")
    yield Page("organisation", f"/organisations/{world.organisation.slug}")
    yield Page("organisation-own", "/organisations/tretji-breg", "representative")
    yield Page("people", "/organisations/tretji-breg/people", "representative")
    yield Page("body", "/bodies/obcina")
    yield Page("desk-representative", "/desk", "representative")
    yield Page("desk-contributor", "/desk", "contributor")
    if world.application:
        yield Page("application", f"/desk/applications/{world.application.slug}", "coordinator")


def _forms(world: World) -> Iterator[Page]:
    reading = f"/desk/consultations/{world.consultation.slug}"
    for act in ("text", "fields", "attachments", "deadlines"):
        yield Page(f"desk-{act}", f"{reading}/{act}", "coordinator")
    word = f"/consultations/{world.consultation.slug}/word"
    yield Page("word", word, "contributor")
    if world.edited:
        yield Page("word-preview", f"/word/{world.edited.key}", "contributor")
        yield Page("word-waiting", f"/word/{world.waiting.key}", "contributor")
        yield Page("word-refused", f"/word/{world.refused.key}", "contributor")
    first, last = _ends(world)
    proposals = f"/consultations/{world.consultation.slug}/proposals/new"
    yield Page("propose-range", proposals, "contributor")
    yield Page("propose", f"{proposals}?from={first}&to={last}", "contributor")
    yield Page("desk-load-version", f"{reading}/versions/load", "coordinator")
    yield Page("desk-discard-version", "/desk/consultations/nova-razlicica/versions/discard", "coordinator")
    yield Page("position-new", "/consultations/sopodpisovanje/positions/new", "representative")
    yield Page("position-edit", "/positions/osnutek/edit", "representative")
    yield Page("position-merge", f"/positions/osnutek/points/{world.drafted.points[0].id}/merge", "representative")
    yield Page("position-left-out", "/positions/osnutek/left-out", "representative")
    yield Page("position-open", "/positions/osnutek/open", "representative")
    yield Page("submission-new", "/consultations/sopodpisovanje/submissions/new", "coordinator")
    yield Page("submission-edit", "/submissions/sestavljena/edit", "coordinator")
    yield Page("submission-send", "/submissions/zamrznjena/send", "coordinator")
    yield Page("submission-answer", "/submissions/poslana/answers", "coordinator")
    yield Page("submission-answer-table", "/submissions/poslana/answers/table", "coordinator")
    yield Page("submission-correct", "/submissions/sprejeta/uptake/1", "coordinator")
    yield Page("desk-adopt", "/desk/consultations/sprejemanje/versions/publish", "coordinator")
    yield Page("submission-erratum", "/submissions/poslana/errata/new", "coordinator")
    yield Page("submission-private-table", f"{world.private}/table")
    yield Page("submission-confirm", f"{world.private}/confirm")
    yield Page("organisation-edit", "/organisations/tretji-breg/edit", "representative")
    if world.comment:
        yield Page("comment-reply", f"/comments/{world.comment.id}/replies", "contributor")
        yield Page("comment-hide", f"/comments/{world.comment.id}/hide", "coordinator")


def _ends(world: World) -> tuple[str, str]:
    """The keys of the second and of the fourth provision of a text."""
    keys = [one.key for one in world.consultation.versions[0].provisions[1:4]]
    return keys[0], keys[-1]


def _provision(world: World) -> Any:
    has_one = world.comment is not None and world.comment.provision is not None
    return world.comment.provision if has_one else world.provision
