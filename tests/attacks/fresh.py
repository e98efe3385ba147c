"""As many copies of one small signed log as a test wants to spoil."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.attacks.logged import House, Kept, begin
from tests.workflow.tlog.writing import Hand
from workflow.database import connect
from workflow.tlog.witnesses.witness import Witness


class Fresh:
    """The log is made once; each copy has its own database, signer and witness."""

    def __init__(self, url: str, folder: Path) -> None:
        self.folder, self.count = folder, 0
        database = connect(url)
        self.made = begin(database, folder / "made")
        database.dispose()

    def __call__(self, times: int) -> Iterator[House]:
        """So many copies, each gone when the next is asked for."""
        for _ in range(times):
            self.count += 1
            house = self._copy(self.folder / f"copy-{self.count}")
            yield house
            house.database.dispose()

    def _copy(self, folder: Path) -> House:
        made = self.made
        shutil.copytree(self.folder / "made", folder)
        path = folder / "log.sqlite"
        shutil.copyfile(str(made.database.url.database), path)
        kept = Kept(made.kept.checkpoint, made.kept.receipts, Witness.load(folder / "witness"))
        return House(
            connect(f"sqlite:///{path}"), folder / "signer", Hand(made.clock.now), made.refs, kept
        )
