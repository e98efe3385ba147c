"""Checks that yield to others of their form, so that of several that do not hold one is told."""

from collections.abc import Iterator, Mapping

from workflow.lifecycles.checks.check import FormCheck
from workflow.lifecycles.loader.names import likely
from workflow.phrase import Phrase, phrase


def wrong_precedence(check: FormCheck, checks: tuple[FormCheck, ...]) -> Iterator[Phrase]:
    """What is wrong where a check yields: it does to others of its form, and to none that yields to it in turn."""
    known = {each.key: each for each in checks}
    for key in check.yields_to:
        if key not in known:
            yield phrase(
                "names '%(key)s', which is no check of this form%(likely)s",
                key=key,
                likely=likely(key, [*known]),
            )
        elif check.key in _above(key, known):
            yield phrase("names '%(key)s', which yields to this one in turn", key=key)


def _above(key: str, known: Mapping[str, FormCheck]) -> set[str]:
    """The checks to which one yields, and to which these yield, itself among them."""
    found: set[str] = set()
    ahead = [key]
    while ahead:
        each = ahead.pop()
        if each in known and each not in found:
            found.add(each)
            ahead += known[each].yields_to
    return found
