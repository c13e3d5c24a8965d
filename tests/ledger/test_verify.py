"""verify.py: honest histories raise no alarm, tampered ones do, damaged files end in sentences."""

from __future__ import annotations

import ast
import json
import random
import subprocess
import sys
import warnings
import zipfile
from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import rfc8785
from conftest import MORNING
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from ledger.histories import random_world
from ledger.pythons import pythons
from ledger.tampering import CRUDE, SKILFUL, Tampering, tampered

from participation.ledger.models import Tree, leaf_hash
from participation.submissions.models.packages import VERIFY, zipped

DAMAGES = 10_000
HONEST, TAMPERINGS = 1_000, 2_000


def _load() -> Any:
    spec = spec_from_file_location("verify", VERIFY)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["verify"] = module
    spec.loader.exec_module(module)
    return module


verify = _load()


def test_honest_histories_raise_no_alarm() -> None:
    alarms: Counter[Any] = Counter()
    for seed in range(HONEST):
        rng = random.Random(seed)
        world, receipts = random_world(rng)
        result = verify.judge_files(world.bundle(), rng.choice(receipts))
        if result[0] != verify.VALID:
            alarms[(seed, str(result[2][:2]), str(result[3]))] += 1
    assert not alarms


def test_every_tampering_that_a_receipt_covers_is_found() -> None:
    """2,000 random ones, skilful and crude, by somebody with the database and the key."""
    missed: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    seed = 0
    while sum(tried.values()) < TAMPERINGS:
        rng = random.Random(seed)
        seed += 1
        world, receipts = random_world(rng)
        receipt = rng.choice(receipts)
        for how in rng.sample((*SKILFUL, *CRUDE), 6):
            made = tampered(world, how, rng, receipt)
            if made is None or made == world:
                continue
            tried[how.__name__] += 1
            if verify.judge_files(made.bundle(), receipt)[0] != verify.INVALID:
                missed[f"{how.__name__} {seed - 1}"] += 1
    assert not missed
    assert set(tried) == {how.__name__ for how in (*SKILFUL, *CRUDE)}
    assert min(tried.values()) > 20


@pytest.mark.parametrize("how", CRUDE)
def test_what_does_not_agree_with_itself_is_found_without_any_receipt(how: Tampering) -> None:
    found = 0
    for seed in range(40):
        rng = random.Random(seed)
        world, receipts = random_world(rng)
        made = tampered(world, how, rng, receipts[-1])
        if made is not None:
            assert verify.judge_files(made.bundle())[0] == verify.INVALID, seed
            found += 1
    assert found > 5


@pytest.mark.parametrize("how", SKILFUL)
def test_what_nobody_holds_a_receipt_of_can_be_rewritten_and_we_say_so(how: Tampering) -> None:
    """The limit of the design, stated: without a receipt or checkpoint from before, a whole new
    history that agrees with itself cannot be told from a true one."""
    codes = set()
    for seed in range(30):
        rng = random.Random(seed)
        world, receipts = random_world(rng)
        made = tampered(world, how, rng, receipts[-1])
        if made is not None:
            codes.add(verify.judge_files(made.bundle())[0])
    assert verify.VALID in codes


# --- Damage -------------------------------------------------------------------------------


def package(seed: int = 1) -> tuple[dict[str, bytes], dict[str, Any]]:
    world, receipts = random_world(random.Random(seed))
    return world.bundle(), receipts[0]


def words_of(result: Any) -> list[str]:
    """What is said of it, in both languages: every sentence finds its values."""
    return [line for language in ("sl", "en") for line in verify.report(result, language)]


def test_a_damaged_file_ends_in_sentences_and_never_in_a_traceback(tmp_path: Path) -> None:
    """10,000 damages: to the bytes of the ZIP file, and to what is in its files."""
    files, receipt = package()
    whole = zipped(files, MORNING)
    codes: Counter[int] = Counter()
    for seed in range(DAMAGES):
        rng = random.Random(seed)
        if seed % 2:
            damaged = damage_of(files, rng)
            result = verify.judge_files(damaged, rng.choice((None, receipt, damaged_receipt(receipt, rng))))
        else:
            place = tmp_path / "damaged.zip"
            place.write_bytes(damage_to_bytes(whole, rng))
            result = verify.judge(str(place))
        codes[result[0]] += 1
        assert words_of(result)
    assert set(codes) <= {verify.VALID, verify.INVALID, verify.UNDECIDED}
    # Valid is right where the damage fell on what nobody reads, such as the age of a file.
    assert codes[verify.VALID] < DAMAGES / 50
    assert codes[verify.INVALID] > DAMAGES / 10


def damage_to_bytes(content: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(content))
    match rng.randrange(4):
        case 0:
            return content[:at]
        case 1:
            return content[:at] + content[at + rng.randrange(1, 400) :]
        case 2:
            return content[:at] + bytes([content[at] ^ (1 << rng.randrange(8))]) + content[at + 1 :]
    return content[:at] + rng.randbytes(rng.randrange(1, 200)) + content[at:]


def damage_of(files: dict[str, bytes], rng: random.Random) -> dict[str, bytes]:
    name = rng.choice(sorted(files))
    match rng.randrange(4):
        case 0:
            return {other: content for other, content in files.items() if other != name}
        case 1 if name.endswith(".json"):
            return {**files, name: json.dumps(twisted(json.loads(files[name]), rng)).encode()}
        case 2:
            return {**files, "added.txt": b"more"}
    return {**files, name: damage_to_bytes(files[name], rng) if files[name] else b"x"}


def damaged_receipt(receipt: dict[str, Any], rng: random.Random) -> Any:
    return twisted(receipt, rng)


def twisted(said: Any, rng: random.Random) -> Any:
    """The same JSON with one value that is of another kind, or gone."""
    odd = rng.choice((None, -1, 2**70, "", "x", [], {}, [None], True, 0.5))
    if isinstance(said, dict) and said and rng.random() < 0.85:
        name = rng.choice(sorted(said))
        if rng.random() < 0.2:
            return {other: value for other, value in said.items() if other != name}
        return {**said, name: twisted(said[name], rng)}
    if isinstance(said, list) and said and rng.random() < 0.85:
        at = rng.randrange(len(said))
        return [*said[:at], twisted(said[at], rng), *said[at + 1 :]]
    return odd


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"PK\x03\x04" + bytes(40), b"%PDF-1.7", bytes(22), b"PK\x05\x06" + bytes(18)]
)
def test_what_is_no_package_cannot_be_decided(tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "file.zip"
    place.write_bytes(content)
    result = verify.judge(str(place))
    assert result[0] == verify.UNDECIDED
    assert all(words_of(result))


def test_a_file_that_stands_in_the_zip_twice_is_not_accepted(tmp_path: Path) -> None:
    """Programs differ in which of the two they show to a reader."""
    files, _ = package()
    place = tmp_path / "twice.zip"
    place.write_bytes(zipped(files, MORNING))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(place, "a") as bundle:
            bundle.writestr("submission.json", files["submission.json"])
    assert verify.judge(str(place))[3][0] == "twice"


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    place = tmp_path / "bomb.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as bundle, bundle.open("zeros", "w") as file:
        for _ in range(verify.LARGEST_FILE // 2**20 + 1):
            file.write(bytes(2**20))
    assert verify.judge(str(place))[3][0] == "too_large"


# --- As a program ---------------------------------------------------------------------------


def run(
    *arguments: str, folder: Path | None = None, python: str = sys.executable
) -> subprocess.CompletedProcess[str]:
    """verify.py as somebody runs it: alone, isolated from every installed package."""
    program = folder / "verify.py" if folder else VERIFY
    return subprocess.run(
        [python, "-I", "-S", str(program), *arguments], capture_output=True, text=True, encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8", "LANG": "C.UTF-8"}, timeout=60,
    )  # fmt: skip


def unpacked(files: dict[str, bytes], folder: Path) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def test_the_package_checks_itself_where_it_was_unpacked(tmp_path: Path) -> None:
    files, receipt = package()
    (tmp_path / "receipt.json").write_text(json.dumps(receipt))
    folder = unpacked(files, tmp_path / "vloga")
    done = run("--against", str(tmp_path / "receipt.json"), "--language", "sl", folder=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "VELJAVNO: vse, kar je mogoče preveriti, drži."
    assert done.stderr == ""


def test_the_exit_code_says_whether_it_holds(tmp_path: Path) -> None:
    files, _ = package()
    changed = {**files, "vloga.pdf": b"%PDF another"}
    for code, content in ((0, files), (1, changed), (2, {"README": b""})):
        place = tmp_path / f"{code}.zip"
        place.write_bytes(zipped(content, MORNING))
        done = run(str(place), "--language", "en")
        assert done.returncode == code, done.stdout
        assert "Traceback" not in done.stdout + done.stderr


def test_a_changed_document_is_named_in_words(tmp_path: Path) -> None:
    files, _ = package()
    place = tmp_path / "changed.zip"
    place.write_bytes(zipped({**files, "vloga.pdf": b"%PDF another"}, MORNING))
    lines = run(str(place), "--language", "en").stdout.splitlines()
    assert "  !  vloga.pdf is not the document that was recorded when the submission was sent." in lines


def test_another_key_than_the_one_that_somebody_gave_is_noticed(tmp_path: Path) -> None:
    files, _ = package()
    place = tmp_path / "package.zip"
    place.write_bytes(zipped(files, MORNING))
    own = files["key.txt"].decode()
    assert run(str(place), "--key", own).returncode == 0
    assert run(str(place), "--key", own.replace("+A", "+B", 1)).returncode == 1


def test_it_is_a_program_for_python_3_8_that_imports_nothing_but_what_comes_with_it() -> None:
    source = VERIFY.read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 8))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
        )
    }
    assert imported <= set(sys.stdlib_module_names)
    assert not imported & {"socket", "urllib", "http", "ssl", "subprocess"}


def test_it_finds_the_same_with_the_oldest_python_at_hand(tmp_path: Path) -> None:
    version, python = next(iter(pythons().items()))
    if version == f"3.{sys.version_info.minor}":
        pytest.skip("no older Python stands on this machine")
    files, _ = package()
    whole, changed = tmp_path / "whole.zip", tmp_path / "changed.zip"
    whole.write_bytes(zipped(files, MORNING))
    changed.write_bytes(zipped({**files, "vloga.pdf": b"%PDF another"}, MORNING))
    for place, code in ((whole, 0), (changed, 1)):
        for language in ("sl", "en"):
            arguments = (str(place), "--language", language)
            done = run(*arguments, python=python)
            assert (done.returncode, done.stdout) == (code, run(*arguments).stdout), version


def test_both_languages_say_the_same_things() -> None:
    english, slovenian = verify.WORDS["en"], verify.WORDS["sl"]
    assert english.keys() == slovenian.keys()
    for name, sentence in english.items():
        assert fields_of(sentence) == fields_of(slovenian[name]), name


def fields_of(sentence: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(sentence) if field}


# --- Its parts --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, 1, 2, 3, 7, 8, 21, 64])
def test_its_tree_is_that_of_the_program(size: int) -> None:
    leaves = [leaf_hash(bytes([at])) for at in range(size)]
    tree = Tree(leaves)
    assert verify.root_of(leaves) == tree.root
    for at in range(size):
        assert verify.root_from(leaves[at], at, size, tree.inclusion_proof(at)) == tree.root


def test_its_signatures_are_those_of_the_library() -> None:
    """200 keys and messages; a bit changed in the key, the message or the signature is noticed."""
    for seed in range(200):
        rng = random.Random(seed)
        private = Ed25519PrivateKey.from_private_bytes(rng.randbytes(32))
        message, key = rng.randbytes(rng.randrange(80)), private.public_key().public_bytes_raw()
        signature = private.sign(message)
        assert verify.is_signed(key, message, signature)
        at = rng.randrange(64)
        assert not verify.is_signed(key, message, signature[:at] + bytes([signature[at] ^ 1]) + signature[at + 1 :])
        assert not verify.is_signed(key, message + b"x", signature)


# RFC 8032, section 7.1: secret key, public key, message, signature (tests 1 to 3).
RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("key", "message", "signature"), RFC_8032)
def test_the_vectors_of_the_standard_hold(key: str, message: str, signature: str) -> None:
    assert verify.is_signed(*map(bytes.fromhex, (key, message, signature)))


def test_a_signature_with_another_number_of_the_same_rest_is_refused() -> None:
    """RFC 8032, 5.1.7: S must lie below the order, or signatures could be made to look different."""
    key, message, signature = map(bytes.fromhex, RFC_8032[1])
    s = int.from_bytes(signature[32:], "little") + verify.L
    assert not verify.is_signed(key, message, signature[:32] + s.to_bytes(32, "little"))


@pytest.mark.parametrize(
    "value", [{"b": 1, "a": ["ž", {"\u20ac": 2, "\U0001f600": 3, "\ufb33": 4}]}, '\u2028\x7f"\\\n', -5]
)
def test_it_writes_json_as_the_program_does(value: Any) -> None:
    assert verify.canonical(value) == rfc8785.dumps(value)
