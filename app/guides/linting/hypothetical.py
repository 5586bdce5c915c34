"""Hypothetical or future, where a fact is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.guides.linting.hits import Hit, look_up, phrase
from app.guides.linting.lexicon import people, words
from app.guides.linting.lexicon.verbs import FORMS
from app.guides.linting.question import Form, LeadKind, Question

_GUESSING = words("would could might will 'll 'd shall")
_SOFT_VERBS = words(
    """say spell repeat show give write read help describe put call characterise characterize
    summarise summarize explain like mind rank
    tell share define sum name list recommend_we"""
)
_INVITES = phrase(
    r"imagine",
    r"suppose(?! to)",
    r"supposing",
    r"pretend",
    r"picture (?:yourself|a|the|this|that)",
    r"let 's (?:say|assume|imagine|pretend)",
    r"(?:just )?assume (?:for|that|we|you|the)",
    r"in an ideal world",
    r"in a perfect world",
    r"magic wand",
    r"what if",
    r"hypothetically",
    r"if money were no object",
    r"in the event (?:of|that)|under (?:what|which|whose) (?:circumstances|conditions) (?:do|"
    r"does|will|can)",
    r"(?:from|at) (?:what|which) (?!time|hour|age|interval|speed|stage|temperature|hours|times|"
    r"school|site|desk)\w+(?: on)? (?:do|does|will|is it too)",
    r"how (?:long|soon|many \w+) (?:before|until|till) (?:you|they|it|we|the \w+|your \w+|our \w+) "
    r"(?:have|has|is|are|can|will|get|gets|give|gives|run|runs|need|needs|come|comes)|(?:when|"
    r"once|as "
    r"soon as) (?:it|they|the \w+|your \w+) (?:is|are) (?:finished|ready|done|complete|completed|"
    r"open|built|over|gone|back|grown|installed|delivered|live)(?= \?|$)",
    r"(?:assume|suppose|imagine|picture) (?:\w+ ){1,6}?(?:\.|:|,)",
    r"think ahead|the most you 'd|if need be|once (?:the|you|it|we|your) (?:\w+ ){1,5}(?:is|are|"
    r"runs?|has|"
    r"have|goes|go) (?:\w+ )*,|is it gonna|(?:likely|expected|planned|projected|"
    r"future) (?:budget|cost|"
    r"spend|headcount|price|number)",
    r"dream (?:product|solution|supplier|world)|(?:'s|is|are|you|u|they|we) gon ?na|(?:it|you|"
    r"they|we) going take|(?:what|"
    r"how much) (?:'s|is|does|will) it (?:gon ?na |going to )?take to",
    r"say (?:we|you|they|the \w+|our \w+|your \w+) (?:were|had|could|did|got|\w+ed|"
    r"doubled|went)",
    r"assuming",
    r"(?<=, )say",
    r"(?<![\w ] )say (?:a|an|the|our|your|they|we|you) (?!name|word|number|date|sum|words)\w+",
)
_LATER = phrase(
    r"(?:are|is|am|'re|'s) (?:you|we|they|he|she|it|your \w+|the \w+|"
    r"people)? ?(?:likely|going|planning|intending|hoping|expecting|about|bound|"
    r"prepared|willing) to",
    r"(?:do|does) (?:you|they|your \w+|the \w+) (?:plan|intend|hope|expect|mean|"
    r"aim) (?:to|on|for)",
    r"(?:do|does) (?:you|they|your \w+|the \w+) (?:now |still )?(?:expect|anticipate|"
    r"foresee|envisage|"
    r"envision|predict|picture)",
    r"(?:how|more|less|most) likely (?:are|is|would|will)",
    r"who (?:is|'s) to (?!blame)\w+|(?:are|is) (?:\w+ ){1,3}(?:due|set|bound|about) to|"
    r"(?:what|which) (?:are|is) (?:your|their|the) (?:\w+ )?plans?|your (?:guess|forecast|"
    r"prediction)|"
    r"(?:are|is) (?:you|they|we|he|she|the \w+|your \w+) (?:\w+ )?\w+ing (?:\w+ ){0,2}(?:next|"
    r"tomorrow|tonight|soon)|in (?:five|ten|two|three|twenty|a few) years(?= \?)",
    r"in (?:five|ten|two|three|a few|some) years(?: '|s')? time",
    r"(?:five|ten|two|three|a few) years from now",
    r"how likely (?:are|is)",
    r"stands? to \w+|"
    r"(?:are|is) (?:you|they|your \w+|the \w+) (?:counting|banking|relying|betting) on",
    r"do you (?:see|picture|imagine) (?:yourself|yourselves|it|this|that|us|"
    r"your \w+) (?:\w+ing|in (?:a|five|two|three|ten|the next))",
    r"(?:over|in) the (?:next|coming) (?:\w+ )?(?:years?|months?|quarters?|weeks?)",
)
_COMPLEMENT_IF = words(
    """ask asked know knew known see saw tell told wonder wondering check checked find found sure
    test tested said say unsure clear matter decide decided doubt remember judge understand
    learn unclear care as even discussed discuss determine determined mind whether confirm
    confirmed"""
)
_PAST = phrase(
    r"did", r"was", r"were", r"had", r"used to", r"\w+ed", r"happened", r"went", r"came", r"got"
)
_BACK_THEN = phrase(
    r"back (?:then|when)",
    r"in those days",
    r"at (?:the|that) time",
    r"the old (?:tool|system|way|contract|process)",
    r"in the old (?:days|process|set-up|setup|system)",
    r"used to",
    r"before the (?:change|switch|move|new)",
    r"before (?:you|that|this|then|the \w+)|back in|in (?:\w+ ){1,4}?(?:'s )?(?:times?|days?|youth|"
    r"childhood)(?= ,| \?|$)",
    r"until then",
    r"in the past",
    r"on a (?:typical|normal|bad|good) (?:day|week)",
    r"last (?:year|time)",
    r"under the old",
    r"in (?:19|20)\d\d",
)


_AS_A_CHILD = phrase(
    r"when (?:you|they|he|she|we|it|your \w+) (?:were|was|lived|had|still|first|went|worked)|as a "
    r"(?:child|boy|girl|student|young \w+)|in those days|back then"
)


def hypothetical(question: Question, kind: str | None) -> Iterator[Hit]:
    """Yield guesses in a fact question; without a kind, only those that no kind makes right."""
    if kind == "fact":
        hit = _case(question)
    elif kind is None:
        hit = _wild_guess(question) or (None if _may_be_a_choice(question) else _case(question))
    else:
        hit = None
    if hit:
        yield hit


def _case(question: Question) -> Hit | None:
    """Find a case that is not, or not yet."""
    return _guess(question) or _without(question) or _condition(question) or _later(question)


_VIEW = phrase(*people.THINK_FRAMES)
_CHOOSING = words("would might could 'd should")


def _may_be_a_choice(question: Question) -> bool:
    """Say whether a guess may be asked as what they would do, or as what they think: it is about
    the buyer, or what it would have taken, or what happens whenever something does."""
    of_the_buyer = not _BUYER.isdisjoint(question.low)
    if of_the_buyer and ("once" in question.low or _INVITES.stands_in(question)):
        return True
    if question.form is not Form.OPEN or _VIEW.stands_in(question):
        return True
    if question.modal in _CHOOSING:
        impersonal = question.subject_words[-1:] in (["it"], ["that"], ["else"], ["much"])
        return of_the_buyer or impersonal or question.wh_word == "what"
    as_a_rule = question.modal == "" and "if" in question.low
    looks_ahead = question.base(question.verb) in _LOOKING_AHEAD
    return as_a_rule or (question.modal == "" and of_the_buyer and looks_ahead)


_BUYER = words("you yourself yourselves")
_LOOKING_AHEAD = words("see think expect hope wish want plan worry picture imagine feel make do")


def _guess(question: Question) -> Hit | None:
    """Find a modal that governs what is asked: 'would you pay', 'what will you do'."""
    low = question.low
    for hit in look_up(question, _INVITES, "hypothetical"):
        return hit
    if question.form is Form.REQUEST:
        return _guess_in_request(question)
    modal = question.modal
    if modal in _GUESSING and not _allowed(question, modal):
        last = question.verb if question.verb > question.aux else question.aux
        return Hit("hypothetical", question.aux, last)
    for at in range(question.head, question.end):
        if (
            question.tags[at] == "M"
            and low[at] in ("would", "will", "'ll", "might", "could", "'d")
            and at != question.aux
            and _after_think(question, at)
        ):
            return Hit("hypothetical", at, min(at + 1, question.end - 1))
    return None


_TOLD_AHEAD = phrase(r"(?:you|they|we) (?:will|'ll) (?:be )?\w+")


def _guess_in_request(question: Question) -> Hit | None:
    for hit in look_up(question, _TOLD_AHEAD, "hypothetical", first=question.frame[1]):
        return hit
    modal = question.modal
    if question.wh >= 0 and modal in _GUESSING - {"could"} and not _allowed(question, modal):
        return Hit("hypothetical", question.wh, question.aux)
    return None


def _allowed(question: Question, modal: str) -> bool:
    """Say whether the modal is no guess: politeness, ability then, habit then."""
    low, verb = question.low, question.verb
    base = question.base(verb)
    after = low[question.subject[1] : question.subject[1] + 1]
    perfect = "have" in after
    if modal == "could":
        return not perfect and question.form is not Form.POLAR
    if modal == "'d":
        return True
    subject = question.subject_words
    if modal == "would" and not _RULING.isdisjoint(subject):
        return True
    if _BY_THE_RULES.stands_in(question):
        return True
    if perfect:
        return False
    if base in _SOFT_VERBS and subject in (["you"], ["i"], ["we"]) and modal in ("would", "could"):
        return base != "recommend"
    if base == "like" and low[verb + 1 : verb + 2] == ["to"]:
        return True
    if modal == "would" and {"normally", "usually", "typically"} & set(low):
        return True
    if modal in ("would", "might", "could") and _BY_THE_RULES.stands_in(question):
        return True
    if modal == "would" and _AS_A_CHILD.stands_in(question):
        return True
    if modal == "would" and _BACK_THEN.stands_in(question) and "you" not in subject:
        return True
    if modal == "would" and any(
        lead.kind is LeadKind.TIME and _is_past(question, lead.first, lead.after)
        for lead in question.leads
    ):
        return True
    return modal == "shall" or (modal == "may" and subject in (["we"], ["i"]))


_BY_THE_RULES = phrase(
    r"(?:by|under|according to|in) (?:the|your|that|this|its) (?:\w+ )?(?:rules?|contract|law|"
    r"agreement|policy|tender|terms|licence)"
)
_RULING = words(
    """contract contracts law laws rules rule policy policies agreement licence statute guarantee
    warranty regulations plan terms"""
)
"""What a paper would have let one do stands in it: a fact."""


def _is_past(question: Question, first: int, after: int) -> bool:
    return _PAST.stands_in_text(question.words.said(first, after)) or any(
        question.tags[at] == "V" and FORMS.get(question.low[at], ("", ""))[1] == "past"
        for at in range(first, after)
    )


_WITHOUT = re.compile(
    r"^(?:with|without|but for|given) (?:a|an|the|another|more|less|no|any|twice|half|"
    r"\w+ more) .*, "
)


_BEHIND = words("did was were had has have")


def _without(question: Question) -> Hit | None:
    """'With a third shift, which line runs?': a case that is not, in the present."""
    if not question.leads or (question.aux >= 0 and question.low[question.aux] in _BEHIND):
        return None
    lead = question.leads[0]
    goes = question.aux < 0 and FORMS.get(question.low[question.verb], ("", ""))[1] == "s"
    now = question.aux >= 0 and question.low[question.aux] in ("do", "does", "can", "is", "are")
    if _WITHOUT.match(question.words.said(lead.first, lead.after) + " ") and (goes or now):
        return Hit("hypothetical", lead.first, lead.after - 1)
    return None


def _after_think(question: Question, at: int) -> bool:
    """Say whether a modal stands under a thought of now: 'what do you think would happen'."""
    if question.aux < 0 or question.low[question.aux] not in ("do", "are", "can", "is"):
        return False
    return question.base(question.verb) in (
        "think",
        "believe",
        "expect",
        "imagine",
        "suppose",
        "guess",
        "hope",
        "feel",
    )


_SHOULD_YOU = phrase(r"should you (?:have|happen|remember|recall|know|wish|want|like)")


def _condition(question: Question) -> Hit | None:
    """Find an 'if' that sets up a case, or its inversion; not 'if any', not 'asked if'."""
    low, tags = question.low, question.tags
    for lead in question.leads:
        asked_politely = _SHOULD_YOU.begins_at(question, lead.first) is not None
        if lead.kind is LeadKind.CONDITION and low[lead.first] != "if" and not asked_politely:
            return Hit("hypothetical", lead.first, lead.after - 1)
    first, end = question.main
    for at in range(first, end):
        if low[at] not in ("if", "unless") or tags[at] == "Q":
            continue
        if _is_hedge(question, at) or (at and low[at - 1] in _COMPLEMENT_IF):
            continue
        clause = question.words.said(at, min(end, at + 12))
        if question.form is Form.FRAGMENT and at > first:
            return Hit("hypothetical", at, end - 1)
        goes = question.aux < 0 and FORMS.get(low[question.verb], ("", ""))[1] == "s"
        if goes and question.verb >= 0:
            return Hit("hypothetical", at, end - 1)
        now = question.aux >= 0 and low[question.aux] in ("do", "does", "is", "are", "can", "will")
        unreal = re.search(r"\b(?:had|were) ", clause) and question.modal in _GUESSING
        if now or unreal or question.modal in ("would", "will", "could", "might", "'d", "'ll"):
            return Hit("hypothetical", at, end - 1)
    return None


_HEDGE_AFTER_IF = re.compile(
    r"if (?:any|at all|so|not|you (?:can|may|remember|recall|like|want|know|do n't mind|"
    r"had|did|have to)|there (?:was|were|is|are) (?:any|one)|applicable|possible|ever|"
    r"i may)"
)


def _is_hedge(question: Question, at: int) -> bool:
    return _HEDGE_AFTER_IF.match(question.line, question.line_starts[at]) is not None


_NEXT = phrase(
    r"(?:from|by|after) next \w+|from now|once (?:the|you|it|we|your) (?:\w+ ){1,5}(?:is|are|has|"
    r"have|runs?|"
    r"goes|go|comes|come) \w+|come (?:spring|summer|autumn|winter)|a year from now|"
    r"in (?:\w+ ){1,3}?(?:'s? )?time(?= ,| \?|\.|$)|next (?:january|february|march|april|may|june|"
    r"july|august|september|october|november|december|monday|tuesday|friday)|"
    r"until 20[3-9]\d|next (?:year|quarter|month|week|spring|summer|autumn|winter|season|term|"
    r"budget|time)",
    r"in (?:the )?future|tomorrow|(?:one|some) day(?= \?)|this (?:coming )?(?:spring|summer|autumn|"
    r"winter) coming|sooner or later|in the long run|down the (?:line|road)|going forward",
    r"(?:after|from|by|in) 20[3-9]\d",
    r"(?:next|coming) (?:few )?(?:years|months)",
)


_NOW = words("do does will can shall is are")


def _later(question: Question) -> Hit | None:
    now = question.aux >= 0 and question.low[question.aux] in _NOW
    goes = question.aux < 0 and FORMS.get(question.low[question.verb], ("", ""))[1] == "s"
    if (now or goes) and question.verb >= 0 and "already" not in question.low:
        for hit in look_up(question, _NEXT, "hypothetical"):
            return hit
    ahead = (_once(question) or _in_season(question)) if now or goes else None
    return ahead or next(look_up(question, _LATER, "hypothetical", first=question.main[0]), None)


def _once(question: Question) -> Hit | None:
    """'What becomes of it once the sponsor leaves': a day that has not come."""
    for match in _ONCE.finditer(question.tags, question.main[0], question.end):
        verb = match.end() - 1
        now = FORMS.get(question.low[verb], ("", ""))[1] in ("s", "base")
        if now and question.low[match.start()] == "once":
            return Hit("hypothetical", match.start(), verb)
    return None


def _in_season(question: Question) -> Hit | None:
    """'After the contract ends in spring': with the present, a spring to come."""
    match = _SEASON.search(question.line)
    past = question.aux >= 0 and question.low[question.aux] in ("was", "were", "did")
    if match is None or past:
        return None
    return Hit("hypothetical", question.word_at(match.start()), question.word_at(match.end() - 1))


_POLITE = phrase(r"would it be (?:all right|alright|ok|okay|fine|possible|too much)")
_ONCE = re.compile(r"SX?(?:[PAO][NKJ]*|K+)[BVH]")
_SEASON = re.compile(
    r"\b(?:after|when|once|until|before|as soon as|by the time) .*\bin (?:the )?(?:spring|summer|"
    r"autumn|winter|fall|january|february|march|april|may|june|july|august|september|october|"
    r"november|december)\b"
)


def _wild_guess(question: Question) -> Hit | None:
    """Find a yes-or-no guess, or a forecast, which no kind makes right."""
    if _POLITE.stands_in(question):
        return None
    modal = question.modal
    if (
        question.form is Form.POLAR
        and modal in ("would", "will", "could", "might")
        and not _allowed(question, modal)
        and question.base(question.verb) not in _SOFT_VERBS
    ):
        return Hit("hypothetical", question.aux, max(question.verb, question.aux))
    if question.form is Form.OPEN and modal == "will" and "you" in question.subject_words:
        return Hit("hypothetical", question.aux, max(question.verb, question.aux))
    for hit in look_up(question, _GOING_TO, "hypothetical", first=question.head):
        return hit
    return None


_GOING_TO = phrase(r"(?:are|'re) (?:you|they|your \w+) going to", r"(?:you|they) going to")
