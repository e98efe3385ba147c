"""Which version of each lifecycle is offered at an instant: a pure reading of what was done to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from operator import attrgetter


class OfferAct(StrEnum):
    """What can be done to a lifecycle."""

    PUBLISH = "publish"
    OFFER = "offer"
    RETIRE = "retire"


@dataclass(frozen=True, slots=True)
class OfferMade:
    """One act; of two, that of the higher `number` was done later.

    A retirement without a `version` is of the whole lifecycle.
    """

    number: int
    act: OfferAct
    key: str
    version: int | None
    since: datetime

    def ends(self, other: "OfferMade") -> bool:
        """Whether this is a retirement that takes back an offer made before it."""
        covers = self.key == other.key and self.version in {None, other.version}
        return self.act is OfferAct.RETIRE and covers and self.number > other.number


def standing(offers: Sequence[OfferMade], at: datetime) -> dict[str, OfferMade]:
    """The offer that counts for each lifecycle at an instant; a retired lifecycle has none.

    Of the offers that have begun the one that began last counts, of two that began together the one
    made later. A retirement takes back every offer made before it, those for a later day as well.
    """
    begun = [each for each in offers if each.since <= at]
    found: dict[str, OfferMade] = {}
    for each in sorted(alive(begun), key=attrgetter("since", "number")):
        found[each.key] = each
    return found


def in_its_place(offers: Sequence[OfferMade], key: str, version: int, at: datetime) -> int | None:
    """The version of a lifecycle that would be offered if this one alone were retired at an instant."""
    last = max((each.number for each in offers), default=0)
    end = OfferMade(last + 1, OfferAct.RETIRE, key, version, at)
    found = standing([*offers, end], at).get(key)
    return found.version if found else None


def planned(offers: Sequence[OfferMade], at: datetime) -> tuple[OfferMade, ...]:
    """What begins later than an instant and was not taken back, the earliest first."""
    begun = [each for each in offers if each.since <= at or each.act is not OfferAct.RETIRE]
    later = [each for each in alive(begun) if each.since > at]
    ends = [each for each in offers if each.act is OfferAct.RETIRE and each.since > at]
    return tuple(sorted((*later, *ends), key=lambda offer: (offer.since, offer.number)))


def retired(offers: Sequence[OfferMade], version: int, at: datetime) -> OfferMade | None:
    """The retirement by which a version is offered no more; none where an offer of it stands or none was retired."""
    own = [each for each in offers if each.version == version and each.act is not OfferAct.RETIRE]
    ends = [
        each
        for each in offers
        if each.since <= at and own and all(each.ends(offer) for offer in own)
    ]
    return max(ends, key=lambda offer: offer.number, default=None)


def alive(begun: Sequence[OfferMade]) -> Iterable[OfferMade]:
    """Those that offer something and that no retirement among them takes back, whenever each begins."""
    ends = [each for each in begun if each.act is OfferAct.RETIRE]
    return [
        each
        for each in begun
        if each.act is not OfferAct.RETIRE and not any(end.ends(each) for end in ends)
    ]
