"""A question as words with their places, and what part each word plays.

Every word has a tag of one letter, so that the tags of a question are a string, and the shape of
a clause a regular expression on it:

W wh-word, D do, B be, H have, M modal, T not, V verb, G -ing form, P pronoun, O possessive,
A determiner, N noun, K name, Q words in quotation marks, J adjective, X adverb, U number,
R preposition, C and/or/but, S subordinator, t 'to', ' possessive 's, and the punctuation
, . ? - ( )
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.guides.linting.lexicon import grammar
from app.guides.linting.lexicon.evaluation import ADJECTIVES
from app.guides.linting.lexicon.verbs import AMBIGUOUS, FORMS

_TOKEN = re.compile(
    r"""(?P<word>[^\W_]+(?:(?:['’.&/-]|\.)[^\W_]+)*|\[[^\]\n]{1,60}\]|\{[^}\n]{1,60}\})"""
    r"""|(?P<mark>[?!.,;:()"“”„«»'‘’]|[-–—]+|…)|(?P<other>\S)"""
)
_CLITIC = re.compile(r"(.+?)(n['’]t|['’](?:s|d|ll|ve|re|m))\Z", re.IGNORECASE)
_MARKS = {"?": "?", ".": ".", "!": ".", "…": ".", ",": ",", ";": ",", ":": ",", "(": "(", ")": ")"}
_ABBREVIATIONS = {
    "e.g",
    "i.e",
    "etc",
    "vs",
    "mr",
    "mrs",
    "ms",
    "dr",
    "inc",
    "ltd",
    "approx",
    "incl",
}
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "'": "'", "‘": "’"}
_LONGEST_QUOTE = 30


def _fixed_tags() -> dict[str, str]:
    tags: dict[str, str] = {}
    for tag, members in (
        ("J", ADJECTIVES),
        ("X", grammar.ADVERBS),
        ("R", grammar.PREPOSITIONS),
        ("A", grammar.DETERMINERS),
        ("P", grammar.PRONOUNS),
        ("O", grammar.POSSESSIVES),
        ("S", grammar.SUBORDINATORS),
        ("C", grammar.COORDINATORS),
        ("M", grammar.MODALS),
        ("H", grammar.HAVE),
        ("B", grammar.BE),
        ("D", grammar.DO),
        ("W", grammar.WH),
        ("T", grammar.NOT),
    ):
        tags.update(dict.fromkeys(members, tag))
    return tags | {"to": "t", "'ve": "H"}


_FIXED = _fixed_tags()
_OPENS_NOUN = frozenset("AOJR'U")
_BEFORE_VERB = frozenset("PtMTX")
_ADJECTIVE_TOO = frozenset(
    ("last", "first", "best", "worst", "better", "worse", "most", "least", "early", "only", "next")
)
_OF_A_LIKING = frozenset(("about", "most", "best", "least", "better", "more", "less"))
_STANDS_ALONE = frozenset(("this", "that", "these", "those", "some", "all", "each", "both", "many"))
_ENDS_NOUN = frozenset("NKQP)U")


@dataclass(slots=True)
class Words:
    """The words of a text: lower-case, with their spans and tags, one entry each."""

    text: str
    low: list[str]
    start: list[int]
    end: list[int]
    tags: str

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the place in the text of the words from first to last, both included."""
        return self.start[first], self.end[last]

    def said(self, first: int, after: int) -> str:
        """Return the words from first up to, not including, `after`, as one lower-case string."""
        return " ".join(self.low[first:after])


def read_words(text: str) -> Words:
    """Cut a text into words and tag them."""
    low: list[str] = []
    raw: list[str] = []
    start: list[int] = []
    end: list[int] = []
    kinds: list[str] = []

    def add(word: str, at: int, kind: str) -> None:
        raw.append(word)
        plain = word.lower().replace("’", "'")
        low.append(grammar.TYPED_SHORT.get(plain, plain))
        start.append(at)
        end.append(at + len(word))
        kinds.append(kind)

    for match in _TOKEN.finditer(text):
        word, at, kind = match.group(), match.start(), match.lastgroup or "other"
        if kind == "word" and ("'" in word or "’" in word) and (clitic := _CLITIC.match(word)):
            add(clitic[1], at, kind)
            add(clitic[2], at + len(clitic[1]), kind)
        else:
            add(word, at, kind)
    tags = _tagged(low, raw, kinds, text, start)
    return Words(text, low, start, end, tags)


def _tagged(low: list[str], raw: list[str], kinds: list[str], text: str, start: list[int]) -> str:
    quoted = _quoted(raw, kinds, text, start)
    tags: list[str] = []
    pending = False
    for at, word in enumerate(low):
        if at in quoted:
            tag = "Q"
        elif kinds[at] != "word":
            tag = _mark(word, low, at)
            if tag in ".?,":
                pending = False
        else:
            before = tags[-1] if tags else "."
            tag = _tag(word, raw[at], before, pending, low, at, tags)
            if tag in "DM":
                pending = True
            elif tag == "V":
                pending = False
        tags.append(tag)
    return "".join(tags)


def _mark(word: str, low: list[str], at: int) -> str:
    if word[0] in "-–—":
        return "-"
    if word == "." and at and low[at - 1] in _ABBREVIATIONS and at + 1 < len(low):
        return ","
    return _MARKS.get(word, '"')


def _tag(
    word: str, raw: str, before: str, pending: bool, low: list[str], at: int, tags: list[str]
) -> str:
    """Return the tag of a word from what it can be and what stands before it."""
    if word[0] in "[{":
        return "N"
    if word == "'s":
        return "B" if before in "PW" or low[at - 1] in ("that", "there", "here") else "'"
    fixed = _FIXED.get(word)
    named = fixed in ("J", "X") and raw[0].isupper() and not raw.isupper() and before not in ".?"
    if fixed and not (named and low[at - 1] not in grammar.NEUTRAL_OPENERS):
        return _settled(word, fixed, raw, before, pending, low, at)
    opens = before in ".?"
    if raw[0].isupper() and not opens and not (at == 1 and low[0] in grammar.NEUTRAL_OPENERS):
        return "K"
    form = FORMS.get(word)
    if form:
        return _verbal(word, form, before, pending, low, at)
    if word[0].isdigit():
        return "U"
    if pending and before == "P" and low[at - 1] in grammar.SUBJECT_PRONOUNS:
        return "X" if word.endswith("ly") else "V"
    if word.endswith("ly") and len(word) > 4:
        return "X"
    if word.endswith("ing") and len(word) > 5:
        return "G"
    if word.endswith("ed") and len(word) > 4:
        return "J" if before in _OPENS_NOUN else "V"
    if len(word) > 5 and word.endswith(
        ("ful", "ous", "able", "ible", "ive", "less", "ish", "ic", "ical", "ary")
    ):
        return "J"
    return "V" if pending and before in "NKP" and _opens_object(low, at) else "N"


def _settled(
    word: str, tag: str, raw: str, before: str, pending: bool, low: list[str], at: int
) -> str:
    """Return the tag of a word of a closed class; some belong to two."""
    following = low[at + 1] if at + 1 < len(low) else ""
    if word == "like":
        asked = pending and before in _ENDS_NOUN and following in _OF_A_LIKING
        return "V" if asked or (before in _BEFORE_VERB and before != "X") else "R"
    if raw in ("Will", "May") and before not in ".?,":
        return "K"
    if tag == "X" and before in "AO" and word in _ADJECTIVE_TOO:
        return "J"
    if word in ("will", "must", "might", "may", "can") and before in "AOJ'":
        return "N"
    if word == "us" and raw == "US":
        return "K"
    if raw == "IT":
        return "N"
    if (
        tag == "J"
        and word in FORMS
        and (
            before == "t"
            or (before in "WPNKQH" and following and _FIXED.get(following) in ("P", "O", "A"))
        )
    ):
        return "V"
    if word == "that" and before in "VNKQ" and _FIXED.get(following) in ("P", "A", "O"):
        return "S"
    if word == "well" and before in ".?":
        return "X"
    return tag


def _verbal(
    word: str, form: tuple[str, str], before: str, pending: bool, low: list[str], at: int
) -> str:
    """Return V, G, N or J for a word that can be a verb."""
    base, shape = form
    if shape == "ing":
        return "N" if before in "AOJ'" else "G"
    if shape in ("past", "part"):
        if before in "OJ'" or (before == "A" and low[at - 1] not in _STANDS_ALONE):
            return "J"
        return "N" if word in AMBIGUOUS and before in _OPENS_NOUN else "V"
    if before in "AOJ'":
        return "N"
    if shape == "s":
        if base not in AMBIGUOUS:
            return "V"
        if before == "W" and at + 1 < len(low) and _FIXED.get(low[at + 1], "") in ("M", "D", "H"):
            return "N"
        return "V" if before in "PWX" or (before in "NKQ" and _opens_object(low, at)) else "N"
    if word not in AMBIGUOUS:
        return "N" if before == "R" else "V"
    if before in _BEFORE_VERB:
        return "V"
    if pending and before in _ENDS_NOUN:
        return "V"
    if before == "W" and low[at - 1] == "who":
        return "V"
    if before == "C" and _opens_object(low, at):
        return "V"
    if before in ".?" and at + 1 < len(low) and _opens_object(low, at):
        return "V"
    return "N"


def _opens_object(low: list[str], at: int) -> bool:
    """Say whether what follows a word reads like its object or its preposition."""
    return at + 1 < len(low) and _FIXED.get(low[at + 1], "") in ("P", "A", "O", "t")


def _quoted(raw: list[str], kinds: list[str], text: str, start: list[int]) -> set[int]:
    """Return the places of words, and their marks, that stand in quotation marks."""
    quoted: set[int] = set()
    at = 0
    while at < len(raw):
        closing = _QUOTES.get(raw[at]) if kinds[at] == "mark" else None
        if closing and _opens_quote(text, start[at]):
            for last in range(at + 1, min(len(raw), at + _LONGEST_QUOTE)):
                if raw[last] in (closing, raw[at]) and kinds[last] == "mark" and last > at + 1:
                    quoted.update(range(at, last + 1))
                    at = last
                    break
        at += 1
    return quoted


def _opens_quote(text: str, place: int) -> bool:
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    return not before.isalnum() and not after.isspace()
