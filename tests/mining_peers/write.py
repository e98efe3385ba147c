"""Write random histories as event logs, and beside them what the trail itself says.

Runs in the product's own environment: python -m tests.mining_peers.write FOLDER COUNT
"""

import json
import sys
from pathlib import Path

from tests.support import databases
from tests.support.run import runs
from tests.support.walks import bodies, walk_cases
from tests.support.world import HOUSE, World
from workflow.exports.export import FORMS, ExportRequest, export
from workflow.exports.traces import chosen


def main(folder: Path, count: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    runs.begin_run()
    try:
        with databases.fresh_sqlite(folder, HOUSE) as url:
            world = World(url)
            refs = walk_cases(world.engine, count, seed=11)
            refs.append(world.programme("decision"))
            with world.engine.reading() as session:
                ids = chosen(session)
                with (folder / "trail.jsonl").open("w") as out:
                    for ref in refs:
                        told = [
                            (b["seq"], b["type"], b["at"], b["person"])
                            for b in bodies(session, ref)
                        ]
                        out.write(json.dumps([ref, told]) + "\n")
            for form in ("xes", "ocel", "ocel-sqlite"):
                export(world.engine, ids, ExportRequest(form), folder / f"log.{FORMS[form].ending}")
            world.engine.database.dispose()
            Path(str(world.engine.database.url.database)).unlink()
    finally:
        runs.end_run()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
