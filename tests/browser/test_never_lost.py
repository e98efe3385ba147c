"""No word is lost: a tab is killed, a cookie deleted, a session ended, with a script and without one."""

import pytest
from playwright.sync_api import expect

from tests.browser.acts.signing import find_in_queue
from tests.browser.conftest import Begin
from tests.browser.walker import Walker
from tests.browser.walkers import DOOR, Walkers
from workflow.demo.cast import DOMAIN, PASSWORD
from workflow.demo.play import Play

# Five hundred characters, as somebody types them.
SITUATION = ("District hospitals lack nurses trained in care; ç é “so”. " * 9)[:500].strip()
# That some of a file is there, and not all of it.
UNDER_WAY = """() => {
  const bar = document.querySelector("progress.sending");
  return bar && bar.value > 0 && bar.value < 100 && bar.nextSibling.textContent.includes(bar.value);
}"""
WHY = "The examination is not recognised in our country, and nobody has said who pays for it."


def at_the_door(walkers: Walkers, who: str, *, script: bool = True) -> Walker:
    """Somebody on a device that they have not used before."""
    walker = walkers.come(script=script).open(DOOR)
    return signed_in(walker, who, "Sign in")


def signed_in(walker: Walker, who: str, button: str) -> Walker:
    """Give e-mail address and password, and press the button."""
    walker.fill("E-mail address", f"{who}@{DOMAIN}").fill("Password", PASSWORD)
    return walker.press(button)


def section(ref: str) -> str:
    return f"/programmes/{ref}/documents/proposal/edit/problem"


def told(walker: Walker) -> str:
    """What stands under the form once what was typed is kept, which takes ten seconds at most."""
    line = walker.page.locator(".kept", has_text="Kept for you")
    expect(line).to_be_visible(timeout=10_000)
    return line.inner_text()


def test_five_hundred_characters_outlive_the_tab_and_are_there_on_another_device(
    walker: Walkers, begin: Begin
) -> None:
    ref = begin("Nurses typed about in a tab that dies", "draft")
    joao = at_the_door(walker, "joao.lima").open(section(ref))
    joao.labelled("Situation").press_sequentially(SITUATION[:100])
    joao.fill("Situation", SITUATION)
    said = told(joao)

    joao.page.close(run_before_unload=False)
    elsewhere = at_the_door(walker, "joao.lima", script=False).open(section(ref))

    assert "It counts only once you save or send it." in said
    assert elsewhere.kept("Situation") == SITUATION
    elsewhere.reads("What you typed until", "and did not save is in the form again.")
    elsewhere.press("Save").reads("Saved as version 2.").misses("What you typed until")


@pytest.mark.parametrize("script", [True, False])
def test_with_its_cookie_deleted_a_section_is_saved_after_the_password(
    walker: Walkers, begin: Begin, *, script: bool
) -> None:
    ref = begin(f"Nurses saved without a cookie, script {script}", "draft")
    joao = at_the_door(walker, "joao.lima", script=script).open(section(ref))
    joao.fill("Situation", SITUATION)
    joao.page.context.clear_cookies()

    joao.press("Save", refused=403).reads("What you wrote is kept, for you alone.")
    joao.misses("District hospitals")
    signed_in(joao, "joao.lima", "Sign in and send").reads("Saved as version 2.")

    assert joao.kept("Situation") == SITUATION


@pytest.mark.proof(apart=True)
def test_a_reason_typed_a_moment_before_the_page_is_left_is_there_again_until_it_is_signed(
    walker: Walkers, begin: Begin, play: Play
) -> None:
    ref = begin(title := "Nurses whose reason was typed in a hurry", "consultation")
    aisyah = find_in_queue(at_the_door(walker, "aisyah.rahman"), title)
    address = aisyah.address
    aisyah.choose("Objects").fill("Reason", WHY).open("/notices")

    aisyah.open(address).reads("was not sent.")
    expect(aisyah.labelled("Reason")).to_have_value(WHY)
    aisyah.press("Sign as Malaysia").reads(WHY)
    aisyah.open("/working-copies").reads("Nothing that you typed waits to be sent.")

    assert play.state(ref) == "consultation"


@pytest.mark.proof(apart=True)
def test_signed_out_in_another_tab_the_writer_is_told_and_saves_after_the_password(
    walker: Walkers, begin: Begin
) -> None:
    ref = begin("Nurses whose writer signed out elsewhere", "draft")
    joao = at_the_door(walker, "joao.lima").open(section(ref))
    other = walker.tab(joao).open("/account/details")
    other.page.locator("summary", has_text="João Lima · ").click()
    other.press("Sign out")

    joao.fill("Situation", SITUATION)
    expect(joao.page.locator(".kept--not")).to_contain_text("you are signed out", timeout=10_000)
    joao.press("Save", refused=403)

    signed_in(joao, "joao.lima", "Sign in and send").reads("Saved as version 2.")
    assert joao.kept("Situation") == SITUATION


def test_a_file_that_is_too_large_or_of_another_kind_is_refused_before_a_byte_is_sent(
    walker: Walkers, begin: Begin
) -> None:
    files = section(begin("Nurses with a very long letter", "draft")).replace(
        "problem", "attached-files"
    )
    joao, sent = walker.as_("joao.lima").open(files), []
    joao.page.on("request", lambda asked: sent.append(asked) if asked.method == "POST" else None)

    joao.attach("File", "scan.pdf", b"%PDF-" + bytes(21 * 1_048_576)).reads(
        "This file has 21.0 MB; at most 20 MB fit. Nothing was sent."
    )
    joao.page.get_by_role("button", name="Attach", exact=True).click()
    joao.attach("File", "film.mp4", b"film").reads("A file of this kind is not taken")
    joao.page.get_by_role("button", name="Attach", exact=True).click()
    refused = list(sent)
    joao.choose("Another file")
    joao.attach("File", "plan.pdf", b"%PDF-1.7 a plan").press("Attach")

    joao.reads("plan.pdf is attached.")
    assert refused == []


def test_while_a_file_is_sent_on_a_slow_line_it_is_shown_how_much_of_it_is_there(
    walker: Walkers, begin: Begin
) -> None:
    files = section(begin("Nurses on a slow line", "draft")).replace("problem", "attached-files")
    joao = walker.as_("joao.lima").open(files)
    line = joao.page.context.new_cdp_session(joao.page)
    slow = {"offline": False, "latency": 20, "downloadThroughput": -1, "uploadThroughput": 400_000}
    line.send("Network.emulateNetworkConditions", slow)
    joao.choose("Another file")

    joao.attach("File", "plan.pdf", b"%PDF-1.7" + bytes(1_500_000))
    joao.page.get_by_role("button", name="Attach", exact=True).click()
    joao.page.wait_for_function(UNDER_WAY, timeout=20_000)

    joao.reads("plan.pdf is attached.")
