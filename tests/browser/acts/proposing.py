"""Writing a proposal: its sections, its letter, and its submission."""

import re

from tests.support.pages.somebody import Somebody
from workflow.demo.play import LETTER

LETTER_NAME = "letter-of-request.pdf"
FORM = re.compile(r"/programmes/([^/]+)/documents/")


def begin(walker: Somebody, title: str) -> str:
    """Begin a proposal with its title; returns the reference that it was given."""
    walker.open("/proposals").follow("Start a proposal")
    walker.fill("Title", title).press("Begin")
    walker.reads("is begun. Only your party sees it until you submit.")
    return reference(walker)


def reference(walker: Somebody) -> str:
    """The reference of the programme whose form is open."""
    found = FORM.search(walker.address)
    assert found is not None, walker.address
    return found[1]


def write(walker: Somebody) -> None:
    """Fill every section in its order; the form must be open on the first one."""
    name(walker)
    countries(walker)
    write_rest(walker)


def write_rest(walker: Somebody) -> None:
    """Fill every section after the first."""
    areas(walker)
    problem(walker)
    objectives(walker)
    partners(walker)
    budget(walker)
    period(walker)


def name(walker: Somebody) -> None:
    """Under which framework, how, and by whom it is asked for."""
    walker.choose("South-South: two or more developing countries")
    walker.pick("Framework", "Strategic framework of UNOSSC, 2022–2025")
    walker.fill("Requesting institution", "Ministry of Health")
    walker.fill("Name and post of the signatory", "Dr Ana Matola, Permanent Secretary")


def countries(walker: Somebody) -> None:
    """Who takes part; each country is looked for by its name."""
    for country in ("Mozambique", "Angola"):
        walker.fill("Find a country", country).choose(country)
    agreed(walker, 1, "Angola")
    walker.press("Save and continue")


def agreed(walker: Somebody, line: int, country: str) -> None:
    """Who agreed for another country, on a line of the table."""
    walker.pick(f"Country, line {line}", country)
    walker.fill(f"Name and post, line {line}", "The Permanent Secretary")
    walker.fill(f"Agreed on, line {line}", "2026-01-20")


def areas(walker: Somebody) -> None:
    """The area that decides who is invited, the sector and the goals."""
    walker.choose("HIV and AIDS").pick("Sector", "13040 STD control including HIV/AIDS")
    walker.choose("3. Good Health and Well-being", "17. Partnerships for the Goals")
    walker.press("Save and continue")


def problem(walker: Somebody) -> None:
    """What is wrong today, and for whom."""
    walker.fill("Situation", "District hospitals lack nurses trained in antiretroviral care.")
    walker.fill("Beneficiaries", "240 nurses and the 300,000 people whom they serve.")
    walker.press("Save and continue")


def objectives(walker: Somebody) -> None:
    """What will be different, with an output on each of two lines."""
    walker.fill("Objective", "By mid 2028, 240 nurses hold a certificate of distance learning.")
    walker.fill("Strategy", "India’s open university shares its courses; Thailand its tutors.")
    walker.fill("Output, line 1", "Courses in Portuguese").fill("Target, line 1", "12")
    walker.press("Add a line to “Expected outputs”")
    walker.fill("Output, line 2", "Nurses certified").fill("Target, line 2", "240")
    walker.press("Save and continue")


def partners(walker: Somebody) -> None:
    """Who would run it."""
    walker.choose("United Nations Development Programme")
    walker.fill("Experience to build on", "Twenty years of distance learning in India.")
    walker.press("Save and continue")


def budget(walker: Somebody) -> None:
    """Three lines written, one of them taken out again; the rest adds up to the total."""
    walker.fill("Source, line 1", "UNFSSC").fill("Amount (USD), line 1", "150,000")
    walker.press("Add a line to “Budget lines”")
    walker.fill("Source, line 2", "A mistake").fill("Amount (USD), line 2", "1")
    walker.press("Add a line to “Budget lines”")
    walker.fill("Source, line 3", "India").fill("Amount (USD), line 3", "235000")
    walker.press("Remove line 2")
    walker.fill("Total cost (USD)", "385 000")
    walker.press("Save and continue")


def period(walker: Somebody) -> None:
    """When it would start and end."""
    walker.fill("Planned start", "2027-01-01").fill("Planned end", "2028-06-30")
    walker.press("Save and continue")


def attach_letter(walker: Somebody) -> None:
    """Attach the letter of request; the page of files must be open."""
    walker.choose("Letter of request from the Government")
    walker.attach("File", LETTER_NAME, LETTER)
    walker.press("Attach").reads(f"{LETTER_NAME} is attached.")


def submit(walker: Somebody) -> None:
    """Sign under the whole text, and read the receipt."""
    walker.press("Submit as Submitter of Mozambique")
    walker.reads("What was recorded", "Your answer settled the round.")
    walker.reads("The programme stands in “Screening” now.")
