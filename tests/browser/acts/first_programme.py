"""An empty office is set up, and carries its first programme from the proposal through its signatures."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.browser.acts import approving, consulting, opening, proposing
from tests.browser.acts.opening import AGENCY, FRAMEWORK, UNIT, Newcomer
from tests.browser.acts.signing import declare, find_in_queue, sign
from tests.support.pages.somebody import Somebody
from tests.support.programs import started

TITLE = "Tuberculosis diagnostics in three countries"
ROOT, PASSWORD = "root@office.example", "The first password of an empty office"
COUNTRIES = {"thabo": "Lesotho", "chikondi": "Malawi", "sibusiso": "Eswatini"}
OTHERS = [country for country in COUNTRIES.values() if country != "Lesotho"]
AUTHORITY, FOCAL, BOARD = "National coordinating authority", "Focal point", "Board member"
NEWCOMERS = (
    Newcomer("Lerato", "Lesotho", ("Submitter",)),
    *(Newcomer(key.title(), country, (AUTHORITY,)) for key, country in COUNTRIES.items()),
    Newcomer("Olga", UNIT, ("Programme officer",)),
    Newcomer("Dario", UNIT, ("Director",)),
    Newcomer("Paula", UNIT, ("Appraisal committee member",)),
    Newcomer("Chen", UNIT, ("Appraisal committee chair",)),
    Newcomer("Priya", "India", (FOCAL, BOARD)),
    Newcomer("Thandi", "South Africa", (FOCAL, BOARD)),
    Newcomer("Greta", "Germany", ("Donor representative",)),
    Newcomer("Wim", AGENCY, ("Executing agency",)),
)
# The first three commands of the README; nothing else is typed before the end.
COMMANDS = (
    ("migrate",),
    (
        "lifecycle",
        "publish",
        *(
            f"config/lifecycles/{name}.toml"
            for name in (
                "lesson",
                "milestone",
                "work-plan",
                "progress-report",
                "amendment",
                "follow-up",
                "evaluation",
                "blocker",
                "programme-standard",
            )
        ),
    ),
    ("user", "add", ROOT, "--name", "Amina", "--administrator"),
)


class Staff(dict[str, Somebody]):
    """Everybody who has come in, each by the first name in small letters."""

    def __init__(self, come: Callable[[], Somebody]) -> None:
        super().__init__()
        self.come = come


def install(home: Path, **settings: Any) -> None:
    """Type the commands that an office begins with; the administrator's password lies in a file."""
    (home / "password").write_text(PASSWORD)
    for command in COMMANDS:
        own = ("--password-file", home / "password") if command[0] == "user" else ()
        with started(*command, *own, home=home, **settings) as begun:
            assert begun.ended() == 0, begun.said()


def enter(root: Somebody) -> Somebody:
    """The administrator who was made on the command line signs in."""
    root.open("/account/login").fill("E-mail address", ROOT).fill("Password", PASSWORD)
    return root.press("Sign in")


def whole_way(staff: Staff, root: Somebody) -> Somebody:
    """Everything, from an office without anybody to a programme that all have signed."""
    set_up(staff, root)
    propose(staff["lerato"])
    consult(staff)
    approve(staff)
    return sign_all(staff)


def set_up(staff: Staff, root: Somebody) -> None:
    """Everything that a proposal needs on its way to the signatures."""
    root.open("/office/setup").reads("14 things stop a proposal on its way; 8 can wait")
    opening.designate(root, "India")
    opening.designate(root, "South Africa")
    opening.enter_parties(root, *COUNTRIES.values(), "Germany")
    opening.seat_board(root, "India", "South Africa")
    opening.enter_framework(root)
    for newcomer in NEWCOMERS:
        link = opening.invite(root, newcomer)
        somebody = staff[newcomer.name.lower()] = staff.come()
        opening.arrive(somebody, newcomer.name, urlsplit(link).path)
    root.open("/office/setup").reads("2 things stop a proposal on its way", "Finance officer")


def propose(lerato: Somebody) -> None:
    """Lesotho asks with Malawi and Eswatini, with Germany as partner."""
    proposing.begin(lerato, TITLE)
    lerato.choose("Triangular: with a donor as partner", f"{FRAMEWORK}, 2026–2029")
    lerato.unfold("Africa").choose(*COUNTRIES.values()).fill(
        "Requesting institution", "Ministry of Health"
    )
    lerato.fill("Name and post of the signatory", "The Permanent Secretary")
    for line, country in enumerate(OTHERS, 1):
        proposing.agreed(lerato, line, country)
        lerato.press("Add a line to “Agreement of the other countries”")
    lerato.press("Save and continue").choose("Health", "3. Good Health and Well-being")
    lerato.pick("Sector", "12263 Tuberculosis control").press("Save and continue")
    proposing.problem(lerato)
    proposing.objectives(lerato)
    lerato.choose(AGENCY, "Germany").press("Save and continue")
    proposing.budget(lerato)
    proposing.period(lerato)
    proposing.attach_letter(lerato)
    lerato.follow("Continue").press("Submit as Submitter of Lesotho")
    lerato.reads("The programme stands in “Screening” now.")


def consult(staff: Staff) -> None:
    """An officer screens; the pivotal countries offer to lead, and do."""
    olga = find_in_queue(staff["olga"], TITLE)
    olga.choose("Eligible: consult the pivotal countries", *consulting.CHECKED)
    olga.press(f"Sign as {UNIT}").reads("Consultation of pivotal countries")
    for verdict in ("Offers to lead", "Accept to lead"):
        sign(staff["priya"], TITLE, verdict, "India")
        sign(staff["thandi"], TITLE, verdict, "South Africa")
    consulting.confirm(find_in_queue(staff["dario"], TITLE))


def approve(staff: Staff) -> None:
    """The agency writes, the countries endorse, the committee advises, the Board approves."""
    wim = find_in_queue(staff["wim"], TITLE)
    for part in (approving.design, approving.results, approving.budget, approving.risks):
        part(wim)
    wim.follow("6. Check and sign")
    wim.press(f"Present for endorsement as Executing agency of {AGENCY}")
    for who, country in (("priya", "India"), ("thandi", "South Africa")):
        sign(staff[who], TITLE, "Endorse", country)
    for verdict in ("Endorse", "Advise to approve"):
        for who, country in COUNTRIES.items():
            sign(staff[who], TITLE, verdict, country)
    sign(declare(wim, TITLE), TITLE, "Answer for the text, without advice", AGENCY)
    sign(staff["greta"], TITLE, "Advise to approve", "Germany")
    declare(staff["paula"], TITLE)
    sign(staff["paula"], TITLE, "Advise to approve", UNIT)
    chen = declare(staff["chen"], TITLE).choose("Recommend to the Board")
    chen.pick("Design quality", "Satisfactory").press(f"Sign as {UNIT}").reads("Board decision")
    sign(staff["priya"], TITLE, "Approve", "India")
    sign(staff["thandi"], TITLE, "Approve", "South Africa").reads("Awaiting signatures")


def sign_all(staff: Staff) -> Somebody:
    """Every block of the project document is signed, the Special Unit's last."""
    for who, country in COUNTRIES.items():
        sign(staff[who], TITLE, "Sign", country)
    for who, country in (("priya", "India"), ("thandi", "South Africa")):
        sign(staff[who], TITLE, "Sign", country)
    sign(staff["wim"], TITLE, "Sign", AGENCY)
    sign(staff["greta"], TITLE, "Sign", "Germany")
    last = sign(staff["dario"], TITLE, "Sign", UNIT)
    return last.reads("The programme stands in “Inception” now.")
