"""Zip files that are made to harm whoever opens them: refused, with bounded memory and time."""

import io
import random
import resource
import stat
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from tests.support.sizes import sized
from tests.workflow.dossiers.conftest import Handed
from tests.workflow.dossiers.handed import BARE, examined
from workflow.dossiers.verifier_bundle import verifier

MUTATIONS = sized(40, 10_000)
MEGABYTE = 1024 * 1024
MOST_MEMORY, MOST_SECONDS = 500 * MEGABYTE, 30


def zipped(
    *members: tuple[str | ZipInfo, bytes], how: int = ZIP_DEFLATED, comment: bytes = b""
) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", how) as packed:
        for name, content in members:
            packed.writestr(name, content)
        packed.comment = comment
    return out.getvalue()


def special(name: str, mode: int) -> ZipInfo:
    member = ZipInfo(name)
    member.create_system, member.external_attr = 3, mode << 16
    return member


def patched(whole: bytes, mark: bytes, offset: int, value: bytes) -> bytes:
    """The zip with bytes of its last header of a kind replaced."""
    at = whole.rindex(mark) + offset
    return whole[:at] + value + whole[at + len(value) :]


def overlapping() -> bytes:
    whole = zipped(("events/0001.json", b"x" * 50), ("events/0002.json", b"y" * 50), how=ZIP_STORED)
    return patched(whole, b"PK\x01\x02", 42, struct.pack("<L", 0))


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


EVENT = "events/0001.json"
LISTED, ENDED = b"PK\x01\x02", b"PK\x05\x06"
HOSTILE: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "no zip": lambda: b"checkpoint" * 100,
    "an empty zip": zipped,
    "a path upward": lambda: zipped(("../dossier.json", b"{}")),
    "an absolute path": lambda: zipped(("/etc/passwd", b"x")),
    "a path of another system": lambda: zipped(("events\\0001.json", b"{}")),
    "a drive": lambda: zipped(("C:/events/0001.json", b"{}")),
    "a name with a zero byte": lambda: zipped((EVENT, b"{}")).replace(
        b"0001.json", b"0001.js\x00n"
    ),
    "a folder": lambda: zipped(("events/", b"")),
    "an unknown member": lambda: zipped(("setup.py", b"")),
    "digits of another script": lambda: zipped(("events/٠٠٠١.json", b"{}")),
    "a link": lambda: zipped((special(EVENT, stat.S_IFLNK | 0o777), b"/etc/passwd")),
    "a device": lambda: zipped((special(EVENT, stat.S_IFCHR | 0o666), b"")),
    "encrypted": lambda: patched(zipped((EVENT, b"{}")), LISTED, 8, b"\x01\x00"),
    "compressed in a rare way": lambda: zipped((EVENT, b"{}"), how=ZIP_BZIP2),
    "an event too large": lambda: zipped((EVENT, b"x" * 20_000)),
    "a bomb": lambda: zipped(("history.pdf", b"\0" * 60 * MEGABYTE)),
    "a bomb that says it is small": lambda: patched(
        zipped(("history.pdf", b"\0" * 60 * MEGABYTE)), LISTED, 24, struct.pack("<L", 100)
    ),
    "a member over another": overlapping,
    "a member that is not there": lambda: patched(
        zipped((EVENT, b"{}")), LISTED, 42, b"\xff\xff\0\0"
    ),
    "a hundred thousand members": lambda: patched(
        patched(zipped((EVENT, b"{}")), ENDED, 8, b"\xff\xff"), ENDED, 10, b"\xff\xff"
    ),
    "something behind the end": lambda: zipped((EVENT, b"{}")) + b"more",
    "a comment": lambda: zipped((EVENT, b"{}"), comment=b"PK"),
    "something before the beginning": lambda: b"#!/bin/sh\n" + zipped((EVENT, b"{}")),
    "deep nesting": lambda: zipped((EVENT, nested(8000)), ("dossier.json", nested(500_000))),
    "a huge number": lambda: zipped((EVENT, b"9" * 16_000), ("dossier.json", b"9" * 1_000_000)),
    "a fraction": lambda: zipped((EVENT, b"1e999999"), ("dossier.json", b"1e999999")),
    "half a character": lambda: zipped((EVENT, b'{"a":"\\ud800"}'), ("dossier.json", b'"\\ud800"')),
    "a key twice": lambda: zipped(("dossier.json", b'{"a":1,"a":2}')),
    "many small lists": lambda: zipped(
        ("dossier.json", b"[" + b"[]," * 340_000 + b"[]]"),
        ("openings.json", b"[" + b"[]," * 2_700_000 + b"[]]"),
    ),
    "no number for a seq": lambda: zipped((EVENT, b"{}"), ("dossier.json", b"{}")),
    "a terminal's commands": lambda: zipped(
        ("dossier.json", b'{"case":"\\u001b[2J","derived":{},"events":0,"format":1,"withheld":{}}')
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_zip_is_refused_in_a_sentence(kind: str, tmp_path: Path) -> None:
    dossier = tmp_path / "hostile.zip"
    dossier.write_bytes(HOSTILE[kind]())

    report = examined(dossier)

    assert report.status in {4, 5}
    assert all("\x1b" not in line and "Traceback" not in line for line in report.lines())


def bounded() -> None:
    """Allow this process so much memory and so many seconds at work, however busy the machine."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


@pytest.mark.proof(apart=True)
def test_all_of_them_together_stay_within_memory_and_time(tmp_path: Path) -> None:
    script = tmp_path / "verify.py"
    script.write_bytes(verifier())
    for number, make in enumerate(HOSTILE.values()):
        (tmp_path / f"{number:02d}.zip").write_bytes(make())
    dossiers = sorted(map(str, tmp_path.glob("*.zip")))

    done = subprocess.run(
        [BARE, "-I", "-S", str(script), *dossiers],
        check=False, capture_output=True, text=True, preexec_fn=bounded,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (5, "")
    assert done.stdout.count("Verdict:") == len(HOSTILE)
    assert "exhaust" not in done.stdout


@pytest.mark.proof
def test_a_mutated_dossier_never_breaks_the_verifier(handed: Handed, tmp_path: Path) -> None:
    """Bytes of the file itself are changed, cut, doubled and moved about."""
    chance = random.Random(7)
    whole = handed.dossier.read_bytes()
    dossier, verdicts = tmp_path / "mutated.zip", set()

    for _ in range(MUTATIONS):
        dossier.write_bytes(mutated(whole, chance))
        report = examined(dossier, handed.policy)
        verdicts.add(report.status)
        assert report.lines()

    assert verdicts <= {0, 3, 4, 5}
    assert 5 in verdicts


def mutated(whole: bytes, chance: random.Random) -> bytes:
    found = bytearray(whole)
    for _ in range(chance.choice((1, 1, 2, 8))):
        # The list at the end is where most of the parsing is done.
        at = chance.randrange(len(found) - 4000 if chance.random() < 0.6 else 0, len(found))
        match chance.randrange(5):
            case 0:
                found[at] ^= 1 << chance.randrange(8)
            case 1:
                found[at : at + 4] = chance.choice((b"\xff" * 4, b"\0" * 4, b"\x7f\xff\xff\xff"))
            case 2:
                del found[at : at + chance.randrange(1, 300)]
            case 3:
                found[at:at] = found[max(0, at - chance.randrange(1, 300)) : at]
            case _:
                found[at : at + 2] = struct.pack("<H", chance.randrange(65_536))
        if len(found) < 5000:
            break
    return bytes(found)


def test_the_tests_run_on_the_same_bytes_that_are_handed_out() -> None:
    assert sys.version_info >= (3, 11)
    compile(verifier(), "verify.py", "exec")
