"""Currencies: their codes, the signs people write for them, and their smallest units."""

from decimal import ROUND_HALF_UP, Decimal

from app.deals.reading.values import Unreadable

# ISO 4217, by the number of decimals.
_CODES = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN "
    "BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP "
    "GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL "
    "MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK "
    "PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB "
    "TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG",
    3: "BHD IQD JOD KWD LYD OMR TND",
}
_DECIMALS = {code: decimals for decimals, codes in _CODES.items() for code in codes.split()}

_SYMBOLS = {
    "€": "EUR", "£": "GBP", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY", "₪": "ILS",
    "฿": "THB", "₫": "VND", "₴": "UAH", "zł": "PLN", "kč": "CZK", "us$": "USD", "r$": "BRL",
    "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "hk$": "HKD", "nz$": "NZD",
    "s$": "SGD", "mx$": "MXN", "fr": "CHF", "sfr": "CHF", "euro": "EUR",
}  # fmt: skip
# The first is meant unless the file's own currency is another of them.
_SHARED_SYMBOLS = {
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "CLP", "COP", "ARS", "TWD"),
    "¥": ("JPY", "CNY"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
}


def is_currency(code: str) -> bool:
    """Whether this is a code of ISO 4217."""
    return code in _DECIMALS


def minor_units(amount: Decimal, currency: str) -> int:
    """The amount in the currency's smallest unit, rounded half up."""
    factor = 10 ** _DECIMALS[currency]
    return int((amount * factor).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def read_currency(sign: str, currency: str) -> str:
    """The currency that a sign or code beside an amount names; `currency` settles '$' or 'kr'."""
    if is_currency(sign.upper()):
        return sign.upper()
    key = sign.rstrip(".").casefold()
    if key in _SHARED_SYMBOLS:
        shared = _SHARED_SYMBOLS[key]
        return currency if currency in shared else shared[0]
    if key in _SYMBOLS:
        return _SYMBOLS[key]
    raise Unreadable("is not an amount")
