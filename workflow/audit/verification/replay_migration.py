"""What it says of rounds and seats that a case was moved to another version of its lifecycle."""

from collections.abc import Mapping
from typing import Any

from workflow.audit.events.cases import CaseMigrated, MigratedRound
from workflow.audit.verification.expected import ExpectedRows
from workflow.audit.verification.labels import round_name, seat_name

_BELOW = ", "


def rename(story: ExpectedRows, what: CaseMigrated) -> None:
    """Have rounds and states stand under their new keys, with their new ends, and seats gone and come."""
    for each in what.rounds:
        _close_seats(story, each)
    _under_new_names(story, what)
    states = {each.before: each.now for each in what.states}
    for name in story.seats:
        thing = story.things[name]
        thing["state"] = states.get(thing["state"], thing["state"])
    for each in what.rounds:
        _goes_on(story, each)


def _close_seats(story: ExpectedRows, each: MigratedRound) -> None:
    of_round = round_name(each.round, each.turn)
    for seat in each.gone:
        story.things[seat_name(of_round, seat.role, seat.party, seat.category)]["status"] = (
            "overtaken"
        )


def _under_new_names(story: ExpectedRows, what: CaseMigrated) -> None:
    """Everything that is named by a round, under the round's new name."""
    names = {
        round_name(each.round, each.turn): round_name(each.now, each.now_turn)
        for each in what.rounds
    }
    story.things = {_named(name, names): thing for name, thing in story.things.items()}
    story.seats = {
        _named(name, names): [_named(seat, names) for seat in seats]
        for name, seats in story.seats.items()
    }
    story.standing = _both(story.standing, names)
    story.claims = {_named(seat, names): claim for seat, claim in story.claims.items()}
    for thing in story.things.values():
        if isinstance(thing.get("seat"), str):
            thing["seat"] = _named(thing["seat"], names)


def _both(standing: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    return {_named(seat, names): _named(answer, names) for seat, answer in standing.items()}


def _named(name: str, names: Mapping[str, str]) -> str:
    """A name whose beginning is that of a round; a turn ends where the name goes on or ends."""
    for before, now in names.items():
        if name == before:
            return now
        if name.startswith(before + _BELOW):
            return now + name[len(before) :]
    return name


def _goes_on(story: ExpectedRows, each: MigratedRound) -> None:
    of_round = round_name(each.now, each.now_turn)
    thing: dict[str, Any] = story.things[of_round]
    thing |= {"key": each.now, "turn": each.now_turn, "due_at": each.due}
    for seat in story.seats[of_round]:
        story.things[seat] |= {"asked_in": each.now}
        if thing["status"] == "open":
            story.things[seat]["due_at"] = each.due
    for asked in each.came:
        seat = seat_name(of_round, asked.role, asked.party, asked.category)
        story.seats[of_round].append(seat)
        story.things[seat] = {
            "role": asked.role,
            "party": asked.party,
            "category": asked.category,
            "part": asked.part,
            "body": asked.body,
            "asked_in": each.now,
            "status": "open",
            "due_at": each.due,
        }
