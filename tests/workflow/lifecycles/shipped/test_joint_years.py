"""Three years of a joint programme: which cases open when, what is due, who is reminded, and how each ends."""

from tests.support.world import World
from tests.workflow.lifecycles.shipped.joint import (
    DIRECTOR,
    FINAL,
    MANAGER,
    MANAGERS,
    OFFICER,
    Joint,
)
from tests.workflow.lifecycles.shipped.years import cases, owed, told, until
from workflow.audit.verification.verify import verify

# Programme, Angola's part is .1 and Mozambique's .2; plans and reports of the programme are numbered after them.
# The day on which each opened, which it is, its period, how it ended and when.
CASES = """
2026-03-02 .1 - ended 2028-11-01
2026-03-02 .2 - ended 2028-12-15
2026-09-02 .1.1 2026-03-02/2026-09-01 accepted 2026-10-01
2026-09-02 .2.1 2026-03-02/2026-09-01 accepted 2026-10-01
2026-10-15 .3 2027-01-01/2027-12-31 in_force 2026-11-20
2026-11-20 .3.1 - accomplished 2027-06-20
2027-01-01 .4 2026-01-01/2026-12-31 accepted 2027-02-25
2027-03-02 .1.2 2026-09-02/2027-03-01 accepted 2027-03-30
2027-03-02 .2.2 2026-09-02/2027-03-01 accepted 2027-05-21
2027-09-02 .2.3 2027-03-02/2027-09-01 accepted 2027-10-05
2027-10-05 .1.3 2027-03-02/2027-09-01 accepted 2027-10-20
2027-10-15 .5 2028-01-01/2028-12-31 as_before 2028-02-10
2028-01-01 .6 2027-01-01/2027-12-31 accepted 2028-01-20
2028-03-02 .1.4 2027-09-02/2028-03-01 accepted 2028-03-20
2028-03-02 .2.4 2027-09-02/2028-03-01 accepted 2028-03-20
2028-09-02 .1.5 2028-03-02/2028-09-01 accepted 2028-09-20
2028-09-02 .2.5 2028-03-02/2028-09-01 waived 2028-12-15
2029-01-01 .7 2028-01-01/2028-12-31 accepted 2029-01-31
"""
# The day, the case, what was asked, and until when it was due.
OWED = """
2026-09-02 .1.1 reporting 2026-11-01
2026-09-02 .2.1 reporting 2026-11-01
2026-10-15 .3 planning 2026-12-16
2026-11-20 .3.1 reaching 2027-07-01
2027-01-01 .4 reporting 2027-03-02
2027-02-08 .4 completing 2027-02-23
2027-03-02 .1.2 reporting 2027-05-01
2027-03-02 .2.2 reporting 2027-05-01
2027-05-10 .1 reviewing 2027-08-09
2027-08-07 .1 reviewing_again 2027-11-05
2027-09-02 .2.3 reporting 2027-11-01
2027-10-05 .1.3 reporting 2027-12-04
2027-10-15 .5 planning 2027-12-16
2028-01-01 .6 reporting 2028-03-01
2028-03-02 .1.4 reporting 2028-05-01
2028-03-02 .2.4 reporting 2028-05-01
2028-09-02 .1.5 reporting 2028-11-01
2028-09-02 .2.5 reporting 2028-11-01
2029-01-01 .7 reporting 2029-03-02
"""
# The day, the case, and who was reminded of it or told that it is late.
TOLD = """
2026-11-16 .3 reminder beatriz.costa
2027-02-20 .4 reminder beatriz.costa
2027-02-24 .4 escalation elena.petrova
2027-04-17 .2.2 reminder joao.lima
2027-04-28 .2.2 reminder joao.lima
2027-05-02 .2.2 escalation jane.okello
2027-05-02 .2.2 escalation ravi.chand
2027-05-16 .2.2 escalation elena.petrova
2027-06-17 .3.1 reminder beatriz.costa
2027-06-17 .3.1 reminder kenji.watanabe
2027-07-26 .1 reminder elena.petrova
2027-08-06 .1 reminder elena.petrova
2027-11-16 .5 reminder beatriz.costa
2027-12-09 .5 reminder beatriz.costa
2027-12-17 .5 escalation jane.okello
2027-12-17 .5 escalation ravi.chand
2027-12-31 .5 escalation elena.petrova
2028-10-18 .2.5 reminder joao.lima
2028-10-29 .2.5 reminder joao.lima
2028-11-02 .2.5 escalation jane.okello
2028-11-02 .2.5 escalation ravi.chand
2028-11-16 .2.5 escalation elena.petrova
"""
ASKED = ("planning", "reaching", "reporting", "completing", "reviewing", "reviewing_again")


class Years:
    """The programme from its last signature on, with a clock that stops wherever time acts."""

    def __init__(self, world: World) -> None:
        self.joint, self.world = Joint(world), world
        self.joint.signed()
        self.ago, self.moz = self.joint.below()

    def until(self, *day: int) -> None:
        """Come to noon of a day; time acts at each instant at which it should."""
        until(self.world, *day)

    def write(self, ref: str, who: str) -> None:
        """A report is written and sent."""
        self.joint.send_report(ref, who)

    def accept(self, ref: str) -> None:
        """A report is accepted."""
        self.world.answer(ref, "accepting", OFFICER, "accept")


def three_years(years: Years) -> None:
    """What everybody does, day by day."""
    joint, ago, moz = years.joint, years.ago, years.moz
    whole = joint.ref
    years.until(2026, 10, 1)
    joint.report(f"{ago}.1", MANAGERS["ago"])
    joint.report(f"{moz}.1", MANAGERS["moz"])
    years.until(2026, 11, 20)
    joint.plan(f"{whole}.3")
    years.until(2027, 2, 1)
    years.write(f"{whole}.4", MANAGER)
    years.until(2027, 2, 8)
    joint.world.answer(f"{whole}.4", "accepting", OFFICER, "return", "What of Angola?")
    years.until(2027, 2, 25)
    joint.write_report(f"{whole}.4", MANAGER, summary="In part two.")
    joint.world.answer(f"{whole}.4", "completing", MANAGER, "send", "It is there now.")
    years.accept(f"{whole}.4")
    years.until(2027, 3, 30)
    joint.report(f"{ago}.2", MANAGERS["ago"])
    years.until(2027, 5, 10)
    joint.suspend(ago, "ago")
    years.until(2027, 5, 21)
    joint.report(f"{moz}.2", MANAGERS["moz"])
    years.until(2027, 6, 20)
    done = "Six modules are on the platform."
    joint.world.answer(f"{whole}.3.1", "reaching", MANAGER, "accomplished", done)
    years.until(2027, 8, 7)
    joint.world.answer(ago, "reviewing", DIRECTOR, "prolong", "No site is named yet.")
    years.until(2027, 10, 5)
    joint.world.answer(ago, "reviewing_again", DIRECTOR, "resume", "A dry site was named.")
    joint.report(f"{moz}.3", MANAGERS["moz"])
    years.until(2027, 10, 20)
    joint.report(f"{ago}.3", MANAGERS["ago"])
    last_year(years)


def last_year(years: Years) -> None:
    """What everybody does in the last of them."""
    joint, ago, moz = years.joint, years.ago, years.moz
    whole = joint.ref
    years.until(2028, 1, 20)
    joint.report(f"{whole}.6", MANAGER)
    years.until(2028, 2, 10)
    reason = "The laboratories go on as in the year before."
    joint.world.answer(f"{whole}.5", "letting_go", DIRECTOR, "let_go", reason)
    years.until(2028, 3, 20)
    joint.report(f"{ago}.4", MANAGERS["ago"])
    joint.report(f"{moz}.4", MANAGERS["moz"])
    years.until(2028, 9, 20)
    joint.report(f"{ago}.5", MANAGERS["ago"])
    years.until(2028, 11, 1)
    joint.end_part(ago, "ago")
    years.until(2028, 12, 15)
    joint.world.answer(f"{moz}.5", "letting_go", DIRECTOR, "waive", "The final report says it.")
    joint.end_part(moz, "moz")
    years.until(2029, 1, 31)
    joint.report(f"{whole}.7", MANAGER)
    years.until(2029, 2, 10)
    joint.world.file(whole, "final_report", MANAGER, FINAL)
    joint.consolidate()
    years.until(2029, 3, 2)


def test_three_years_are_as_they_are_written_down(world: World) -> None:
    years = Years(world)

    three_years(years)
    years.joint.close()

    assert years.joint.state == "closed"
    assert cases(world, years.joint.ref) == CASES.split("\n")[1:-1]
    assert owed(world, years.joint.ref, *ASKED) == OWED.split("\n")[1:-1]
    assert told(world, years.joint.ref) == TOLD.split("\n")[1:-1]
    assert verify(world.engine.database).sound
