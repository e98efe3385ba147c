"""Ed25519 (RFC 8032): by the `cryptography` package where it is found, else by what stands here.

Both refuse what signers never make and checkers judge differently: points that are not spelled in
the one way, points of small order, and a number S that is not reduced.
"""

from __future__ import annotations

import hashlib

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    PACKAGE = True
except ImportError:
    PACKAGE = False

FIELD = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, FIELD - 2, FIELD) % FIELD
ROOT_OF_MINUS_ONE = pow(2, (FIELD - 1) // 4, FIELD)

Point = tuple[int, int, int, int]
NEUTRAL: Point = (0, 1, 1, 0)


def verifies(public: bytes, message: bytes, signature: bytes, *, built_in: bool = False) -> bool:
    """Whether `signature` is one of `message` by the holder of the key `public`."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, commitment = _decoded_point(public), _decoded_point(signature[:32])
    number = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or number >= ORDER:
        return False
    if _is_small(key) or _is_small(commitment):
        return False
    if PACKAGE and not built_in:
        return _verified_by_package(public, message, signature)
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    challenge = int.from_bytes(digest, "little") % ORDER
    return _same(_times(number, BASE), _sum(commitment, _times(challenge, key)))


def _verified_by_package(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _decoded_point(encoded: bytes) -> Point | None:
    """The point that 32 bytes spell in the one way there is, or nothing."""
    whole = int.from_bytes(encoded, "little")
    sign, y = whole >> 255, whole & (2**255 - 1)
    if y >= FIELD:
        return None
    above, below = (y * y - 1) % FIELD, (CURVE * y * y + 1) % FIELD
    x = above * pow(below, 3, FIELD) * pow(above * pow(below, 7, FIELD), (FIELD - 5) // 8, FIELD)
    x %= FIELD
    if (below * x * x - above) % FIELD:
        x = x * ROOT_OF_MINUS_ONE % FIELD
    if (below * x * x - above) % FIELD or (not x and sign):
        return None
    x = FIELD - x if x & 1 != sign else x
    return x, y, 1, x * y % FIELD


def _sum(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % FIELD
    b = (one[1] + one[0]) * (other[1] + other[0]) % FIELD
    c = 2 * one[3] * other[3] * CURVE % FIELD
    d = 2 * one[2] * other[2] % FIELD
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % FIELD, g * h % FIELD, f * g % FIELD, e * h % FIELD


def _times(number: int, point: Point) -> Point:
    found = NEUTRAL
    while number:
        if number & 1:
            found = _sum(found, point)
        point = _sum(point, point)
        number >>= 1
    return found


def _same(one: Point, other: Point) -> bool:
    return (one[0] * other[2] - other[0] * one[2]) % FIELD == 0 and (
        one[1] * other[2] - other[1] * one[2]
    ) % FIELD == 0


def _is_small(point: Point) -> bool:
    return _same(_times(8, point), NEUTRAL)


def _base() -> Point:
    """The base point: y is 4/5 and x is even."""
    found = _decoded_point((4 * pow(5, FIELD - 2, FIELD) % FIELD).to_bytes(32, "little"))
    return found or NEUTRAL


BASE = _base()
