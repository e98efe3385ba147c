"""One person's walk by every address of a case: where they read what is closed to them."""

import html
import re
from collections.abc import Iterator, Sequence

from tests.support.sizes import SIZE, some_of_each
from tests.support.visitors import Visitor
from tests.web.outsiders.addresses import addresses, lists
from tests.web.outsiders.cases import KnownCase

# An address of a form says also that its time has not come, and nothing else.
REFUSED = {403, 404, 409}
# Of what a case that was sent tells nobody outside, whatever it holds.
SHUT = (
    "/files/", "/receipts/", "/letters/", "outcome-letter", "/dossier", "/edit", "/log/proof",
)  # fmt: skip
LINE = re.compile(r'id="event-(\d+)"')
# Of the addresses of one rule, which differ in a number or a day; a proof walks by each.
OF_A_RULE = 4


def leaks(case: KnownCase, visitor: Visitor) -> tuple[int, list[str]]:
    """How many addresses of a case were tried, and each at which somebody outside read what is closed."""
    tried, found = 0, []
    for rule, address in _ahead(case):
        status, body = _opened(visitor, address)
        tried += 1
        found += _wrong(case, rule, address, status, body)
    return tried, found


def told_in_lists(
    cases: Sequence[KnownCase], visitor: Visitor, who: str = ""
) -> tuple[int, list[str]]:
    """How many addresses of several cases were tried, each once, and what was told of cases of others.

    A case counts where `who` is outside of it; without a name that is so of each.
    """
    outside = [case for case in cases if not who or who in case.outsiders]
    closed = {case.ref: _its_own(case, cases) for case in outside}
    every = list(dict.fromkeys(address for case in outside for address in lists(case)))
    tried, found = 0, []
    for address in every:
        (_, body), tried = _opened(visitor, address), tried + 1
        found += [
            f"{address}: {each!r}" for case in outside for each in closed[case.ref] if each in body
        ]
        if "?text=" not in address:
            unsent = (case.ref for case in outside if not case.sent)
            found += [f"{address}: {ref}" for ref in unsent if ref in body]
    return tried, found


def _its_own(case: KnownCase, cases: Sequence[KnownCase]) -> frozenset[str]:
    """The texts that are closed in a case and in no other, which somebody may take part in.

    What a validated lesson or a published evaluation is called and says is closed nowhere.
    """
    apart = [other for other in cases if other is not case]
    others = (each for other in apart for each in other.secrets)
    public = [other for other in apart if other.public]
    told = (each for other in public for each in (other.title, *other.told))
    return case.secrets.difference(others, told)


def _ahead(case: KnownCase) -> list[tuple[str, str]]:
    every = list(addresses(case))
    return every if SIZE else some_of_each(every, lambda each: each[0], OF_A_RULE)


def _wrong(case: KnownCase, rule: str, address: str, status: int, body: str) -> Iterator[str]:
    if not case.sent and rule != "/queue/folder" and status not in REFUSED | {303}:
        yield f"{address}: {status} for what was not sent"
    if any(each in address for each in SHUT) and not _shut(case, address, status):
        yield f"{address}: {status} for what is shut"
    if status >= 500:
        yield f"{address}: {status} is no answer"
    yield from (f"{address}: {each!r}" for each in case.secrets if each in body)
    yield from (
        f"{address}: event {each}"
        for each in map(int, LINE.findall(body))
        if each in case.closed_events
    )
    if address.endswith("history.csv") and status == 200:
        numbers = {
            int(line.split(",")[1]) for line in body.splitlines() if line.startswith(case.ref)
        }
        yield from (f"{address}: row {each}" for each in numbers & case.closed_events)


def _shut(case: KnownCase, address: str, status: int) -> bool:
    """Refused; a file of what was decided on is open, unless it is a letter."""
    opened = {f"/programmes/{case.ref}/files/{each}" for each in case.open_files}
    return status in REFUSED or (address in opened and status == 200)


def _opened(visitor: Visitor, address: str) -> tuple[int, str]:
    """The status of an answer and its words; a file is closed again."""
    answer = visitor.get(address)
    body = html.unescape(answer.data.decode("utf-8", "replace"))
    answer.close()
    return answer.status_code, body
