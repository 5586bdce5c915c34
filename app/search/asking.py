"""What somebody typed into the box, read. Pure.

slow support            both words, in whatever form
"did not answer"        the words beside each other
integr*                 words that begin so
-won                    without the word
reason:price            what the programme knows of it; -reason:price for without
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from app.search.stems import LANGUAGES, plain, stem, words

#: What can be asked for by name, with the words of its help.
FILTERS = {
    "reason": "a reason, or a category of the list",
    "competitor": "a competitor named in the quote or met in the deal",
    "differentiator": "one of our differentiators",
    "outcome": 'won, lost, "no decision", renewed or churned',
    "quarter": "when the deal closed, such as 2026Q3",
    "evidence": 'fact, think, feel or "would do"',
    "direction": "for or against",
}
#: A value of each, where one was left out.
_EXAMPLES = {
    "reason": "price",
    "competitor": '"North Star"',
    "differentiator": '"One price"',
    "outcome": "lost",
    "quarter": "2026Q3",
    "evidence": "fact",
    "direction": "against",
}
#: What only a tagged quote has.
OF_TAGS = frozenset({"reason", "differentiator", "evidence", "direction"})
#: What has a word of our own for each of its values, which a person writes with a space.
_OF_OUR_WORDS = frozenset({"outcome", "evidence", "direction"})
#: What the empty page offers to ask.
EXAMPLES = ("slow support", '"did not answer"', "reason:price outcome:lost")
MOST_CHARACTERS = 400

#: As phones and word processors write quotation marks.
_QUOTATION_MARKS = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
#: Of a word, not of a phrase: there it stands as it was said.
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_OPERATORS = ("AND", "OR", "NOT")
_PART = re.compile(
    r"""(?P<minus>-?)
        (?:(?P<name>[A-Za-z]+):)?
        (?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Term:
    """Words beside each other; one word mostly. `is_beginning` is true of the last of them."""

    words: tuple[str, ...]
    is_beginning: bool = False
    is_unwanted: bool = False


@dataclass(frozen=True)
class Filter:
    name: str
    value: str
    is_unwanted: bool = False


@dataclass(frozen=True)
class Asked:
    """What is looked for. `unknown` holds names before a colon that are no filter's: they were
    taken for words. `without_value` holds filters with nothing behind the colon, `operators` the
    words of other search boxes that are only words here."""

    terms: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()
    unknown: tuple[str, ...] = ()
    without_value: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms or self.filters)

    @property
    def wanted(self) -> list[Term]:
        return [term for term in self.terms if not term.is_unwanted]

    @property
    def unwanted(self) -> list[Term]:
        return [term for term in self.terms if term.is_unwanted]

    @property
    def remarks(self) -> list[str]:
        """What was taken otherwise than it may have been meant, for whoever typed it."""
        return [
            *map(_unknown, dict.fromkeys(self.unknown)),
            *map(_without_value, dict.fromkeys(self.without_value)),
            *map(_operator, dict.fromkeys(self.operators)),
        ]

    @property
    def asks_for_tags(self) -> bool:
        """Whether only quotes can answer."""
        return any(each.name in OF_TAGS for each in self.filters)


def _unknown(name: str) -> str:
    near = get_close_matches(name, FILTERS, n=1)
    meant = f"Did you mean ‘{near[0]}:’?" if near else f"You can ask for {', '.join(FILTERS)}."
    return f"‘{name}:’ names nothing that can be asked for, so it was taken as a word. {meant}"


def _without_value(name: str) -> str:
    return f"Write what you look for right behind the colon, as in {name}:{_EXAMPLES[name]}."


def _operator(word: str) -> str:
    return (
        f"‘{word}’ is looked for as a word. All words that you type must be there; -word leaves"
        " one out."
    )


def read(text: str) -> Asked:
    """What was typed; nothing that is typed is an error."""
    terms: list[Term] = []
    filters: list[Filter] = []
    unknown: list[str] = []
    without_value: list[str] = []
    operators: list[str] = []
    for part in _PART.finditer(text[:MOST_CHARACTERS].translate(_QUOTATION_MARKS)):
        name = (part["name"] or "").casefold()
        value = part["phrase"] if part["phrase"] is not None else part["word"]
        is_unwanted = bool(part["minus"])
        if name in FILTERS and value.strip():
            value = value.strip().replace(" ", "_") if name in _OF_OUR_WORDS else value.strip()
            filters.append(Filter(name, value, is_unwanted))
            continue
        if name and name not in FILTERS:
            unknown.append(name)
            value = f"{name} {value}"
        elif name or (value.endswith(":") and value[:-1].casefold() in FILTERS):
            without_value.append(name or value[:-1].casefold())
            continue
        if part["phrase"] is None:
            value = _POSSESSIVE.sub("", value)
            if value in _OPERATORS:
                operators.append(value)
        found = tuple(word.text for word in words(value))
        if found:
            is_beginning = part["phrase"] is None and value.endswith("*")
            terms.append(Term(found, is_beginning, is_unwanted))
    return Asked(
        tuple(terms), tuple(filters), tuple(unknown), tuple(without_value), tuple(operators)
    )


@dataclass(frozen=True)
class Sequence:
    """Stems beside each other; of a beginning there is one, and longer ones answer too."""

    stems: tuple[str, ...]
    is_beginning: bool = False


def sequences(term: Term) -> list[Sequence]:
    """What answers the term: one sequence a language, for nobody says which one is typed."""
    found = [Sequence(tuple(stem(word, each) for word in term.words)) for each in LANGUAGES]
    if term.is_beginning and len(term.words) == 1:
        found.append(Sequence((plain(term.words[0]),), is_beginning=True))
    return list(dict.fromkeys(found))


def is_marked(word: str, terms: Iterable[Term]) -> bool:
    """Whether a folded word of a text answers one of the terms."""
    return any(_answers(word, term) for term in terms)


def _answers(word: str, term: Term) -> bool:
    if term.is_beginning and word.startswith(term.words[-1]):
        return True
    return any(stem(word, each) == stem(one, each) for one in term.words for each in LANGUAGES)
