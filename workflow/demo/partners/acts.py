"""The demo's partners: donors vetted, one of two refused on a triangular programme, and a programme of training."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from workflow.demo import house
from workflow.demo.partners.texts import day, examined, laboratories, lines, norway, pumps
from workflow.demo.play import Play
from workflow.engine.commands.settle_due import sweep
from workflow.engine.models import LifecycleCase
from workflow.partners.sanction_lists import enter_list
from workflow.people.directory.descriptions import PRIVATE, Described, enter_party
from workflow.people.models import Party
from workflow.programmes.alone import begin
from workflow.programmes.commands import propose
from workflow.vocabulary import HOUSE

# In the order in which they are published: each after those that it opens.
LIFECYCLES: tuple[Path, ...] = tuple(
    house.STANDARD.with_name(f"{name}.toml")
    for name in ("vetting", "agreement", "triangular", "training")
)
OFFICER, ASSURER, DIRECTOR = "jane.okello", "oluwaseun.ade", "elena.petrova"
SUBMITTER, AGENCY, DONOR = "joao.lima", "kenji.watanabe", "ingrid.solberg"
AUTHORITIES = ("graca.mabunda", "domingos.neto")
BOARD = ("arjun.mehta", "carla.duarte", "sipho.dlamini")
BEGAN = timedelta(days=260)
LATELY = timedelta(days=8)
PRIVATE_PARTNER = "meridian"
LISTED = """number,name,also
X-014,Northern Meridian Trading Ltd,NMT; Meridian North
X-027,Viktor Harlan,V. Harlan
X-031,Delta Shipping and Salvage,
X-044,Amara Osei-Brandt,
"""
ENTRY = "X-014 Northern Meridian Trading Ltd"


def tell(play: Play, now: datetime) -> None:
    """Bring them about, ending as of `now`."""
    _at(play, now - BEGAN)
    with play.engine.transaction() as session:
        described = Described(kind=PRIVATE, name="Meridian Trading", gives=True)
        enter_party(session, PRIVATE_PARTNER, described, by=None, now=play.clock())
    listed = play.clock().date() - timedelta(days=30)
    title = "Consolidated list, invented for the demonstration"
    enter_list(play.engine, play.person(OFFICER), title, listed, LISTED)
    until = {"nor": now.date() + timedelta(days=400), "swe": now.date() + timedelta(days=60)}
    _vet(play, examined("Norway", "nor", listed, until["nor"]))
    conditions = [{"number": "1", "condition": "Publishes what it gives by project"}]
    _vet(play, {**examined("Sweden", "swe", listed, until["swe"]), "recommendation": "conditions", "conditions": conditions})  # fmt: skip
    _triangular(play, now, listed)
    _training(play, now)
    _begun(play, "vetting", OFFICER, HOUSE, examined("Japan", "jpn", listed, until["nor"]))


def _triangular(play: Play, now: datetime, listed: date) -> None:
    """Two donors: Norway signs its agreement, the other is refused at its vetting and taken out."""
    plan = laboratories(now.date())
    money = {"number": "1", "donor": "nor", "about": "Benches and reagents", "asked": "200000"}
    meters = {"number": "2", "donor": PRIVATE_PARTNER, "about": "Meters", "asked": "50000"}
    shared = lines(("Benches", "nor", "200000"), ("Buildings", "moz", "250000"))
    both = {
        **plan,
        "donors": [PRIVATE_PARTNER, "nor"],
        "contributions": [money, meters],
        "budget": [*shared, *lines(("Meters", PRIVATE_PARTNER, "50000"))],
    }
    ref = _begun(play, "triangular-programme", SUBMITTER, "moz", both)
    _recommended(play, ref, in_time=False)
    first, second = _agreements(play, ref)
    _agreed(play, first, norway(now.date()))
    refused = {
        **examined("Meridian Trading", PRIVATE_PARTNER, listed, now.date()),
        "matches": [
            {"entry": ENTRY, "answer": "same", "shown_by": "The same number in the register of companies."}
        ],
        "recommendation": "refuse", "valid_until": "", "reasons": "It stands on the sanctions list.",
    }  # fmt: skip
    vetting = _vet(play, refused)
    _answer(play, vetting, "telling", OFFICER, "told", "By letter of today.")
    _answer(play, second, "drawing_up", OFFICER, "decline", "It was refused at its vetting.")
    sweep(play.engine)
    _answer(play, ref, "giving_back", OFFICER, "return", "Meridian Trading was refused at its vetting.")  # fmt: skip
    alone = {**plan, "contributions": [money], "budget": lines(("Benches", "nor", "200000"), ("Buildings", "moz", "300000"))}  # fmt: skip
    play.file(ref, "proposal", SUBMITTER, alone)
    _recommended(play, ref)
    _answer(play, ref, "agreeing", OFFICER, "agreed")
    for who in BOARD:
        if _state(play, ref) == "decision":
            _answer(play, ref, "deciding", who, "approve")
    for who in (DIRECTOR, *AUTHORITIES, AGENCY, DONOR):
        _answer(play, ref, "signing", who, "sign")


def _training(play: Play, now: datetime) -> None:
    """Norway sponsors places at an institute of India; one of two courses was held."""
    ref = _begun(play, "donor-training", SUBMITTER, "moz", pumps(now.date()))
    _answer(play, ref, "sending", SUBMITTER, "send")
    _answer(play, ref, "screening", OFFICER, "accept")
    (agreement,) = _agreements(play, ref)
    places = [{"form": "training", "what": "Places in Chennai with board", "quantity": "30", "by": day(now.date(), -40)}]  # fmt: skip
    _agreed(play, agreement, {"gives": ["training"], "in_kind": places, "reads": ["reports", "evaluations"]})  # fmt: skip
    _answer(play, ref, "agreeing", OFFICER, "agreed")
    _answer(play, ref, "deciding", DIRECTOR, "approve")
    for who in (DIRECTOR, *AUTHORITIES, AGENCY, DONOR):
        _answer(play, ref, "signing", who, "sign")
    _at(play, now - LATELY)
    came = [
        {"country": "MOZ", "women": "7", "men": "4"},
        {"country": "AGO", "women": "3", "men": "5"},
    ]
    report = {
        "course": "1", "held_from": day(now.date(), -30), "held_to": day(now.date(), -10),
        "participants": came, "certified": "18", "learnt": "Valves first, panels later.",
    }  # fmt: skip
    play.file(ref, "course_report", AGENCY, report)


def _vet(play: Play, content: Mapping[str, Any]) -> str:
    """An officer examines a partner, and two others decide as proposed; returns the reference."""
    ref = _begun(play, "vetting", OFFICER, HOUSE, content)
    _answer(play, ref, "examining", OFFICER, "present")
    for who in (ASSURER, DIRECTOR):
        _answer(play, ref, "deciding", who, "agree")
    return ref


def _recommended(play: Play, ref: str, *, in_time: bool = True) -> None:
    """The committee advises and its chair recommends; where a donor has nobody in office its time ends first."""
    _answer(play, ref, "sending", SUBMITTER, "send")
    _answer(play, ref, "screening", OFFICER, "accept")
    for who in (AGENCY, "ravi.chand", DONOR):
        _answer(play, ref, "appraising", who, "recommend")
    if not in_time:
        play.clock.pass_working_time(35)
        sweep(play.engine)
    _answer(play, ref, "concluding", "fatou.ndiaye", "recommend")


def _agreed(play: Play, ref: str, terms: Mapping[str, Any]) -> None:
    """Norway and the Director sign an agreement, and it takes effect."""
    play.file(ref, "agreement", DONOR, terms)
    _answer(play, ref, "drawing_up", DONOR, "send")
    for who in (DONOR, DIRECTOR):
        _answer(play, ref, "signing", who, "sign")
    sweep(play.engine)


def _answer(play: Play, ref: str, key: str, who: str, verdict: str, reason: str = "") -> None:
    play.clock.pass_working_time(1)
    play.answer(ref, key, who, verdict, reason)


def _begun(play: Play, lifecycle: str, who: str, party: str, content: Mapping[str, Any]) -> str:
    """A case begun for a party, on a lifecycle of programmes or another one."""
    play.clock.pass_working_time(1)
    act = begin if lifecycle == "vetting" else propose
    with play.engine.reading() as session:
        number = session.scalars(select(Party.id).where(Party.key == party)).one()
    return act(play.engine, play.person(who), number, content, lifecycle=lifecycle).ref


def _agreements(play: Play, ref: str) -> list[str]:
    below = select(LifecycleCase.ref).where(
        LifecycleCase.subject == "agreement", LifecycleCase.ref.startswith(f"{ref}.")
    )
    with play.engine.reading() as session:
        return list(session.scalars(below.order_by(LifecycleCase.id)))


def _state(play: Play, ref: str) -> str:
    with play.engine.reading() as session:
        return session.scalars(select(LifecycleCase.state).where(LifecycleCase.ref == ref)).one()


def _at(play: Play, when: datetime) -> None:
    play.clock.at = when
    play.clock.pass_working_time(0)
