"""Screening a proposal, consulting pivotal countries, and settling who leads."""

from tests.browser.acts.signing import Life, find_in_queue
from tests.support.pages.somebody import Somebody

CHECKED = (
    "Two or more developing countries take part",
    "The cooperative element is clear",
    "The requesting institution has the mandate",
    "Matching money is named",
)
COMMENT = "Use the open licences of our courses."


def screen(life: Life) -> None:
    """A programme officer checks the proposal and finds it eligible."""
    jane = find_in_queue(life.as_("jane.okello"), life.title)
    jane.choose("Eligible: consult the pivotal countries").choose(*CHECKED)
    jane.press("Sign as Special Unit for South-South Cooperation")
    jane.reads("Your answer settled the round.", "Consultation of pivotal countries")


def consult(life: Life) -> None:
    """Two countries offer to lead, one supports, two take no position, one supports with comments."""
    life.sign("priya.menon", "Offers to lead", "India")
    life.sign("somchai.chaiyasit", "Offers to lead", "Thailand")
    life.sign("aisyah.rahman", "Supports", "Malaysia")
    life.sign("li.wei", "Takes no position", "China")
    life.sign("thandi.nkosi", "Takes no position", "South Africa")
    paulo = life.sign("paulo.sa", "Supports, with comments", "Brazil", reason=COMMENT)
    paulo.reads("Your answer settled the round.", COMMENT)


def settle_lead(life: Life) -> None:
    """Those who offered accept, the others decline; the Director names the convenor."""
    life.sign("priya.menon", "Accept to lead", "India")
    life.sign("aisyah.rahman", "Decline", "Malaysia")
    life.sign("paulo.sa", "Decline", "Brazil")
    life.sign("somchai.chaiyasit", "Accept to lead", "Thailand")
    confirm(find_in_queue(life.as_("elena.petrova"), life.title))


def confirm(elena: Somebody) -> None:
    """Confirm the group on its page, with India as convenor."""
    elena.choose("Confirm the lead group").pick("Convenor", "India")
    elena.press("Sign as Special Unit for South-South Cooperation").reads("It leads to")
