"""Amounts of money, exact and with as many digits as their currency has: pure."""

import re
from decimal import Decimal, InvalidOperation

from workflow.errors import Invalid
from workflow.phrase import Phrase, phrase

USD = "USD"
USUAL_DIGITS = 2
# ISO 4217, minor units other than two.
_OTHERWISE = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
}
_DIGITS = {code: number for number, codes in _OTHERWISE.items() for code in codes.split()}
_CODE = re.compile("[A-Z]{3}", re.ASCII)
_AMOUNT = re.compile(r"[0-9]{1,15}(\.[0-9]{1,8})?", re.ASCII)


def is_code(currency: str) -> bool:
    """Whether it is written like a currency of ISO 4217."""
    return _CODE.fullmatch(currency) is not None


def digits(currency: str) -> int:
    """How many digits after the point an amount of this currency has."""
    return _DIGITS.get(currency, USUAL_DIGITS)


def step(currency: str) -> Decimal:
    """The smallest amount of the currency."""
    return Decimal(1).scaleb(-digits(currency))


def exact(amount: Decimal, currency: str) -> str:
    """The amount as it is kept and told on a trail: plain digits, as many as its currency has.

    An amount that has more is refused as a bug would be: it was never read by `amount_of`.
    """
    fitted = amount.quantize(step(currency))
    if fitted != amount:
        raise InvalidOperation(f"{amount} is no amount of {currency}")
    return f"{fitted:f}"


def amount_of(written: str, currency: str) -> Decimal:
    """The amount that somebody wrote, more than nothing; a blank or a comma between thousands is let pass.

    Refuses at the field `amount` what is none, is nothing, or has more digits than its currency.
    """
    plain = _without_thousands(written.strip())
    if not _AMOUNT.fullmatch(plain):
        raise _refused(phrase("Write an amount like 12500.50: digits, and a point before cents."))
    amount = Decimal(plain)
    if not amount:
        raise _refused(phrase("An amount is more than nothing."))
    if amount != amount.quantize(step(currency)):
        raise _refused(_too_fine(currency))
    return amount.quantize(step(currency))


def money(amount: Decimal, currency: str) -> str:
    """The amount as a sentence writes it: USD 12,500.00."""
    return f"{currency} {amount:,.{digits(currency)}f}"


def _too_fine(currency: str) -> Phrase:
    if not digits(currency):
        return phrase("%(currency)s has no digits after the point.", currency=currency)
    return phrase(
        "%(currency)s has %(digits)s digits after the point.",
        currency=currency,
        digits=digits(currency),
    )


def _without_thousands(written: str) -> str:
    """Without commas or blanks where each stands before exactly three digits."""
    if re.fullmatch(r"[0-9]{1,3}([, ][0-9]{3})+(\.[0-9]+)?", written, re.ASCII):
        return written.replace(",", "").replace(" ", "")
    return written


def _refused(said: Phrase) -> Invalid:
    return Invalid(said, {"amount": said})
