"""The tree of the log against the reference vectors, and against a second way of computing it."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.ledger.models import EMPTY_ROOT, Tree, is_consistent, leaf_hash, root_from_inclusion

# The test leaves and roots that implementations of RFC 6962 and RFC 9162 share.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LARGEST = 64


def leaves(number: int) -> list[bytes]:
    return [leaf_hash(f"record {at}".encode()) for at in range(number)]


# The second implementation: the recursive definitions of RFC 9162 as they are printed there
# (2.1.1 for the root, 2.1.3.1 and 2.1.4.1 for the proofs), sharing nothing with the first.
def split(number: int) -> int:
    """The largest power of two smaller than the number."""
    return 1 << ((number - 1).bit_length() - 1)


def root_by_definition(given: list[bytes]) -> bytes:
    if len(given) < 2:
        return given[0] if given else hashlib.sha256(b"").digest()
    k = split(len(given))
    return hashlib.sha256(b"\x01" + root_by_definition(given[:k]) + root_by_definition(given[k:])).digest()


def path_by_definition(at: int, given: list[bytes]) -> list[bytes]:
    if len(given) == 1:
        return []
    k = split(len(given))
    if at < k:
        return [*path_by_definition(at, given[:k]), root_by_definition(given[k:])]
    return [*path_by_definition(at - k, given[k:]), root_by_definition(given[:k])]


def proof_by_definition(size: int, given: list[bytes], whole: bool = True) -> list[bytes]:
    if size == len(given):
        return [] if whole else [root_by_definition(given)]
    k = split(len(given))
    if size <= k:
        return [*proof_by_definition(size, given[:k], whole), root_by_definition(given[k:])]
    return [*proof_by_definition(size - k, given[k:], False), root_by_definition(given[:k])]


@pytest.mark.parametrize(("size", "root"), list(enumerate(ROOTS)))
def test_the_roots_are_those_of_the_shared_vectors(size: int, root: str) -> None:
    assert Tree(leaf_hash(bytes.fromhex(leaf)) for leaf in LEAVES[:size]).root.hex() == root


def test_every_root_and_proof_of_small_logs_is_that_of_the_definition() -> None:
    for size in range(1, LARGEST + 1):
        given = leaves(size)
        tree = Tree(given)
        assert tree.root == root_by_definition(given)
        for at in range(size):
            assert tree.inclusion_proof(at) == path_by_definition(at, given)
        for old in range(1, size):
            assert tree.consistency_proof(old) == proof_by_definition(old, given)


def test_every_honest_proof_of_small_logs_is_accepted() -> None:
    for size in range(1, LARGEST + 1):
        given = leaves(size)
        tree = Tree(given)
        for at in range(size):
            assert root_from_inclusion(given[at], at, size, tree.inclusion_proof(at)) == tree.root
        for old in range(size + 1):
            root = Tree(given[:old]).root
            assert is_consistent(old, root, size, tree.root, tree.consistency_proof(old))


def flipped(step: bytes) -> bytes:
    return bytes([step[0] ^ 1, *step[1:]])


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 13, 21, 32, 33, 64])
def test_no_forged_proof_is_accepted(size: int) -> None:
    """One bit of a step, a step less or more, another place, another leaf, another root."""
    given = leaves(size)
    tree = Tree(given)
    for at in range(size):
        proof = tree.inclusion_proof(at)
        forged = [[*proof[:i], flipped(step), *proof[i + 1 :]] for i, step in enumerate(proof)]
        for wrong in [*forged, proof[:-1] if proof else [tree.root], [*proof, tree.root]]:
            assert root_from_inclusion(given[at], at, size, wrong) != tree.root
        assert root_from_inclusion(flipped(given[at]), at, size, proof) != tree.root
        if size > 1:
            assert root_from_inclusion(given[at], (at + 1) % size, size, proof) != tree.root
    for old in range(1, size):
        proof, root = tree.consistency_proof(old), Tree(given[:old]).root
        for i, step in enumerate(proof):
            wrong = [*proof[:i], flipped(step), *proof[i + 1 :]]
            assert not is_consistent(old, root, size, tree.root, wrong)
        assert not is_consistent(old, flipped(root), size, tree.root, proof)
        assert not is_consistent(old, root, size, flipped(tree.root), proof)
        assert not is_consistent(old, root, size, tree.root, [*proof, root])
        assert not is_consistent(old, root, size, tree.root, proof[:-1])


@given(st.integers(1, 10_000), st.data())
def test_proofs_of_large_logs_hold_and_are_short(size: int, data: st.DataObject) -> None:
    tree = Tree(ALL[:size])
    at, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    proof = tree.inclusion_proof(at)
    assert len(proof) <= size.bit_length()
    assert root_from_inclusion(ALL[at], at, size, proof) == tree.root
    assert is_consistent(old, Tree(ALL[:old]).root, size, tree.root, tree.consistency_proof(old))


ALL = leaves(10_000)


def test_the_empty_log_has_the_root_of_nothing() -> None:
    assert Tree([]).root == EMPTY_ROOT
    assert is_consistent(0, EMPTY_ROOT, 3, Tree(leaves(3)).root, [])
    assert not is_consistent(0, Tree(leaves(1)).root, 3, Tree(leaves(3)).root, [])


@pytest.mark.parametrize("at", [-1, 3])
def test_there_is_no_proof_of_what_is_not_in_the_log(at: int) -> None:
    with pytest.raises(IndexError):
        Tree(leaves(3)).inclusion_proof(at)
    assert root_from_inclusion(leaves(1)[0], at, 3, []) is None


def test_a_later_log_is_no_beginning_of_an_earlier_one() -> None:
    with pytest.raises(IndexError):
        Tree(leaves(3)).consistency_proof(4)
    assert not is_consistent(4, Tree(leaves(4)).root, 3, Tree(leaves(3)).root, [])
