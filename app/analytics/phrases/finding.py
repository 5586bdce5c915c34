"""Phrases that winning buyers repeat, and no differentiator or reason speaks of. Pure.

NLTK's collocations say which words belong together; how many of the won deals heard have them,
against all others, says whether they are the winners' own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from app.analytics.phrases.small_words import SMALL_WORDS
from app.analytics.stats.association import FALSE_DISCOVERY_RATE, benjamini_hochberg, fisher_p
from app.search.stems import Word, language_of, stem, words

#: A phrase is shown from so many won deals on, of so many accounts: one buyer's saying is none.
WON_DEALS_AT_LEAST = 3
ACCOUNTS_AT_LEAST = 2
#: How far the words must belong together: the likelihood ratio that chance passes once in 100.
BELONGS_FROM = 6.63
#: So many small words may stand between two that belong together: 'filed with the customs'.
_SMALL_BETWEEN = 3
#: Of the quotes that hold a phrase, so many are of one differentiator where it is known.
_COVERED_FROM = 0.5
_ENDS = frozenset(".!?;:\n")
_MOST = 30

Phrase = tuple[str, ...]

RULE = (
    "Two or three words that belong together beyond chance, said by buyers of at least 3 won deals"
    " and 2 accounts, and in a larger share of the won deals heard than of all others heard. Each"
    " deal counts once. 'Winners' own' means that the difference stands after a correction for"
    " all phrases looked at: of those, about one in ten is luck. What a name, another name or a"
    " key word of a differentiator or a reason says already is left out; so is a phrase of whose"
    " quotes half are tagged with one differentiator. Words that buyers allowed to be counted only"
    " take no part."
)


@dataclass(frozen=True, slots=True)
class Said:
    """A confirmed quote: who said it, how their deal ended, and what it is tagged with."""

    quote_id: int
    deal_id: int
    account_id: Hashable
    is_won: bool
    text: str
    differentiators: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase, how often it was said, and in which quotes of which deals."""

    #: Its stems, parted by spaces: the same for every form it comes in.
    key: str
    #: As it was said most often.
    words: str
    #: Other phrases of the same quotes.
    also: tuple[str, ...]
    won_deals: int
    other_deals: int
    quote_ids: tuple[int, ...]
    p: float
    q: float

    @property
    def stands(self) -> bool:
        """Whether it is the winners' own beyond chance, among all phrases looked at."""
        return self.q <= FALSE_DISCOVERY_RATE


@dataclass(frozen=True, slots=True)
class _Read:
    """A quote as stems: sentences of words that carry a subject, each with its place."""

    said: Said
    language: str
    sentences: tuple[tuple[tuple[str, Word], ...], ...]

    def phrases(self) -> Iterator[tuple[Phrase, Word, Word]]:
        """Runs of two and three words that stand close by each other."""
        for sentence in self.sentences:
            for at in range(len(sentence) - 1):
                for length in (2, 3):
                    run = sentence[at : at + length]
                    if len(run) == length and _stand_close(self.said.text, run):
                        yield tuple(each for each, _ in run), run[0][1], run[-1][1]


def find(
    quotes: Sequence[Said],
    *,
    won_heard: int,
    others_heard: int,
    known: Iterable[str] = (),
    names: Iterable[str] = (),
    decided: Collection[str] = (),
) -> list[Found]:
    """The phrases of winning buyers, the surest first, at most 30. Of those that come in the same
    quotes the surest stands for all; where one was decided about (by its key), all were.

    `known` are the words in which differentiators and reasons speak: names, other names, key
    words. `names` are those of companies and products: they are nobody's differentiator. The deals
    heard include those whose buyers said nothing of the sort. Formula: RULE. Source: Dunning 1993
    (belonging together); Fisher 1935 and Benjamini & Hochberg 1995 (winners against the rest).
    """
    read = [_read(quote) for quote in quotes]
    said = _said_in(read)
    covered = _coverage(known, {one.language for one in read})
    proper = {each for name in names for each in _stems(name, "en")}
    often = {phrase: places for phrase, places in said.items() if _is_repeated(places)}
    belonging = _belonging(read, often)
    repeated = {phrase: places for phrase, places in often.items() if phrase in belonging}
    candidates = {
        phrase: places
        for phrase, places in repeated.items()
        if not proper.intersection(phrase)
        and not covered(phrase)
        and not _is_tagged(places)
        and not _is_part(phrase, repeated)
    }
    found = _scored(candidates, won_heard, others_heard)
    # Alike, the longer one and the one that begins earlier says more; candidates are in order.
    found.sort(key=lambda one: (one.p, -one.won_deals, -one.key.count(" ")))
    judged = [_quotes(places) for phrase, places in repeated.items() if " ".join(phrase) in decided]
    return _one_for_all(found, judged)[:_MOST]


def key_of(text: str) -> str:
    """The key of a phrase as a person writes it."""
    folded = words(text)
    return " ".join(_content(folded, language_of([each.text for each in folded])))


@dataclass(frozen=True, slots=True)
class _Place:
    said: Said
    words: str


def _read(said: Said) -> _Read:
    found = words(said.text)
    language = language_of([word.text for word in found])
    small = SMALL_WORDS.get(language, frozenset())
    sentences: list[list[tuple[str, Word]]] = [[]]
    end = 0
    for word in found:
        if _ENDS.intersection(said.text[end : word.start]):
            sentences.append([])
        end = word.end
        if word.text not in small and not word.text.isdigit() and len(word.text) > 1:
            sentences[-1].append((stem(word.text, language), word))
    return _Read(said, language, tuple(map(tuple, sentences)))


def _stand_close(text: str, run: Sequence[tuple[str, Word]]) -> bool:
    return all(
        len(text[left.end : right.start].split()) <= _SMALL_BETWEEN
        and "," not in text[left.end : right.start]
        for (_, left), (_, right) in pairwise(run)
    )


def _said_in(read: Sequence[_Read]) -> dict[Phrase, list[_Place]]:
    """Where each phrase was said, each quote once."""
    places: dict[Phrase, dict[int, _Place]] = defaultdict(dict)
    for one in read:
        for phrase, first, last in one.phrases():
            words_said = one.said.text[first.start : last.end]
            places[phrase].setdefault(one.said.quote_id, _Place(one.said, words_said))
    return {phrase: list(by_quote.values()) for phrase, by_quote in places.items()}


def _belonging(read: Sequence[_Read], phrases: Iterable[Phrase]) -> set[Phrase]:
    """Those whose words stand together more often than chance would put them, by likelihood ratio
    over all the quotes."""
    from nltk.collocations import BigramCollocationFinder, TrigramCollocationFinder
    from nltk.metrics import BigramAssocMeasures, TrigramAssocMeasures

    sentences = [
        [each for each, _ in sentence] for one in read for sentence in one.sentences if sentence
    ]
    if not sentences:
        return set()
    finders: dict[int, tuple[Any, Callable[..., float]]] = {
        2: (
            BigramCollocationFinder.from_documents(sentences),
            BigramAssocMeasures.likelihood_ratio,
        ),
        3: (
            TrigramCollocationFinder.from_documents(sentences),
            TrigramAssocMeasures.likelihood_ratio,
        ),
    }
    found: set[Phrase] = set()
    for phrase in phrases:
        finder, measure = finders[len(phrase)]
        if (finder.score_ngram(measure, *phrase) or 0.0) >= BELONGS_FROM:
            found.add(phrase)
    return found


def _coverage(known: Iterable[str], languages: Collection[str]) -> Callable[[Phrase], bool]:
    """Whether a phrase says what one of these says already: all words of the one are in the
    other."""
    texts = [text for text in known if text.strip()]
    sets = [
        frozenset(content)
        for language in languages
        for text in texts
        if (content := _content(words(text), language))
    ]

    def is_covered(phrase: Phrase) -> bool:
        here = frozenset(phrase)
        return any(one <= here or here <= one for one in sets)

    return is_covered


def _content(found: Sequence[Word], language: str) -> list[str]:
    small = SMALL_WORDS.get(language, frozenset())
    return [stem(word.text, language) for word in found if word.text not in small]


def _stems(text: str, language: str) -> list[str]:
    return [stem(word.text, language) for word in words(text)]


def _is_repeated(places: Sequence[_Place]) -> bool:
    won = [place.said for place in places if place.said.is_won]
    return (
        len({said.deal_id for said in won}) >= WON_DEALS_AT_LEAST
        and len({said.account_id for said in won}) >= ACCOUNTS_AT_LEAST
    )


def _is_tagged(places: Sequence[_Place]) -> bool:
    """Whether one differentiator is named by half of the quotes already."""
    tagged = Counter(one for place in places for one in place.said.differentiators)
    return any(count >= _COVERED_FROM * len(places) for count in tagged.values())


def _one_for_all(found: Sequence[Found], judged: Sequence[set[int]]) -> list[Found]:
    kept: list[Found] = []
    for one in found:
        own = set(one.quote_ids)
        if any(_come_together(own, other) for other in judged):
            continue
        at = next((n for n, k in enumerate(kept) if _come_together(own, set(k.quote_ids))), None)
        if at is None:
            kept.append(one)
        else:
            kept[at] = replace(kept[at], also=(*kept[at].also, one.words))
    return kept


def _come_together(some: set[int], others: set[int]) -> bool:
    return len(some & others) * 2 >= min(len(some), len(others))


def _quotes(places: Sequence[_Place]) -> set[int]:
    return {place.said.quote_id for place in places}


def _is_part(phrase: Phrase, repeated: Mapping[Phrase, list[_Place]]) -> bool:
    """Whether it is part of a longer one said in the same won deals."""
    deals = _won_deals(repeated[phrase])
    return len(phrase) == 2 and any(
        phrase in (other[:2], other[1:]) and _won_deals(places) == deals
        for other, places in repeated.items()
        if len(other) == 3
    )


def _won_deals(places: Sequence[_Place]) -> set[int]:
    return {place.said.deal_id for place in places if place.said.is_won}


def _other_deals(places: Sequence[_Place]) -> set[int]:
    return {place.said.deal_id for place in places if not place.said.is_won}


def _scored(
    candidates: Mapping[Phrase, list[_Place]], won_heard: int, others_heard: int
) -> list[Found]:
    counts = {
        phrase: (len(_won_deals(places)), len(_other_deals(places)))
        for phrase, places in candidates.items()
    }
    winners = {
        phrase: (won, others)
        for phrase, (won, others) in counts.items()
        if won * others_heard > others * won_heard or not others_heard
    }
    p_values = [
        fisher_p(((won, won_heard - won), (others, others_heard - others)))
        for won, others in winners.values()
    ]
    return [
        Found(
            key=" ".join(phrase),
            words=_usual_words(candidates[phrase]),
            also=(),
            won_deals=won,
            other_deals=others,
            quote_ids=tuple(
                place.said.quote_id
                for place in sorted(candidates[phrase], key=lambda one: not one.said.is_won)
            ),
            p=p,
            q=q,
        )
        for (phrase, (won, others)), p, q in zip(
            winners.items(), p_values, benjamini_hochberg(p_values), strict=True
        )
    ]


def _usual_words(places: Sequence[_Place]) -> str:
    said = Counter(" ".join(place.words.casefold().split()) for place in places)
    return min(said, key=lambda each: (-said[each], len(each), each))
