"""Words that judge for the buyer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.guides.linting.hits import Hit, look_up, phrase
from app.guides.linting.lexicon import evaluation, words
from app.guides.linting.lexicon.verbs import FORMS
from app.guides.linting.question import Question

_ONLY_OF_OURS = words(
    """robust transparent competitive comprehensive unique valuable trusted dedicated modern rich
    smart risky steep aggressive unfortunate hostile reliable responsive powerful great
    attractive affordable proven compelling broken rigid endless poor lovely exciting elegant
    clever intuitive old-fashioned manual-heavy inflated useless unstable unnecessary confusing
    impressive super well-known cost-effective unclear generous inadequate unreliable unhelpful"""
)
_PHRASES = phrase(
    r"put(?:ting)? up with",
    r"shrug(?:s|ged|ging)? (?:\w+ ){0,3}off|wav(?:e|es|ed|ing) (?:\w+ ){1,4}through|yet another|"
    r"sw(?:eep|ept) (?:\w+ ){1,4}under|pass(?:ed|ing)? the buck|point(?:ed|ing)? the finger|"
    r"under the bus|bent over backwards|(?:the )?extra mile|pull(?:ed|ing)? strings|"
    r"jump(?:ed|ing)? through hoops|rock bottom|up in arms|at loggerheads|up the wrong way|"
    r"an arm and a leg|second to none|head and shoulders|by a mile|hands down|easy prey|"
    r"paper chase|deaf ears|cold shoulder|short shrift|lip service|smoke and mirrors|snake oil|"
    r"house of cards|time bomb|uphill (?:battle|struggle)|tall order|bitter pill|sour taste|"
    r"bad blood|raw deal|poor excuse|sorry state|good riddance|daylight robbery|dead weight|"
    r"gravy train|own goal|can of worms|kid gloves|thin air|lost cause|lame duck|slap in the face|"
    r"kick in the teeth|last resort|cutting it fine|stab(?:bed)? (?:\w+ )?in the back|two-faced|"
    r"cook(?:ed|ing)? the books|brown-nos\w+|blew (?:it|the)|blow(?:n|ing)? it",
    r"(?:stuck|saddled|burdened|lumbered|stranded|fobbed off|landed) with",
    r"ripped off|pillar to post|straitjacket|strung along|to blame for|lost (?:\w+ )?to (?:their|"
    r"its|the) \w+|"
    r"fob(?:bed|s)? (?:\w+ )?off|sweet-?talk\w*|wriggl\w+ out|claw\w* back|"
    r"down the drain|as so often|yet again|like (?:a|an) (?:beggar|idiot|fool|child|stranger|"
    r"number)|"
    r"(?:kept|left) (?:you )?(?:waiting|hanging|in the (?:dark|lurch|cold|rain))|"
    r"limp(?:ed|ing)? (?:along|on)|scrap(?:ed|ing)? by|muddl\w+ (?:along|through)|"
    r"(?:at|on) your expense|behind (?:your|their|our) backs?|pull\w* the wool|"
    r"(?:get|got|getting) away with|talk(?:ed|ing)? (?:you|them|him|her|the \w+|your \w+) into|"
    r"(?:second|third)-class|half-baked|empty (?:promises|words|talk)|broken promises|"
    r"spiral(?:led|ed|ling|ing)?(?: out of control)?|go(?:ne|es|ing)? off the rails|fell apart|"
    r"let (?:\w+ )?down|dropp?(?:ed)? the ball|turn(?:ed)? a blind eye",
    r"let (?:you|your \w+|them|us) down",
    r"(?:hidden|surprise) (?:fees|costs|charges|extras)",
    r"(?:were|was|been|being|felt|feel|are|get|got) (?:forced|trapped|pressured|pushed|"
    r"tricked|misled|cheated|abandoned|bullied|strong-armed|locked|dragged|railroaded|"
    r"cornered|burned|burnt)",
    r"(?:forced|forcing|forces|pushed|compelled|obliged|drove|driven|pressured|"
    r"dragged) (?:you|your \w+|them|people|everyone|the team)",
    r"drag(?:ged|ging)? (?:its|their|your|our|his|her) (?:feet|heels)",
    r"fail(?:ed|ing|s|ure)? to",
    r"refus(?:e|ed|ing) to",
    r"waste of",
    r"wast(?:ed|ing|e)",
    r"such an? (?:easy|hard|big|bad|good|long|short|high|low|strong|poor|tough|quick|slow|"
    r"difficult|huge|massive|pain|hurry|rush)",
    r"black hole|throw\w* away|fall for|fell for|free of (?:them|it)|money down the drain",
    r"th[ae]n (?:it|they|we|you) should(?: have)?",
    r"lack of (?!time\b)",
    r"sheer",
    r"mere",
    r"so-called",
    r"constant(?:ly)? \w+",
    r"endless",
    r"same old",
    r"red tape",
    r"cut(?:ting)? corners|(?:which|what|whose) corners",
    r"messed up",
    r"screwed up",
    r"fed up",
    r"sick of",
    r"pain points?|fine print|rush job|held hostage|dre[ae]mt? up|trip(?:ped)? you up|"
    r"cave(?:d)? in|chicken(?:ed)? out|in the arms of|at the mercy of|wild goose chase|"
    r"too little too late",
    r"plagued",
    r"bloody",
    r"damn",
    r"way too",
    r"far too",
    r"all too",
    r"much too",
    r"a fortune",
    r"through the roof",
    r"the hard way",
    r"no-brainer",
    r"peace of mind",
    r"breath of fresh air",
    r"blown away",
)
_GENERIC = re.compile(
    r"\b(?:look|looks|looked|looking) like\b|\bmean(?:s|t)?\b|\bmakes?\b|\bdefine\b|"
    r"\bcounts? as\b|\btell (?:a|an|one|the|good)\b|\brecogni[sz]e\b|\bwould (?:a|an)\b"
)
_ALL = evaluation.LOADED_BAD | evaluation.LOADED_GOOD


def loaded(question: Question, kind: str | None) -> Iterator[Hit]:
    """Yield the first word that judges, unless it is the buyer's own or nobody's."""
    low, tags = question.low, question.tags
    first, after = _buyers_own(question)
    for at, word in enumerate(low):
        tag = tags[at]
        if tag in "QK" or first <= at < after or word in low[first:after]:
            continue
        if question.hedged and not _OF_A_THING.match(tags, at + 1):
            continue
        if word in _ALL and not _innocent(question, at, word):
            yield Hit("loaded", at, at)
            return
        if tag == "X" and word.endswith("ly") and _stem(word) in _ALL - _ONLY_OF_OURS:
            yield Hit("loaded", at, at)
            return
        if word in evaluation.LOADED_NOUNS and tag in "NJ":
            yield Hit("loaded", at, at)
            return
        if tag in "VG" and FORMS.get(word, (word,))[0] in evaluation.LOADED_VERBS:
            yield Hit("loaded", at, at)
            return
    if not question.hedged and first == after:
        yield from look_up(question, _PHRASES, "loaded")


_OF_A_THING = re.compile("[JUX]?[NKG]")
"""'What, if anything, was painful' leaves room; 'in our superb training' does not."""
_BUYERS_WORD = re.compile(
    r"(?<! do) you (?:just |have |had |'ve |'d |once |earlier |also )*(?:said|mentioned|"
    r"described|called|wrote|told|used|put it|spoke|say)\b"
)
_BUYERS_QUOTE = re.compile(
    r"\b(?:call|called|describe|described|word|words|term|phrase)\b.* (?:as )?_"
)


def _stem(adverb: str) -> str:
    """Return the adjective of an adverb: unfairly, messily, heroically."""
    if adverb.endswith("ically"):
        return adverb[:-4]
    return adverb[:-3] + "y" if adverb.endswith("ily") else adverb[:-2]


def _buyers_own(question: Question) -> tuple[int, int]:
    """Return the sentence that hands back the buyer's words, empty where none does."""
    match = _BUYERS_WORD.search(question.spaced)
    if match is None and "Q" in question.tags:
        match = _BUYERS_QUOTE.search(question.line)
    if match is None:
        return 0, 0
    at = question.word_at(match.start())
    return next((span for span in question.sentences if span[0] <= at < span[1]), (0, 0))


def _is_one_of_two(low: list[str], at: int, word: str) -> bool:
    """'Fair or unfair', 'reasonable or not': both ends are offered."""
    neighbours = low[max(at - 2, 0) : at + 3]
    if "or" not in neighbours and "and" not in neighbours:
        return False
    return any(
        other != word and (other in _BOTH_ENDS or other == word.removeprefix("un"))
        for other in neighbours
    )


_BOTH_ENDS = words("not good bad fair clear simple easy strong weak helpful cheap fast slow")


def _innocent(question: Question, at: int, word: str) -> bool:
    """Say whether a judging word judges nothing here: a kind of thing, or a thing of ours only."""
    low = question.low
    before = low[at - 1] if at else ""
    following = low[at + 1] if at + 1 < len(low) else ""
    if word in ("great", "good") and following in ("deal", "many", "britain", "lakes", "lengths"):
        return True
    if before in ("a", "an", "most", "more", "least", "less") and _GENERIC.search(question.line):
        return True
    if _is_one_of_two(low, at, word):
        return True
    if word in _ONLY_OF_OURS:
        return not (
            before
            in (
                "our",
                "your",
                "their",
                "such",
                "so",
                "how",
                "these",
                "those",
                "that",
                "this",
                "very",
                "too",
            )
            or (at > 1 and low[at - 2] in ("our", "such", "so"))
        )
    return False
