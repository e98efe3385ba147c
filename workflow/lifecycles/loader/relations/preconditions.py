"""Reading for what a lifecycle applies: its words, and the conditions on what is known beforehand."""

from decimal import Decimal

from workflow.lifecycles.applies import EVERYTHING, Applies, Precondition
from workflow.lifecycles.loader.names import QUESTIONS, KnownNames
from workflow.lifecycles.loader.table import TomlTable
from workflow.phrase import phrase

MOST = 10**15
BOUNDS = ("at_least", "at_most")


def read_applies(entry: TomlTable, names: KnownNames) -> Applies:
    """What the table `applies` says; a lifecycle without one is for everything."""
    if not entry.has("applies"):
        return EVERYTHING
    below = entry.table("applies")
    found = Applies(
        words=below.text("words"),
        when=tuple(_condition(each) for each in below.tables("when")),
        source=below.many_of("source", names.sources, phrase("source")),
    )
    asked = [each.of for each in found.when if each.of]
    for of in sorted({of for of in asked if asked.count(of) > 1}):
        below.note("when", phrase("holds two conditions on '%(of)s'; one is expected", of=of))
    below.done()
    return found


def _condition(entry: TomlTable) -> Precondition:
    of = entry.one_of("of", QUESTIONS, phrase("question"))
    chosen = entry.texts("among", optional=True)
    least, most = (_bound(entry, key) for key in BOUNDS)
    numbers = of in QUESTIONS and QUESTIONS[of]
    if numbers and chosen:
        entry.note("among", phrase("names choices; '%(of)s' is a number", of=of))
    if numbers and least is None and most is None:
        entry.note("at_most", phrase("is missing, and so is at_least; one of them is expected"))
    if of and not numbers and not chosen:
        entry.note("among", phrase("is missing; '%(of)s' is a choice", of=of))
    if of and not numbers and (least is not None or most is not None):
        entry.note("at_most", phrase("is a bound; '%(of)s' is a choice", of=of))
    if least is not None and most is not None and least > most:
        entry.note("at_most", phrase("is less than at_least, so nothing can be between them"))
    words = entry.text("words", optional=True)
    entry.done()
    return Precondition(of, chosen, least, most, words)


def _bound(entry: TomlTable, key: str) -> Decimal | None:
    if not entry.has(key):
        return None
    return Decimal(entry.number(key, least=0, most=MOST))
