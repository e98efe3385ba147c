"""A portfolio of any size; for one seed the same at any time, but for its originals' secrets.

A programme is played into each state by the real commands, which takes a minute; then it is copied
as often as is wanted. A copy has its own reference, title, countries, people, days and chain. What
its documents say stays as it was played.
"""

import argparse
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from benchmarks.portfolio import house, moulds
from benchmarks.portfolio.filling import fill, opened, wishes
from benchmarks.portfolio.house import Country
from benchmarks.portfolio.moulds import Played
from benchmarks.portfolio.reader import Reader
from workflow.assembly.engine import open_engine
from workflow.database import connect, migrate
from workflow.demo.house import STANDARD
from workflow.demo.play import Hand, Play
from workflow.lifecycles.loader.files import load_file
from workflow.oversight.events.indexer import catch_up_wholly
from workflow.programmes.lists.tally import fold
from workflow.tlog.store.sequencer import Sequencer

SEED = 20_261_126
STORIES = 3
BATCH = 16_384
SHARED_MEMORY = Path("/dev/shm")


@dataclass(frozen=True, slots=True)
class Originals:
    """What was played in a database, and what is needed to copy it."""

    played: tuple[Played, ...]
    countries: tuple[Country, ...]
    acting: frozenset[str]


def originals(path: Path, wholes: int = STORIES) -> Originals:
    """Play a programme into each state in an SQLite file that is not there, by so many stories."""
    url = f"sqlite:///{path}"
    migrate(url)
    database = connect(url)
    now = datetime.now(UTC)
    play = Play(database, Hand((now - moulds.LONG_AGO).replace(hour=8, minute=10)))
    countries = house.build(play.engine)
    definition = load_file(STANDARD)
    acting = frozenset(key for key, spec in definition.rounds.items() if spec.at_due)
    definition_id, _ = play.engine.published(definition.key)
    played = tuple(moulds.play_all(play, definition_id, wholes))
    play.clock.at = now
    catch_up_wholly(play.engine)
    consulted = next(each.ref for each in played if each.state == "consultation")
    house.delegate(play.engine, consulted)
    database.dispose()
    return Originals(played, countries, acting)


def multiply(
    path: Path,
    of: Originals,
    programmes: int,
    seed: int = SEED,
    shares: Mapping[str, float] = moulds.SHARES,
) -> None:
    """Let a database of originals hold so many programmes, and give their events their places."""
    random, connection = Random(seed), opened(str(path))
    reader = Reader(connection, of.countries)
    patterns = [reader.read(each, of.acting) for each in of.played]
    wanted = wishes(random, patterns, of.countries, max(0, programmes - len(of.played)), shares)
    fill(connection, random, wanted)
    connection.close()
    enter(f"sqlite:///{path}")


def portfolios(
    folder: Path,
    sizes: Sequence[int],
    seed: int = SEED,
    stories: int = STORIES,
    shares: Mapping[str, float] = moulds.SHARES,
) -> dict[int, Path]:
    """A portfolio of each of these sizes, all of the same originals, by size."""
    place = SHARED_MEMORY if SHARED_MEMORY.is_dir() else folder
    with tempfile.TemporaryDirectory(dir=place) as aside:
        base = Path(aside) / "originals.sqlite"
        of = originals(base, stories)
        made = {size: folder / f"p{size}.sqlite" for size in sizes}
        for size, path in made.items():
            shutil.copy(base, path)
            multiply(path, of, size, seed, shares)
    return made


def enter(url: str) -> None:
    """Give every event its place in the log, and do what else workers have done where nothing waits."""
    engine = open_engine(url)
    sequencer = Sequencer(engine.database, "generator", batch=BATCH)
    while sequencer.work():
        pass
    sequencer.release()
    catch_up_wholly(engine)
    fold(engine)
    engine.database.dispose()


def main() -> None:
    """Make portfolios: SQLite files p1000.sqlite and so on in a folder."""
    asked = argparse.ArgumentParser(description=main.__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--programmes", default="1000", help="how many; several sizes by commas")
    asked.add_argument("--seed", type=int, default=SEED)
    asked.add_argument("--stories", type=int, default=STORIES, help="by how many a state is played")
    usual = moulds.SHARES[moulds.IMPORTED]
    asked.add_argument(
        "--imported", type=int, default=usual, help="how many in a hundred with three events each"
    )
    given = asked.parse_args()
    shares = moulds.mostly_imported(given.imported)
    sizes = [int(size) for size in given.programmes.split(",")]
    for size, path in portfolios(given.folder, sizes, given.seed, given.stories, shares).items():
        print(f"{size:,} programmes: {path}")


if __name__ == "__main__":
    main()
