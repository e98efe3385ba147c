"""Notes are those of C2SP signed-note: what is not exactly one is refused."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.errors import Invalid
from workflow.tlog.formats.note import (
    COSIGNATURE,
    Note,
    Signature,
    SigningKey,
    Verifier,
    opened,
    parsed,
    signed,
)

# RFC 8032, section 7.1: secret, public, message, signature.
ED25519 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        b"",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701c"
            "f9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        b"\x72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0"
            "f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
]
# The example that the package golang.org/x/mod/sumdb/note is documented with.
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NEUMANN_PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
SAID = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
SIGNED = (
    f"{SAID}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXg"
    "KvqfqdngotpRZb6KE6RyyBwJnAM=\n"
).encode()
TEXT = "house.example/log\n12\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
HOUSE, OTHER = SigningKey("house.example/log", b"h" * 32), SigningKey("other.example", b"o" * 32)
WITNESS = SigningKey("witness.example/w1", b"w" * 32, COSIGNATURE)
GOOD = signed(TEXT, HOUSE)
LINE = HOUSE.sign(TEXT).line
ELSEWHERE = HOUSE.sign("another text\n").line
STRANGER = OTHER.sign(TEXT).line


def under(*lines: str, text: str = TEXT, blank: str = "\n") -> bytes:
    return "".join([text, blank, *lines]).encode()


REFUSED = {
    "nothing at all": b"",
    "a line's end": b"\n",
    "two of them": b"\n\n",
    "only text": TEXT.encode(),
    "no signature": under(),
    "no blank line": under(LINE, blank=""),
    "a blank line more below the text": under(LINE, blank="\n\n"),
    "a blank line more below the signatures": under(LINE, "\n"),
    "a blank line between signatures": under(LINE, "\n", STRANGER),
    "no line's end at the end": GOOD[:-1],
    "text below the signatures": under(LINE, "more\n"),
    "text between the signatures": under(LINE, "more\n", STRANGER),
    "line ends of another system": GOOD.replace(b"\n", b"\r\n"),
    "one such line end": GOOD.replace(b"12\n", b"12\r\n"),
    "a tabulator": GOOD.replace(b"12", b"1\t2"),
    "a nought": GOOD + b"\x00",
    "an escape": under(LINE, text="\x1b[2J" + TEXT),
    "a vertical tabulator": under(LINE, text="\x0b" + TEXT),
    "a form feed": under(LINE, text=TEXT + "\x0c\n"),
    "half a character": GOOD.replace(b"12", b"1\xff"),
    "a surrogate": GOOD.replace(b"12", b"\xed\xa0\x80"),
    "an overlong character": GOOD.replace(b"12", b"\xc0\xaf"),
    "a mark of byte order": b"\xef\xbb\xbf" + GOOD,
    "another text": GOOD.replace(b"12", b"13"),
    "a text with a space more": GOOD.replace(b"12", b"12 "),
    "a text with a line more": under(LINE, text=TEXT + "more\n"),
    "a signature of another text": under(ELSEWHERE),
    "a good and then a bad signature": under(LINE, ELSEWHERE),
    "a bad and then a good signature": under(ELSEWHERE, LINE),
    "a stranger's and then a bad one": under(STRANGER, ELSEWHERE),
    "only a stranger's": under(STRANGER),
    "a stranger by our name": under(SigningKey(HOUSE.verifier.name, b"x" * 32).sign(TEXT).line),
    "our key by another name": under(
        Signature("x.example", HOUSE.verifier.id, HOUSE.sign(TEXT).value).line
    ),
    "our id over another's signature": under(
        Signature(HOUSE.verifier.name, HOUSE.verifier.id, OTHER.sign(TEXT).value).line
    ),
    "a hyphen for the dash": under(LINE.replace("—", "-")),
    "a shorter dash": under(LINE.replace("—", "–")),
    "two spaces after the dash": under(LINE.replace("— ", "—  ")),
    "no space after the dash": under(LINE.replace("— ", "—")),
    "a space before the dash": under(" " + LINE),
    "two spaces after the name": under(LINE.replace("log ", "log  ")),
    "a space at the end of the line": under(LINE.replace("\n", " \n")),
    "a space of another kind": under(LINE.replace("log ", "log\u00a0")),
    "a plus in the name": under(LINE, "— a+b AAAAAAAA\n"),
    "a space in the name": under(LINE, "— a\u2003b AAAAAAAA\n"),
    "no name": under(LINE, "—  AAAAAAAA\n"),
    "no signature in the line": under(LINE, "— x.example \n"),
    "a name alone": under(LINE, "— x.example\n"),
    "an id alone": under(LINE, "— x.example AAAAAA==\n"),
    "what is not base64": under(LINE, "— x.example ????????\n"),
    "base64 without its padding": under(LINE.replace("=\n", "\n")),
    "base64 with more padding": under(LINE.replace("=\n", "==\n")),
    "base64 for addresses": under(LINE, "— x.example AAAAAA__\n"),
    "base64 with bits to spare": under(LINE, "— x.example AAAAAAB=\n"),
    "a signature cut short": under(
        Signature(HOUSE.verifier.name, HOUSE.verifier.id, HOUSE.sign(TEXT).value[:-1]).line
    ),
    "a signature with a byte more": under(
        Signature(HOUSE.verifier.name, HOUSE.verifier.id, HOUSE.sign(TEXT).value + b"x").line
    ),
    "seventeen signatures": under(*[LINE] * 17),
    "a thousand signatures": under(LINE, *[STRANGER] * 1000),
    "a megabyte": under(LINE, text="x" * 1_000_000 + "\n"),
}
TAKEN = {
    "one signature": GOOD,
    "a stranger's first": under(STRANGER, LINE),
    "a stranger's last": under(LINE, STRANGER),
    "the same one twice": under(LINE, LINE),
    "sixteen signatures": under(*[STRANGER] * 15, LINE),
    "a nameless kind of signature": under(LINE, "— x.example AAAAAAE=\n"),
    "blank lines in the text": signed("a\n\n\nb\n", HOUSE),
    "a blank line at the end of the text": signed("a\n\n", HOUSE),
    "what looks like a signature in the text": signed(f"a\n\n{STRANGER}", HOUSE),
    "a deletion": signed("a\x7f\n", HOUSE),
    "many languages": signed("é 中 ع 😀\n", HOUSE),
}


@pytest.mark.parametrize(("secret", "public", "message", "signature"), ED25519)
def test_ed25519_is_that_of_rfc_8032(
    secret: str, public: str, message: bytes, signature: str
) -> None:
    key = SigningKey("any", bytes.fromhex(secret))

    assert key.verifier.public.hex() == public
    assert key._private.sign(message).hex() == signature


def test_the_published_example_is_ours() -> None:
    key = SigningKey.read(NEUMANN_PRIVATE)

    assert signed(SAID, key) == SIGNED
    assert str(key.verifier) == NEUMANN
    assert opened(SIGNED, [Verifier.read(NEUMANN)]).text == SAID


@pytest.mark.parametrize("note", REFUSED.values(), ids=REFUSED)
def test_a_trick_is_refused(note: bytes) -> None:
    with pytest.raises(Invalid):
        opened(note, [HOUSE.verifier])


@pytest.mark.parametrize("note", TAKEN.values(), ids=TAKEN)
def test_a_note_is_taken(note: bytes) -> None:
    found = opened(note, [HOUSE.verifier, WITNESS.verifier])

    assert [signature.name for signature in found.signatures] == [HOUSE.verifier.name]


def test_there_are_enough_tricks() -> None:
    assert len(REFUSED) >= 55
    assert len(set(REFUSED.values())) == len(REFUSED)


def test_a_note_is_written_as_it_was_read() -> None:
    note = under(LINE, STRANGER)

    assert bytes(parsed(note)) == note


def test_a_cosignature_says_when_it_was_made() -> None:
    cosignature = WITNESS.sign(TEXT, at=1_679_315_147)
    note = bytes(Note(TEXT, (HOUSE.sign(TEXT), cosignature)))

    found = opened(note, [HOUSE.verifier, WITNESS.verifier])

    assert [signature.name for signature in found.signatures] == [
        HOUSE.verifier.name,
        WITNESS.verifier.name,
    ]
    assert found.signatures[1].at == 1_679_315_147
    assert b"cosignature/v1" not in note


def test_a_cosignature_of_another_time_is_refused() -> None:
    true = WITNESS.sign(TEXT, at=1_679_315_147)
    moved = Signature(true.name, true.key, (1_679_315_148).to_bytes(8, "big") + true.value[8:])
    beyond = WITNESS.sign(TEXT, at=2**63)

    assert WITNESS.verifier.verifies(TEXT, true)
    assert not WITNESS.verifier.verifies(TEXT, moved)
    assert not WITNESS.verifier.verifies(TEXT, beyond)
    assert not WITNESS.verifier.verifies(TEXT, Signature(true.name, true.key, true.value[:71]))


def test_the_id_of_a_key_is_the_start_of_a_hash() -> None:
    named = b"witness.example/w1\n\x04" + WITNESS.verifier.public

    assert WITNESS.verifier.id == hashlib.sha256(named).digest()[:4]


def test_a_key_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    path, key = tmp_path / "key", SigningKey.generate("house.example/log")

    key.store(path)

    assert path.stat().st_mode & 0o777 == 0o600
    assert SigningKey.load(path).verifier == key.verifier
    with pytest.raises(FileExistsError):
        HOUSE.store(path)


@pytest.mark.parametrize("text", [NEUMANN, str(WITNESS.verifier)])
def test_a_key_string_is_read_as_it_was_written(text: str) -> None:
    assert str(Verifier.read(text)) == text


@pytest.mark.parametrize("read", [Verifier.read, SigningKey.read])
@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: "",
        lambda _: "+",
        lambda _: "++",
        lambda text: text + "=",
        lambda text: text.replace("c74f20a3", "c74f20a4"),
        lambda text: text.replace("PeterNeumann", "Peter Neumann"),
        lambda text: text.replace("PeterNeumann", "PeterNeuman"),
        lambda text: text.replace("+AR", "+BR").replace("+AY", "+BY"),
        lambda text: text[:-4],
    ],
)
def test_what_is_not_a_key_string_is_refused(
    read: Callable[[str], object], spoil: Callable[[str], str]
) -> None:
    with pytest.raises(Invalid):
        read(spoil(NEUMANN if read == Verifier.read else NEUMANN_PRIVATE))


def test_a_key_has_one_word_for_a_name() -> None:
    with pytest.raises(Invalid, match="one word"):
        SigningKey("the house", b"h" * 32)


@pytest.mark.proof
@given(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]) | st.just("\n")))
def test_any_text_can_be_signed_and_opened(text: str) -> None:
    note = signed(text + "\n", HOUSE, OTHER)

    assert opened(note, [HOUSE.verifier]).text == text + "\n"


@pytest.mark.proof
@given(st.binary(max_size=200))
def test_garbage_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        opened(content, [HOUSE.verifier])


@pytest.mark.proof
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 7))
def test_no_bit_of_a_note_can_be_turned(at: int, bit: int) -> None:
    turned = GOOD[:at] + bytes([GOOD[at] ^ 1 << bit]) + GOOD[at + 1 :]

    with pytest.raises(Invalid):
        opened(turned, [HOUSE.verifier])
