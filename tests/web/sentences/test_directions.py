"""What people wrote stays in its place on every page, also what was kept before texts were cleaned."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.support.visitors import Enter, Visitor, entrance
from tests.support.world import World
from workflow.database import connect
from workflow.free_text.characters import set_apart
from workflow.notices import wording
from workflow.notices.queries import NoticeLine

ROOT = Path(__file__).parents[3]
MARK = "الماء"
# Legacy: an override, and the end of something that never began.
OLD = f"{MARK} for all\u202e devorppA\u2069 (2005)"
WRITTEN = {
    "lifecycle_case": ("title",),
    "person": ("name",),
    "party": ("name",),
    "attachment": ("filename",),
    "sign_off": ("reason",),
    "programme": ("summary", "executing_agency"),
    "opening": ("value",),
}
EMPTY = frozenset({"input", "br", "meta", "link", "img", "hr"})
SENT_BACK = frozenset({"value", "href", "action", "content", "src"})
ADDRESS = re.compile(r'href="(/[^"#]*)"')
MOST_PAGES = 70
# Keys, numbers and days, which nobody types.
OURS = re.compile(
    r"(.*\.)?(key|mark|ref|seat|seq|id|email|version|bar|person|wanted|seen|day|number|done|data|copy|here \+ 1)( \}\}:\{\{ row\.number)?"
    r"|(csrf_token|fresh|fresh_key)\(\)|.*isoformat\(\).*"
)


class Places(HTMLParser):
    """Finds where something people wrote stands with nothing around it that keeps it in its place."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.loose: list[str] = []
        self.found = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = tag == "bdi" or ("dir", "auto") in attrs
        if tag not in EMPTY:
            self.open.append((tag, own))
        for name, value in attrs:
            if name not in SENT_BACK and MARK in (value or ""):
                self._look(value or "", kept=False)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = {tag for tag, _ in self.open}
        if MARK in data and not tags & {"textarea", "option", "script"}:
            self._look(data, kept=any(own for _, own in self.open))

    def _look(self, data: str, *, kept: bool) -> None:
        self.found += 1
        depth = 0
        for at, sign in enumerate(data):
            depth += (sign in "\u2066\u2067\u2068") - (sign == "\u2069")
            if data.startswith(MARK, at) and not depth and not kept:
                self.loose.append(data.strip()[:80])
        if depth or "\u202e" in data:
            self.loose.append(ascii(data.strip())[:80])


@pytest.fixture
def enter(world: World, tmp_path: Path) -> Enter:
    world.programmes("draft", "screening", "consultation", "decision", "active")
    world.honest = False
    written_before(world.engine.database.url.render_as_string(hide_password=False))
    return entrance(world, tmp_path)


def written_before(url: str) -> None:
    """Put into a database what the engine would refuse today, behind the engine."""
    database = connect(url)
    with database.begin() as rows:
        kept = rows.execute(
            text("select name, sql from sqlite_master where type = 'trigger'")
        ).all()
        for name, _ in kept:
            rows.execute(text(f"drop trigger {name}"))
        for table, columns in WRITTEN.items():
            for column in columns:
                some = f"{column} <> '' and length({column}) < 200"
                rows.execute(text(f"update {table} set {column} = :old where {some}"), {"old": OLD})
        for _, sql in kept:
            rows.execute(text(sql))
    database.dispose()


def walk(visitor: Visitor) -> Iterator[tuple[str, Places]]:
    """Pages that links lead to, the shape of an address at most three times."""
    ahead, seen, shapes = ["/", "/queue", "/programmes", "/histories", "/people"], set(), {}
    while ahead and len(seen) < MOST_PAGES:
        address = ahead.pop(0)
        shape = re.sub(r"\?.*|\d+|SSC-\S+?(?=/|$)", "*", address)
        shapes[shape] = shapes.get(shape, 0) + 1
        if address in seen or shapes[shape] > 3 or address.startswith("/assets"):
            continue
        seen.add(address)
        answer = visitor.get(address)
        assert answer.status_code in {200, 302, 303, 403, 404}, address
        if answer.mimetype == "text/html":
            page, places = answer.get_data(as_text=True), Places()
            places.feed(page)
            yield address, places
            ahead += [each.replace("&amp;", "&") for each in ADDRESS.findall(page)]


@pytest.mark.proof(sample=1)
@pytest.mark.parametrize("who", ["joao.lima", "elena.petrova", "priya.menon", "marie.laurent"])
def test_nothing_that_people_wrote_leaves_its_place(enter: Enter, who: str) -> None:
    found, loose = 0, []
    for address, places in walk(enter(who)):
        found += places.found
        loose += [f"{address}: {each}" for each in places.loose]

    assert loose == []
    assert found > 50


def test_what_is_typed_goes_back_as_it_was_typed(world: World, enter: Enter) -> None:
    typed = f"{MARK} \u2067{MARK}\u2069 for all"

    page = enter("marie.laurent").get("/histories", query_string={"text": typed})

    assert f'value="{typed}"' in page.get_data(as_text=True)


def test_a_refused_text_stands_in_its_form_beside_what_is_wrong_with_it(
    world: World, enter: Enter
) -> None:
    joao = enter("joao.lima")
    party = re.findall(r'<option[^>]*value="(\d+)"', joao.page("/proposals/new"))[0]

    page = joao.post("/proposals/new", {"title": "Water for all\u202edevorppA", "party": party})

    told = page.get_data(as_text=True)
    assert page.status_code == 422
    assert (
        "No text may hold U+202E, RIGHT-TO-LEFT OVERRIDE, at “Water for all”. Take it out." in told
    )
    assert "Water for all\u202edevorppA" in told


def test_every_control_shows_what_was_typed_as_it_is() -> None:
    """A text that came back with marks of ours would be kept with them."""
    loose = []
    for file in sorted((ROOT / "web/templates").rglob("*.html")):
        source = file.read_text(encoding="utf-8")
        for inside in re.findall(r"<textarea[^\n]*>\n?(.*?)</textarea>", source, re.DOTALL):
            loose += [f"{file.name}: {inside}"] if "| typed" not in inside else []
        values = re.findall(r'value="\{\{ (.*?) \}\}"', source)
        loose += [
            f"{file.name}: {each}"
            for each in values
            if not each.endswith("| typed") and not OURS.fullmatch(each)
        ]

    assert loose == []


def test_a_mail_keeps_a_title_in_its_place(world: World) -> None:
    line = NoticeLine.__new__(NoticeLine)
    for name in NoticeLine.__slots__:
        object.__setattr__(line, name, "")
    for name, value in (("kind", "seat_opened"), ("ref", "SSC-1"), ("title", OLD), ("label", OLD)):
        object.__setattr__(line, name, value)

    subject, sentence = wording.subject(line, str), wording.sentence(line, str)

    assert subject == f"SSC-1: you are asked to answer ({set_apart(OLD)})"
    assert "\u202e" not in sentence
    assert sentence.count("\u2068") == sentence.count("\u2069") == 2
