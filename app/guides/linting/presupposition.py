"""What a question takes for granted: that there was something, that it was good or bad, that it
stopped, began, or goes on. Where the thing taken for granted judges, the question leads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.guides.linting import changes
from app.guides.linting.attribution import is_attributed
from app.guides.linting.granted import (
    BY_AN_ACCOUNT,
    JUDGEMENTS,
    JUDGES,
    MOVING,
    blames_or_praises,
    core_of,
    degree,
    effect,
    made_so,
    our_better,
    quantity_gained,
    reason_of_a_judgement,
    the_poor,
)
from app.guides.linting.hits import Hit, look_up, phrase
from app.guides.linting.implied import granted_by_words, in_the_way
from app.guides.linting.judging import judging_word
from app.guides.linting.lexicon import evaluation, people, words
from app.guides.linting.question import Form, Question

_BAD_OR_GOOD_NOUN = evaluation.PROBLEM_NOUNS | evaluation.GAIN_NOUNS
_LIKING = words(
    """love hate adore prefer enjoy appreciate regret resent trust mistrust distrust admire dread
    miss like dislike value"""
) - words("miss")
_FACTIVE = words(
    """realise realize notice discover learn find see recognise recognize understand know admit
    acknowledge accept regret remember forget appreciate"""
)
_OWNING_UP = words("admit confess concede acknowledge")
_COPING = phrase(
    r"(?:cope|coped|coping|put up|live|lived|living) with",
    r"overcome|overcame",
    r"get over",
    r"got over",
    r"manage(?:d)? to",
    r"survive(?:d)?",
    r"recover(?:ed)?",
    r"struggl\w+",
    r"suffer\w*",
    r"endur\w+",
    r"tolerat\w+",
    r"(?:work|worked|working|get|got) a?round|make up for|made up for|come to terms with",
)


_THINK = phrase(*people.THINK_FRAMES)


def presupposition(question: Question, kind: str | None) -> Iterator[Hit]:
    """Yield the first thing taken for granted; 'if anything' leaves room, and clears it."""
    if question.hedged or is_attributed(question, 0, question.main[0]):
        return
    if BY_AN_ACCOUNT.stands_in(question) or _stands_in_a_paper(question):
        return
    if "what" in question.low[1:] and _BOTH_ENDS.search(question.line):
        return
    for look in _LOOKS:
        hit = look(question)
        if hit:
            judges = look in _JUDGING or JUDGES.stands_in(question)
            yield blames_or_praises(question, hit) if judges else hit
            return


_PAPERS = words(
    """report minutes letter case contract tender plan notice form sheet file register statement
    survey audit specification brief protocol record log email mail"""
)
_STATING = words("say name list show state mention record note put give set describe report count")


def _stands_in_a_paper(question: Question) -> bool:
    """Say whether a paper is asked about: 'what problems did the report name'."""
    return (
        question.base(question.verb) in _STATING
        and question.subject[0] > question.wh >= 0
        and not _PAPERS.isdisjoint(question.subject_words)
    )


_BOTH_ENDS = re.compile(
    r"\b(?:good|right|well|worked) (?:and|or) what (?:was |went |did )?(?:bad|wrong|badly|not)\b|"
    r"\band what (?:not|against|less)\b"
)
_BALANCED = (["and", "dislike"], ["or", "dislike"], ["about", "it"], ["or", "not"])


def _liking(question: Question) -> Hit | None:
    """'What do you love about it', 'which part did you hate'."""
    if question.wh < 0 or question.verb < 0 or question.wh_word in ("how", "who", "when"):
        return None
    base = question.base(question.verb)
    if (
        question.modal
        or question.wh_word == "whom"
        or base not in _LIKING
        or question.subject_words[:1] not in (["you"], ["your"])
    ):
        return None
    if question.wh_word == "which" and question.low[question.wh + 1 : question.wh + 2] == ["of"]:
        return None
    if question.low[question.verb + 1 : question.verb + 3] in _BALANCED:
        return None
    strong = base not in ("like", "dislike", "miss", "value", "trust")
    rule = "leading" if strong or question.wh_word == "why" else "presuming"
    return Hit(rule, question.head, question.verb)


def _moved(question: Question) -> Hit | None:
    """'What frustrated you most', 'what impressed you'."""
    if question.wh < 0 or question.verb < 0 or question.wh_word not in ("what", "which"):
        return None
    base = question.base(question.verb)
    if base not in MOVING or question.subject[0] > question.wh:
        return None
    if _OF_SOMEBODYS.search(question.line, question.line_starts[question.verb]):
        return blames_or_praises(question, Hit("presuming", question.head, question.verb))
    return Hit("presuming", question.head, question.verb)


_OF_SOMEBODYS = re.compile(r"\b(?:about|in|by|with|at) (?:our|us|their|them|his|her)\b")
"""'What frustrated you about our portal': ours did; 'about switching' blames nobody."""


_NEUTRAL_ONES = words(
    "return value risk risks problem issue concern mistake error bug delay outage complaint"
)


_ON_PAPER = phrase(
    r"(?:on|in) (?:the|your|that) (?:\w+ )?(?:slide|list|register|report|case|paper|plan|ticket|"
    r"tickets|minutes|tender|log|sheet|file)",
    r"(?:longest|last|first|latest|next-to-last) (?:outage|delay|failure|complaint|error|"
    r"breakdown)",
    r"(?:trying|meant|set up|supposed|intended) to (?:\w+ )?(?:solve|fix|avoid|address|tackle)",
)
_THE_TROUBLE = phrase(
    r"the (?:\w+ )?(?:troubles?|delays?|confusion|failures?|mistakes?|frustration|friction|chaos|"
    r"difficult(?:y|ies)|conflicts?|mess|tension|disagreements?) (?:with|in|over|around|"
    r"about|of|between)",
    r"how (?:big|serious|large|great|much of) an? (?:problem|issue|concern|worry|obstacle|hurdle)",
    r"(?:start|started|begin|began) (?:to )?(?:doubt|distrust|mistrust|worry|regret|hate)\w*",
    r"find (?:it |them )?so \w+|in vain|did you sacrifice|weakest (?:point|link)",
)


def _problems(question: Question) -> Hit | None:
    """'What problems did you have', 'what was your biggest worry', 'which benefits came'."""
    if question.wh_word not in ("what", "which", "how", "where", "when", "why"):
        return None
    low = question.low
    if _ON_PAPER.stands_in(question):
        return None
    if question.wh_word in ("what", "which"):
        before = question.aux if question.aux >= 0 else question.verb
        if 0 <= question.wh < before:
            for at in range(question.wh + 1, before):
                if question.tags[at] == "R" and low[question.wh + 1] != "of":
                    break
                of_a_thing = question.tags[at + 1] == "N"
                if low[at] in _BAD_OR_GOOD_NOUN - _NEUTRAL_ONES and not of_a_thing:
                    return Hit("presuming", question.wh, at)
    for hit in look_up(question, _THE_TROUBLE, "presuming", first=question.head):
        return hit
    if question.wh_word == "what" and question.aux >= 0 and question.tags[question.aux] == "B":
        for at in range(question.aux + 1, min(question.end, question.aux + 7)):
            of_a_thing = question.tags[at + 1 : at + 2] == "N"
            if (
                low[at] in _BAD_OR_GOOD_NOUN
                and not of_a_thing
                and re.search(
                    r"(?:biggest|main|greatest|worst|chief|major|key|top|number|primary|most|"
                    r"real|your|"
                    r"the|our)",
                    question.words.said(question.aux + 1, at),
                )
            ):
                return Hit("presuming", question.wh, at)
            if question.tags[at] in "WRS":
                break
    return None


_TROUBLES = words(
    """damage harm resistance hostility opposition unrest distrust mistrust scepticism skepticism
    reluctance arguments quarrel quarrels tension strife rumour rumours resentment
    dissatisfaction discontent backlash discord rift"""
)


def _the_trouble(question: Question) -> Hit | None:
    """'How did the resistance show', 'who repaired the damage': that there was any."""
    if question.form is not Form.OPEN or question.modal or _ON_PAPER.stands_in(question):
        return None
    low, tags = question.low, question.tags
    for at in range(question.wh + 2, question.end):
        named = low[at] in _TROUBLES and tags[at] == "N" and tags[at + 1] not in "NKG"
        first = at - 1 if tags[at - 1] == "J" else at
        owned = tags[first - 1] in "'O" or low[first - 1] == "the"
        if named and owned and (tags[first - 2] in "DV" or tags[first - 1] == "'"):
            return Hit("presuming", question.head, at)
    return None


def _factive(question: Question) -> Hit | None:
    """'When did you realise that our support was slow': the clause is taken as true."""
    if question.verb < 0 or question.base(question.verb) not in _FACTIVE:
        return None
    if question.form is Form.POLAR and question.base(question.verb) in ("know", "remember", "see"):
        return None
    rest = question.tags[question.verb + 1 : question.end]
    low = question.low[question.verb + 1 : question.end]
    if "W" in rest[:2] and _sees_how(question):
        return Hit("leading", question.verb, question.verb + 3, "What they 'noticed' is our claim.")
    sure = question.base(question.verb) in ("realise", "realize", "notice", "discover")
    owns_up = question.base(question.verb) in _OWNING_UP
    embeds = re.match(r"X*(?:S|A?)[XJ]*[PAONKQ]", rest) and (
        "that" in low[:3] or "how" in low[:3] or (sure and re.search(r"[PNK][X]*(?:[BHM]|V)", rest))
    )
    if not embeds:
        return None
    at = judging_word(question, question.verb + 1, question.end)
    claims = owns_up or (sure and "that" in low[:2] and question.form is not Form.POLAR)
    if at is None and claims:
        at = question.verb
    if at is None:
        return None
    return Hit("leading", question.verb, at, "What they 'realised' is our claim, not theirs.")


def _sees_how(question: Question) -> bool:
    """Say whether 'how slow', 'how bad' comes after the verb."""
    place = question.words.tags.find("W", question.verb + 1, question.end)
    return (
        place > 0
        and question.low[place] == "how"
        and question.low[place + 1 : place + 2] != []
        and question.low[place + 1] in JUDGEMENTS
    )


_STILL = re.compile(
    r"^(?:why|how come|what makes|what made|what keeps|how long|"
    r"how much longer)\b.*\b(?:still|again|even|keep|keeps|kept|only|just|finally|"
    r"always|never|continue|continued|insist\w*)\b"
)
_KEEPING = re.compile(r"\b(?:keep|keeps|kept)\b(?! (?:on )?\w+ing\b)")


def _still(question: Question) -> Hit | None:
    core = _KEEPING.sub("", core_of(question))
    if _STILL.match(core):
        return Hit(
            "leading",
            question.head,
            question.end - 1,
            "It takes for granted what they do, and blames it.",
        )
    return None


def _coping(question: Question) -> Hit | None:
    if question.wh_word == "how" and question.verb >= 0:
        for hit in look_up(question, _COPING, "presuming", first=question.head):
            return hit
    return None


_WENT_WRONG = phrase(
    r"(?:went|gone|going|go) (?:so |badly |terribly |horribly )?wrong",
    r"what let (?:you|us|it) down",
    r"(?:has|have|what) (?:got|gotten|become|grown|gone) (?:\w+ )?(?:worse|better|harder|"
    r"easier|slower|faster)",
    r"what fell short",
    r"proudest|happiest|saddest|angriest",
    r"fall short|fell short",
    r"what (?:do|did) you (?:most |particularly |especially |really )?(?:dislike|regret)",
    r"(?:least|most) (?:like|liked|favou?rite)",
    r"your favou?rite",
    r"(?:like|miss|value|enjoy|trust)(?: it| us| them)? (?:the )?(?:most|best|least)",
    r"like (?:most|best|least)",
)


def _went(question: Question) -> Hit | None:
    if question.wh_word in ("what", "which", "where") and question.form is Form.OPEN:
        for hit in look_up(question, _WENT_WRONG, "presuming", first=question.head):
            return hit
    return None


_LOSING = re.compile(
    r"^(?:when|why|what made|how|what led|at what point|what caused|what drove|"
    r"how long)\b.*\b(?:lose|lost|losing|stop|stopped|give up|gave up|abandon\w*|"
    r"turn against|turned against|fall out|fell out|regret\w*|change your mind|"
    r"run out of|grow tired|tire of|tired of|outgr[eo]w)\b"
)
_LOST_WHAT = re.compile(
    r"\b(?:faith|trust|confidence|patience|interest|hope|mind|us|regret|believing|"
    r"trusting|liking|caring|hoping|tired)\b"
)


def _lost(question: Question) -> Hit | None:
    core = core_of(question)
    if _LOSING.match(core) and _LOST_WHAT.search(core) and question.subject_words[:1] != ["who"]:
        return Hit("presuming", question.head, question.end - 1)
    return None


_LOOKS = (
    degree,
    reason_of_a_judgement,
    effect,
    quantity_gained,
    made_so,
    our_better,
    the_poor,
    _liking,
    _moved,
    _problems,
    _the_trouble,
    _factive,
    _still,
    _coping,
    _went,
    _lost,
    in_the_way,
    granted_by_words,
    *changes.LOOKS,
)
_JUDGING = (made_so, _coping, _lost, in_the_way, granted_by_words)
"""What these find is never a mere event."""
