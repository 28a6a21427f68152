"""Money in the form of the corpus: an ISO 4217 code and a plain number ("USD 150000000000")."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.nlp.numbers import Number, number, plain


def _table(text: str) -> dict[str, str]:
    """Each name of a currency → its code, from "USD:dollar,buck EUR:euro"; "_" stands for a blank."""
    rows = (row.split(":") for row in text.split())
    return {name.replace("_", " "): code for code, names in rows for name in names.split(",")}


_CODES = frozenset(
    re.findall(
        r"\w+",
        "AED ARS AUD BDT BGN BRL CAD CHF CLP CNY COP CRC CZK DKK EGP EUR FJD GBP GEL GHS HKD HUF IDR ILS INR ISK JPY "
        "KES KRW KZT LKR MAD MXN MYR NGN NOK NZD PEN PHP PKR PLN QAR RON RSD RUB RWF SAR SEK SGD THB TND TRY TWD TZS "
        "UAH UGX USD UYU VND XAF XOF ZAR ZMW",
    )
)
_SYMBOLS = _table(
    "USD:US$,$ AUD:A$,AU$ CAD:C$,CA$ HKD:HK$ TWD:NT$ NZD:NZ$ SGD:S$ FJD:FJ$ MYR:M$,RM BRL:R$ MXN:MX$ ZAR:R KES:KSH "
    "UGX:USH TZS:TSH INR:RS,₹ CNY:RMB,CN¥,元 SEK:KR CHF:FR,SFR CZK:KČ PLN:ZŁ IDR:RP EUR:€ GBP:£ JPY:¥,円 KRW:₩ RUB:₽ "
    "TRY:₺ ILS:₪ VND:₫ NGN:₦ UAH:₴ PHP:₱ THB:฿ GHS:₵ CRC:₡ KZT:₸ GEL:₾"
)
_NAMES = _table(
    "USD:dollar,buck,cent EUR:euro GBP:pound,sterling,quid,penny,pence JPY:yen CNY:yuan,renminbi KRW:won INR:rupee "
    "IDR:rupiah MYR:ringgit CHF:franc SEK:krona,kronor NOK:krone,kroner ISK:króna CZK:koruna,crown "
    "PLN:złoty,zloty,złotys HUF:forint RON:leu,lei BGN:lev RUB:rouble,ruble UAH:hryvnia TRY:lira ILS:shekel "
    "AED:dirham SAR:riyal ZAR:rand NGN:naira GHS:cedi KES:shilling MXN:peso BRL:real,reais THB:baht VND:dong BDT:taka "
    "PEN:sol,soles KZT:tenge GEL:lari RSD:dinar"
)
_PLACES = _table(
    "HKD:hong_kong AUD:australia CAD:canad SGD:singapore NZD:new_zealand TWD:taiwan FJD:fiji "
    "DKK:danish,denmark,copenhagen SEK:swed,stockholm NOK:norw,oslo ISK:iceland CZK:czech,prague "
    "ARS:argentin,buenos_aires MXN:mexic CLP:chile COP:colombia PHP:philippin UYU:uruguay UGX:ugand,kampala "
    "KES:keny,nairobi TZS:tanzan PKR:pakistan LKR:sri_lanka SAR:saudi QAR:qatar TND:tunis EGP:egypt"
)
_SHARED = {
    "dollar": "USD HKD AUD CAD SGD NZD TWD FJD",
    "kron": "NOK DKK SEK ISK CZK",
    "crown": "CZK DKK SEK NOK ISK",
    "peso": "MXN ARS CLP COP PHP UYU",
    "shilling": "KES UGX TZS",
    "rupee": "INR PKR LKR",
    "riyal": "SAR QAR",
    "pound": "GBP EGP",
    "dinar": "RSD TND",
}
"""Names that several currencies share: a place named with them, or around, tells which is meant."""

_SYMBOL = re.compile("|".join(re.escape(symbol) for symbol in sorted(_SYMBOLS, key=len, reverse=True)), re.IGNORECASE)
_CODE = re.compile(r"(?<![A-Z])[A-Z]{3}(?![A-Z])")
_WORD = re.compile(r"[^\W\d_]+")
_HUNDREDTHS = frozenset({"cent", "penny", "pence"})
_PENCE = re.compile(r"\dp\b")
_PLACE = re.compile("|".join(map(re.escape, _PLACES)))
_ONE = re.compile(r"an? ", re.IGNORECASE)
_TO = re.compile(r"\s?(?:-|\u2013|to|and|or)\s?[^\w\s]{0,2}(?:[A-Z]{1,3}\$?)?\s?")
_NEAR, _FAR = 40, 2000  # characters around a mention that are looked at
_LONG = 200  # characters; no mention of an amount is longer


def money(text: str, *, before: str = "", after: str = "") -> str | None:
    """The amount that `text` names, as "EUR 4.99" or "USD 750000000-1000000000"; None where there is no number.

    `before` and `after`, what stands around it, tell the currency where the mention does not ("a billion", "kroner").
    Without any currency the number stands alone.
    """
    text = text[:_LONG]
    first = number(text) or (Number(Decimal(1), 0, 0) if _ONE.match(text) else None)
    if first is None:
        return None
    code, cents = _currency(text, before, after)
    low, high = first.value, _upper(text, first)
    if high is not None and high > low:
        if low < high / 1000 and first.end - first.start <= 4:  # noqa: PLR2004 - "$7 to 9 billion"
            low *= Decimal(10) ** (high.adjusted() // 3 * 3)
        amount = f"{plain(low)}-{plain(high)}"
    else:
        amount = plain(low / 100 if cents else low)
    return f"{code} {amount}" if code else amount


def _upper(text: str, first: Number) -> Decimal | None:
    link = _TO.match(text, first.end)
    second = number(text, link.end()) if link else None
    return second.value if second and link and second.start == link.end() else None


def _currency(text: str, before: str, after: str) -> tuple[str | None, bool]:
    """The code, and whether the amount is in hundredths."""
    around = f"{before[-_FAR:]} {after[:_NEAR]} {text}".lower()
    if code := next((code for code in _CODE.findall(text) if code in _CODES), None):
        return code, False
    if names := _names(text):
        whole = [name for name in names if name not in _HUNDREDTHS]
        return _shared((whole or names)[0], around), len(whole) < len(names)
    if _PENCE.search(text):
        return "GBP", True
    if code := _symbol(text):
        return code, False
    follower = _names(after[:_NEAR].strip().partition(" ")[0])
    earlier = [_NAMES[name] for name in _names(before[-_FAR:]) if len(name) > 3]  # noqa: PLR2004 - not "won", "sol"
    code = _shared(follower[0], around) if follower else _symbol(before[-_FAR:]) or (earlier[-1] if earlier else None)
    return code or _symbol(after[:_FAR]), False


def _names(text: str) -> list[str]:
    """The names of currencies in the text, singular."""
    words = _WORD.findall(text.lower())
    return [
        word if word in _NAMES else word[:-1] for word in words if word in _NAMES or word.removesuffix("s") in _NAMES
    ]


def _symbol(text: str) -> str | None:
    """The last symbol or code that stands next to a number."""
    found = None
    for match in _SYMBOL.finditer(text):
        letters = match[0][0].isalpha()
        alone = (
            not text[match.start() - 1 : match.start()].isalpha() and not text[match.end() : match.end() + 1].isalpha()
        )
        digit = text[match.end() : match.end() + 2].strip()[:1].isdigit()
        if not letters or (alone and digit and match[0][0].isupper()):
            found = _SYMBOLS[match[0].upper()]
    return found


def _shared(name: str, around: str) -> str:
    codes = next((codes.split() for stem, codes in _SHARED.items() if name.startswith(stem)), [])
    places = [_PLACES[match[0]] for match in _PLACE.finditer(around)]
    return next((code for code in reversed(places) if code in codes), _NAMES[name])
