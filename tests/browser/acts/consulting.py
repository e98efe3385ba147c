"""Screening a proposal, consulting pivotal countries, and settling who leads."""

from tests.browser.acts.signing import find_in_queue, sign
from tests.browser.walker import Walker
from tests.browser.walkers import Walkers

CHECKED = (
    "Two or more developing countries take part",
    "The cooperative element is clear",
    "The requesting institution has the mandate",
    "Matching money is named",
)
COMMENT = "Use the open licences of our courses."


def screen(walkers: Walkers, title: str) -> None:
    """A programme officer checks the proposal and finds it eligible."""
    jane = find_in_queue(walkers.as_("jane.okello"), title)
    jane.choose("Eligible: consult the pivotal countries").choose(*CHECKED)
    jane.press("Sign as Special Unit for South-South Cooperation")
    jane.reads("Your answer settled the round.", "Consultation of pivotal countries")


def consult(walkers: Walkers, title: str) -> None:
    """Two countries offer to lead, one supports, one supports with comments."""
    sign(walkers.as_("priya.menon"), title, "Offers to lead", "India")
    sign(walkers.as_("somchai.chaiyasit"), title, "Offers to lead", "Thailand")
    sign(walkers.as_("aisyah.rahman"), title, "Supports", "Malaysia")
    paulo = walkers.as_("paulo.sa")
    sign(paulo, title, "Supports, with comments", "Brazil", reason=COMMENT)
    paulo.reads("Your answer settled the round.", COMMENT)


def settle_lead(walkers: Walkers, title: str) -> None:
    """Those who offered accept, the others decline; the Director names the convenor."""
    sign(walkers.as_("priya.menon"), title, "Accept to lead", "India")
    sign(walkers.as_("aisyah.rahman"), title, "Decline", "Malaysia")
    sign(walkers.as_("paulo.sa"), title, "Decline", "Brazil")
    sign(walkers.as_("somchai.chaiyasit"), title, "Accept to lead", "Thailand")
    confirm(find_in_queue(walkers.as_("elena.petrova"), title))


def confirm(elena: Walker) -> None:
    """Confirm the group on its page, with India as convenor."""
    elena.choose("Confirm the lead group").pick("Convenor", "India")
    elena.press("Sign as Special Unit for South-South Cooperation").reads("It leads to")
