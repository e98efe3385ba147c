"""The hash tree of RFC 6962: roots, and the proofs that an entry is in it and that it only grows."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from hmac import compare_digest

Read = Callable[[int, int], bytes]

WIDTH = 32
LARGEST = 2**63 - 1
EMPTY = hashlib.sha256(b"").digest()


def leaf(data: bytes) -> bytes:
    """The hash of an entry."""
    return hashlib.sha256(b"\x00" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """The root over these leaf hashes."""
    grown = Range()
    for each in leaves:
        grown.append(each)
    return grown.root


class Range:
    """The right edge of a tree: the least that has to be kept to let it grow.

    `hashes` are those of its complete subtrees, the largest first. `appended` hears of every
    complete subtree as it comes into being: its level, its index on that level and its hash.
    """

    def __init__(self, size: int = 0, hashes: Sequence[bytes] = ()) -> None:
        if len(hashes) != size.bit_count():
            raise ValueError(f"a tree of {size} has {size.bit_count()} complete subtrees")
        self.size = size
        self.hashes = list(hashes)

    def append(
        self, leaf_hash: bytes, heard: Callable[[int, int, bytes], object] | None = None
    ) -> None:
        """Let the tree grow by one leaf."""
        level, index, subtree = 0, self.size, leaf_hash
        while True:
            if heard is not None:
                heard(level, index, subtree)
            if not index & 1:
                break
            subtree = node(self.hashes.pop(), subtree)
            level, index = level + 1, index >> 1
        self.hashes.append(subtree)
        self.size += 1

    @property
    def root(self) -> bytes:
        """The hash of the whole tree."""
        return _joined(self.hashes)


def root_at(read: Read, size: int) -> bytes:
    """The root of the tree as it was at `size`, from the hashes of its complete subtrees."""
    return _over(read, 0, size)


def inclusion(read: Read, index: int, size: int) -> tuple[bytes, ...]:
    """The proof that leaf `index` is in the tree of `size`; `read` hands out complete subtrees."""
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} has no leaf {index}")
    begin, end, proof = 0, size, []
    while end - begin > 1:
        split = begin + _split(end - begin)
        if index < split:
            proof.append(_over(read, split, end))
            end = split
        else:
            proof.append(_over(read, begin, split))
            begin = split
    return tuple(reversed(proof))


def consistency(read: Read, old: int, new: int) -> tuple[bytes, ...]:
    """The proof that the tree of `old` is the beginning of the tree of `new`.

    Nothing needs to be proven of an empty tree, nor of two that are one.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {old} does not come before one of {new}")
    if old in {0, new}:
        return ()
    begin, end, proof = 0, new, []
    while end != old:
        split = begin + _split(end - begin)
        if old <= split:
            proof.append(_over(read, split, end))
            end = split
        else:
            proof.append(_over(read, begin, split))
            begin = split
    if begin:
        proof.append(_over(read, begin, end))
    return tuple(reversed(proof))


def included(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `proof` shows that a leaf is entry `index` of the tree with this size and root.

    That the root is the one of that size, only a checkpoint says. Whatever this is handed, it
    answers and does not raise.
    """
    if not (_numbers(index, size) and index < size and _hashes(proof, (leaf_hash, root))):
        return False
    place, last, found = index, size - 1, leaf_hash
    for other in proof:
        if not last:
            return False
        if place & 1 or place == last:
            found = node(other, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node(found, other)
        place, last = place >> 1, last >> 1
    return not last and compare_digest(found, root)


def consistent(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether `proof` shows that the first tree is the beginning of the second.

    Whatever it is handed, it answers and does not raise.
    """
    if not (_numbers(old, new) and old <= new and _hashes(proof, (old_root, new_root))):
        return False
    if old == new:
        return not proof and compare_digest(old_root, new_root)
    if not old:
        return not proof and compare_digest(old_root, EMPTY)
    # Where the old tree is one complete subtree its root is where the climb begins.
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
            first, second = node(other, first), node(other, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node(second, other)
        place, last = place >> 1, last >> 1
    return not last and compare_digest(first, old_root) and compare_digest(second, new_root)


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return int(1 << ((size - 1).bit_length() - 1))


def _over(read: Read, begin: int, end: int) -> bytes:
    """The hash over some leaves, of which the first begins a complete subtree."""
    found = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        found.append(read(level, begin >> level))
        begin += 1 << level
    return _joined(found)


def _joined(hashes: Sequence[bytes]) -> bytes:
    """The hash over complete subtrees side by side, the largest first."""
    if not hashes:
        return EMPTY
    *rest, found = hashes
    for left in reversed(rest):
        found = node(left, found)
    return found


def _numbers(*numbers: object) -> bool:
    return all(type(number) is int and 0 <= number <= LARGEST for number in numbers)


def _hashes(proof: object, ends: tuple[object, object]) -> bool:
    """Whether a proof is one in shape, and both ends of it are hashes."""
    return isinstance(proof, (list, tuple)) and all(
        isinstance(each, bytes) and len(each) == WIDTH for each in (*proof, *ends)
    )
