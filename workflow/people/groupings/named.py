"""Groupings as lifecycles name them: `grouping:african-union` is whoever belongs to it on a day."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from sqlalchemy.orm import Session

from workflow.people.groupings.memberships import members
from workflow.vocabulary import GROUPING


class NamedGroups(Mapping[str, frozenset[str]]):
    """Groups of countries by their names, of which a grouping is asked for only where it is named."""

    def __init__(
        self, session: Session, on: Callable[[], date], known: Mapping[str, frozenset[str]]
    ) -> None:
        self._session, self._on = session, on
        self._known = dict(known)

    def __getitem__(self, name: str) -> frozenset[str]:
        if name not in self._known and name.startswith(GROUPING):
            key = name.removeprefix(GROUPING)
            self._known[name] = frozenset(self._session.scalars(members(key, self._on())))
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)
