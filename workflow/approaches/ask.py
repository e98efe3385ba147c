"""Approaching pivotal countries: one act asks several about one area, and each of them by itself."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from workflow.engine.acts.steps import CaseStep, took
from workflow.engine.commands import receipts
from workflow.engine.engine import Engine
from workflow.errors import Invalid
from workflow.people.models import Party
from workflow.phrase import OneOf, Phrase, Term, phrase
from workflow.programmes.alone import followed_called
from workflow.programmes.approaches.lines import APPROACHED, SUBJECT
from workflow.programmes.commands import Beginning, begin_within
from workflow.programmes.meetings.origins import CAME_OF, Origin
from workflow.reference import reference
from workflow.vocabulary import HOUSE

# The lifecycle by which countries are approached, and the round in which an officer asks.
LIFECYCLE = SUBJECT
ASKING = CaseStep("asking", "ask")
LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class ApproachQuestion:
    """What every one of some countries is asked: in which area, under which framework, when and how.

    `came_of` is the reference of what somebody committed to at a meeting, where it is asked for that.
    """

    area: str
    asked_on: date
    channel: str
    framework: str = ""
    occasion: str = ""
    words: str = ""
    came_of: str = ""

    def put_to(self, country: str) -> dict[str, Any]:
        """The text of the approach to one country, by its three letters."""
        known, area = reference().countries.get(country), reference().areas.get(self.area)
        title = f"{known.name if known else country}: {area.label if area else self.area}"
        return {
            "title": title[:LONGEST_TITLE],
            APPROACHED: country,
            **{name: value for name, value in asdict(self).items() if value and name != CAME_OF},
            "asked_on": self.asked_on.isoformat(),
        }


def approach(
    engine: Engine, person: int, countries: Sequence[str], question: ApproachQuestion, key: str = ""
) -> tuple[str, ...]:
    """Approach each of these countries in a case of its own; returns their references, in that order.

    It is one act: where one of them cannot be approached, none is, and the field `countries` says which
    and why. Sent twice under one key it is done once. Refuses whoever is no officer of the house.
    """
    wanted = tuple(dict.fromkeys(each.strip().upper() for each in countries if each.strip()))
    if not wanted:
        nobody = phrase("Choose at least one country.")
        raise Invalid(nobody, {"countries": nobody})
    followed = followed_called(engine, LIFECYCLE)
    roles = OneOf(tuple(Term(followed[1].roles[each].label) for each in followed[1].proposing()))
    stranger = phrase(
        "Only somebody in office there as %(roles)s may approach countries.", roles=roles
    )
    request = {"approaches": list(wanted), CAME_OF: question.came_of, **question.put_to("")}
    origin = Origin(question.came_of) if question.came_of else None
    with engine.transaction() as session:
        asked = receipts.request_digest(request)
        if key and (kept := receipts.answered(session, person, key, asked)) is not None:
            return tuple(kept["refs"])
        house = session.scalars(select(Party.id).where(Party.key == HOUSE)).one()
        refs = []
        for country in wanted:
            wish = Beginning(person, house, question.put_to(country), origin=origin)
            try:
                begun = begin_within(engine, session, wish, followed, stranger)
                took(engine, session, person, begun.ref, ASKING)
            except Invalid as fault:
                raise Invalid(fault.said, _by_field(fault)) from fault
            refs.append(begun.ref)
        if key:
            receipts.keep(session, person, key, asked, {"refs": refs}, engine.now())
        return tuple(refs)


def _by_field(fault: Invalid) -> dict[str, Phrase]:
    """What is wrong by the fields of the act: of whichever country, it stands at the countries."""
    return {("countries" if at == APPROACHED else at): said for at, said in fault.faults.items()}
