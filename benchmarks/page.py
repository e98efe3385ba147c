"""Writes docs/performance.md from the figures kept beside it: `python -m benchmarks.page`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.figures import Figure, Report, read, spelt, spread

DOCS = Path(__file__).resolve().parents[1] / "docs"
KEPT, PAGE = DOCS / "performance.json", DOCS / "performance.md"
OF_PEERS, OF_GROWTH = DOCS / "performance-peers.json", DOCS / "performance-growth.json"
OF_FILLING = DOCS / "performance-filling.json"
BEGINNING = """# Performance

`primemover bench` measured this and `python -m benchmarks.page` wrote it; nothing here is written by
hand. Rates belong to one machine on one day. What can be compared are the ratios: each was taken in
turns with its floor, in the same minutes. The floor of a sign-off is the same writes by hand-written
SQL, with no check but of version and seat; what it writes verifies as ours does.

{heading}
"""
SIGNING = """
## Sign-offs

A ratio of a rate is better the nearer it is to 1, and a ratio of the processor's time the smaller it
is; in brackets the quartiles over the turns. On PostgreSQL the processor is the client's alone.
"""
SHARES = """
## Where the processor goes in a sign-off

Sampled every half millisecond of the processor's time over five hundred sign-offs, which makes no call
dearer than it is. Beside each its share; the floor has only the first of these, the hash of one event
and its own values. Overdue, every second one finds that people were to be told that it is late, and does
that first.
"""
ACTS = """
## What an act asks of the database

Heard between the program and the database, so that what goes past SQLAlchemy is counted as well.
`tests/benchmarks/test_budgets.py` holds these as budgets. SQLite is in the same process and has no
round trips.
"""
OTHERS = """
## Queues and verification

The floor of a queue is one hand-written query for the same rows; that of verification is hashing the
same bytes and doing nothing else.
"""
PEERS = """
## Other engines

The same sign-offs by django-fsm-2 and SpiffWorkflow, in turns with ours and with the floor, on SQLite
in memory ({at}). They check that a seat is free and keep a chain; ours checks permission, duties,
versions and the text under decision, and writes what is owed to be told. A ratio says how many times
ours it takes.
"""
PAGES = """
## What a page costs

As each kind of person opens it, the second time and later. SQL is how long the database is at work for it;
the processor's time is all that this process spent on the page.
"""
STARTING = """
## What a process costs

Processor and memory of processes of their own, each the least of several. Those that a server divides
from one share what was read in before.
"""
GROWTH = """
## How cost grows

The same originals, copied to portfolios of {sizes} programmes by the seed {seed}; above
10,000 a portfolio of 1,000 written many times over, and what lies above 100,000 imported with three events each.
Milliseconds of SQL for each page, as the person for whom it is most; the last column says how many times as
long each portfolio takes as the one before it. All of it is the processor's time, which a
machine that does other things stretches as well: by how much, pages show that read the same in every portfolio,
such as `/anchors` and `/people`. In a small portfolio many pages are not full.
"""
FILLING = """
### Pages that fill up

A page that shows less than it may in a small portfolio reads more in a larger one until it is full, and then no
more. These are the ones; {at}, in milliseconds of SQL as above, on PostgreSQL with the buffers that
all their statements read, which no other work on the machine stretches. The last column says how many times
as many, or as long, each portfolio takes as the one before it. What holds for portfolios of every size:

- `/frameworks`, `/programmes`, `/histories`: of one's own drafts one entry of an index each is read to count and to
  order them, about a hundred to a buffer; 25 lines are shown, and of these alone it is asked who may know of them.
- `/queue?stage=` and `?text=`: five hundred of the seats that wait are looked through, each by one look at its case
  (at most some 2,000 buffers), and 25 are shown; the page says where to look on. Among 1,000 programmes far fewer
  seats wait for anybody; what finds little, as a stage does at which an office is asked nothing, is full where five
  hundred wait, which the table above compares in 100,000 and 1,000,000.
- `/oversight`: 25 histories, with the newest events of each that nobody reviewed.
- `/histories/events`: 50 lines; the newest thousand are counted.
- On every page the seats that wait for whoever opens it are counted as far as a hundred, by an index: on SQLite 0.1 ms,
  which with 0.2 ms for two hundred drafts of one's own is what the page of frameworks gains.
"""
PROFILES = """
## The three hottest profiles

Own time of each function under cProfile, which makes calls dearer than they are: what to read here is
the order.
"""
REPEATING = """
## How to repeat it

```
make performance PROGRAMMES={plain}
```

This measures all of it, on SQLite and on a PostgreSQL server of its own, and writes this page; it wants
a machine that does nothing else. On SQLite a hundred thousand programmes take a minute of the processor and
3 GB to write, and a million four minutes more. `primemover bench --help` says how to measure a part, or on a server that is there already;
`make bench-peers KEEP=docs/performance-peers.json` measures the other engines, and
`primemover bench --only scale --programmes 1000,100000,1000000 --json docs/performance-growth.json` the growth;
`python -m benchmarks.filling FOLDER` measures the pages that fill up. What would come next is in
[at a thousand offices](thousand-offices.md).
"""
HEADS = ("What", "Ours", "Floor", "Ratio")


def kept() -> str:
    """The page that the figures kept beside it make."""
    beside = (
        read(each.read_text(encoding="utf-8")) if each.exists() else None
        for each in (OF_PEERS, OF_GROWTH, OF_FILLING)
    )
    return page(read(KEPT.read_text(encoding="utf-8")), *beside)


def page(
    report: Report,
    peers: Report | None = None,
    growth: Report | None = None,
    filling: Report | None = None,
) -> str:
    """The page that these figures make; those of growth may be of a longer run of their own."""
    return "".join(_parts(report, peers, growth or report, filling))


def _parts(
    report: Report, peers: Report | None, growth: Report, filling: Report | None
) -> Iterator[str]:
    yield BEGINNING.format(heading=report.heading.replace("\n", "  \n"))
    yield from _section(SIGNING, report, "signing")
    if report.of("parts"):
        yield SHARES
        yield from _shares(report)
    if report.of("acts"):
        yield ACTS
        yield from _acts(report)
    yield from _section(OTHERS, report, "queueing", "verifying")
    if peers:
        yield from _section(PEERS.format(at=peers.known["at"]), peers, "peers")
    if report.of("pages"):
        yield PAGES
        yield from _pages(report)
    if report.of("start"):
        yield STARTING
        yield from _starting(report)
    if sizes := _sizes(growth):
        *others, last = (f"{size:,}" for size in sizes)
        said = f"{', '.join(others)} and {last}" if others else last
        yield GROWTH.format(sizes=said, seed=growth.seed)
        yield from _growth(growth, report)
    if filling:
        yield FILLING.format(at=filling.known["at"])
        yield from _filled(filling)
    if report.of("profile"):
        yield PROFILES
        yield from _profiles(report)
    yield REPEATING.format(plain=",".join(map(str, _sizes(report) or [1000])))


def _section(text: str, report: Report, *groups: str) -> Iterator[str]:
    found = report.of(*groups)
    if not found:
        return
    yield text
    for place, figures in found.items():
        yield f"\n{_upper(place)}:\n\n"
        yield from _table(HEADS, [figure.row() for figure in figures])


def _acts(report: Report) -> Iterator[str]:
    for place, figures in report.of("acts").items():
        yield f"\n{place}:\n\n"
        counts = ("transactions", "round trips")
        rows = [
            (each.what, f"{each.ours:.0f}", *(str(each.detail[count]) for count in counts))
            for each in figures
        ]
        yield from _table(("Act", "Statements", "Transactions", "Round trips"), rows)


def _shares(report: Report) -> Iterator[str]:
    for place, figures in report.of("parts").items():
        yield f"\n{place}:\n\n"
        rows = [
            (each.what, spelt(each.ours, each.unit), *map(str, each.detail.values()))
            for each in figures
        ]
        yield from _table(("Part", "Processor", "Percent"), rows)


def _profiles(report: Report) -> Iterator[str]:
    for place, figures in report.of("profile").items():
        yield f"\n{_upper(place)}:\n\n"
        rows = [
            (f"`{each.what}`", spelt(each.ours, each.unit), *map(str, each.detail.values()))
            for each in figures
        ]
        yield from _table(("Function", "Own time", "Percent", "Calls"), rows)


def _pages(report: Report) -> Iterator[str]:
    for place, figures in report.of("pages").items():
        yield f"\n{place}:\n\n"
        rows = [
            (f"`{_asked(each)[0]}`", _asked(each)[1], spelt(each.ours, each.unit), *_of(each))
            for each in figures
        ]
        yield from _table(("Page", "As", "Processor", "SQL", "Statements"), rows)


def _starting(report: Report) -> Iterator[str]:
    yield "\n"
    rows = [
        (each.what, spelt(each.ours, each.unit))
        for figures in report.of("start").values()
        for each in figures
    ]
    yield from _table(("What", "Took"), rows)


def _of(figure: Figure) -> tuple[str, str]:
    return f"{figure.detail['SQL ms']} ms", str(figure.detail["statements"])


def _asked(figure: Figure) -> tuple[str, str]:
    page_, _, who = figure.what.partition(" as ")
    return page_, who


def _sizes(report: Report) -> list[int]:
    places = report.of("scale")
    return sorted({int(_size(place)) for place in places})


def _size(place: str) -> str:
    return place.partition(", ")[2].partition(" ")[0].replace(",", "")


def _growth(*reports: Report) -> Iterator[str]:
    """Each kind of database as the first of these reports that measured it tells."""
    told: set[str] = set()
    for report in reports:
        kinds = dict.fromkeys(place.partition(",")[0] for place in report.of("scale"))
        for kind in kinds:
            if kind not in told:
                yield f"\n{kind}, {report.known['at']}:\n\n"
                yield from _grown(report, kind)
        told |= kinds.keys()


def _grown(report: Report, kind: str) -> Iterator[str]:
    """Every act and page on one kind of database, at the sizes at which it was measured."""
    of_kind = {
        int(_size(place)): {each.what: each for each in figures}
        for place, figures in report.of("scale").items()
        if place.startswith(f"{kind},")
    }
    sizes = sorted(of_kind)
    columns = [of_kind[size] for size in sizes]
    heads = ("What", *(f"{size:,}" for size in sizes), "Times")
    yield from _table(heads, [*_grown_acts(columns), *_grown_pages(columns)])


def _grown_acts(columns: Sequence[dict[str, Figure]]) -> Iterator[tuple[str, ...]]:
    for what in (name for name, each in columns[0].items() if "SQL ms" not in each.detail):
        found = [column[what] for column in columns if what in column]
        of_floor = [f" ({spread(each.ratio)} of the floor)" if each.ratio else "" for each in found]
        cells = [
            spelt(each.ours, each.unit) + told for each, told in zip(found, of_floor, strict=True)
        ]
        yield what, *cells, _times([each.ours for each in found])


def _grown_pages(columns: Sequence[dict[str, Figure]]) -> Iterator[tuple[str, ...]]:
    """Each page as the person for whom it takes longest in the largest portfolio."""
    slowest: dict[str, Figure] = {}
    for figure in columns[-1].values():
        asked = _asked(figure)[0]
        if "SQL ms" in figure.detail and _sql(figure) > _sql(slowest.get(asked)):
            slowest[asked] = figure
    for asked, figure in slowest.items():
        taken = [_sql(column.get(figure.what)) for column in columns]
        who = _asked(figure)[1]
        yield f"`{asked}`, {who}", *(f"{each:.3g} ms" for each in taken), _times(taken)


def _filled(report: Report) -> Iterator[str]:
    """Each page that fills up, on each kind of database at each size."""
    of = {
        place: {each.what: each for each in found} for place, found in report.of("filling").items()
    }
    for kind in dict.fromkeys(place.partition(",")[0] for place in of):
        columns = [found for place, found in of.items() if place.startswith(f"{kind},")]
        sizes = (f"{int(_size(place)):,}" for place in of if place.startswith(f"{kind},"))
        yield f"\n{kind}:\n\n"
        rows = [_filled_row([column[what] for column in columns]) for what in columns[0]]
        yield from _table(("Page", *sizes, "Times"), rows)


def _filled_row(found: Sequence[Figure]) -> tuple[str, ...]:
    asked, who = _asked(found[0])
    taken = [float(each.detail.get("buffers", _sql(each))) for each in found]
    cells = (
        f"{_sql(each):.3g} ms"
        + (f", {each.detail['buffers']:,}" if "buffers" in each.detail else "")
        for each in found
    )
    return f"`{asked}`, {who}", *cells, _times(taken)


def _sql(figure: Figure | None) -> float:
    return float(figure.detail["SQL ms"]) if figure else -1.0


def _times(taken: Sequence[float]) -> str:
    steps = zip(taken, taken[1:] or taken, strict=False)
    return ", ".join(f"{later / first:.1f}" if first > 0 else "" for first, later in steps)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}\n"
    for row in rows:
        yield f"| {' | '.join(row)} |\n"


def _upper(place: str) -> str:
    return place[:1].upper() + place[1:]


if __name__ == "__main__":
    PAGE.write_text(kept(), encoding="utf-8")
