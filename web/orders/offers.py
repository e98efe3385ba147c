"""Files that an address names: made at once where they are small, offered as an order otherwise."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web.access import engine, now, person
from web.histories.files import PAST
from web.money.statement_files import STATEMENT, rows_in, wanted_statement
from web.orders.hand_out import AT_ONCE, made_at_once
from web.orders.kind import Kind, Wanted
from web.oversight.check_files import VERIFICATION
from web.oversight.files import ACCESS, EVENTS, asked, wish_of
from web.oversight.query_args import day_of, filters_of, text_of
from workflow.errors import NotFound
from workflow.orders.kinds import OrderKind
from workflow.oversight.as_of.known import known_then
from workflow.oversight.events.indexer import catch_up_wholly
from workflow.oversight.events.taken import at_most
from workflow.phrase import phrase


@dataclass(frozen=True, slots=True)
class Offer:
    """How an address names a file of a kind, and how much is in it; no more than `most` is counted."""

    kind: Kind
    wanted: Callable[[Mapping[str, str]], Wanted]
    size: Callable[[Session, Wanted, int], int]


def small_or_ordered(kind: Kind, args: Mapping[str, str]) -> ResponseReturnValue:
    """The file that the address names; a large one is only made once it is ordered.

    Events that cannot be found yet are found first, so that none is missing; many are left to
    whoever makes what is ordered.
    """
    offer = OFFERS[kind.key]
    wanted = offer.wanted(args)
    if catch_up_wholly(engine(), AT_ONCE) < AT_ONCE and _is_small(offer, wanted):
        return made_at_once(kind, wanted)
    # Some of what is asked for are words of the address; none of them is called `file`.
    return redirect(url_for("orders.offer", file=kind.key.value, **wanted), code=303)


def _is_small(offer: Offer, wanted: Wanted) -> bool:
    with engine().reading() as session:
        return offer.size(session, wanted, AT_ONCE + 1) <= AT_ONCE


def _events(args: Mapping[str, str]) -> Wanted:
    """The events up to the moment that the address names, or up to now."""
    filters = filters_of(args)
    return wish_of(replace(filters, through=filters.through or now(), before=None))


def _past(args: Mapping[str, str]) -> Wanted:
    day = day_of(args.get("day", ""))
    if day is None:
        raise NotFound(phrase("There is no such day."))
    return {"day": min(day, now().date()).isoformat(), "stage": text_of(args, "stage")}


def _events_in(kind: OrderKind) -> Callable[[Session, Wanted, int], int]:
    return lambda session, wanted, most: at_most(
        session, person().id, asked(kind, wanted), now(), most
    )


OFFERS: Mapping[OrderKind, Offer] = {
    offer.kind.key: offer
    for offer in (
        Offer(EVENTS, _events, _events_in(OrderKind.EVENTS)),
        Offer(ACCESS, _events, _events_in(OrderKind.ACCESS)),
        Offer(PAST, _past, lambda session, _, most: known_then(session, person().id, now(), most)),
        Offer(STATEMENT, wanted_statement, rows_in),
        # A check of everything is never made while somebody waits.
        Offer(VERIFICATION, lambda _args: {}, lambda _session, _wanted, most: most),
    )
}
