"""The package of a submission that was sent: whole, single, the same each time, and checked by verify.py."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from conftest import ledger_unguarded
from factories import OrganisationFactory, PositionFactory, coordinator, representative
from positions.making import opened_position as opened_elsewhere
from positions.making import sign
from sqlalchemy import select, text, update
from submissions.making import consultation_in_cosigning, frozen, submission_of

from participation.accounts.models import Operator
from participation.foundation import clock, outbox
from participation.foundation.access import Refused
from participation.foundation.database import session
from participation.foundation.outbox import OutboxItem, State
from participation.ledger.operations import LedgerDamaged, erase_secrets, sign_checkpoint
from participation.ledger.queries import entries_of, entry_at, receipt_of
from participation.positions.models import Decision, Stance, canonical_bytes, fingerprint
from participation.positions.operations import open_position, withdraw_cosignature
from participation.submissions.models import Channel, DocumentFormat, SubmissionDocument, contents_from, letter_of
from participation.submissions.models import canonical_bytes as canonical_bytes_of
from participation.submissions.models.packages import VERIFY
from participation.submissions.operations import send_submission


def _load() -> Any:
    spec = spec_from_file_location("verify_package", VERIFY)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["verify_package"] = module
    spec.loader.exec_module(module)
    return module


verify = _load()


class Scene:
    """A position that was opened and signed by three organisations, one of which withdrew; and its submission."""

    def __init__(self) -> None:
        self.author = coordinator()
        self.position = PositionFactory(consultation=consultation_in_cosigning(), created_by=self.author)
        self.position.addressees.append(self.position.consultation.body)
        session.flush()
        open_position(
            self.author,
            self.position,
            until=clock.today(),
            sha256_seen=fingerprint(canonical_bytes(self.position, 1)),
        )
        organisations = [OrganisationFactory(name=name) for name in ("Društvo Žaba", "Zavod Čebela", "Klub Đurđica")]
        self.people = [representative(organisation) for organisation in organisations]
        words = ("Podpiramo v celoti.", "", "Tudi mi.")
        self.signatures = [
            sign(self.position, person, organisation, statement=said)
            for person, organisation, said in zip(self.people, organisations, words, strict=True)
        ]
        for decision in (
            Decision(Stance.SIGNS_IF, conditions={1: "Drugače."}, statement="Pogojno."),
            Decision(Stance.OBJECTS, statement="Nasprotujemo."),
        ):
            person = representative()
            sign(self.position, person, person.memberships[0].organisation, decision=decision)
        withdraw_cosignature(self.people[2], self.signatures[2], "Premislili smo si.")
        session.commit()
        sign_checkpoint(Operator())
        session.commit()

    def submitted(self) -> Any:
        submission = frozen(submission_of(self.position, self.author, language="en"))
        session.commit()
        work_all()
        return submission

    def sent(self) -> Any:
        submission = self.submitted()
        send_submission(self.author, submission, sent_on=clock.today(), channel=Channel.BY_HAND)
        session.commit()
        return submission


@pytest.fixture
def scene(app: Any) -> Scene:
    return Scene()


def work_all() -> None:
    while outbox.work_once():
        pass


def package_of(submission: Any) -> bytes:
    [document] = session.scalars(select(SubmissionDocument).where(SubmissionDocument.format == DocumentFormat.ZIP))
    return document.file.content


def files_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def test_the_package_holds_every_document_and_proves_itself(scene: Scene, tmp_path: Path) -> None:
    submission = scene.sent()
    work_all()
    place = tmp_path / "package.zip"
    place.write_bytes(package_of(submission))
    code, passed, problems, end = verify.judge(str(place))
    assert (code, problems, end) == (verify.VALID, [], None)
    names = set(files_of(place.read_bytes()))
    slug = submission.slug
    assert names == {
        f"{slug}.pdf", f"{slug}.docx", f"{slug}.odt", f"{slug}.xlsx", f"{slug}.csv", f"{slug}.json",
        f"{slug}-osnutek.docx", "submission.json", "signatories.json", "signatories.csv", "proofs.json",
        "leaves.bin", "checkpoint.txt", "key.txt", "verify.py", "HOWTO.txt", "MANIFEST.sha256",
        f"texts/{scene.position.slug}-1.json",
    }  # fmt: skip
    assert ("ok_signatories", {"title": scene.position.title, "number": 4}) in passed


def test_the_receipt_of_each_organisation_agrees_with_the_package(scene: Scene) -> None:
    receipts = [receipt_of(entry_at(signature.seq), opened=True) for signature in scene.signatures]
    submission = scene.sent()
    work_all()
    files = files_of(package_of(submission))
    for receipt in receipts:
        assert receipt is not None
        assert verify.judge_files(files, receipt.as_data())[0] == verify.VALID


def test_what_somebody_changes_in_the_database_after_a_receipt_is_found(scene: Scene) -> None:
    receipt = receipt_of(entry_at(scene.signatures[0].seq))
    assert receipt is not None
    data = receipt.as_data()
    submission = scene.sent()
    with ledger_unguarded():
        forged = entry_at(scene.signatures[1].seq).record.replace("Čebela".encode(), b"Lipa")
        session.execute(
            text("UPDATE ledger_entries SET record = :record WHERE seq = :seq"),
            {"record": forged, "seq": scene.signatures[1].seq},
        )
    session.expire_all()
    session.execute(update(OutboxItem).values(due_at=clock.now()))
    session.commit()
    with pytest.raises(LedgerDamaged):
        sign_checkpoint(Operator())
    session.rollback()
    work_all()
    assert not session.scalars(select(SubmissionDocument).where(SubmissionDocument.format == "zip")).all()
    assert data["seq"] == scene.signatures[0].seq
    assert submission.is_sent


def test_the_same_submission_always_gives_the_same_bytes(scene: Scene, app: Any, tmp_path: Path) -> None:
    submission = scene.sent()
    work_all()
    other = opened_elsewhere()
    person = other.created_by
    sign(other, person, person.memberships[0].organisation)
    session.commit()
    sign_checkpoint(Operator())
    session.commit()
    file = tmp_path / "again.zip"
    arguments = ["submissions", "build", submission.slug, "--format", "zip", "--output", str(file)]
    result = app.test_cli_runner().invoke(args=arguments)
    assert result.exit_code == 0, result.output
    assert file.read_bytes() == package_of(submission)


def test_the_command_line_checks_a_package_as_its_own_program_does(scene: Scene, app: Any, tmp_path: Path) -> None:
    submission = scene.sent()
    work_all()
    file = tmp_path / "package.zip"
    file.write_bytes(package_of(submission))
    run = app.test_cli_runner().invoke
    result = run(args=["ledger", "verify", str(file), "--language", "en"])
    assert result.exit_code == 0
    assert result.output.endswith("VALID: everything that can be checked holds.\n")
    receipt = receipt_of(entry_at(scene.signatures[0].seq))
    assert receipt is not None
    kept = tmp_path / "receipt.json"
    kept.write_text(json.dumps(receipt.as_data()))
    assert run(args=["ledger", "verify", str(file), "--against", str(kept)]).exit_code == 0
    assert run(args=["ledger", "verify", str(tmp_path / "nothing.zip")]).exit_code == 2


def test_what_was_not_sent_has_nothing_to_prove(scene: Scene, app: Any, tmp_path: Path) -> None:
    submission = scene.submitted()
    arguments = ["submissions", "build", submission.slug, "--format", "zip", "--output", str(tmp_path / "x.zip")]
    result = app.test_cli_runner().invoke(args=arguments)
    assert result.exit_code == 1
    assert "has not been sent" in result.output


def test_erasing_the_person_after_the_delivery_leaves_the_package_valid(scene: Scene, app: Any) -> None:
    submission = scene.sent()
    erase_secrets(scene.people[0], scene.people[0].id)
    session.commit()
    work_all()
    files = files_of(package_of(submission))
    assert verify.judge_files(files)[0] == verify.VALID
    email = scene.people[0].email.encode()
    assert not [name for name, content in files.items() if email in content]


def test_a_package_is_made_once_however_often_its_job_is_done(scene: Scene) -> None:
    submission = scene.sent()
    work_all()
    first = package_of(submission)
    session.execute(update(OutboxItem).values(state=State.WAITING, lease=None, leased_until=None))
    session.commit()
    work_all()
    assert package_of(submission) == first


def test_nothing_is_sent_while_rows_and_records_disagree(scene: Scene) -> None:
    """Somebody took a signature away with the database alone."""
    submission = scene.submitted()
    scene.signatures[0].state = "withdrawn"
    session.flush()
    with pytest.raises((LedgerDamaged, Refused)):
        send_submission(scene.author, submission, sent_on=clock.today(), channel=Channel.BY_HAND)


def test_who_signed_after_the_freezing_is_not_left_out_in_silence(scene: Scene) -> None:
    submission = scene.submitted()
    late = representative()
    sign(scene.position, late, late.memberships[0].organisation)
    session.commit()
    with pytest.raises(Refused, match=late.memberships[0].organisation.name):
        send_submission(scene.author, submission, sent_on=clock.today(), channel=Channel.BY_HAND)


def test_each_step_stands_in_the_ledger_in_order(scene: Scene) -> None:
    submission = scene.sent()
    kinds = [entry.kind for entry in entries_of([f"p-{scene.position.id}", submission.thread])]
    assert kinds == ["version-opened", *["cosign"] * 5, "withdraw", "closed", "submitted"]


def test_who_does_not_sign_is_told_beside_the_signatories_and_counted_apart(scene: Scene) -> None:
    contents = contents_from(scene.sent().canonical)
    assert len(contents.signatories) == 3
    assert [(row.stance, row.statement) for row in contents.apart] == [("objects", "Nasprotujemo.")]
    assert contents.number_signing(contents.points[0]) == 2
    letter = letter_of(canonical_bytes_of(contents))
    assert [one.statement for one in letter.dissent] == ["objects. Nasprotujemo."]
    assert any("Drugače." in one.statement for one in letter.signatories)
