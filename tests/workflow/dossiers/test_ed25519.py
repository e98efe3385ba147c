"""The verifier's own Ed25519: the vectors of RFC 8032, what OpenSSL says, and what nobody signs."""

import random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.support.sizes import sized
from workflow.dossiers.verifier import ed25519
from workflow.dossiers.verifier.ed25519 import FIELD, ORDER, verifies

ROUNDS = sized(15, 10_000)
# RFC 8032, section 7.1: key, message and signature of tests 1, 2, 3 and SHA(abc).
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        (
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        ),
        (
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
            "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
        ),
    ),
]
SMALL_ORDER = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
]
BOTH = pytest.mark.parametrize("built_in", [True, False])


@BOTH
@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_the_published_signatures_verify(
    key: str, message: str, signature: str, built_in: bool
) -> None:
    public = bytes.fromhex(key)

    assert verifies(public, bytes.fromhex(message), bytes.fromhex(signature), built_in=built_in)


@pytest.mark.proof
@BOTH
def test_signatures_of_openssl_verify_and_changed_ones_do_not(built_in: bool) -> None:
    chance = random.Random(8032)
    for _ in range(ROUNDS):
        key = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        public, message = (
            key.public_key().public_bytes_raw(),
            chance.randbytes(chance.randrange(200)),
        )
        signature = bytearray(key.sign(message))

        right = verifies(public, message, bytes(signature), built_in=built_in)
        signature[chance.randrange(64)] ^= 1 << chance.randrange(8)
        wrong = verifies(public, message, bytes(signature), built_in=built_in)
        other = verifies(public, message + b"!", key.sign(message), built_in=built_in)

        assert (right, wrong, other) == (True, False, False)


@BOTH
def test_a_number_that_is_not_reduced_is_refused(built_in: bool) -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    public, signature = key.public_key().public_bytes_raw(), key.sign(b"text")
    number = int.from_bytes(signature[32:], "little") + ORDER

    again = signature[:32] + number.to_bytes(32, "little")

    assert not verifies(public, b"text", again, built_in=built_in)


@BOTH
@pytest.mark.parametrize("point", SMALL_ORDER)
def test_points_of_small_order_are_refused_as_key_and_as_commitment(
    point: str, built_in: bool
) -> None:
    small = bytes.fromhex(point)
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    zero = bytes(32)

    assert ed25519._is_small(ed25519._decoded_point(small) or ed25519.NEUTRAL)
    # With a key of small order one signature would fit many texts.
    assert not verifies(small, b"any text", small + zero, built_in=built_in)
    assert not verifies(key.public_key().public_bytes_raw(), b"x", small + zero, built_in=built_in)


@BOTH
@pytest.mark.parametrize("y", [FIELD, FIELD + 1, 2**255 - 1])
def test_a_point_that_is_spelled_another_way_is_refused(y: int, built_in: bool) -> None:
    spelled = y.to_bytes(32, "little")

    assert ed25519._decoded_point(spelled) is None
    assert not verifies(spelled, b"", spelled + bytes(32), built_in=built_in)


@BOTH
@pytest.mark.parametrize(("key", "signature"), [(31, 64), (33, 64), (32, 63), (32, 65), (0, 0)])
def test_other_lengths_are_refused(key: int, signature: int, built_in: bool) -> None:
    assert not verifies(bytes(key), b"", bytes(signature), built_in=built_in)
