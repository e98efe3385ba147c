"""Three years of a joint programme whose agency and one country report by calendars of their own.

Angola has none, and neither has the house: its part is counted as its lifecycle says.
"""

from datetime import date

from tests.support.world import World
from tests.workflow.lifecycles.shipped.joint import Joint
from tests.workflow.lifecycles.shipped.years import followed, owed, told, until
from tests.workflow.offices.reporting.test_acts import kept
from workflow.audit.verification.verify import verify
from workflow.engine.cases.followed import calendar_followed
from workflow.offices.reporting.acts import ReportingWish
from workflow.oversight.checks.schedules import miscounted

UNDP = ReportingWish(date(2026, 3, 3), begins_in=4, within=45)
MOZAMBIQUE = ReportingWish(date(2026, 3, 3), begins_in=7, within=90)
# From the period on that begins in July 2027, reports are due within a month.
SHORTER = ReportingWish(date(2027, 5, 1), begins_in=7, within=30)
# The day, the case, its period, the day by which it is due, and the number of the calendar that it follows.
# Angola's part is .1 and Mozambique's .2; plans and reports of the programme are numbered after them. The year
# of the agency began before its calendar was kept, so 2026 is told of as a calendar year.
OPENED = """
2026-07-01 .2.1 2026-03-03/2026-06-30 due 2026-09-28 by 2
2026-09-03 .1.1 2026-03-03/2026-09-02 due None by None
2026-10-15 .3 2027-01-01/2027-03-31 due 2026-12-15 by 1
2027-01-01 .2.2 2026-07-01/2026-12-31 due 2027-03-31 by 2
2027-01-01 .4 2026-01-01/2026-12-31 due None by None
2027-01-15 .5 2027-04-01/2028-03-31 due 2027-03-15 by 1
2027-03-03 .1.2 2026-09-03/2027-03-02 due None by None
2027-04-01 .6 2027-01-01/2027-03-31 due 2027-05-15 by 1
2027-07-01 .2.3 2027-01-01/2027-06-30 due 2027-09-28 by 2
2027-09-03 .1.3 2027-03-03/2027-09-02 due None by None
2028-01-01 .2.4 2027-07-01/2027-12-31 due 2028-01-30 by 3
2028-01-15 .7 2028-04-01/2028-12-31 due 2028-03-15 by 1
2028-03-03 .1.4 2027-09-03/2028-03-02 due None by None
2028-04-01 .8 2027-04-01/2028-03-31 due 2028-05-15 by 1
2028-07-01 .2.5 2028-01-01/2028-06-30 due 2028-07-30 by 3
2028-09-03 .1.5 2028-03-03/2028-09-02 due None by None
2029-01-01 .2.6 2028-07-01/2028-12-31 due 2029-01-30 by 3
2029-01-01 .9 2028-04-01/2028-12-31 due 2029-02-14 by 1
2029-03-03 .1.6 2028-09-03/2029-03-02 due None by None
"""
# The day, the case, what was asked, and when its time was up: a day that is said is over first.
OWED = """
2026-07-01 .2.1 reporting 2026-09-29
2026-09-03 .1.1 reporting 2026-11-02
2026-10-15 .3 planning 2026-12-16
2027-01-01 .2.2 reporting 2027-04-01
2027-01-01 .4 reporting 2027-03-02
2027-01-15 .5 planning 2027-03-16
2027-03-03 .1.2 reporting 2027-05-02
2027-04-01 .6 reporting 2027-05-16
2027-07-01 .2.3 reporting 2027-09-29
2027-09-03 .1.3 reporting 2027-11-02
2028-01-01 .2.4 reporting 2028-01-31
2028-01-15 .7 planning 2028-03-16
2028-03-03 .1.4 reporting 2028-05-02
2028-04-01 .8 reporting 2028-05-16
2028-07-01 .2.5 reporting 2028-07-31
2028-09-03 .1.5 reporting 2028-11-02
2029-01-01 .2.6 reporting 2029-01-31
2029-01-01 .9 reporting 2029-02-15
2029-03-03 .1.6 reporting 2029-05-02
"""
# Who was reminded of the first report of Mozambique's second calendar, and who was told that it is late.
TOLD = """
2028-01-17 .2.4 reminder joao.lima
2028-01-28 .2.4 reminder joao.lima
2028-02-01 .2.4 escalation jane.okello
2028-02-01 .2.4 escalation ravi.chand
2028-02-15 .2.4 escalation elena.petrova
"""


def test_three_years_by_calendars_of_their_own_give_what_the_tables_say(world: World) -> None:
    undp, mozambique = kept(world, "undp", UNDP), kept(world, "moz", MOZAMBIQUE)
    world.clock.at = world.clock.at.replace(day=3)
    joint = Joint(world)
    joint.signed()
    _ago, moz = joint.below()

    until(world, 2027, 4, 28)
    shorter = kept(world, "moz", SHORTER)
    until(world, 2029, 4, 28)

    assert (undp, mozambique, shorter) == (1, 2, 3)
    assert followed(world, joint.ref) == OPENED.split("\n")[1:-1]
    assert owed(world, joint.ref, "planning", "reporting") == OWED.split("\n")[1:-1]
    assert [each for each in told(world, joint.ref) if " .2.4 " in each] == TOLD.split("\n")[1:-1]
    with world.engine.reading() as session:
        why = [str(calendar_followed(session, f"{moz}.{number}")[0]) for number in (2, 4)]
    assert ["of Mozambique, which takes part as proposer" in each for each in why] == [True] * 2
    assert miscounted(world.engine) == []
    assert verify(world.engine.database).sound
