"""The Merkle tree of the log: RFC 9162, section 2.1.

A proof of inclusion shows that a record stands in a log of a certain size and root; a proof
of consistency that an earlier log is the beginning of a later one. Both are a few hashes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

EMPTY_ROOT = hashlib.sha256().digest()


def leaf_hash(record: bytes) -> bytes:
    """32 bytes. The prefix keeps a record from being taken for an inner node."""
    return hashlib.sha256(b"\x00" + record).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree over leaf hashes, with every level kept: 64 bytes an entry."""

    def __init__(self, leaves: Iterable[bytes]) -> None:
        # A node without a partner moves up as it is: that is the tree which RFC 9162 splits at powers of two.
        self._levels = [list(leaves)]
        while len(self._levels[-1]) > 1:
            below = self._levels[-1]
            pairs = [node_hash(below[at], below[at + 1]) for at in range(0, len(below) - 1, 2)]
            self._levels.append(pairs + below[len(pairs) * 2 :])

    def __len__(self) -> int:
        return len(self._levels[0])

    @property
    def root(self) -> bytes:
        return self._levels[-1][0] if len(self) else EMPTY_ROOT

    def inclusion_proof(self, index: int) -> list[bytes]:
        """The hashes beside the way from the entry `index` to the root (RFC 9162, 2.1.3.1); IndexError."""
        if not 0 <= index < len(self):
            raise IndexError(index)
        proof = []
        for level in self._levels[:-1]:
            beside = index ^ 1
            if beside < len(level):
                proof.append(level[beside])
            index //= 2
        return proof

    def consistency_proof(self, size: int) -> list[bytes]:
        """That the log of this earlier size is our beginning (RFC 9162, 2.1.4.1); IndexError."""
        if not 0 <= size <= len(self):
            raise IndexError(size)
        if size in (0, len(self)):
            return []
        node, level = size - 1, 0
        # A whole subtree at the end of the earlier log is one node that whoever checks cannot know otherwise.
        while node % 2 == 1:
            node, level = node // 2, level + 1
        proof = [self._levels[level][node]] if node else []
        for row in self._levels[level:-1]:
            beside = node ^ 1
            if beside < len(row):
                proof.append(row[beside])
            node //= 2
        return proof


def root_from_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """The root that the proof leads to, None where it cannot be one (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return None
    node, last, root = index, size - 1, leaf
    for beside in proof:
        if last == 0:
            return None
        if node % 2 == 1 or node == last:
            root = node_hash(beside, root)
            while node % 2 == 0 and node:
                node, last = node // 2, last // 2
        else:
            root = node_hash(root, beside)
        node, last = node // 2, last // 2
    return root if last == 0 else None


def is_consistent(old_size: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the older log is the beginning of the newer one (RFC 9162, 2.1.4.2)."""
    if not 0 <= old_size <= size:
        return False
    if old_size == size:
        return not proof and old_root == root
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    if not path:
        return False
    node, last = old_size - 1, size - 1
    while node % 2 == 1:
        node, last = node // 2, last // 2
    old = new = path[0]
    for beside in path[1:]:
        if last == 0:
            return False
        if node % 2 == 1 or node == last:
            old, new = node_hash(beside, old), node_hash(beside, new)
            while node % 2 == 0 and node:
                node, last = node // 2, last // 2
        else:
            new = node_hash(new, beside)
        node, last = node // 2, last // 2
    return last == 0 and old == old_root and new == root
