"""Checkpoints and proofs are read in the one way in which they are written."""

import random
from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.tlog.naive import Naive
from workflow.errors import Invalid
from workflow.tlog.formats.checkpoint import Checkpoint, signed_checkpoint
from workflow.tlog.formats.note import COSIGNATURE, Note, SigningKey, signed
from workflow.tlog.formats.proof import Proof

HOUSE = SigningKey("house.example/log", b"h" * 32)
OTHER = SigningKey("other.example/log", b"o" * 32)
WITNESS = SigningKey("witness.example/w1", b"w" * 32, COSIGNATURE)
PUBLISHED = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
SIZE = 300
NAIVE = Naive([b"%d" % number for number in range(SIZE)])
HEAD = Checkpoint(HOUSE.verifier.name, SIZE, NAIVE.mth(0, SIZE))
NOTE = signed(HEAD.text, HOUSE)


def proof(index: int) -> Proof:
    return Proof(index, tuple(NAIVE.path(index, 0, SIZE)), NOTE)


def test_the_published_example_is_read_and_written() -> None:
    found = Checkpoint.read(PUBLISHED)

    assert (found.origin, found.size) == ("example.com/behind-the-sofa", 20852163)
    assert found.text == PUBLISHED


def test_lines_of_other_logs_are_kept() -> None:
    assert Checkpoint.read(PUBLISHED + "more\n").extensions == ("more",)
    assert Checkpoint.read(PUBLISHED + "more\n").text == PUBLISHED + "more\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        PUBLISHED[:-1],
        PUBLISHED + "\n",
        PUBLISHED + "\nmore\n",
        f"origin\n5\n{ROOT}",
        f"origin\n{ROOT}\n5\n",
        f"\n5\n{ROOT}\n",
        "origin\n5\n",
        "origin\n5\n\n",
        *(
            f"origin\n{size}\n{ROOT}\n"
            for size in (
                "",
                "05",
                "+5",
                "-5",
                " 5",
                "5 ",
                "5.0",
                "0x5",
                "٥",
                "5_0",
                "9" * 19,
                str(2**63),
            )
        ),
        *(
            f"origin\n5\n{root}\n"
            for root in (
                ROOT[:-1],
                ROOT + "=",
                ROOT[4:],
                ROOT.replace("/", "_"),
                " " + ROOT,
                ROOT[:-2] + "J=",
            )
        ),
    ],
)
def test_what_is_not_a_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        Checkpoint.read(text)


def test_the_note_of_another_log_is_refused() -> None:
    elsewhere = signed(Checkpoint("other.example/log", 5, HEAD.root).text, OTHER)

    with pytest.raises(Invalid, match="is of the log other"):
        signed_checkpoint(elsewhere, [HOUSE.verifier, OTHER.verifier], "house.example/log")


def test_a_witness_alone_does_not_make_a_checkpoint() -> None:
    note = bytes(Note(HEAD.text, (WITNESS.sign(HEAD.text, 5),)))

    with pytest.raises(Invalid, match="is not signed by house"):
        signed_checkpoint(note, [HOUSE.verifier, WITNESS.verifier], HEAD.origin)


@pytest.mark.parametrize("extra", [None, b"", b"why", bytes(range(256))])
@pytest.mark.parametrize("index", [0, 1, 255, 299])
def test_a_proof_is_read_as_it_was_written(index: int, extra: bytes | None) -> None:
    meant = Proof(index, proof(index).hashes, NOTE, extra)

    found = Proof.read(meant.written())

    assert found == meant
    assert found.shows(NAIVE.mth(index, index + 1), [HOUSE.verifier], HEAD.origin)[0] == HEAD


def test_a_tree_of_one_has_a_proof_without_hashes() -> None:
    head = Checkpoint(HEAD.origin, 1, NAIVE.mth(0, 1))

    text = Proof(0, (), signed(head.text, HOUSE)).written()

    assert text.startswith("c2sp.org/tlog-proof@v1\nindex 0\n\nhouse.example/log\n1\n")
    assert Proof.read(text).shows(NAIVE.mth(0, 1), [HOUSE.verifier], HEAD.origin)


def spoilt(old: str, new: str) -> str:
    text = Proof(7, proof(7).hashes, NOTE, b"why").written()
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "c2sp.org/tlog-proof@v1\n\n",
        spoilt("@v1", "@v2"),
        spoilt("@v1\n", "@v1\r\n"),
        spoilt("index 7\n", ""),
        spoilt("index 7", "index 07"),
        spoilt("index 7", "index -7"),
        spoilt("index 7", "index 7 "),
        spoilt("index 7", "index  7"),
        spoilt("index 7", "Index 7"),
        spoilt("extra d2h5", "extra d2h5="),
        spoilt("extra d2h5", "extra d2 h5"),
        spoilt("extra d2h5", "extra"),
        spoilt("extra d2h5", "extra d2h5\nextra d2h5"),
        spoilt("index 7\n", "index 7\n\n"),
        spoilt("index 7\n", "index 7\n" + f"{ROOT}\n" * 64),
        spoilt("index 7\n", f"index 7\n{ROOT} \n"),
        spoilt("\n\nhouse", "\nhouse"),
        spoilt("\n\nhouse", "\n\n\nhouse"),
        spoilt("\n— house", "— house"),
        spoilt("index 7", "index 8"),
        spoilt(b64encode(NAIVE.mth(6, 7)).decode(), b64encode(NAIVE.mth(5, 6)).decode()),
        spoilt(f"\n{SIZE}\n", f"\n{SIZE - 1}\n"),
        spoilt("house.example/log\n", "house.example/lug\n"),
        spoilt("index 7", "index 7\ud800"),
        spoilt("house", "\ud800house"),
    ],
)
def test_what_does_not_prove_it_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        Proof.read(text).shows(NAIVE.mth(7, 8), [HOUSE.verifier], HEAD.origin)


def test_a_proof_is_of_one_entry_alone() -> None:
    with pytest.raises(Invalid, match="not one of this entry"):
        proof(7).shows(NAIVE.mth(8, 9), [HOUSE.verifier], HEAD.origin)


def test_no_character_of_a_proof_can_be_changed() -> None:
    """But for what nobody vouches for: none of the text of a proof without `extra`."""
    chance, shown = random.Random(19), 0

    for _ in range(4000):
        text = proof(7).written()
        at = chance.randrange(len(text))
        other = chance.choice([character for character in "A0=/\n —x" if character != text[at]])
        try:
            Proof.read(text[:at] + other + text[at + 1 :]).shows(
                NAIVE.mth(7, 8), [HOUSE.verifier], HEAD.origin
            )
        except Invalid:
            continue
        shown += 1

    assert shown == 0


@pytest.mark.proof
@given(st.text(max_size=300))
def test_garbage_is_no_proof(text: str) -> None:
    with pytest.raises(Invalid):
        Proof.read("c2sp.org/tlog-proof@v1\n" + text).shows(b"", [HOUSE.verifier], HEAD.origin)
