"""The tree is that of RFC 6962, and its proofs show what they claim and nothing else."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.sizes import sized
from tests.workflow.tlog.naive import ENTRIES, ROOTS, Naive
from workflow.tlog.formats import tree

LARGEST = 300
NAIVE = Naive([number.to_bytes(4, "big") for number in range(LARGEST)])
GARBAGE: list[Any] = [
    None,
    -1,
    2**64,
    True,
    1.0,
    "",
    b"",
    b"x" * 31,
    "x" * 32,
    [],
    (),
    {},
    object(),
]


@pytest.mark.parametrize("size", range(len(ROOTS)))
def test_the_published_roots_are_ours(size: int) -> None:
    leaves = [tree.leaf(entry) for entry in ENTRIES[:size]]

    assert tree.root(leaves).hex() == ROOTS[size] == Naive(list(ENTRIES)).mth(0, size).hex()


def test_a_range_grows_through_every_size_and_tells_of_each_subtree_once() -> None:
    grown, heard = tree.Range(), {}

    for size in range(LARGEST):
        assert grown.root == NAIVE.mth(0, size) == tree.root_at(NAIVE.read, size)
        assert tree.Range(size, grown.hashes).root == grown.root
        grown.append(NAIVE.mth(size, size + 1), lambda *of: heard.update({of[:2]: of[2]}))

    assert len(heard) == sum(LARGEST >> level for level in range(9))
    assert all(NAIVE.read(level, index) == found for (level, index), found in heard.items())


def test_a_range_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="a tree of 3 has 2 complete subtrees"):
        tree.Range(3, [tree.EMPTY])


def test_every_inclusion_proof_is_the_standard_s_and_holds() -> None:
    for size in range(1, LARGEST + 1):
        root = NAIVE.mth(0, size)
        for index in range(size):
            proof = tree.inclusion(NAIVE.read, index, size)

            assert list(proof) == NAIVE.path(index, 0, size)
            assert tree.included(NAIVE.mth(index, index + 1), index, size, proof, root)


def test_every_consistency_proof_is_the_standard_s_and_holds() -> None:
    for new in range(1, LARGEST + 1):
        root = NAIVE.mth(0, new)
        for old in range(1, new + 1):
            proof = tree.consistency(NAIVE.read, old, new)

            assert list(proof) == NAIVE.proof(old, new)
            assert tree.consistent(old, new, NAIVE.mth(0, old), root, proof)


def test_every_tree_follows_from_nothing() -> None:
    assert tree.consistency(NAIVE.read, 0, 7) == ()
    assert tree.consistent(0, 7, tree.EMPTY, NAIVE.mth(0, 7), ())
    assert tree.consistent(0, 0, tree.EMPTY, tree.EMPTY, ())
    assert not tree.consistent(0, 7, NAIVE.mth(0, 1), NAIVE.mth(0, 7), ())
    assert not tree.consistent(0, 7, tree.EMPTY, NAIVE.mth(0, 7), (tree.EMPTY,))


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_there_is_no_proof_of_what_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="has no leaf"):
        tree.inclusion(NAIVE.read, index, size)


@pytest.mark.parametrize(("old", "new"), [(-1, 3), (4, 3)])
def test_there_is_no_proof_backwards(old: int, new: int) -> None:
    with pytest.raises(ValueError, match="does not come before"):
        tree.consistency(NAIVE.read, old, new)


@pytest.mark.proof
@given(st.data())
def test_proofs_hold_in_trees_of_any_size(data: st.DataObject) -> None:
    """Leaves are all alike, so that a complete subtree depends on its level alone."""
    levels = [tree.leaf(b"")]
    while len(levels) < 63:
        levels.append(tree.node(levels[-1], levels[-1]))
    new = data.draw(st.integers(1, tree.LARGEST))
    index, old = data.draw(st.integers(0, new - 1)), data.draw(st.integers(1, new))

    def read(level: int, _index: int) -> bytes:
        return levels[level]

    root = tree.root_at(read, new)
    assert tree.included(levels[0], index, new, tree.inclusion(read, index, new), root)
    proof = tree.consistency(read, old, new)
    assert tree.consistent(old, new, tree.root_at(read, old), root, proof)


@pytest.mark.proof
@settings(max_examples=sized(10, 2500))
@given(st.integers(1, 4000), st.randoms(use_true_random=False))
def test_a_large_tree_agrees_with_the_definition(size: int, chance: random.Random) -> None:
    naive = Naive([b"%d" % number for number in range(size)])
    index, old = chance.randrange(size), chance.randrange(1, size + 1)

    assert tree.root(naive.mth(each, each + 1) for each in range(size)) == naive.mth(0, size)
    assert list(tree.inclusion(naive.read, index, size)) == naive.path(index, 0, size)
    assert list(tree.consistency(naive.read, old, size)) == naive.proof(old, size)


def test_no_altered_inclusion_proof_is_believed() -> None:
    chance = random.Random(6962)

    believed = [claim for claim in altered_inclusions(chance, 5000) if tree.included(*claim)]

    assert believed == []


def test_no_altered_consistency_proof_is_believed() -> None:
    chance = random.Random(9162)

    believed = [claim for claim in altered_consistencies(chance, 5000) if tree.consistent(*claim)]

    assert believed == []


@pytest.mark.parametrize("check", [tree.included, tree.consistent])
def test_garbage_is_answered_and_not_believed(check: Any) -> None:
    chance = random.Random(1)

    answers = {check(*(chance.choice(GARBAGE) for _ in range(5))) for _ in range(20_000)}

    assert answers == {False}


def altered_inclusions(chance: random.Random, count: int) -> Iterator[tuple[Any, ...]]:
    """True claims with one part of each made false.

    A size comes with the root that is its own: which root belongs to which size is for a
    checkpoint to say, a proof alone does not bind it.
    """
    for _ in range(count):
        size, other = chance.sample(range(2, LARGEST + 1), 2)
        index = chance.randrange(size)
        leaf, root = NAIVE.mth(index, index + 1), NAIVE.mth(0, size)
        proof = tuple(NAIVE.path(index, 0, size))
        yield chance.choice(
            [
                (bent(chance, leaf), index, size, proof, root),
                (leaf, (index + chance.randrange(1, size)) % size, size, proof, root),
                (leaf, size, size, proof, root),
                (leaf, index, other, proof, NAIVE.mth(0, other)),
                (leaf, index, size, remade(chance, proof), root),
                (leaf, index, size, proof, bent(chance, root)),
            ]
        )


def altered_consistencies(chance: random.Random, count: int) -> Iterator[tuple[Any, ...]]:
    """True claims with one part of each made false, as with inclusions."""
    for _ in range(count):
        old, new, other = sorted(chance.sample(range(1, LARGEST + 1), 3))
        roots = {size: NAIVE.mth(0, size) for size in (old, new, other)}
        proof = tuple(NAIVE.proof(old, new))
        yield chance.choice(
            [
                (old, new, bent(chance, roots[old]), roots[new], proof),
                (old, new, roots[old], bent(chance, roots[new]), proof),
                (old, new, roots[old], roots[new], remade(chance, proof)),
                (old, other, roots[old], roots[other], proof),
                (new, other, roots[new], roots[other], proof),
                (new, old, roots[new], roots[old], proof),
            ]
        )


def bent(chance: random.Random, found: bytes) -> bytes:
    at = chance.randrange(len(found))
    return found[:at] + bytes([found[at] ^ 1 << chance.randrange(8)]) + found[at + 1 :]


def remade(chance: random.Random, proof: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """Another proof than this: a hash bent, lost, repeated or put in, or the order turned."""
    at = chance.randrange(len(proof))
    ways = [
        (*proof[:at], bent(chance, proof[at]), *proof[at + 1 :]),
        (*proof[:at], *proof[at + 1 :]),
        (*proof[:at], NAIVE.mth(0, chance.randrange(LARGEST)), *proof[at:]),
        (*proof, proof[-1]),
        proof[::-1],
        (),
    ]
    return chance.choice([way for way in ways if way != proof])
