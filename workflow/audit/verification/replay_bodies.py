"""What the register's events say of bodies: what each is, who sits on it, and when it meets."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.audit.chain import ToldEvent
from workflow.audit.events.house import (
    BodyConvened,
    BodyDescribed,
    BodySeated,
    BodySeatEnded,
    OnABody,
)
from workflow.audit.events.payload import Payload
from workflow.audit.verification.expected import ExpectedRows
from workflow.audit.verification.labels import body_name, body_seat_name, convened_name


def _described(story: ExpectedRows, _told: ToldEvent, what: BodyDescribed) -> None:
    """One body of each kind decides by default: the one told last."""
    if what.by_default:
        for name, body in story.things.items():
            if name.startswith(body_name("")) and body["kind"] == what.kind:
                body["by_default"] = False
    story.things[body_name(what.body)] = {
        "kind": what.kind,
        "name": what.name,
        "quorum": what.quorum,
        "by_default": what.by_default,
    }


def _seat(story: ExpectedRows, _told: ToldEvent, what: OnABody) -> None:
    story.things[body_seat_name(what.seat)] = {
        "body": what.body,
        "party": what.party,
        "place": what.place,
        "category": what.category,
        "starts_on": what.starts_on.isoformat(),
        "ends_on": what.ends_on and what.ends_on.isoformat(),
    }


def _convened(story: ExpectedRows, _told: ToldEvent, what: BodyConvened) -> None:
    story.things[convened_name(what.session)] = {
        "body": what.body,
        "title": what.title,
        "starts_on": what.starts_on.isoformat(),
        "ends_on": what.ends_on.isoformat(),
    }


TELLERS: Mapping[type[Payload], Callable[[ExpectedRows, ToldEvent, Any], None]] = {
    BodyDescribed: _described,
    BodySeated: _seat,
    BodySeatEnded: _seat,
    BodyConvened: _convened,
}
