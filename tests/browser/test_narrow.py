"""The pages on a telephone, and from right to left."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import pytest
from sqlalchemy import func, select, update

from tests.browser.walker import Walker
from tests.browser.walkers import Walkers
from tests.workflow.ledger.bookkeeping import counts, recorded
from tests.workflow.lifecycles.with_children import child, with_children
from workflow.demo.play import Play
from workflow.engine.commands.open_case import publish
from workflow.engine.models import LifecycleCase, Round
from workflow.ledger.accounts import MoneyAct
from workflow.lifecycles.loader.files import from_tables
from workflow.people.models import Person

NARROW = 390
Direction = Literal["ltr", "rtl"]
PAGES = {
    "joao.lima": (
        "/",
        "/proposals",
        "/proposals/new",
        "/programmes/{returned}/documents/proposal/edit/countries",
        "/programmes/{returned}/documents/proposal/edit/objectives",
        "/programmes/{returned}/documents/proposal/edit/budget",
        "/programmes/{returned}/documents/proposal/edit/attached-files",
        "/programmes/{returned}/documents/proposal/edit/check-and-submit",
        "/programmes/{closed}/documents/proposal",
    ),
    "priya.menon": (
        "/queue",
        "/month",
        "/month/2026-01",
        "/programmes",
        "/programmes/{lead_group}",
        "/programmes/{consultation}/rounds/consultation/1",
        "/programmes/{appraisal}/rounds/appraisal/1",
    ),
    "beatriz.costa": ("/", "/month"),
    "marie.laurent": (
        "/anchors",
        "/frameworks",
        "/frameworks/F7",
        "/histories",
        "/histories/{closed}",
        "/histories/events",
        "/histories/{closed}/on/2030-01-01",
        "/histories/on/2030-01-01",
        "/histories/{returned}/texts/proposal",
        "/oversight",
        "/oversight/reviews",
        "/oversight/sample",
        "/oversight/access",
        "/people",
        "/notices",
        "/programmes/{closed}",
        "/programmes/{closed}/rounds/closure/1",
    ),
}
WALKS = [(who, address) for who, addresses in PAGES.items() for address in addresses]


@pytest.mark.proof(sample=10)
@pytest.mark.parametrize(("who", "address"), WALKS)
def test_no_page_scrolls_sideways_on_a_telephone(
    walker: Walkers, play: Play, who: str, address: str
) -> None:
    page = walker.as_(who, width=NARROW).open(address.format(**of_each_state(play)))

    assert sideways(page) == []


@pytest.mark.parametrize("width", [NARROW, 1280])
def test_a_lifecycle_whose_cases_open_others_is_read_on_every_screen(
    walker: Walkers, play: Play, width: int
) -> None:
    if "parent" not in {each.key for _, each in play.engine.in_force()}:
        raw = with_children()
        for kind in raw["children"].values():
            publish(play.engine, from_tables(child(kind["lifecycle"]), "child.toml"))
        publish(play.engine, from_tables({**raw, "key": "parent"}, "parent.toml"))

    page = walker.as_("priya.menon", width=width).open("/lifecycles/parent")

    assert sideways(page) == []
    marks = page.page.locator(".course__children title").all_text_contents()
    assert "Progress report, Country's part, Amendment, Half-way evaluation and Audit" in marks
    assert page.page.locator("#child-progress_report").is_visible()


@pytest.mark.parametrize("width", [NARROW, 1280])
def test_the_money_of_a_programme_is_read_on_every_screen(
    walker: Walkers, play: Play, width: int
) -> None:
    ref = of_each_state(play)["consultation"]
    with_money(play, ref)

    page = walker.as_("tom.becker", width=width).open(f"/programmes/{ref}/money")

    assert sideways(page) == []
    assert page.page.get_by_role("button", name="Certify movement").count() > 0
    assert page.page.get_by_text("All sources").is_visible()


def with_money(play: Play, ref: str) -> None:
    """A commitment that counts, and another movement that waits to be certified."""
    counts(play, ref, MoneyAct.COMMITMENT, "1234567.89")
    recorded(play, ref, MoneyAct.COMMITMENT, "5")


def test_what_a_button_says_may_take_several_lines(walker: Walkers) -> None:
    page = walker.as_("joao.lima", width=NARROW).open("/proposals/new")
    said = "Send to the Permanent Mission as Proposing institution of Trinidad and Tobago"

    page.page.locator("main .btn").first.evaluate(
        "(button, words) => button.textContent = words", said
    )

    assert sideways(page) == []


@pytest.mark.parametrize("width", [NARROW, 1280])
def test_what_is_asked_stays_on_its_card_however_long_it_is(
    walker: Walkers, play: Play, width: int
) -> None:
    ref = of_each_state(play)["returned"]
    page = walker.as_("joao.lima", width=width).open(f"/programmes/{ref}")
    button = page.page.locator(".move__acts .btn").first

    out: float = button.evaluate("""button => {
      button.append(" Formulate the framework and have the countries consulted on every part of it");
      return button.getBoundingClientRect().right
        - button.closest(".move").getBoundingClientRect().right;
    }""")

    assert out < 0


@pytest.mark.proof(alone=True)
@pytest.mark.parametrize("width", [NARROW, 1280])
def test_in_arabic_every_page_is_mirrored(walker: Walkers, play: Play, width: int) -> None:
    for who, address in WALKS:
        with speaking(play, who, "ar"):
            page = walker.as_(who, width=width).open(address.format(**of_each_state(play)))

        assert direction(page) == "rtl"
        assert sideways(page) == [], address


def direction(walker: Walker) -> Direction:
    """The direction that the page is read in."""
    read: Direction = walker.page.evaluate("getComputedStyle(document.body).direction")
    return read


def sideways(walker: Walker) -> list[str]:
    """The parts that make the page wider than the screen; none when it fits."""
    wide: list[str] = walker.page.evaluate("""() => {
      const most = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= most) return [];
      return [...document.querySelectorAll("body *")]
        .filter((part) => {
          const box = part.getBoundingClientRect();
          return box.width && (box.right > most + 1 || box.left < -1);
        })
        .map((part) => `${part.tagName}.${part.className}: ${part.textContent.trim().slice(0, 60)}`)
        .slice(0, 8);
    }""")
    return wide


@contextmanager
def speaking(play: Play, who: str, language: str) -> Iterator[None]:
    """Let a person's pages be in another language for a while."""
    _speak(play, who, language)
    try:
        yield
    finally:
        _speak(play, who, "en")


def _speak(play: Play, who: str, language: str) -> None:
    with play.engine.transaction() as session:
        session.execute(
            update(Person).where(Person.id == play.person(who)).values(language=language)
        )


def of_each_state(play: Play) -> dict[str, str]:
    """A programme that went through rounds, for each state that any stands in."""
    with play.engine.reading() as session:
        oldest = (
            select(LifecycleCase.state, func.min(LifecycleCase.ref).label("ref"))
            .join(Round, Round.case_id == LifecycleCase.id)
            .where(LifecycleCase.ref.like("SSC-%"))
            .group_by(LifecycleCase.state)
        )
        return {row.state: row.ref for row in session.execute(oldest)}
