"""The end of a programme: evaluation, management response and the closing of the accounts."""

from tests.browser.acts.approving import AGENCY, UNIT
from tests.browser.acts.signing import Life
from tests.browser.walker import Walker

OFFICE = "Evaluation Office"
RATINGS = {
    "Relevance": "6 · Highly satisfactory",
    "Coherence": "5 · Satisfactory",
    "Effectiveness": "5 · Satisfactory",
    "Efficiency": "4 · Moderately satisfactory",
    "Impact": "5 · Satisfactory",
    "Sustainability": "3 · Moderately unsatisfactory",
}
RECOMMENDATIONS = ("Keep the tutors", "Report costs by country")


def evaluate(life: Life) -> None:
    """The evaluation is arranged, written, answered and accepted."""
    life.sign("oluwaseun.ade", "Start the evaluation", UNIT)
    rate(life.as_("nadia.haddad"), life.ref)
    respond(life.as_("kenji.watanabe"), life.ref)
    life.sign("oluwaseun.ade", "Accept the evaluation", UNIT)


def rate(nadia: Walker, ref: str) -> None:
    """Six ratings, findings, and two recommendations."""
    nadia.open(f"/programmes/{ref}/documents/evaluation_report/edit")
    for criterion, rating in RATINGS.items():
        nadia.choose_under(criterion, rating)
    nadia.press("Save and continue").fill("Findings", "Nurses stay in the districts.")
    for line, words in enumerate(RECOMMENDATIONS, 1):
        nadia.fill(f"No., line {line}", str(line)).fill(f"Recommendation, line {line}", words)
        if line == 1:
            nadia.press("Add a line to “Recommendations”")
    nadia.press("Save and continue").follow("4. Check and sign")
    nadia.press(f"File the report as Evaluator of {OFFICE}")


def respond(kenji: Walker, ref: str) -> None:
    """Each recommendation is answered with an action."""
    kenji.open(f"/programmes/{ref}/documents/management_response/edit")
    for line, answer in enumerate(("Accepted", "Partly accepted"), 1):
        kenji.fill(f"Recommendation no., line {line}", str(line))
        kenji.pick(f"Response, line {line}", answer)
        kenji.fill(f"Key action, line {line}", "Put into the next work plan")
        kenji.fill(f"Owner, line {line}", AGENCY).fill(f"Due, line {line}", "2028-12-31")
        if line == 1:
            kenji.press("Add a line to “Responses”")
    kenji.press("Save").follow("Check and sign")
    kenji.press(f"File the response as Executing agency of {AGENCY}")


def file_accounts(tom: Walker, ref: str) -> None:
    """The finance officer files the statement and the papers of the assets; the checklist is computed."""
    tom.open(f"/programmes/{ref}/documents/final_financial_statement/edit")
    tom.fill("Received (USD)", "385000").fill("Spent (USD)", "383500")
    tom.fill("Balance (USD)", "1500").fill("What happens to the balance", "Returned to the fund.")
    tom.press("Save")
    tom.open(f"/programmes/{ref}/documents/asset_transfer/edit/attached-files")
    tom.attach("File", "asset-transfer.pdf", b"%PDF-1.7 tablets").press("Attach")
