"""Which names were said, and where. Pure: words in, mentions out; a person decides about each.

The capture page does a little of it while one types: static/js/capture/features/mentions.js.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.market.ordinary_words import DAYS, ORDINARY, set_of

#: Up to this length a name in capitals is taken as written: 'IT' is not 'it'.
_SHORT = 4
#: From this length on a name is known with one slip of the finger, or written as two words.
_LONG = 7
#: From this length on a name is known with the endings that languages give to names.
_INFLECTS = 4
#: Genitives, plurals and cases of names, as German, Dutch, Czech, Polish, Finnish and Hungarian
#: write them; after an apostrophe anything short is an ending.
_ENDINGS = set_of(
    "s es n en e a u y em om ie ou ovi in lla llä lle lta ltä ssa ssä sta stä ban ben nak nek"
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]{1,4}(?!\w))?")
_GAP = re.compile(r"[\s\-‐–&+,.'’/]{0,3}")
_SENTENCE_ENDS = re.compile(r"[.!?]\s")
_CLOSE = re.compile(r"[\s\-‐–]?")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

#: What stands before a thing, and not before a company.
_BEFORE_A_THING = set_of(
    "a an any each every no some such these those several many few ein eine einen einem keine"
    " jede jeder une aucune chaque una cada ninguna"
)
_BEFORE_A_DAY = set_of(
    "on by next last this until since every from for till early late in mid end of am im bis"
)
_AFTER_A_DAY = set_of("morning afternoon evening night")
_AFTER_A_THING = set_of("of that")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name that was said, by its key: code points [start, end) of the text."""

    key: str
    start: int
    end: int
    #: Spelt with a slip: probably this name.
    is_slip: bool = False


@dataclass(frozen=True, slots=True)
class _Name:
    """A name as it is looked for: folded, without spaces and signs."""

    key: str
    written: str
    parts: tuple[str, ...]

    @property
    def joined(self) -> str:
        return "".join(self.parts)


@dataclass(frozen=True, slots=True)
class _Word:
    written: str
    start: int
    end: int
    folded: str
    #: Folded, without an ending behind an apostrophe.
    bare: str

    @classmethod
    def of(cls, match: re.Match[str]) -> _Word:
        folded = fold(match[0])
        return cls(match[0], *match.span(), folded, re.split("['’]", folded)[0])


def mentions(text: str, names: Mapping[str, Sequence[str]]) -> list[Mention]:
    """The mentions of these names and aliases (key -> spellings), in the order they were said.

    Whole words, inflected or possessive too; a name of seven letters or more also with one letter
    wrong, missing, too many or swapped with its neighbour. Where one name holds another, the
    longer one was said. A name that is an everyday word counts only where it is written as a name.
    """
    known = [
        _Name(key, spelling, parts)
        for key, spellings in names.items()
        for spelling in spellings
        if (parts := _parts(spelling))
    ]
    if not known:
        return []
    words = [_Word.of(match) for match in _WORD.finditer(text)]
    candidates = [*_as_spelt(text, words, known), *_slips(words, known)]
    candidates.sort(key=lambda one: (one.is_slip, -(one.end - one.start), one.start))
    kept: list[Mention] = []
    for one in candidates:
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def mentioned(text: str, names: Mapping[str, Sequence[str]]) -> list[str]:
    """The keys whose names were said, in the order of their first mention."""
    return list(dict.fromkeys(one.key for one in mentions(text, names)))


def is_everyday_word(name: str) -> bool:
    """Whether the name is a word that people say without meaning anybody."""
    return fold(name) in ORDINARY or fold(name) in DAYS


def fold(text: str) -> str:
    """Without case and accents: 'Über' as 'uber'."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _parts(spelling: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in re.findall(r"[^\W_]+", spelling))


def _as_spelt(text: str, words: Sequence[_Word], names: Sequence[_Name]) -> Iterator[Mention]:
    places: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(words):
        places[word.folded[:1]].append(at)
    for name in names:
        if _UNSPACED.search(name.written):
            for found in re.finditer(re.escape(name.written), text):
                yield Mention(name.key, *found.span())
            continue
        for count in _word_counts(name):
            for at in places[name.joined[0]]:
                window = words[at : at + count]
                if len(window) < count:
                    continue
                if _is_spelt(text, window, name) and _means_it(text, words, at, count, name):
                    yield Mention(name.key, window[0].start, window[-1].end)


def _word_counts(name: _Name) -> list[int]:
    """In how many words a name may come: 'Portbridge' in two, 'Port Bridge' in one."""
    usual = len(name.parts)
    if len(name.joined) < _LONG:
        return [usual]
    return [usual, *({usual - 1, usual + 1} - {0})]


def _is_spelt(text: str, window: Sequence[_Word], name: _Name) -> bool:
    *before, last = window
    head = "".join(word.folded for word in before)
    if not name.joined.startswith(head):
        return False
    if last.folded != (rest := name.joined[len(head) :]) and not _is_inflected(last, rest):
        return False
    allowed = _GAP if len(window) == len(name.parts) else _CLOSE
    return _sign_follows(text, last, name) and all(
        allowed.fullmatch(text, left.end, right.start)
        and not _SENTENCE_ENDS.search(text, left.end, right.start)
        for left, right in pairwise(window)
    )


def _is_inflected(word: _Word, name: str) -> bool:
    """Whether the word is this name with an ending. Without a capital only an s is one."""
    bare = word.bare
    if bare == name:
        return True
    if len(name) < _INFLECTS or not bare.startswith(name) or name in ORDINARY or name in DAYS:
        return False
    ending = bare[len(name) :]
    return ending == "s" or (word.written[0].isupper() and ending in _ENDINGS)


def _sign_follows(text: str, last: _Word, name: _Name) -> bool:
    """'C++' is not C: the signs at the end of a short name belong to it."""
    if len(name.joined) >= _SHORT:
        return True
    signs = re.split(r"[^\W_]", name.written)[-1].strip()
    return text.startswith(signs, last.end)


def _means_it(text: str, words: Sequence[_Word], at: int, count: int, name: _Name) -> bool:
    """Whether the words are written as a name, where they could be everyday words."""
    if len(name.joined) <= _SHORT and name.written.isupper():
        return text.startswith(name.written, words[at].start)
    if count > 1 or len(name.parts) > 1:
        return True
    word, before, after = words[at], _word_at(words, at - 1), _word_at(words, at + 1)
    if name.joined in DAYS and (before in _BEFORE_A_DAY or after in _AFTER_A_DAY):
        return False
    is_small = word.written[0].islower() and name.written[0].isupper()
    if is_small and (before in _BEFORE_A_THING or is_everyday_word(name.written)):
        return False
    is_thing = after in _AFTER_A_THING and text[word.end : words[at + 1].start].isspace()
    return not (is_thing and is_everyday_word(name.written))


def _word_at(words: Sequence[_Word], at: int) -> str:
    return words[at].folded if 0 <= at < len(words) else ""


def _slips(words: Sequence[_Word], names: Sequence[_Name]) -> Iterator[Mention]:
    """One letter off, in a long name: its other words stand as they are spelt."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(words):
        places[word.bare].append(at)
    for name in names:
        if len(name.joined) < _LONG or not name.joined.isalpha():
            continue
        for number, part in enumerate(name.parts):
            for said in _one_off(part, places):
                for at in places[said]:
                    start = at - number
                    window = words[start : start + len(name.parts)] if start >= 0 else []
                    bare = [word.bare for word in window]
                    if bare[:number] + bare[number + 1 :] == _others(name, number):
                        yield Mention(name.key, window[0].start, window[-1].end, is_slip=True)


def _others(name: _Name, number: int) -> list[str]:
    return [*name.parts[:number], *name.parts[number + 1 :]]


def _one_off(meant: str, said: Iterable[str]) -> list[str]:
    """Of the words said, those that are this one but for a slip."""
    near = range(len(meant) - 1, len(meant) + 3)
    return [each for each in said if len(each) in near and _is_one_slip(each, meant)]


def _is_one_slip(said: str, meant: str) -> bool:
    if len(meant) < _INFLECTS or said in ORDINARY or said in DAYS:
        return False
    return any(_is_one_off(form, meant) for form in (said, said.removesuffix("s")))


def _is_one_off(one: str, other: str) -> bool:
    """One letter wrong, missing, too many, or swapped with its neighbour (Damerau)."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return True
    a, b = one[start:], other[start:]
    swapped = len(a) > 1 and a[:2] == b[1::-1] and a[2:] == b[2:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or swapped
