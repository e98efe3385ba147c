"""Whose words count where several lifecycles are at hand: first that of the one for everything."""

from collections.abc import Iterable, Iterator
from itertools import chain

from workflow.lifecycles.definition import Definition


def counting_last(definitions: Iterable[Definition], subject: str = "") -> Iterator[Definition]:
    """Versions of lifecycles, given as they were published, with those whose words count at the end.

    A lifecycle counts more than one published after it, and one for everything more than all others;
    of the versions of one lifecycle counts the newest. Those that are about `subject` count more than
    those that are about something else.
    """
    versions: dict[str, list[Definition]] = {}
    for definition in definitions:
        versions.setdefault(definition.key, []).append(definition)
    by_rank = sorted(versions.values(), key=lambda each: _rank(each[-1], subject))
    return chain.from_iterable(reversed(by_rank))


def _rank(newest: Definition, subject: str) -> tuple[bool, bool]:
    about_another = bool(subject) and newest.subject != subject
    return about_another, not newest.for_everything
