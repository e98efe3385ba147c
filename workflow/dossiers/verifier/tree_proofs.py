"""Proofs of RFC 6962: that an entry is in a tree, and that a tree is the beginning of another."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

NOTHING = hashlib.sha256(b"").digest()


def pair_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `proof` leads from entry `index` to the root of the tree of this size."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for other in proof:
        if not last:
            return False
        if place & 1 or place == last:
            found = pair_hash(other, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = pair_hash(found, other)
        place, last = place >> 1, last >> 1
    return not last and found == root


def is_beginning(
    old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Whether `proof` shows that the tree of `old` is the beginning of the tree of `new`."""
    if old > new or old < 0:
        return False
    if old == new:
        return not proof and old_root == new_root
    if not old:
        return not proof and old_root == NOTHING
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    if not path:
        return False
    first = second = path[0]
    for other in path[1:]:
        if not last:
            return False
        if place & 1 or place == last:
            first, second = pair_hash(other, first), pair_hash(other, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = pair_hash(second, other)
        place, last = place >> 1, last >> 1
    return not last and first == old_root and second == new_root
