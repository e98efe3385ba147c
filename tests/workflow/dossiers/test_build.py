"""What goes into a dossier, for whom, and what does not."""

import shutil
import subprocess
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from tests.support.world import NURSES, World
from tests.workflow.dossiers.conftest import Handed
from tests.workflow.dossiers.handed import Log, examined, hand, house, members, verify, witnessed
from workflow.audit import canonical
from workflow.audit.models import Event, Opening
from workflow.demo import path
from workflow.demo.play import LETTER
from workflow.dossiers.build import build
from workflow.dossiers.collect import DossierRequest
from workflow.dossiers.hand_over import hand_over
from workflow.dossiers.render import Wording
from workflow.engine.models import LifecycleCase
from workflow.erasure import erase
from workflow.errors import NotFound
from workflow.tlog.witnesses.models import Anchor


def test_the_bytes_of_every_event_are_those_of_the_table(handed: Handed) -> None:
    found = members(handed.dossier)
    with handed.world.engine.reading() as session:
        of_the_case = select(Event.seq, Event.body).join(
            LifecycleCase, LifecycleCase.id == Event.case_id
        )
        rows = session.execute(of_the_case.where(LifecycleCase.ref == handed.ref)).all()

    events = {name: body for name, body in found.items() if name.startswith("events/")}

    assert events == {f"events/{seq:04d}.json": body for seq, body in rows}


def test_the_same_wish_makes_the_same_zip(handed: Handed, tmp_path: Path) -> None:
    again = tmp_path / "again.zip"

    hand(handed.world, DossierRequest(handed.ref, None), again, handed.house)

    assert again.read_bytes() == handed.dossier.read_bytes()


def test_what_is_withheld_is_named_and_the_rest_still_proves(log: Log, tmp_path: Path) -> None:
    ref = log.world.programme("consultation")

    dossier, policy = witnessed(log, ref, tmp_path, bare=True)
    report, found = examined(dossier, policy), members(dossier)

    assert (report.status, report.faults) == (0, [])
    assert "Event 1: the text title is withheld from this dossier." in report.facts
    assert found["openings.json"] == b"{}"
    assert not any(name.startswith("documents/") for name in found)
    readable = b"".join(found[f"history.{kind}"] for kind in ("html", "csv"))
    for name in ("João Lima", "Priya Menon", "Use the open licences", "letter-of-request"):
        assert name.encode() not in readable


def test_an_erased_text_is_told_with_its_day_and_basis(log: Log, tmp_path: Path) -> None:
    world, ref = log.world, log.world.programme("consultation")
    auditor = world.person("marie.laurent")
    with world.engine.reading() as session:
        events = select(Event.seq).join(Opening, Opening.event_id == Event.id)
        seq = session.scalars(events.where(Opening.field == "filename")).first()
    assert seq is not None
    erase.erase(world.engine, auditor, erase.ErasureRequest(ref, seq, ("filename",), "Rule 7"))

    files = house(tmp_path).files
    files.keep("letter-of-request.pdf", BytesIO(LETTER))
    dossier, policy = witnessed(log, ref, tmp_path)
    verdict = verify(dossier, policy=policy)

    assert verdict.status == 0, verdict.said
    assert f"Event {seq}: filename: content erased on 2026-" in verdict.said
    assert "under Rule 7" in verdict.said


def test_a_text_that_vanished_without_a_word_makes_it_incomplete(log: Log, tmp_path: Path) -> None:
    world, ref = log.world, log.world.programme("draft")
    with world.engine.transaction() as session:
        session.execute(delete(Opening).where(Opening.field == "title"))
    world.honest = False

    dossier, policy = witnessed(log, ref, tmp_path)

    assert examined(dossier, policy).status == 4


def test_a_draft_is_not_handed_to_a_stranger(log: Log, tmp_path: Path) -> None:
    ref, stranger = log.world.programme("draft"), log.world.person("priya.menon")
    target = tmp_path / "dossier.zip"

    with pytest.raises(NotFound, match="no history"):
        hand(log.world, DossierRequest(ref, stranger), target, house(tmp_path))


def test_the_register_is_handed_to_auditors_only(log: Log, tmp_path: Path) -> None:
    log.state_heads()
    target, of = tmp_path / "dossier.zip", house(tmp_path, log)
    auditor, other = log.world.person("marie.laurent"), log.world.person("priya.menon")

    with pytest.raises(NotFound):
        hand(log.world, DossierRequest("REGISTER", other), target, of)
    hand(log.world, DossierRequest("REGISTER", auditor), target, of)
    policy = tmp_path / "policy.txt"
    policy.write_text(log.policy)

    report = examined(target, policy)
    # The statement of heads is itself the newest event of the register.
    assert report.status == 0, report.faults


def test_a_dossier_handed_over_is_on_record_and_in_it_is_nothing_of_that(
    log: Log, tmp_path: Path
) -> None:
    world, ref = log.world, log.world.programme("screening")
    log.state_heads()
    reader, target = world.person("marie.laurent"), tmp_path / "dossier.zip"

    with target.open("wb") as file:
        hand_over(world.engine, DossierRequest(ref, reader), house(tmp_path, log), file)

    with world.engine.reading() as session:
        exported = session.scalars(select(Event).where(Event.type == "history.exported")).all()
        anchor = session.scalars(select(Anchor).where(Anchor.kind == "dossier")).one()
    assert [event.person_id for event in exported] == [reader]
    assert anchor.recipient == f"p{reader}"
    assert b"history.exported" not in b"".join(
        body for name, body in members(target).items() if name.startswith("events/")
    )


def test_a_refused_dossier_leaves_no_trace(log: Log, tmp_path: Path) -> None:
    world, ref = log.world, log.world.programme("draft")

    with (tmp_path / "dossier.zip").open("wb") as file, pytest.raises(NotFound):
        hand_over(
            world.engine, DossierRequest(ref, world.person("priya.menon")), house(tmp_path), file
        )

    with world.engine.reading() as session:
        assert session.scalars(select(Event).where(Event.type == "history.exported")).all() == []


def test_without_a_log_a_dossier_shows_its_chain_and_no_more(
    house_url: str, tmp_path: Path
) -> None:
    world = World(house_url)
    ref, target = world.programme("screening"), tmp_path / "dossier.zip"

    built = hand(world, DossierRequest(ref, None, bare=True), target, house(tmp_path))
    report = examined(target)

    assert (built.size, built.unproven) == (0, built.events)
    assert report.faults == [(3, "It holds no checkpoint: nothing ties it to a log.")]
    world.close()


def test_the_interval_between_two_witnessed_checkpoints_is_printed(
    either_log: Log, tmp_path: Path
) -> None:
    world, ref = either_log.world, either_log.world.programme("screening")
    either_log.sign()
    world.clock.pass_time(days=10)
    path.carry(world, ref, NURSES, "consultation")
    either_log.sign()

    dossier, policy = witnessed(either_log, ref, tmp_path, bare=True)
    spans = [fact for fact in examined(dossier, policy).facts if "came into the log" in fact]

    assert len(spans) == 2
    assert " after " not in spans[0]
    assert " after " in spans[1]
    assert " before " in spans[1]


def test_a_time_that_is_claimed_outside_its_anchors_is_flagged(log: Log, tmp_path: Path) -> None:
    """An event that says it is of the past came into the log when it did."""
    world = log.world
    old = world.programme("draft")
    log.sign()
    world.clock.pass_time(days=30)
    log.cosign()
    world.clock.at -= timedelta(days=20)
    ref = world.programme("draft")
    world.clock.at += timedelta(days=20)

    dossier, policy = witnessed(log, ref, tmp_path, bare=True)
    flagged = examined(dossier, policy).looks

    assert old != ref
    assert len(flagged) == 5
    assert "claims 2026-03-12" in flagged[0]
    assert "came into the log after" in flagged[0]


def test_the_steps_by_hand_come_to_the_same(handed: Handed, tmp_path: Path) -> None:
    """Each command of README.txt, in a shell, on the members of the dossier."""
    if not shutil.which("openssl") or not shutil.which("sha256sum"):
        pytest.skip("The steps by hand need sha256sum and openssl.")
    for name, content in members(handed.dossier).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    key, line = _key_and_line(handed)
    salt, title = canonical.parse((tmp_path / "openings.json").read_bytes())["1"]["title"]

    name = shell(tmp_path, r"printf '\000' | cat - events/0001.json | sha256sum").split()[0]
    previous = shell(tmp_path, """grep -o '"prev":"[0-9a-f]*"' events/0002.json""")
    opened = shell(
        tmp_path,
        f"""printf '%s' '["{salt}","title","{title}"]' | base64 -w0 | tr '+/' '-_' | tr -d '=' |
            openssl dgst -sha256 -binary | base64 | tr '+/' '-_' | tr -d '='""",
    )
    signed = shell(
        tmp_path,
        rf"""sed '/^$/,$d' checkpoint > text
        printf '%s' '{key}' | base64 -d | tail -c 32 > key
        {{ printf '\060\052\060\005\006\003\053\145\160\003\041\000'; cat key; }} > key.der
        printf '%s' '{line}' | base64 -d | tail -c +5 > signature
        openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in text \
            -sigfile signature""",
    )

    assert name in previous
    assert opened.strip() in (tmp_path / "events/0001.json").read_text()
    assert "Verified Successfully" in signed


def _key_and_line(handed: Handed) -> tuple[str, str]:
    log = handed.log.policy.splitlines()[0].removeprefix("log ")
    note = members(handed.dossier)["checkpoint"].decode()
    lines = [each for each in note.splitlines() if each.startswith("— primemover.example")]
    return log.split("+", 2)[2], lines[0].split()[-1]


def shell(folder: Path, script: str) -> str:
    done = subprocess.run(
        ["/bin/sh", "-c", script], check=True, cwd=folder, capture_output=True, text=True
    )
    return done.stdout


def test_a_language_from_the_right_turns_the_pages_around(handed: Handed, tmp_path: Path) -> None:
    """Arabic words stand in the page and in the print, whose fonts hold every letter of them."""
    arabic = Wording("ar", lambda _said: "قرار مجلس الإدارة", lambda _word: "كلمة")
    target = tmp_path / "dossier.zip"

    with target.open("wb") as file:
        build(handed.world.engine, DossierRequest(handed.ref, None), handed.house, file, arabic)
    found = members(target)

    assert b'<html lang="ar" dir="rtl">' in found["history.html"]
    assert "قرار مجلس الإدارة".encode() in found["history.html"]
    assert b"NotoSansArabic" in found["history.pdf"] or b"NotoArabic" in found["history.pdf"]
    assert b".notdef" not in found["history.pdf"]
    assert examined(target, handed.policy).status == 0
