"""Real programmes of several at once, replayed with a clock: one effort in four records, and eight donors for one country.

Both are told in shared/notes/domain.md, section 6 and section 7; figures that these do not say are made up.
"""

from decimal import Decimal
from typing import Any

import pytest

from tests.support.world import World
from tests.workflow.engine.cases.family import events
from tests.workflow.history.test_reader import page as history
from tests.workflow.ledger.bookkeeping import counts
from tests.workflow.lifecycles.shipped.carrying import SHIPPED, Carried
from tests.workflow.lifecycles.shipped.test_triangular import (
    AGENCY,
    ASSURER,
    DIRECTOR,
    PLAN,
    agreed_with,
)
from tests.workflow.partners.vetted import listed, vetted
from tests.workflow.programmes.adoption.test_merger import both
from tests.workflow.programmes.records import import_all
from workflow.audit.events.payload import Payload
from workflow.audit.events.seats import SignoffGiven
from workflow.audit.verification.verify import verify
from workflow.engine.commands.open_case import publish
from workflow.engine.commands.settle_due import sweep
from workflow.errors import Invalid
from workflow.ledger.accounts import MoneyAct
from workflow.ledger.statements.statement import MoneyStatement, statement
from workflow.ledger.statements.sums import StatementScope
from workflow.lifecycles.loader.files import load_file
from workflow.people.directory.arrivals import enter_country
from workflow.programmes.adoption import acts
from workflow.programmes.adoption.one_effort import OneEffort, one_effort

OFFICER, AUDITOR = "jane.okello", "marie.laurent"
HEAD_OF_FILE = (
    "id,title,fund,modality,lead_countries,beneficiary_countries,donors,executing_agency,sector,"
    "dac_sector_code,sdg,mdg,sdg_basis,approved,start,end,end_planned,budget_usd,budget_note,status,"
    "status_as_of,summary,external_id,source,confidence"
)
# Renewable energy technology transfer: the whole as its evaluation tells it, and the four projects that it ran as.
RETT: dict[str, tuple[str, str, str, str, str]] = {
    "R00": ("Renewable energy technology transfer China-Ghana and China-Zambia", "CHN", "GHA;ZMB", "DNK", "5400000"),
    "R01": ("Renewable energy technology transfer, China", "CHN", "CHN", "DNK", "1000000"),
    "R02": ("Renewable energy technology transfer, Ghana", "CHN", "GHA", "DNK", "2000000"),
    "R03": ("Renewable energy technology transfer, Zambia", "CHN", "ZMB", "DNK", "2000000"),
    "R04": ("Renewable energy technology transfer, management for Denmark", "CHN", "GHA;ZMB", "DNK", "400000"),
}  # fmt: skip
WHOLE, *PROJECTS = (f"SSC-{key}" for key in RETT)
# Project 00059235, 29 January 2010 to 31 December 2012, with whom its list of donors of the South names.
DONORS = {
    "bfa": "aisyah.rahman", "bhr": "somchai.chaiyasit", "bra": "paulo.sa", "chn": "li.wei",
    "dza": "youssef.benali", "kwt": "maria.evora", "mus": "thandi.nkosi", "tcd": "amina.diallo",
}  # fmt: skip
SOUTHERN = tuple(DONORS)
AUTHORITIES = {"hti": "graca.mabunda", "dom": "domingos.neto"}
PARTS = {
    "bfa": "50000", "bhr": "250000", "bra": "800000", "chn": "400000",
    "dza": "300000", "kwt": "416070", "mus": "50000", "tcd": "50000",
}  # fmt: skip
SPENT = {"kwt": "403725"}
HAITI: dict[str, Any] = {
    **PLAN,
    "title": "Relèvement immédiat et stabilisation communautaire",
    "participating_countries": ["HTI", "DOM"],
    "lead_country": ["HTI"],
    "donors": list(SOUTHERN),
    "contributions": [
        {"number": f"{number}", "donor": country, "about": "Money", "asked": amount}
        for number, (country, amount) in enumerate(PARTS.items(), 1)
    ],
    "donor_part": "2316070",
    "total_cost": "2316070",
    "planned_start": "2026-03-02",
    "planned_end": "2028-12-31",
    "objective": "Communities of the capital live in safety again, and earn.",
}


def row(key: str) -> str:
    """One record as its source has it."""
    title, lead, countries, donors, budget = RETT[key]
    return (
        f'{key},"{title}",UNDP trilateral (RETT),trilateral,{lead},{countries},{donors},UNDP,Energy,23210,7,,'
        f'inferred,2014-08-19,2014,,,{budget},"DKK, converted approximately",completed,2019-12,'
        f'"Chinese technology for African countries with Danish money.",,UNDP evaluation record,medium'
    )


def recorded_as_four(world: World) -> None:
    """The five records come in, as they stand in the sources."""
    content = "\n".join([HEAD_OF_FILE, *map(row, RETT)]) + "\n"
    import_all(world, content.encode())


def effort(world: World) -> OneEffort:
    with world.engine.reading() as session:
        return one_effort(session, world.engine, world.person(OFFICER), WHOLE)


def told(world: World, ref: str) -> list[str]:
    """The history of a case as an auditor reads it, the oldest first."""
    return [str(line.says) for line in reversed(history(world, ref).lines)]


def test_one_effort_recorded_as_four_projects_comes_under_one_programme(world: World) -> None:
    """China, Ghana, Zambia, Denmark: one trilateral effort split into four projects.

    Domain.md, sections 6 and 7; RETT evaluation of December 2019.
    """
    recorded_as_four(world)
    for ref in PROJECTS:
        both(world, ref, WHOLE)
    found = effort(world)

    assert [each.ref for each in found.kept] == PROJECTS
    assert found.told == found.budget == 5400000, "one money, told twice and counted once"
    story = told(world, WHOLE)
    assert [f"took in {ref}" in line for ref, line in zip(PROJECTS, story[-4:], strict=True)] == [
        True
    ] * 4
    for ref in PROJECTS:
        assert "of one effort with SSC-R00, come under it" in told(world, ref)[-2]
        assert "it is kept as a record only" in told(world, ref)[-1]
    assert verify(world.engine.database).sound


def test_a_project_that_was_no_part_of_it_is_let_go_and_both_histories_say_so(world: World) -> None:
    recorded_as_four(world)
    for ref in PROJECTS:
        both(world, ref, WHOLE)
    why = "Its money was of another agreement."
    acts.let_go(world.engine, world.person(DIRECTOR), PROJECTS[-1], WHOLE, why)

    assert [each.ref for each in effort(world).kept] == PROJECTS[:-1]
    assert f"let go {PROJECTS[-1]}" in told(world, WHOLE)[-1]
    assert "a record of its own again" in told(world, PROJECTS[-1])[-1]
    assert verify(world.engine.database).sound


class Haiti(Carried):
    """Recovery and stabilisation after the earthquake, for which eight countries of the South give."""

    def __init__(self, world: World) -> None:
        for name in (
            "agreement",
            "follow-up",
            "lesson",
            "evaluation",
            "progress-report",
            "amendment",
            "blocker",
        ):
            if (file := SHIPPED / f"{name}.toml").exists():
                publish(world.engine, load_file(file))
        with world.engine.transaction() as session:
            for country in ("HTI", "DOM", *map(str.upper, SOUTHERN)):
                enter_country(session, country, by=None, now=world.clock())
        super().__init__(world, "triangular", HAITI)
        for country, who in DONORS.items():
            self.appoint(who, "donor", country)
        for country, who in AUTHORITIES.items():
            self.appoint(who, "national_authority", country)
        listed(world)
        for country in DONORS:
            vetted(world, country, days=2000)

    def signed(self) -> None:
        """Every donor agrees to its part before the Board decides, and signs with the others."""
        self.answer("joao.lima", "sending", "send")
        self.answer(OFFICER, "screening", "accept")
        for who in (AGENCY, "ravi.chand", *DONORS.values()):
            self.answer(who, "appraising", "recommend")
        self.answer("fatou.ndiaye", "concluding", "recommend")
        agreed_with(self, *DONORS.values())
        self.board("deciding", "approve")
        for who in (DIRECTOR, *AUTHORITIES.values(), AGENCY, *DONORS.values()):
            self.answer(who, "signing", "sign")


def answered(what: Payload) -> str:
    """The round in which an event tells of an answer; nothing of another one."""
    return what.round if isinstance(what, SignoffGiven) else ""


def of_donor(world: World, country: str) -> MoneyStatement:
    """The statement of one donor, as an auditor reads it."""
    scope = StatementScope(source=country)
    with world.engine.reading() as session:
        return statement(session, scope, world.person(AUDITOR), world.engine.now())


def test_eight_southern_donors_give_for_one_country_and_each_has_its_own_account(
    world: World,
) -> None:
    """Haiti, project 00059235 (domain.md, section 6; list of open projects of UNDP): eight donors of the South.

    Algeria, Bahrain, Brazil, Burkina Faso, Chad, China, Kuwait and Mauritius; what each gave is made up, the sum is
    not. A second country takes part, since the lifecycle asks for two.
    """
    haiti = Haiti(world)
    haiti.signed()
    for country, amount in PARTS.items():
        counts(world, haiti.ref, MoneyAct.COMMITMENT, amount, source=country)
        counts(world, haiti.ref, MoneyAct.RECEIPT, amount, source=country)
        counts(world, haiti.ref, MoneyAct.EXPENDITURE, SPENT.get(country, amount), source=country)
    report = {"results": "Four communities live in safety again, and earn."}
    world.file(haiti.ref, "final_report", AGENCY, report)
    haiti.answer(AGENCY, "reporting", "report")
    for who in ("joao.lima", *DONORS.values()):
        haiti.answer(who, "accepting", "accept")
    below = f"{haiti.ref}.9"
    world.file(below, "waiver", DIRECTOR, {"reasons": "Another one covers it."})
    world.answer(below, "waiving", DIRECTOR, "waive")
    with pytest.raises(Invalid, match=r"USD 12,345\.00 of Kuwait") as left:
        haiti.answer(ASSURER, "closing", "close")
    counts(world, haiti.ref, MoneyAct.RETURN, "12345", source="kwt")
    haiti.answer(ASSURER, "closing", "close")
    by_one = haiti.state
    haiti.answer(DIRECTOR, "closing", "close")

    assert "reason" in left.value.faults
    assert (by_one, haiti.state) == ("evaluation", "closed")
    received = {country: of_donor(world, country).total.of(MoneyAct.RECEIPT) for country in PARTS}
    assert received == {country: Decimal(amount) for country, amount in PARTS.items()}
    assert sum(received.values()) == Decimal(HAITI["total_cost"])
    assert of_donor(world, "kwt").total.balance == 0
    signed = [
        each.party
        for number in range(1, 9)
        for each in events(world, f"{haiti.ref}.{number}")
        if answered(each.what) == "signing" and each.party != "special-unit"
    ]
    assert sorted(signed) == sorted(SOUTHERN), "each signed for its part before the Board decided"
    assert told(world, haiti.ref)[-1] == "State: Evaluation → Closed"
    assert verify(world.engine.database).sound


def test_one_donor_of_eight_that_does_not_agree_gives_it_back_to_the_country(world: World) -> None:
    haiti = Haiti(world)
    haiti.answer("joao.lima", "sending", "send")
    haiti.answer(OFFICER, "screening", "accept")
    for who in (AGENCY, "ravi.chand", *DONORS.values()):
        haiti.answer(who, "appraising", "recommend")
    haiti.answer("fatou.ndiaye", "concluding", "recommend")
    last = f"{haiti.ref}.8"
    world.answer(last, "drawing_up", DONORS["tcd"], "decline", "Not before the land is registered.")
    sweep(world.engine)
    waiting = haiti.state
    haiti.answer(OFFICER, "giving_back", "return", "Chad does not agree.")

    assert (waiting, haiti.state) == ("donor_agreement", "returned")
