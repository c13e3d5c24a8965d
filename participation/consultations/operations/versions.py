"""A next version of a text: loaded from a file or begun from the text as it stands, matched, published for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from sqlalchemy import delete, insert

from participation.accounts.models import Viewer
from participation.foundation import audit, clock, files
from participation.foundation.access import demand, first_refusal
from participation.foundation.database import Conflict, NotFound, new_key, session
from participation.foundation.language import _
from participation.texts.markdown import one_line
from participation.texts.matching import Match, match_provisions
from participation.texts.provisions import Provision as Read
from participation.texts.provisions import Reading

from ..events import adopted_text_published, version_published
from ..models import Consultation, DraftImport, ImportState, Provision, TextVersion, VersionState
from ..models.lineage import Identity, identities_of
from ..models.rows import rows_of
from ..queries import (
    as_texts,
    gone_before,
    provision_count,
    provisions_of,
    published_version,
    step_to,
    version_in_preparation,
)
from ..rules import (
    day_of_adoption,
    may_lead_consultation,
    may_load_version,
    may_match_provision,
    may_publish_adopted_text,
    may_publish_version,
)


class AnotherDocument(Conflict):
    """Hardly any words of the text before are in a version, and nobody has said that it is meant all the same."""

    def __init__(self) -> None:
        super().__init__(_("Hardly any words of the text before are in this version. Say that it is the right file."))


def load_version(
    actor: Viewer, consultation: Consultation, reading: Reading, content: bytes, filename: str, media_type: str
) -> TextVersion:
    """The next version of the text in preparation, each of its provisions matched to those before."""
    demand(may_load_version(actor, consultation, version_in_preparation(consultation)))
    before = _newest(consultation)
    version = _next(before, title=reading.title[:500])
    version.doubts = [asdict(doubt) for doubt in reading.warnings]
    version.file = files.store(content, filename, media_type)
    session.add(version)
    session.flush()
    identities = _identities(version, provisions_of(before), reading.provisions)
    session.execute(insert(Provision), rows_of(version, reading.provisions, identities))
    audit.record(actor, "version.loaded", version, filename=filename, provisions=len(reading.provisions))
    return version


def begin_version(actor: Viewer, consultation: Consultation) -> TextVersion:
    """The next version, as the text stands now, to be edited in place."""
    demand(may_load_version(actor, consultation, version_in_preparation(consultation)))
    before = _newest(consultation)
    version = _next(before, title=before.title)
    session.add(version)
    session.flush()
    old = provisions_of(before)
    identities = [Identity(one.key) for one in old]
    session.execute(insert(Provision), rows_of(version, as_texts(old), identities))
    audit.record(actor, "version.begun", version)
    return version


def match_provision(actor: Viewer, version: TextVersion, key: str, old_key: str, *, revision: int) -> None:
    """Say which provision of the version before the one with this key is; an empty `old_key`: it is new.

    What had that identity until now becomes new. Raises Conflict when somebody else was faster.
    """
    demand(may_match_provision(actor, version))
    if version.revision != revision:
        words = _("The version was changed meanwhile, by somebody else or in another window. Look at it again.")
        raise Conflict(words)
    step = step_to(version)
    provision = next((one for one in step.new if one.key == key), None)
    if provision is None or (old_key and all(one.key != old_key for one in step.old)):
        raise NotFound(key)
    if old_key == key:
        return
    holder = next((one for one in step.new if one.key == old_key), None)
    if holder is not None:
        holder.key, holder.origins = new_key(), []
        session.flush()
    provision.key, provision.origins = old_key or new_key(), []
    version.mended_at = clock.now()
    session.flush()
    audit.record(actor, "provision.matched", provision, to=old_key)


def publish_version(actor: Viewer, version: TextVersion, *, is_right_file: bool = False) -> None:
    """Put the version before the public. Irreversible; done already, it stays as it is.

    `is_right_file`: the person has said that a text with hardly a common word is meant. Raises AnotherDocument
    when it has to be said.
    """
    demand(may_lead_consultation(actor))
    if version.state is VersionState.PUBLISHED:
        return
    demand(may_publish_version(actor, version, provision_count(version)))
    _doubt(version, is_right_file)
    version.state, version.published_at = VersionState.PUBLISHED, clock.now()
    audit.record(actor, "version.published", version, number=version.number)
    session.flush()
    version_published.send(version)


def publish_adopted_text(
    actor: Viewer, version: TextVersion, *, adopted_on: date, source: str, is_right_file: bool = False
) -> None:
    """Put the version before the public as what the body adopted on this day; `source` says where that is published.

    Irreversible, and the last version. Done already with the same facts, it stays as it is. Raises AnotherDocument
    as `publish_version` does.
    """
    demand(may_lead_consultation(actor))
    source = one_line(source)
    if (version.adopted_on, version.adopted_source) == (adopted_on, source):
        return
    demand(
        first_refusal(
            may_publish_adopted_text(actor, version, provision_count(version)), day_of_adoption(version, adopted_on)
        )
    )
    _doubt(version, is_right_file)
    # Held until the end, so that a submission that is being sent meanwhile does not miss it.
    session.refresh(version.consultation, ["state", "revision"], with_for_update=True)
    version.state, version.published_at = VersionState.PUBLISHED, clock.now()
    version.adopted_on, version.adopted_source = adopted_on, source
    audit.record(
        actor,
        "version.published-as-adopted",
        version,
        number=version.number,
        on=adopted_on.isoformat(),
        source=source,
    )
    session.flush()
    session.expire(version.consultation, ["adopted_text"])
    version_published.send(version)
    adopted_text_published.send(version)


def _doubt(version: TextVersion, is_right_file: bool) -> None:
    if step_to(version).is_another_document and not is_right_file:
        raise AnotherDocument


def discard_version(actor: Viewer, version: TextVersion) -> None:
    """Remove a version in preparation with its file; the published text stays. Irreversible."""
    demand(may_match_provision(actor, version))
    audit.record(actor, "version.discarded", version, number=version.number)
    file = version.file
    session.execute(delete(Provision).where(Provision.version_id == version.id))
    session.execute(
        delete(DraftImport).where(
            DraftImport.version_of_id == version.consultation_id, DraftImport.state == ImportState.READ
        )
    )
    session.execute(delete(TextVersion).where(TextVersion.id == version.id))
    if file is not None:
        session.delete(file)
    session.expire_all()


def _newest(consultation: Consultation) -> TextVersion:
    found = published_version(consultation)
    if found is None:
        raise NotFound(consultation.slug)
    return found


def _next(before: TextVersion, *, title: str) -> TextVersion:
    # The language stays that of the draft: comments and formulas are written in it.
    return TextVersion(
        consultation=before.consultation, number=before.number + 1, title=title, language=before.language, doubts=[]
    )


def _identities(version: TextVersion, old: Sequence[Provision], new: Sequence[Read]) -> list[Identity]:
    """Who each provision is; words that an earlier version had and the last one had not come back as they were."""
    old_text = as_texts(old)
    matches = match_provisions(old_text, new)
    found = identities_of([one.key for one in old], old_text, new, matches)
    added = [place for match in matches if not match.old for place in match.new]
    gone = gone_before(version)
    if not added or not gone:
        return found
    back = match_provisions(as_texts(gone), [new[place] for place in added])
    for match in back:
        if _is_same(match):
            found[added[match.new[0]]] = Identity(gone[match.old[0]].key)
    return found


def _is_same(match: Match) -> bool:
    return len(match.old) == len(match.new) == 1 and match.likeness == 1
