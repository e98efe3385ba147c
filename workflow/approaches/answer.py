"""What a country answers, takes back or contradicts, and what an officer records of it: one act for each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from workflow.engine.acts.steps import CaseStep
from workflow.engine.acts.whole import ActKind, At, CaseAct, acted
from workflow.engine.commands.receipts import Receipt
from workflow.engine.engine import Engine
from workflow.engine.models import CaseParty
from workflow.engine.permissions.offices import offices
from workflow.errors import Invalid, NotAuthorised, RoundClosed
from workflow.people.models import Party
from workflow.phrase import phrase
from workflow.programmes.approaches.lines import ANSWER, APPROACHED, NOTICE, SUBJECT

FOCAL = "pivotal_focal"
RECORD = "record"
LEADS, SUPPORTS, SOON, LATER, ASKED, ANEW = (
    "leads", "supports", "ends_soon", "later", "asked", "anew",
)  # fmt: skip
# So long before an answer runs out the country is asked whether it renews it.
RENEWED_BEFORE = timedelta(days=60)
RENEW = {
    LEADS: CaseStep("answering_otherwise", "renew"),
    SUPPORTS: CaseStep("answering_otherwise", "renew"),
    SOON: CaseStep("renewing", "renew"),
}
APPROACH = ActKind(SUBJECT, phrase("approach"))
GIVE, GIVE_ANEW = CaseStep("answering", "answer"), CaseStep("answering_anew", "answer")


def _before(last: date) -> date:
    """The day from which on it is asked about a renewal, or the first of all days where none is so early."""
    return last - min(RENEWED_BEFORE, last - date.min)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryAnswer:
    """What a country answers: lead, support, later or no; on which conditions, until when, or when to ask again."""

    answer: str
    conditions: str = ""
    valid_until: date | None = None
    again_on: date | None = None
    brings: str = ""

    def as_text(self) -> dict[str, Any]:
        """The answer as it is filed; what is not said is left out."""
        until = self.valid_until
        renewal = _before(until) if until else None
        days = {"valid_until": until, "renewal_on": renewal, "again_on": self.again_on}
        said = {"answer": self.answer, "conditions": self.conditions, "brings": self.brings}
        return {
            **{name: value for name, value in said.items() if value},
            **{name: day.isoformat() for name, day in days.items() if day},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """How an answer came that was not given here."""

    came: str
    came_on: date
    said_by: str
    said: str

    def as_text(self) -> dict[str, Any]:
        """The record as it is filed."""
        return {
            "came": self.came,
            "came_on": self.came_on.isoformat(),
            "said_by": self.said_by,
            "said": self.said,
        }


def answer(engine: Engine, person: int, at: At, said: CountryAnswer) -> Receipt:
    """Give the answer of the country that is asked, or give it anew where it answered before.

    Refuses everybody who does not speak for that country, and what is not asked of it now.
    """

    def given(act: CaseAct) -> None:
        state = _for_the_country(act)
        if state in RENEW:
            act.take(RENEW[state])
        elif state not in (ASKED, ANEW):
            raise _nothing_asked(act)
        _file_answer(act, said)
        act.take(GIVE if state == ASKED else GIVE_ANEW)

    return _done(engine, person, at, {"answers": said.as_text()}, given)


def record(
    engine: Engine, person: int, at: At, said: CountryAnswer, came: Came, reason: str = ""
) -> Receipt:
    """Record an answer that came by letter or on the telephone; the country is told and may contradict.

    Where the country has answered before, or asked to be asked later, `reason` says why it is written anew;
    without one the words in which it came do.
    """
    why = reason or came.said
    sooner = {
        LEADS: CaseStep("reopening", "reopen", why),
        SUPPORTS: CaseStep("reopening", "reopen", why),
        SOON: CaseStep("reopening", "reopen", why),
        LATER: CaseStep("asking_sooner", "again", why),
    }

    def recorded(act: CaseAct) -> None:
        if came.came_on > engine.now().date():
            ahead = phrase("That day is still to come; say when it was received.")
            raise Invalid(ahead, {"came_on": ahead})
        if act.case.state in sooner:
            act.take(sooner[act.case.state])
        _file_answer(act, said)
        act.file(RECORD, came.as_text())
        act.take(CaseStep("recording", "record"))

    asked = {"records": said.as_text(), "came": came.as_text(), "reason": reason}
    return _done(engine, person, at, asked, recorded)


def confirm(engine: Engine, person: int, at: At) -> Receipt:
    """Say for the country that what was noted is what it answered."""

    def confirmed(act: CaseAct) -> None:
        _for_the_country(act)
        act.take(CaseStep("hearing", "confirm"))

    return _done(engine, person, at, {"confirms": at.ref}, confirmed)


def contradict(engine: Engine, person: int, at: At, reason: str) -> Receipt:
    """Say for the country that it did not answer so; it is asked again."""

    def contradicted(act: CaseAct) -> None:
        _for_the_country(act)
        act.take(CaseStep("hearing", "contradict", reason))

    return _done(engine, person, at, {"contradicts": at.ref, "reason": reason}, contradicted)


def give_notice(engine: Engine, person: int, at: At, ends_on: date, reasons: str) -> Receipt:
    """Take the country's answer back, with its last day and the reasons."""
    text = {"ends_on": ends_on.isoformat(), "reasons": reasons}

    def given(act: CaseAct) -> None:
        _for_the_country(act)
        act.file(NOTICE, text)
        act.take(CaseStep("withdrawing", "withdraw"))

    return _done(engine, person, at, {"gives_notice": text}, given)


def ask_again(engine: Engine, person: int, at: At, reason: str) -> Receipt:
    """Ask a country that said later before its day."""
    step = CaseStep("asking_sooner", "again", reason)
    asked = {"asks_again": at.ref, "reason": reason}
    return _done(engine, person, at, asked, lambda act: act.take(step))


def drop(engine: Engine, person: int, at: At, reason: str) -> Receipt:
    """Ask a country no longer; what it answered before stands."""
    step = CaseStep("dropping", "drop", reason)
    asked = {"drops": at.ref, "reason": reason}
    return _done(engine, person, at, asked, lambda act: act.take(step))


def _done(
    engine: Engine, person: int, at: At, asked: dict[str, Any], do: Callable[[CaseAct], None]
) -> Receipt:
    return acted(engine, person, at, APPROACH, asked, do)


def _for_the_country(act: CaseAct) -> str:
    """The state in which somebody acts for the country; refuses whoever speaks for another one."""
    _refuse_other_country(act)
    return act.case.state


def _file_answer(act: CaseAct, said: CountryAnswer) -> None:
    """File what the country answers; what is wrong with the day that is reckoned stands at its own day."""
    try:
        act.file(ANSWER, said.as_text())
    except Invalid as fault:
        at = dict(fault.faults)
        reckoned = at.pop("renewal_on", None)
        if reckoned is not None:
            at.setdefault("valid_until", reckoned)
        raise Invalid(fault.said, at) from fault


def _refuse_other_country(act: CaseAct) -> None:
    """Refuse whoever speaks for another country than the one that is asked, or for none."""
    country = act.session.execute(
        select(Party.id, Party.name)
        .join(CaseParty, CaseParty.party_id == Party.id)
        .where(CaseParty.case_id == act.case.id, CaseParty.capacity == APPROACHED)
    ).one()
    held = offices(act.session, act.person, act.engine.now().date())
    others = [each.party_id for each in held if each.role == FOCAL]
    if country.id in others or not others:
        # Whoever holds no such office at all may act under a mandate; the round says so.
        return
    names = act.session.scalars(select(Party.name).where(Party.id.in_(others)).order_by(Party.name))
    raise NotAuthorised(
        phrase(
            "%(country)s is asked here, and only its focal point answers for it; you speak for %(others)s.",
            country=country.name, others=tuple(names),
        )
    )  # fmt: skip


def _nothing_asked(act: CaseAct) -> RoundClosed:
    return RoundClosed(
        phrase(
            "Nothing is asked of the country on %(ref)s now. Nothing was recorded.", ref=act.at.ref
        )
    )
