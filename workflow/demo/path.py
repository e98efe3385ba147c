"""The usual way of a programme through its life, as steps that demo people take one by one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workflow.demo import yearly
from workflow.demo.cast import focal_points
from workflow.demo.evaluations.acts import Evaluating
from workflow.demo.evaluations.final import Final
from workflow.demo.knowledge import lessons
from workflow.demo.play import Play
from workflow.engine.clauses.readings import ReadComment, comments_on
from workflow.engine.clauses.report import views_heard


@dataclass(frozen=True, slots=True)
class DemoStory:
    """What a programme is about, and who of the cast takes part in it.

    `positions` maps focal points to the position they take; the first two who offer to
    `lead` do. `texts` holds the content of each document by kind, and that of a progress report but
    for its period; `lines` say for each output who carries it out, whose money it takes, and how much.
    Its final evaluation is waived where `texts` tell of none. What was promised there is done where it is `kept`, and
    else the first of it is begun.
    The accounts are certified although money is open where `unsettled` says why.
    `comments` are what focal points say of single clauses, `stands` is by which of these one of them stands, in what words.
    """

    submitter: str
    party: str
    authorities: tuple[str, ...]
    agency: str
    positions: Mapping[str, tuple[str, str]]
    texts: Mapping[str, Mapping[str, Any]]
    convenor: str
    lines: tuple[tuple[str, str, str, str], ...] = ()
    officer: str = "jane.okello"
    evaluator: str = "nadia.haddad"
    donor: str = ""
    pace: float = 1.0
    kept: bool = True
    unsettled: str = ""
    comments: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    stands: tuple[str, str, str] = ("", "", "")


TAKEN_UP = "What the countries asked for is taken up in the outputs and in the work plan."
MET = {"disposition": "accepted", "words": "The proposal says so now."}
NOT_MET = {"disposition": "not", "words": "The money does not reach for that."}
BOARD = ("arjun.mehta", "carla.duarte", "sipho.dlamini")


def carry(play: Play, ref: str, story: DemoStory, until: str) -> None:
    """Take the programme from where it stands, step by step, until it stands in `until`."""
    for _ in range(len(STEPS) + 1):
        state = play.state(ref)
        if state == until:
            return
        STEPS[state](play, ref, story)


def begin(play: Play, story: DemoStory) -> str:
    """Write the proposal and attach the letter of request; returns the reference."""
    return play.propose(story.submitter, story.party, story.texts["proposal"])


def submit(play: Play, ref: str, story: DemoStory) -> None:
    """The submitter submits."""
    rest(play, story, 2)
    play.answer(ref, "submission", story.submitter, "submit")


def resubmit(play: Play, ref: str, story: DemoStory) -> None:
    """The submitter resubmits after a return."""
    rest(play, story, 9)
    play.answer(ref, "resubmission", story.submitter, "submit")


def screen(play: Play, ref: str, story: DemoStory) -> None:
    """A programme officer finds the proposal eligible."""
    rest(play, story, 6)
    play.answer(ref, "screening", story.officer, "open_consultation")


def consult(play: Play, ref: str, story: DemoStory) -> None:
    """Every invited focal point states the country's position."""
    for who, (verdict, reason) in story.positions.items():
        rest(play, story, 4)
        play.answer(ref, "consultation", who, verdict, reason, comments_of(story, who))


def comments_of(story: DemoStory, who: str) -> dict[str, Any] | None:
    """What a focal point says of single clauses; nothing where the story tells of no comments."""
    said = story.comments.get(who)
    return {"comments": [{"clause": at, "words": words} for at, words in said]} if said else None


def answer_comments(play: Play, ref: str, story: DemoStory) -> None:
    """The submitter takes up what was said, and answers each comment."""
    rest(play, story, 3)
    proposal = story.texts["proposal"]
    strategy = f"{proposal['strategy']} {TAKEN_UP}"
    play.file(ref, "proposal", story.submitter, {**proposal, "strategy": strategy})
    owed = play.owed(ref, "answering", "answer")["answers"]
    stands = story.stands[1]
    said = {each.id: each.words for each in _comments(play, ref)}
    answers = [
        {"remark": each["remark"], **(NOT_MET if said[each["remark"]] == stands else MET)}
        for each in owed
    ]
    play.answer(ref, "answering", story.submitter, "answer", answers={"answers": answers})


def read_again(play: Play, ref: str, story: DemoStory) -> None:
    """Those who commented read the changed text; one may stand by a comment. The officer reports on it."""
    who_stands, comment, words = story.stands
    named = [{"comment": each.id} for each in _comments(play, ref) if each.words == comment]
    for who, (_, reason) in story.positions.items():
        if who in story.comments or reason:
            rest(play, story, 1)
            stands = who == who_stands
            play.answer(
                ref, "second_reading", who, "reservation" if stands else "content",
                words if stands else "", {"standing": named} if stands else {},
            )  # fmt: skip
    rest(play, story, 1)
    play.file(ref, "consultation_report", story.officer, _report(play, ref))
    play.answer(ref, "reporting_the_consultation", story.officer, "report")


def _comments(play: Play, ref: str) -> tuple[ReadComment, ...]:
    with play.engine.reading() as session:
        case, definition = play.case(session, ref)
        return comments_on(session, definition, case, definition.documents["proposal"])


def _report(play: Play, ref: str) -> dict[str, Any]:
    with play.engine.reading() as session:
        case, definition = play.case(session, ref)
        return {
            **views_heard(session, definition, case, definition.documents["consultation_report"])
        }


def form_lead_group(play: Play, ref: str, story: DemoStory) -> None:
    """Those who offered to lead accept, and the Director names the convenor."""
    for who in leading(story):
        rest(play, story, 3)
        play.answer(ref, "lead_acceptance", who, "accept")
    rest(play, story, 2)
    play.answer(
        ref, "lead_confirmation", "elena.petrova", "confirm", answers={"convenor": story.convenor}
    )


def formulate(play: Play, ref: str, story: DemoStory) -> None:
    """The agency writes and presents the project document; every country endorses it."""
    rest(play, story, 30)
    play.file(ref, "project_document", story.agency, story.texts["project_document"])
    rest(play, story, 2)
    play.answer(ref, "presentation", story.agency, "present")
    leads = leading(story) if play.asks(ref, "endorsement", "lead") else ()
    for who in (*leads, *story.authorities):
        rest(play, story, 5 if who in story.authorities else 0)
        play.answer(ref, "endorsement", who, "endorse")


def leading(story: DemoStory) -> tuple[str, ...]:
    """The focal points of the countries that lead."""
    return tuple(who for who, (verdict, _) in story.positions.items() if verdict == "lead")


def appraise(play: Play, ref: str, story: DemoStory) -> None:
    """Every category of the committee advises; its chair recommends."""
    heard = (*story.authorities, story.agency, "ravi.chand", *filter(None, [story.donor]))
    for who in heard:
        rest(play, story, 2)
        advise(play, ref, story, who)
    rest(play, story, 3)
    play.answer(ref, "appraisal_conclusion", "fatou.ndiaye", "recommend")


def advise(play: Play, ref: str, story: DemoStory, who: str) -> None:
    """Somebody of the committee advises to approve; the agency answers for its own text."""
    play.answer(ref, "appraisal", who, "explain" if who == story.agency else "recommend")


def decide(play: Play, ref: str, story: DemoStory) -> None:
    """Every seat of the Board approves."""
    rest(play, story, 14)
    for who in BOARD:
        rest(play, story, 0.1)
        play.answer(ref, "decision", who, "approve")


def sign_document(play: Play, ref: str, story: DemoStory) -> None:
    """Every block of the project document is signed."""
    for who in leading(story) if play.asks(ref, "signing", "lead") else ():
        play.answer(ref, "signing", who, "sign")
    blocks = (*story.authorities, story.agency, "elena.petrova", *filter(None, [story.donor]))
    for who in blocks:
        rest(play, story, 5)
        play.answer(ref, "signing", who, "sign")


def start_delivery(play: Play, ref: str, story: DemoStory) -> None:
    """The manager files the first work plan and begins."""
    rest(play, story, 21)
    play.file(ref, "annual_work_plan", "beatriz.costa", story.texts["annual_work_plan"])
    play.answer(ref, "begin_delivery", "beatriz.costa", "begin")


def deliver(play: Play, ref: str, story: DemoStory) -> None:
    """What is owed by then, the final report, and the Board's closing review."""
    rest(play, story, 240)
    told = lessons.told_in(play, ref)
    play.file(ref, "final_report", "beatriz.costa", {**told, **story.texts["final_report"]})
    yearly.answer(play, ref, delivering(story))
    play.answer(ref, "completion", "beatriz.costa", "finish")
    for who in BOARD:
        rest(play, story, 4)
        play.answer(ref, "final_review", who, "accept")
    lessons.validate(play, ref, "beatriz.costa")


def delivering(story: DemoStory) -> yearly.Delivering:
    """Who answers for its work plans and reports, and what they write."""
    return yearly.Delivering(
        manager="beatriz.costa",
        officer=story.officer,
        agreeing=(story.agency, *focal_points(story.convenor)),
        lines=story.lines,
        report=story.texts.get("report", {}),
    )


def evaluating(story: DemoStory) -> Evaluating:
    """Who has a part in its evaluations."""
    return Evaluating(
        (*story.authorities, *leading(story)), story.agency, story.officer, story.evaluator
    )


def final(play: Play, ref: str, story: DemoStory) -> Final:
    """Its final evaluation."""
    told = story.texts.get("evaluation", {})
    since = date.fromisoformat(told.get("since", play.clock.at.date().isoformat()))
    return Final(play, ref, told, evaluating(story), story.pace, since)


def close(play: Play, ref: str, story: DemoStory) -> None:
    """It is evaluated, and its accounts are certified."""
    final(play, ref, story).end(kept=story.kept)
    settle_accounts(play, ref, story)


def settle_accounts(play: Play, ref: str, story: DemoStory) -> None:
    """What fell due meanwhile is answered; the finance officer and the Director certify the final accounts."""
    rest(play, story, 25)
    yearly.answer(play, ref, delivering(story))
    statement = story.texts["final_financial_statement"]
    play.file(ref, "final_financial_statement", "tom.becker", statement)
    play.attach(ref, "asset_transfer", "tom.becker", "asset-transfer.pdf")
    play.answer(ref, "closure", "tom.becker", "certify", story.unsettled)
    rest(play, story, 2)
    play.answer(ref, "closure", "elena.petrova", "certify", story.unsettled)


def rest(play: Play, story: DemoStory, days: float) -> None:
    """Let working time pass, at the story's pace."""
    play.clock.pass_working_time(days * story.pace)


STEPS: Mapping[str, Callable[[Play, str, DemoStory], None]] = {
    "draft": submit,
    "screening": screen,
    "returned": resubmit,
    "consultation": consult,
    "answering": answer_comments,
    "second_reading": read_again,
    "lead_group": form_lead_group,
    "formulation": formulate,
    "appraisal": appraise,
    "decision": decide,
    "signature": sign_document,
    "inception": start_delivery,
    "active": deliver,
    "operational_closure": close,
}
