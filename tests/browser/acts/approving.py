"""The project document: written, endorsed, appraised, decided and signed."""

from tests.browser.acts.consulting import COMMENT
from tests.browser.acts.signing import Life, declare, find_in_queue
from tests.support.pages.somebody import Somebody

UNIT = "Special Unit for South-South Cooperation"
AGENCY = "United Nations Development Programme"
AUTHORITIES = (("graca.mabunda", "Mozambique"), ("domingos.neto", "Angola"))
LEADING = (("priya.menon", "India"), ("somchai.chaiyasit", "Thailand"))
BOARD = (("arjun.mehta", "India"), ("carla.duarte", "Brazil"), ("sipho.dlamini", "South Africa"))


def formulate(life: Life) -> None:
    """The agency learns what is missing, writes it section by section, and presents it."""
    kenji = find_in_queue(life.as_("kenji.watanabe"), life.title)
    kenji.reads("Before you sign", "Design:")
    design(kenji)
    results(kenji)
    budget(kenji)
    risks(kenji)
    kenji.follow("6. Check and sign").reads(COMMENT)
    kenji.choose("This is answered").fill("What you answer", "The licences are open.")
    kenji.press(f"Present for endorsement as Executing agency of {AGENCY}")
    kenji.reads("What was recorded", "“Endorsement by participating countries” opens next.")


def design(kenji: Somebody) -> None:
    """What the countries will sign."""
    kenji.fill("Strategy", "Courses first in two provinces, then in ten.")
    kenji.fill("Management arrangements", "India convenes; the lead group meets each quarter.")
    kenji.choose("2: significant objective").press("Save and continue")


def results(kenji: Somebody) -> None:
    """Two outputs with their indicators and targets."""
    for line, (output, target) in enumerate((("Courses", "12"), ("Nurses certified", "240")), 1):
        kenji.fill(f"Output, line {line}", output, card="Results")
        kenji.fill(f"Indicator, line {line}", "number", card="Results")
        kenji.fill(f"Target, line {line}", target, card="Results")
        if line == 1:
            kenji.press("Add a line to “Results”")
    kenji.press("Save and continue")


def budget(kenji: Somebody) -> None:
    """The money of the first year."""
    kenji.fill("Year, line 1", "2027").fill("Source, line 1", "UNFSSC")
    kenji.fill("Amount (USD), line 1", "385000").press("Save and continue")


def risks(kenji: Somebody) -> None:
    """One risk with its measure."""
    kenji.fill("Risk, line 1", "Slow connections").pick("Level, line 1", "Moderate")
    kenji.fill("Measure and owner, line 1", "Printed modules; owner: ministry")
    kenji.press("Save and continue")


def endorse(life: Life) -> None:
    """Every participating country endorses."""
    life.sign_all((*LEADING, *AUTHORITIES), "Endorse", as_key=("endorsement", "endorse"))


def appraise(life: Life) -> None:
    """Every category of the committee is heard; its chair recommends."""
    life.sign_all(AUTHORITIES, "Advise to approve", as_key=("appraisal", "recommend"))
    declare(life.as_("kenji.watanabe"), life.title)
    life.sign("kenji.watanabe", "Answer for the text, without advice", AGENCY)
    declare(life.as_("ravi.chand"), life.title).reads("Your declaration is recorded.")
    life.sign("ravi.chand", "Advise to approve", UNIT)
    fatou = declare(life.as_("fatou.ndiaye"), life.title)
    fatou.choose("Recommend to the Board").pick("Design quality", "Satisfactory")
    fatou.press(f"Sign as {UNIT}").reads("Board decision")


def decide(life: Life) -> None:
    """Every seat of the Board approves."""
    life.sign_all(BOARD, "Approve", as_key=("decision", "approve"))


def sign_blocks(life: Life) -> None:
    """Every block of the project document is signed."""
    blocks = (*LEADING, *AUTHORITIES, ("kenji.watanabe", AGENCY), ("elena.petrova", UNIT))
    life.sign_all(blocks, "Sign", as_key=("signing", "sign")).reads("Inception")
