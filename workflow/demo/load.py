"""Loading the demo into an empty database: the house, the imported programmes, the live ones."""

import io
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from sqlalchemy import update

from workflow.demo import (
    clocks,
    delivery,
    house,
    joint,
    lead_groups,
    money,
    path,
    stories,
    suspensions,
    yearly,
)
from workflow.demo.countries import approaches, meetings, third
from workflow.demo.knowledge import lessons, sharing
from workflow.demo.partners import acts as partners
from workflow.demo.path import DemoStory
from workflow.demo.play import LETTER, Hand, Play
from workflow.engine.documents.file_store import FileStore
from workflow.engine.engine import Engine
from workflow.health.demonstration import mark
from workflow.lifecycles.loader.files import load_file
from workflow.lifecycles.texts.files import files_beside, load_translation
from workflow.notices.models import Notice
from workflow.people.groupings.commands import take_in_groupings
from workflow.programmes.imports.run import import_programmes, read_content
from workflow.publication import requests
from workflow.publication.text_acts import enter_texts
from workflow.publication.wishes import publication

PORTFOLIO = ("config", "reference", "programmes.csv")
YEARS = timedelta(days=1000)
LATELY = timedelta(days=10)


def load(
    engine: Engine, store: FileStore, say: Callable[[str], object] = lambda _said: None
) -> None:
    """Fill an empty database with the demo; `say` hears what is being done.

    Acts are dated over real months before now, through the clock that the commands are given.
    """
    play = Play(engine.database, Hand(yearly.morning(engine.now() - YEARS)))
    store.keep("letter-of-request.pdf", io.BytesIO(LETTER))
    with engine.transaction() as session:
        mark(session, engine.now())
    _publish(play.engine)
    say("Appointing the people of the demo …")
    definition_id = house.build(play.engine)
    say("Importing the portfolio of real programmes …")
    _import(play, definition_id)
    now, today = engine.now(), engine.now().date()
    say("Telling of a joint programme …")
    joint.tell(play, now)
    for told in stories.read_stories():
        say(f"Telling “{told['title']}” …")
        play.clock.at = yearly.morning(now - timedelta(days=told["began"]))
        tale = stories.story(told, today)
        ref = _tell(play, told, tale)
        if told.get("reported"):
            delivery.deliver(play, ref, told, tale, now)
        if told.get("promised"):
            delivery.wait(play, ref, now)
    _beside(play, now, say)
    with engine.transaction() as session:
        past = Notice.created_at < now - LATELY
        session.execute(update(Notice).where(past).values(read_at=Notice.created_at))
        clocks.set_clocks(session, now)
        clocks.set_calendars(session, now)


def _beside(play: Play, now: datetime, say: Callable[[str], object]) -> None:
    """What stands beside the stories: money, partners, what countries share, and what was learnt."""
    say("Entering the money of five programmes …")
    money.tell(play, now)
    say("Vetting donors, agreeing with them, and training …")
    partners.tell(play, now)
    say("Meeting the pivotal countries …")
    meetings.tell(play, now)
    say("Approaching the pivotal countries, and entering what countries share …")
    approaches.tell(play, now)
    lead_groups.tell(play, now)
    sharing.tell(play, now)
    say("Weighing what was learnt …")
    lessons.weigh_all(play)
    say("Adopting the third framework …")
    third.tell(play, now)


def _publish(engine: Engine) -> None:
    """Publish the lifecycles as at the command line, so that the register tells of them from the first."""
    for lifecycle in (
        *house.BESIDE,
        house.STANDARD,
        *joint.LIFECYCLES,
        *partners.LIFECYCLES,
        *third.LIFECYCLES,
    ):
        read = load_file(lifecycle)
        with engine.transaction() as session:
            requests.carry_out(session, publication(read), by=None, now=engine.now())
            for file in files_beside(lifecycle, read):
                enter_texts(session, load_translation(file, read), "", by=None, now=engine.now())


def _import(play: Play, definition_id: int) -> None:
    folder, *rest = PORTFOLIO
    content = files(folder).joinpath(*rest).read_bytes()
    definition = play.engine.definition(definition_id)
    states = {key: state.stage.value for key, state in definition.states.items()}
    rows = read_content(rest[-1], content)
    with play.engine.transaction() as session:
        take_in_groupings(session, by=None, now=play.engine.now())
        import_programmes(
            session,
            rows,
            now=play.engine.now(),
            opener=None,
            definition_id=definition_id,
            states=states,
        )


def _tell(play: Play, told: Mapping[str, Any], story: DemoStory) -> str:
    """Bring one programme to where its story stands, and some acts further; returns its reference."""
    ref = path.begin(play, story)
    until = told["until"]
    path.carry(play, ref, story, VIA.get(until, until))
    ENDINGS.get(until, _nothing_more)(play, ref, told, story)
    return ref


def _nothing_more(play: Play, ref: str, told: Mapping[str, Any], story: DemoStory) -> None:
    """Leave the programme where it stands."""


def _return(play: Play, ref: str, told: Mapping[str, Any], story: DemoStory) -> None:
    path.rest(play, story, 8)
    remarks = [{"section": section, "remark": remark} for section, remark in told["remarks"]]
    play.answer(
        ref,
        "screening",
        "jane.okello",
        "return",
        told["returned"],
        {
            "countries": True,
            "cooperation": False,
            "mandate": True,
            "money": False,
            "remarks": remarks,
        },
    )


def _consult(play: Play, ref: str, _told: Mapping[str, Any], story: DemoStory) -> None:
    path.consult(play, ref, story)


def _accept(play: Play, ref: str, told: Mapping[str, Any], story: DemoStory) -> None:
    for who, verdict in told["accepted"]:
        path.rest(play, story, 3)
        play.answer(ref, "lead_acceptance", who, verdict)


def _endorse(play: Play, ref: str, told: Mapping[str, Any], story: DemoStory) -> None:
    """The agency revises the text after the first endorsement, which becomes void, and asks anew."""
    first, second = told["endorsed"]
    path.rest(play, story, 25)
    text = story.texts["project_document"]
    play.file(ref, "project_document", story.agency, text)
    play.answer(ref, "presentation", story.agency, "present")
    path.rest(play, story, 4)
    play.answer(ref, "endorsement", first, "endorse")
    path.rest(play, story, 2)
    more = {
        "risk": "A closed season is broken",
        "level": "low",
        "measure": "Wardens; owner: villages",
    }
    play.file(ref, "project_document", story.agency, {**text, "risks": [*text["risks"], more]})
    play.answer(ref, "presentation", story.agency, "present")
    path.rest(play, story, 3)
    play.answer(ref, "endorsement", second, "endorse")


def _advise(play: Play, ref: str, told: Mapping[str, Any], story: DemoStory) -> None:
    for who in told["advised"]:
        path.rest(play, story, 2)
        path.advise(play, ref, story, who)


def _board(play: Play, ref: str, told: Mapping[str, Any], story: DemoStory) -> None:
    path.rest(play, story, 10)
    for who, verdict, reason in told["board"]:
        play.answer(ref, "decision", who, verdict, reason)


def _sign(play: Play, ref: str, told: Mapping[str, Any], story: DemoStory) -> None:
    for who in told["signed"]:
        path.rest(play, story, 6)
        play.answer(ref, "signing", who, "sign")


def _suspend(play: Play, ref: str, told: Mapping[str, Any], story: DemoStory) -> None:
    path.rest(play, story, 60)
    reason = told["suspended"]
    suspensions.propose(play, ref, "suspension", reason)
    for who in suspensions.heard_of(story):
        path.rest(play, story, 1)
        play.answer(ref, "suspension", who, "agree")
    path.rest(play, story, 1)
    suspensions.decide(play, ref, "suspension", reason)


def _begin_evaluation(play: Play, ref: str, _told: Mapping[str, Any], story: DemoStory) -> None:
    path.final(play, ref, story).up_to_the_draft()


def _evaluate(play: Play, ref: str, _told: Mapping[str, Any], story: DemoStory) -> None:
    path.final(play, ref, story).report()


def _follow_up(play: Play, ref: str, _told: Mapping[str, Any], story: DemoStory) -> None:
    path.final(play, ref, story).end(kept=story.kept)


def _certify(play: Play, ref: str, told: Mapping[str, Any], story: DemoStory) -> None:
    _follow_up(play, ref, told, story)
    path.rest(play, story, 20)
    statement = story.texts["final_financial_statement"]
    play.file(ref, "final_financial_statement", "tom.becker", statement)
    play.attach(ref, "asset_transfer", "tom.becker", "asset-transfer.pdf")
    play.answer(ref, "closure", "tom.becker", "certify")


def _conclude(play: Play, ref: str, _told: Mapping[str, Any], story: DemoStory) -> None:
    """Everybody whom the chair has to hear has advised."""
    for who in (*story.authorities, story.agency, "ravi.chand"):
        path.rest(play, story, 2)
        path.advise(play, ref, story, who)


# Where a story stands that goes on from a state, or that nothing more happens in.
VIA: Mapping[str, str] = {
    "returned": "screening",
    "suspended": "active",
    "asked": "consultation",
    "unwritten": "formulation",
    "advised": "appraisal",
    "before the board": "decision",
    "being evaluated": "operational_closure",
    "evaluated": "operational_closure",
    "followed up": "operational_closure",
    "certified once": "operational_closure",
}
ENDINGS: Mapping[str, Callable[[Play, str, Mapping[str, Any], DemoStory], None]] = {
    "returned": _return,
    "consultation": _consult,
    "lead_group": _accept,
    "formulation": _endorse,
    "appraisal": _advise,
    "decision": _board,
    "signature": _sign,
    "suspended": _suspend,
    "being evaluated": _begin_evaluation,
    "evaluated": _evaluate,
    "followed up": _follow_up,
    "certified once": _certify,
    "advised": _conclude,
}
