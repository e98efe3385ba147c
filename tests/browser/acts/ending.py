"""The end of a programme: why it is not evaluated, and the closing of the accounts."""

from tests.browser.acts.approving import UNIT
from tests.browser.acts.signing import Life
from tests.browser.walker import Walker


def waive(life: Life) -> None:
    """The Director says why a programme of this cost is not evaluated."""
    elena = life.as_("elena.petrova").open(f"/programmes/{life.ref}/documents/waiver/edit")
    elena.fill("Why it is not evaluated", "Its twin in the next province was evaluated in May.")
    elena.press("Save").open(f"/programmes/{life.ref}/initiatives/waiving")
    elena.choose("Waive the evaluation").press(f"Sign as {UNIT}")


def file_accounts(tom: Walker, ref: str) -> None:
    """The finance officer files the statement and the papers of the assets; the checklist is computed."""
    tom.open(f"/programmes/{ref}/documents/final_financial_statement/edit")
    tom.fill("Received (USD)", "385000").fill("Spent (USD)", "383500")
    tom.fill("Balance (USD)", "1500").fill("What happens to the balance", "Returned to the fund.")
    tom.press("Save")
    tom.open(f"/programmes/{ref}/documents/asset_transfer/edit/attached-files")
    tom.attach("File", "asset-transfer.pdf", b"%PDF-1.7 tablets").press("Attach")
