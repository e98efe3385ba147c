"""Dossiers as an auditor gets them: a log that signs, a witness that cosigns, and a bare Python."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from tests.support.waiting import PATIENCE
from tests.support.world import World
from workflow.dossiers.build import BuiltDossier, DossierSources, build
from workflow.dossiers.collect import DossierRequest
from workflow.dossiers.fonts import prepared
from workflow.dossiers.verifier import command
from workflow.dossiers.verifier.examination import checkpoint_in
from workflow.dossiers.verifier.notes import policy_from
from workflow.dossiers.verifier.report import Report
from workflow.dossiers.verifier_bundle import verifier
from workflow.engine.documents.file_store import FileStore
from workflow.people.register import registered
from workflow.tlog.formats.note import COSIGNATURE, SigningKey
from workflow.tlog.signer.key_store import KeyStore
from workflow.tlog.signer.keyring import Keyring
from workflow.tlog.signer.signer import Signer
from workflow.tlog.store.heads import state_heads
from workflow.tlog.store.queries import latest
from workflow.tlog.store.sequencer import Sequencer
from workflow.tlog.witnesses.models import Cosignature

ROOT = Path(__file__).resolve().parents[3]
FONTS = Path(tempfile.gettempdir()) / f"primemover-fonts-{os.getuid()}"
ORIGIN = "primemover.example/log"
WITNESS = "audit.example/witness"
BARE = str(
    Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"
)


@dataclass
class Log:
    """The log of a world, with a witness; time stands unless somebody moves it."""

    world: World
    folder: Path
    witness: SigningKey = field(default_factory=lambda: SigningKey.generate(WITNESS, COSIGNATURE))

    def __post_init__(self) -> None:
        database, clock = self.world.engine.database, self.world.clock
        self.sequencer = Sequencer(database, "tests", clock)
        home = KeyStore(self.folder / "signer")
        Keyring(database, home, registered, clock).begin(ORIGIN)
        self.signer = Signer(database, home, clock)

    def sign(self, *, cosigned: bool = True) -> None:
        """Give every event its place, sign, and have the witness cosign."""
        while self.sequencer.work():
            pass
        self.world.clock.pass_time(seconds=2)
        self.signer.step()
        if cosigned:
            self.cosign()

    def cosign(self) -> None:
        """Have the witness sign the newest checkpoint, at the time of the world."""
        now = self.world.clock()
        with self.world.engine.transaction() as session:
            newest = latest(session)
            assert newest is not None
            of = newest.checkpoint
            line = self.witness.sign(of.text, int(now.timestamp())).line
            session.add(
                Cosignature(
                    witness=str(self.witness.verifier), origin=of.origin, size=of.size,
                    root=of.root, line=line, cosigned_at=now, received_at=now,
                )
            )  # fmt: skip

    def state_heads(self) -> None:
        """State where every history ends, and sign."""
        self.sign(cosigned=False)
        with self.world.engine.transaction() as session:
            assert state_heads(session, registered, self.world.clock())
        self.world.clock.pass_time(seconds=2)
        self.sign()

    @property
    def policy(self) -> str:
        """The policy of an auditor who believes this log and this witness."""
        key = self.signer._home.key()
        assert key is not None
        return f"log {key.verifier}\nwitness office {self.witness.verifier}\nquorum office\n"


def house(folder: Path, log: Log | None = None) -> DossierSources:
    """An installation whose files lie in `folder`."""
    fonts = prepared(ROOT / "node_modules", FONTS)
    witnesses = (str(log.witness.verifier),) if log else ()
    return DossierSources(FileStore(folder / "files", 20_000_000), fonts, witnesses)


def hand(world: World, wish: DossierRequest, to: Path, of: DossierSources) -> BuiltDossier:
    """Build a dossier into a file."""
    with to.open("wb") as file:
        return build(world.engine, wish, of, file)


def witnessed(log: Log, ref: str, folder: Path, **wish: object) -> tuple[Path, Path]:
    """A dossier of `ref` after the log stated its end, and the policy to check it by."""
    log.state_heads()
    dossier, policy = folder / "dossier.zip", folder / "policy.txt"
    hand(log.world, DossierRequest(ref, None, **wish), dossier, house(folder, log))  # type: ignore[arg-type]
    policy.write_text(log.policy)
    return dossier, policy


@dataclass(frozen=True)
class Verdict:
    """What the verifier came to."""

    status: int
    said: str
    wrong: str


def verify(
    *dossiers: Path, policy: Path | None = None, kept: Path | None = None, package: bool = False,
    built_in: bool = False,
) -> Verdict:  # fmt: skip
    """Run the one file on a Python without any packages, or, with `package`, with ours."""
    script = dossiers[0].parent / "verify-it.py"
    if not script.exists():
        script.write_bytes(verifier())
    bare = ["-I"] if package else ["-I", "-S"]
    options = [
        *(["--policy", str(policy)] if policy else []),
        *(["--kept", str(kept)] if kept else []),
        *(["--built-in"] if built_in else []),
    ]
    done = subprocess.run(
        [sys.executable if package else BARE, *bare, str(script), *options, *map(str, dossiers)],
        check=False, capture_output=True, text=True, timeout=PATIENCE, cwd=dossiers[0].parent,
    )  # fmt: skip
    return Verdict(done.returncode, done.stdout, done.stderr)


def repacked(dossier: Path, change: Callable[[dict[str, bytes]], object], name: str = "") -> Path:
    """A copy of the dossier in which `change` did what it liked to the members."""
    with ZipFile(dossier) as opened:
        members = {each: opened.read(each) for each in opened.namelist()}
    change(members)
    copy = dossier.with_name(name or f"changed-{dossier.name}")
    with ZipFile(copy, "w") as packed:
        for each, content in members.items():
            packed.writestr(ZipInfo(each), content)
    return copy


def members(dossier: Path) -> dict[str, bytes]:
    """What a dossier holds."""
    with ZipFile(dossier) as opened:
        return {each: opened.read(each) for each in opened.namelist()}


def examined(
    dossier: Path, policy: Path | None = None, kept: Path | None = None, *, built_in: bool = False
) -> Report:
    """What the verifier's parts come to in this process: the same checks, without a new Python."""
    report = Report(dossier.name)
    believed = policy_from(policy.read_bytes()) if policy else None
    command.examined(
        dossier, report, believed, checkpoint_in(kept) if kept else None, built_in=built_in
    )
    assert not any("cannot be understood" in sentence for _, sentence in report.faults), report
    return report
