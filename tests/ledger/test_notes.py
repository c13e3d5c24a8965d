"""Checkpoints as signed notes."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from participation.ledger.models import BadNote, Head, PublicKey, public_key_of, read_head, sign, verify

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
HEAD = Head("mreza.example/ledger", 17, bytes(range(32)))


def test_a_checkpoint_is_written_as_the_specification_says() -> None:
    text, signature = sign(HEAD, PRIVATE).split("\n\n")
    assert text == f"mreza.example/ledger\n17\n{base64.b64encode(HEAD.root).decode()}"
    mark, name, encoded = signature.removesuffix("\n").split(" ")
    assert (mark, name) == ("\u2014", "mreza.example/ledger")
    content = base64.b64decode(encoded)
    assert content[:4] == public_key_of(HEAD.origin, PRIVATE).identifier
    assert len(content) == 4 + 64


def test_the_example_key_of_the_specification_has_its_identifier() -> None:
    """The key of the signed-note specification's own example."""
    key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    assert str(PublicKey.read(key)) == key


def test_what_was_signed_is_read_back() -> None:
    assert verify(sign(HEAD, PRIVATE), public_key_of(HEAD.origin, PRIVATE)) == HEAD


def test_signatures_of_others_beside_it_are_passed_over() -> None:
    note = sign(HEAD, PRIVATE)
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    beside = sign(Head("witness.example", 17, HEAD.root), other).split("\n\n")[1]
    assert verify(note.replace("\n\n", f"\n\n{beside}"), public_key_of(HEAD.origin, PRIVATE)) == HEAD


@pytest.mark.parametrize(
    "change",
    [
        lambda note: note.replace("\n17\n", "\n18\n"),
        lambda note: note.replace("mreza.example/ledger\n", "mreza.example/other\n", 1),
        lambda note: note.replace("AAECAw", "BAECAw"),
        lambda note: note.split("\n\n")[0],
        lambda note: note.split("\n\n")[0] + "\n\n",
        lambda note: note.split("\n\n")[0] + "\n\n\u2014 mreza.example/ledger nonsense\n",
        lambda note: sign(HEAD, Ed25519PrivateKey.from_private_bytes(bytes(32))),
    ],
)
def test_another_text_or_key_is_noticed(change) -> None:  # type: ignore[no-untyped-def]
    note = sign(HEAD, PRIVATE)
    assert change(note) != note
    with pytest.raises(BadNote):
        verify(change(note), public_key_of(HEAD.origin, PRIVATE))


@pytest.mark.parametrize(
    "text", ["", "a\n", "a\n-1\nAA==\n", "a\n007\nAA==\n", "a\n7\nAA==\n", "a\n7\n!\n", "a\n²\nAA==\n"]
)
def test_what_is_no_checkpoint_says_so(text: str) -> None:
    with pytest.raises(BadNote):
        read_head(text + "\n")


@pytest.mark.parametrize(
    "text", ["", "name", "name+00000000+AA==", "name+zz+!", "a+1+" + base64.b64encode(b"\x01" * 33).decode()]
)
def test_what_is_no_key_says_so(text: str) -> None:
    with pytest.raises(BadNote):
        PublicKey.read(text)
