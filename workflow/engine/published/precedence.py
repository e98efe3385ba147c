"""Whose words count where several lifecycles are at hand: first that of the one for everything."""

from collections.abc import Iterable, Iterator
from itertools import chain

from workflow.lifecycles.definition import Definition


def counting_last(definitions: Iterable[Definition]) -> Iterator[Definition]:
    """Versions of lifecycles, given as they were published, with those whose words count at the end.

    A lifecycle counts more than one published after it, and one for everything more than all others;
    of the versions of one lifecycle counts the newest.
    """
    versions: dict[str, list[Definition]] = {}
    for definition in definitions:
        versions.setdefault(definition.key, []).append(definition)
    by_rank = sorted(versions.values(), key=lambda each: not each[-1].for_everything)
    return chain.from_iterable(reversed(by_rank))
