"""Every address that opens with GET: what of a case it yields, and to which addresses of a case it leads.

A new address is entered here: in `OF_A_CASE` with what it is filled with, in `OF_MANY` if it tells
of several cases, or in `OF_NONE` if it tells of no case at all.
"""

from collections.abc import Callable, Iterator
from itertools import product
from typing import TypeAlias

from tests.web.outsiders.cases import KnownCase

Filled: TypeAlias = Callable[[KnownCase], Iterator[str]]


def _plain(case: KnownCase) -> Iterator[str]:
    yield ""


def _versions(case: KnownCase) -> Iterator[str]:
    yield from (f"/{kind}" for kind in case.kinds)
    yield from (f"/{kind}?version={version}" for kind, version in case.versions)


def _compared(case: KnownCase) -> Iterator[str]:
    yield from (f"/{kind}" for kind in case.kinds)
    yield from (f"/{kind}?from={version}&to={version}" for kind, version in case.versions)


def _sections(case: KnownCase) -> Iterator[str]:
    first = {kind: sections[0] for kind, sections in case.kinds.items() if sections}
    yield from (f"/{kind}/edit/{section}" for kind, section in first.items())


def _forms(rest: str) -> Filled:
    return lambda case: (f"/{kind}/edit{rest}" for kind in case.kinds)


def _rounds(rest: str) -> Filled:
    return lambda case: (f"/{key}/{turn}{rest}" for key, turn in case.rounds)


def _letters(case: KnownCase) -> Iterator[str]:
    for (key, turn), party in product(case.silences, case.parties):
        yield f"/{key}/{turn}/letters/{party}"


def _outcomes(case: KnownCase) -> Iterator[str]:
    yield from (f"/{key}/{turn}/outcome-letter" for key, turn in case.silences)


def _days(case: KnownCase) -> Iterator[str]:
    yield from (f"/{day}" for day in case.days)


PROGRAMME, HISTORY = "/programmes/<ref>", "/histories/<ref>"
# The address up to where it is filled, and what fills it.
OF_A_CASE: dict[str, tuple[str, Filled]] = {
    PROGRAMME: (PROGRAMME, _plain),
    f"{PROGRAMME}/documents/<kind>": (f"{PROGRAMME}/documents", _versions),
    f"{PROGRAMME}/documents/<kind>/edit": (f"{PROGRAMME}/documents", _forms("")),
    f"{PROGRAMME}/documents/<kind>/edit/<section>": (f"{PROGRAMME}/documents", _sections),
    f"{PROGRAMME}/documents/<kind>/edit/attached-files": (
        f"{PROGRAMME}/documents", _forms("/attached-files"),
    ),
    f"{PROGRAMME}/documents/<kind>/edit/check-and-submit": (
        f"{PROGRAMME}/documents", _forms("/check-and-submit"),
    ),
    f"{PROGRAMME}/files/<int:attachment>": (
        f"{PROGRAMME}/files", lambda case: (f"/{each}" for each in case.files),
    ),
    f"{PROGRAMME}/initiatives/<key>": (
        f"{PROGRAMME}/initiatives", lambda case: (f"/{each}" for each in case.initiatives),
    ),
    f"{PROGRAMME}/money": (f"{PROGRAMME}/money", _plain),
    f"{PROGRAMME}/money.csv": (f"{PROGRAMME}/money.csv", _plain),
    f"{PROGRAMME}/money.xlsx": (f"{PROGRAMME}/money.xlsx", _plain),
    f"{PROGRAMME}/results": (f"{PROGRAMME}/results", _plain),
    f"{PROGRAMME}/results.csv": (f"{PROGRAMME}/results.csv", _plain),
    f"{PROGRAMME}/results.xlsx": (f"{PROGRAMME}/results.xlsx", _plain),
    f"{PROGRAMME}/money.xml": (f"{PROGRAMME}/money.xml", _plain),
    f"{PROGRAMME}/training": (f"{PROGRAMME}/training", _plain),
    f"{PROGRAMME}/training.csv": (f"{PROGRAMME}/training.csv", _plain),
    f"{PROGRAMME}/discussion": (f"{PROGRAMME}/discussion", _plain),
    f"{PROGRAMME}/record": (f"{PROGRAMME}/record", _plain),
    f"{PROGRAMME}/same-effort": (f"{PROGRAMME}/same-effort", _plain),
    f"{PROGRAMME}/receipts/<int:seq>": (
        f"{PROGRAMME}/receipts", lambda case: (f"/{each}" for each in case.acts),
    ),
    f"{PROGRAMME}/rounds/<key>/<int:turn>": (f"{PROGRAMME}/rounds", _rounds("")),
    f"{PROGRAMME}/rounds/<key>/<int:turn>/extension": (f"{PROGRAMME}/rounds", _rounds("/extension")),
    f"{PROGRAMME}/rounds/<key>/<int:turn>/letters/<party>": (f"{PROGRAMME}/rounds", _letters),
    f"{PROGRAMME}/rounds/<key>/<int:turn>/outcome-letter": (f"{PROGRAMME}/rounds", _outcomes),
    f"{PROGRAMME}/seats/<int:seat>": (
        f"{PROGRAMME}/seats", lambda case: (f"/{each}" for each in case.seats),
    ),
    "/lessons/<ref>": ("/lessons/<ref>", _plain),
    f"{PROGRAMME}/lessons": (f"{PROGRAMME}/lessons", _plain),
    HISTORY: (HISTORY, _plain),
    f"{HISTORY}/history.csv": (f"{HISTORY}/history.csv", _plain),
    f"{HISTORY}/dossier": (f"{HISTORY}/dossier", _plain),
    f"{HISTORY}/on": (f"{HISTORY}/on", _plain),
    f"{HISTORY}/on/<day>": (f"{HISTORY}/on", _days),
    f"{HISTORY}/texts/<kind>": (f"{HISTORY}/texts", _compared),
    "/log/proof/<event>": ("/log/proof", lambda case: (f"/{each}" for each in case.closed_hashes)),
    **{
        f"/approaches/<ref>/{act}": (f"/approaches/<ref>/{act}", _plain)
        for act in ("answer", "record", "notice")
    },
    "/lead-groups/<ref>": ("/lead-groups/<ref>", _plain),
    **{
        f"/lead-groups/<ref>/{act}": (f"/lead-groups/<ref>/{act}", _plain)
        for act in ("leave", "take-on")
    },
    "/queue/folder": ("/queue/folder", lambda case: (f"?seat={each}" for each in case.seats)),
}  # fmt: skip
OF_MANY = (
    "/desk", "/month", "/month/<month>", "/month/<month>.ics", "/blockers", "/blockers.csv", "/evaluations", "/evaluations/list", "/evaluations/list.csv", "/closing", "/closing.csv",
    "/partners", "/partners.csv",
    "/lessons", "/lessons.csv", "/lead-groups", "/lead-groups.csv", "/lead-groups/new", "/approaches", "/approaches.csv", "/meetings", "/meetings.csv", "/countries/<code>",
    "/", "/frameworks", "/frameworks/<key>", "/histories", "/histories/on", "/histories/on/<day>",
    "/histories/on/<day>/programmes.csv", "/notices", "/orders", "/programmes", "/programmes.csv",
    "/money", "/money.<any(csv, xlsx, xml):kind>", "/frameworks/<key>/money",
    "/frameworks/<key>/money.<any(csv, xlsx, xml):kind>", "/parties/<party>/money",
    "/parties/<party>/money.<any(csv, xlsx, xml):kind>",
    "/solutions/<int:number>", "/proposals", "/queue", "/records", "/records/differences", "/histories/events", "/histories/events/events.csv",
)  # fmt: skip
# What only auditors open tells them everything; outsiders are turned away by its policy.
OF_NONE = (
    "/about", "/lifecycles/<key>/forecast", "/accessibility", "/check", "/healthz", "/help",
    "/lifecycles", "/lifecycles/<key>", "/lifecycles/<key>/versions/<mark>",
    "/lifecycles/<key>/cases/new",
    "/lifecycles/<key>/staffing", "/lifecycles/<key>/versions/<mark>/staffing",
    "/lifecycles/<key>/versions/<mark>/difference/<other>",
    "/lifecycles/<key>/versions/<mark>/course.<any(bpmn, svg):ending>", "/metrics", "/programmes/import",
    "/account/addresses/<token>", "/account/details", "/account/invitations/<token>", "/account/login", "/account/password", "/anchors", "/anchors/checkpoint", "/assets/<version>/<name>", "/exports",
    "/health", "/livez", "/readyz", "/notices/choices", "/orders/new/<file>", "/oversight",
    "/oversight/access", "/oversight/access.csv", "/oversight/reviews", "/oversight/reviews/mark",
    "/oversight/reviews/marks", "/support", "/oversight/sample", "/oversight/sample/sample.csv", "/people",
    "/lifecycles/<key>/versions/<mark>/programmes",
    "/people/<int:person_id>", "/people/letters/<int:number>", "/people/mandates", "/proposals/new", "/rates", "/partners/sanctions",
    "/approaches/new", "/meetings/new", "/working-copies", "/working-copies/left", "/solutions", "/solutions.csv",
    "/solutions/new/<any(solution, institution, expert):kind>", "/solutions/<int:number>/wording",
)  # fmt: skip
# Whole rooms that tell of no case: an address under one of these needs no line of its own.
ROOMS_OF_NONE = ("/office",)


def addresses(case: KnownCase) -> Iterator[tuple[str, str]]:
    """Every address that yields bytes of a case, with the rule that it is of."""
    for rule, (start, fill) in OF_A_CASE.items():
        for rest in fill(case):
            yield rule, start.replace("<ref>", case.ref) + rest


def lists(case: KnownCase) -> Iterator[str]:
    """Every address that tells of several cases, as it is asked for a case among them."""
    named = {
        "<key>": case.framework or "F7", "<day>": case.days[-1], "<party>": "ind",
        "<code>": case.country or "IND",
        "<month>": f"{case.days[-1]:.7}",
        "<any(csv, xlsx, xml):kind>": "csv",
        "<int:number>": "1",
    }  # fmt: skip
    for rule in OF_MANY:
        address = rule
        for name, value in named.items():
            address = address.replace(name, value)
        assert "<" not in address, address
        yield address
    yield from (f"{where}?text={case.ref}" for where in ("/programmes", "/histories", "/queue"))
