"""Whether an answer speaks of price, budget or cost, so that the page can ask what lay behind it.

Pure. What counts is data (`TABLE`): the capture page reads the same table while one types
(static/js/price_words.js), so both find the same. Words are runs of letters and digits, whatever
the case.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

#: By language: whole words; beginnings and ends of compound words; and runs of words that are
#: something else, where an asterisk stands for any word.
TABLE: dict[str, dict[str, Any]] = {
    "en": {
        "words": (
            "price prices priced pricing pricey pricier priciest overpriced underpriced "
            "budget budgets budgeted budgeting budgetary cost costs costed costing costings "
            "costly costlier costliest expensive inexpensive expense expenses cheap cheaper "
            "cheapest afford affords afforded affordable unaffordable affordability discount "
            "discounts discounted discounting fee fees"
        ),
        "beginnings": "",
        "ends": "",
        "other": (
            "cost centre|cost centres|cost center|cost centers|at all costs|at any cost|"
            "at any price|cost accounting|cost accountant|cost accountants|"
            "cost * * job|cost * * jobs|cost * time|cost * sleep|cost * nerves|cost * trust|"
            "cost * * sleep|cost * * nerves|cost * * trust|cost * * time|"
            "cost * a day|cost * a week|cost * a month|cost * a year|cost * an hour|"
            "cost * a customer|cost * days|cost * weeks|cost * months|cost * hours|"
            "cost * * days|cost * * weeks|cost * * months|cost * * hours|"
            "costs * time|costs * sleep|costs * nerves|costs * a day|costs * a week|"
            "costs * a month|costs * an hour|costs * days|costs * weeks|costs * hours|"
            "costs * * days|costs * * weeks|costs * * months|costs * * hours"
        ),
    },
    "de": {
        "words": (
            "kostet kostete kosteten gekostet teuer teure teuren teurem teurer teures teuerste "
            "teuersten überteuert überteuerte billig billige billigen billiger billigste "
            "billigsten günstiger günstigere günstigeren günstigste günstigsten preiswert "
            "preiswerte preiswerter rabatt rabatte rabatten kostenlos gebühr gebühren "
            "leisten erschwinglich"
        ),
        "beginnings": "preis kosten budget rabatt",
        "ends": "preis preise preisen preises kosten budget budgets gebühr gebühren",
        "other": (
            "preisgeben|preisgibt|preisgegeben|preisgab|preisträger|preisträgerin|preisverleihung|"
            "preisrichter|preisausschreiben|nobelpreis|kostenstelle|kostenstellen|"
            "kostenrechnung|kostenträger|um jeden preis|kosten * zeit|kostet * zeit|"
            "kostete * zeit|kostet * nerven|kostete * nerven|kostete * einen tag|"
            "kostet * einen tag|* zeit gekostet|* nerven gekostet|einen tag gekostet|"
            "eine woche gekostet|dienst leisten|dienste leisten|hilfe leisten|"
            "widerstand leisten|beitrag leisten|unterstützung leisten|arbeit leisten"
        ),
    },
    "fr": {
        "words": (
            "prix coût coûts cout couts coûte coûtent coûtait coûtaient coûter coûté coûtera "
            "coûteux coûteuse coûteuses budget budgets budgétaire budgétaires budgété cher chère "
            "chers chères tarif tarifs tarifaire tarifaires tarification remise remises rabais "
            "onéreux onéreuse abordable abordables"
        ),
        "beginnings": "",
        "ends": "",
        "other": (
            "centre de coût|centre de coûts|centres de coût|centres de coûts|à tout prix|"
            "grand prix|prix nobel|coûte que coûte|cher monsieur|chère madame|chers collègues"
        ),
    },
    "es": {
        "words": (
            "precio precios coste costes costo costos cuesta cuestan costó costaba costaban "
            "costar costaría costoso costosa costosos costosas presupuesto presupuestos "
            "presupuestario presupuestaria presupuestal caro cara caros caras carísimo carísima "
            "barato barata baratos baratas tarifa tarifas descuento descuentos asequible asequibles"
        ),
        "beginnings": "",
        "ends": "",
        "other": (
            "centro de coste|centro de costes|centro de costos|centros de coste|"
            "centros de costes|centros de costos|a toda costa|a cualquier precio|cara a cara|"
            "cara a|de cara a|cuesta creer|cuesta trabajo"
        ),
    },
}

_WORD = re.compile(r"[^\W_]+")


def speaks_of_price(text: str) -> bool:
    """Whether the words say price, budget or cost, in one of the languages of the table."""
    words = _WORD.findall(unicodedata.normalize("NFC", text).lower())
    return any(
        _is_price(word, language) and not _is_something_else(words, at, language)
        for at, word in enumerate(words)
        for language in _LANGUAGES
    )


class _Language:
    """One language of the table, read once."""

    def __init__(self, entry: dict[str, Any]) -> None:
        self.words = frozenset(entry["words"].split())
        self.beginnings = tuple(entry["beginnings"].split())
        self.ends = tuple(entry["ends"].split())
        self.other = [run.split() for run in entry["other"].split("|")]


_LANGUAGES = [_Language(entry) for entry in TABLE.values()]


def _is_price(word: str, language: _Language) -> bool:
    return (
        word in language.words
        or word.startswith(language.beginnings)
        or word.endswith(language.ends)
    )


def _is_something_else(words: list[str], at: int, language: _Language) -> bool:
    """Whether the word belongs to a run that means something else."""
    return any(
        _fits(run, words[start : start + len(run)])
        for run in language.other
        for start in range(max(at - len(run) + 1, 0), at + 1)
    )


def _fits(run: list[str], words: list[str]) -> bool:
    return len(run) == len(words) and all(
        part in ("*", word) for part, word in zip(run, words, strict=True)
    )
