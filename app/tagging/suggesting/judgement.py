"""Words that judge: what speaks for a choice and what speaks against it, whatever it is. Pure.

Written for this product from what people say of things they chose or did not choose. Kept apart
from the reasons: 'easier' says which way a sentence speaks, not what it is about.
"""

from __future__ import annotations

from functools import lru_cache
from math import log1p

from app.tagging.suggesting.words import denies, stem, tokens

_FOR = {
    "en": """easy easier easily simple simpler simplicity fast faster quick quickly efficient
        flexible flexibility reuse reusable clean cleaner clear clearer consistent consistency
        support supported supports standard maintainable readable robust safe safer secure stable
        mature popular familiar known intuitive native available free open automatic automatically
        allow allows enable enables provide provides reduce reduces avoid avoids minimal
        lightweight less fewer better best good great well nice improve improves existing already
        compatible scalable straightforward single together powerful full fully explicit
        separation testable""",
    "de": """einfach einfacher leicht schnell schneller günstig günstiger gut besser beste stabil
        sicher zuverlässig flexibel klar übersichtlich vertraut bewährt passend überzeugt
        hilfreich freundlich angenehm""",
    "fr": """simple facile rapide meilleur bon bonne fiable stable clair souple sûr efficace
        pratique convaincant agréable""",
    "es": """sencillo fácil rápido mejor bueno buena fiable estable claro flexible seguro eficaz
        práctico convincente agradable""",
}
_AGAINST = {
    "en": """require requires required need needs must extra additional more complex complexity
        complicated difficult harder hard hardly slow slower expensive cost costs costly overhead
        effort work maintenance maintain break breaking breaks bug bugs error errors issue issues
        problem problems limited limitation limitations lack lacks missing unable cannot confusing
        confusion unclear unknown duplicate duplication duplicated verbose boilerplate manual
        manually risk risky dependency dependencies old outdated deprecated unmaintained worse bad
        poor loss lose lost fail fails failure inconsistent coupling coupled learning steep too
        only still yet another many increase increases unfamiliar cumbersome heavy bloat ugly hack
        workaround unnecessary however conflict conflicts hidden difficulty tight wrong
        depends""",
    "de": """teuer teurer kompliziert schwierig langsam fehler problem probleme mangel umständlich
        aufwand aufwendig riskant risiko schlecht schlechter veraltet unklar fehlt fehlend
        enttäuscht leider zu""",
    "fr": """cher chère complexe compliqué difficile lent erreur problème manque risque mauvais
        pire obsolète trop malheureusement""",
    "es": """caro cara complejo complicado difícil lento error problema falta riesgo malo peor
        anticuado demasiado""",
}
FEATURES = 6


def leanings(text: str) -> tuple[float, ...]:
    """How much speaks for, how much against (a denied word the other way round); which is more;
    which comes first."""
    good = bad = first = 0
    denied = False
    for token in tokens(text):
        if not token[0].isalnum():
            denied = False
            continue
        leaning = -_leaning(token) if denied else _leaning(token)
        good += leaning > 0
        bad += leaning < 0
        first = first or leaning
        denied = denied or denies(token)
    signs = (good > bad, bad > good, first > 0, first < 0)
    return (log1p(good), log1p(bad), *map(float, signs))


def leaning(text: str) -> int:
    """1 where more speaks for than against, -1 where less, 0 where it is even or nothing does."""
    good, bad, *_ = leanings(text)
    return int(good > bad) - int(bad > good)


def words_that_judge() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Those that speak for and those that speak against, by language."""
    return _listed(_FOR), _listed(_AGAINST)


def _listed(words: dict[str, str]) -> dict[str, list[str]]:
    return {language: some.split() for language, some in words.items()}


@lru_cache(maxsize=100_000)
def _leaning(word: str) -> int:
    """1 where it speaks for, -1 against, 0 neither; the first language that knows it decides."""
    for language, (good, bad) in _stems().items():
        stemmed = stem(word, language)
        if stemmed in good or stemmed in bad:
            return int(stemmed in good) - int(stemmed in bad)
    return 0


@lru_cache
def _stems() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    return {
        language: (_stemmed(_FOR[language], language), _stemmed(_AGAINST[language], language))
        for language in _FOR
    }


def _stemmed(words: str, language: str) -> frozenset[str]:
    return frozenset(stem(word, language) for word in words.split())
