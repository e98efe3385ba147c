"""Finding a programme in the queue and answering for one's office."""

from tests.browser.walker import Walker


def find_in_queue(walker: Walker, title: str) -> Walker:
    """Open the queue and follow the programme's title to the page to decide on."""
    return walker.open("/queue").follow(title)


def sign(
    walker: Walker, title: str, verdict: str, party: str, *, reason: str = "", refused: int = 0
) -> Walker:
    """Find the programme in the queue, choose a verdict and sign for a party."""
    find_in_queue(walker, title).choose(verdict)
    if reason:
        walker.fill("Reason", reason)
    walker.press(f"Sign as {party}", refused=refused)
    return walker if refused else walker.reads("What was recorded", verdict)


def declare(walker: Walker, title: str) -> Walker:
    """Say to have no interest; only then are the papers shown."""
    find_in_queue(walker, title).reads("The papers are shown to you once you have said")
    return walker.choose("I have no interest in this programme").press("Declare")


def change(walker: Walker, address: str, verdict: str, party: str, *, reason: str = "") -> Walker:
    """Give another answer on a seat that has been answered, as long as the round is open."""
    walker.open(address).choose(verdict).fill("Reason", reason)
    return walker.press(f"Change your answer as {party}").reads("in place of an earlier answer")
