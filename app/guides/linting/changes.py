"""What a question says has changed, by its verb or by a comparison: whoever answers grants it."""

from __future__ import annotations

import re

from app.guides.linting.hits import Hit, phrase
from app.guides.linting.lexicon import evaluation, people, words
from app.guides.linting.lexicon.verbs import FORMS
from app.guides.linting.question import Form, Question

_STOPPING = words("stop quit cease")
_DOINGS = words(
    """use run work pay sell produce make offer operate ship deliver publish print serve teach
    train trade accept issue"""
)


def stopped(question: Question) -> Hit | None:
    """'When did you stop reading our updates': that they did once, and do no more."""
    low, tags = question.low, question.tags
    if question.form is Form.POLAR:
        return None
    for at in range(question.head + 1, question.end - 1):
        base = FORMS.get(low[at], ("", ""))[0]
        if base not in _STOPPING or tags[at + 1] != "G":
            continue
        doing = FORMS.get(low[at + 1], (low[at + 1], ""))[0]
        if doing in _DOINGS:
            return None
        return Hit("leading", question.head, at + 1)
    return None


_STARTED_AGAIN = re.compile(
    r"\b(?:start|started|begin|began) (?:\w+ ){1,3}?again\b|"
    r"\b(?:fall|fell|slip|slipped) back (?:to|into|on)\b"
)
_FINALLY = phrase(
    r"(?:what|who) finally",
    r"at long last",
    r"after all(?= \?)",
    r"once and for all",
)
_WORN = phrase(
    r"(?:wear|wore|worn|wearing|run|ran|grow|grew) (?:so |rather )?(?:thin|dry|stale|cold|sour|"
    r"old)",
    r"(?:got|get|gets|getting|gone|went|run|ran|slip|slipped|spin|spun) (?:out of|beyond) (?:hand|"
    r"control)",
    r"(?:drag|dragged|drags|dragging) (?:on|out)|(?:fall|fell|fallen|falls) (?:behind|apart|"
    r"through|flat|to pieces|short)",
    r"(?:lose|lost) (?:its|their|your|his|her|the) (?:nerve|way|temper|appetite|touch|head|hold|"
    r"sparkle|edge|shine|footing)",
    r"(?:take|took|takes|taking) (?:the )?(?:edge|fear|sting|pressure|fun|shine|worry) (?:off|"
    r"out|away)",
    r"used to (?:the|its|their|our) (?:noise|mess|delays?|smell|chaos|wait|waiting|cold|heat)",
    r"(?:stop|stopped|stops) being (?:\w+ )?(?:fun|worth|useful|good|easy|safe|fair|nice)",
    r"(?:take|took) (?:its|a|their) toll|go(?:es)? to waste|went to waste|come to nothing",
    r"(?:come|came|comes) to (?:distrust|hate|resent|regret|doubt|love|trust|depend)",
    r"turn(?:ed|s)? (?:sour|ugly|nasty|bad|cold)|wear (?:you|them) (?:down|out)|wore (?:you|"
    r"them) (?:down|out)",
)


def turned(question: Question) -> Hit | None:
    """'What finally broke', 'when did the goodwill wear thin', 'why did you go back'."""
    if question.form in (Form.POLAR, Form.FRAGMENT) or question.modal:
        return None
    place = _WORN.place(question, question.head)
    if place:
        return Hit("leading", *place)
    place = _FINALLY.place(question, question.head)
    started = "again" in question.low or "back" in question.low
    if place is None and started and question.form is Form.OPEN:
        match = _STARTED_AGAIN.search(question.line, question.line_starts[question.head])
        if match:
            place = question.word_at(match.start()), question.word_at(match.end() - 1)
    return Hit("leading", *place) if place else None


_SIZES = words(
    """longer later sooner earlier cheaper dearer higher lower bigger smaller older newer fewer
    shorter larger heavier lighter wider narrower deeper farther further other order quarter
    number"""
)


def how_much_more(question: Question) -> Hit | None:
    """'How much sturdier is it': that it is."""
    low, at = question.low, question.wh
    if at < 0 or low[at] != "how" or low[at + 1 : at + 2] not in (["much"], ["far"]):
        return None
    place = at + 2
    if place >= question.end or low[place : place + 1] == ["more"]:
        return None
    word = low[place]
    graded = word.endswith("er") and len(word) > 4 and question.tags[place] in "JNX"
    compares = graded and question.tags[place + 1 : place + 2] in tuple("BDHMNRAJG?.")
    if not compares or "or" in low[place : place + 3]:
        return None
    return Hit("presuming" if word in _SIZES else "leading", at, place)


_BY_HOW_MUCH = re.compile(
    r"^by (?:how|what) (?:much|many|far|percentage|margin|share|amount|sum)\b"
)
_OURS = words("we us our ours they their")
_MOVING = words("rise grow fall drop shrink increase decrease climb sink swell slip decline worsen")
_SHIFTING = words(
    "shorten lower raise cut reduce lift widen narrow lengthen speed halve boost push"
)


def by_how_much(question: Question) -> Hit | None:
    """'By how much did our crew shorten the shutdown': that it did."""
    if question.wh < 1 or not _BY_HOW_MUCH.match(
        question.words.said(question.wh - 1, question.end)
    ):
        return None
    for at in range(question.wh + 2, question.end):
        base = FORMS.get(question.low[at], (question.low[at], ""))[0]
        if base in _MOVING | _SHIFTING | evaluation.IMPROVING_VERBS | evaluation.HARMING_VERBS:
            ours = not _OURS.isdisjoint(question.low[question.wh :])
            return Hit("leading" if ours else "presuming", question.wh - 1, at)
    return None


_RELUCTANT = words(
    """accept agree settle hesitate drag give stop quit lose doubt move budge leave walk cave
    concede admit sign swallow tolerate pay drop abandon ignore regret forget refuse yield
    surrender comply obey wait fail change cooperate forgive trust distrust back"""
)
_CAUSING = words("make get bring lead drive push persuade convince talk force induce")
_THINK = phrase(*people.THINK_FRAMES)
_NEUTRAL = words("drop change move leave sign pay trust agree stop")


def made_to(question: Question) -> Hit | None:
    """'How did you get your team to accept it', 'what made you settle for less'."""
    low, tags = question.low, question.tags
    if question.wh_word not in ("what", "how", "who", "which") or question.modal:
        return None
    if _THINK.stands_in(question):
        return None
    for at in range(question.head + 1, question.end - 2):
        cause = FORMS.get(low[at], ("", ""))[0]
        if cause not in _CAUSING or tags[at] != "V" or tags[at + 1] not in "PAOK":
            continue
        place = at + 1
        while place < question.end and tags[place] in "PAOKNJ'G" and low[place] != "to":
            if place > at + 1 and FORMS.get(low[place], ("", ""))[1] == "base":
                break
            place += 1
        told = tags[place : place + 1] == "t"
        place += told
        if place >= question.end:
            return None
        base = FORMS.get(low[place], (low[place], ""))[0]
        told = told and FORMS.get(low[place], ("", ""))[1] == "base"
        got = cause == "get" and told and question.wh_word == "how"
        reluctant = base in _RELUCTANT and (base not in _NEUTRAL or cause in ("get", "make"))
        of_you = low[at + 1] == "you" and base in _NEUTRAL
        if (got or reluctant) and not of_you:
            return Hit("leading", at, place)
    return None


_HAD_TO = re.compile(r"\b(?:have|had|has|having|needed|need) to (?:\w+ly )?(\w+)\b")
_BURDENS = words(
    """chase wait apologise apologize remind repeat redo retype correct fix swallow beg plead argue
    fight insist rework reenter patch guess hunt search nag defend endure tolerate
    accept settle compromise cancel resend re-enter double-check sacrifice bargain forgo"""
)


def had_to(question: Question) -> Hit | None:
    """'How often did you have to chase us': that they had to."""
    if question.form is not Form.OPEN or question.modal or question.wh_word == "who":
        return None
    for match in _HAD_TO.finditer(question.line, question.line_starts[question.head]):
        if match[1] in _BURDENS:
            first = question.word_at(match.start())
            ours = match[1] != "wait" or not _OURS.isdisjoint(question.low[first : question.end])
            last = question.word_at(match.end() - 1)
            return Hit("leading" if ours else "presuming", first, last)
    return None


_ALONE = phrase(
    r"(?:only|just) (?:we|us|our \w+|they)|(?:we|us) alone|(?:nobody|no one|none|nothing) but "
    r"(?:us|"
    r"we|our)|like no (?:one|other|body) else|no one else but",
    r"the one (?:thing|person|vendor|supplier|firm) (?:that |who |which )?(?:nobody|no one|"
    r"everyone|everybody|you (?:can|could|must))",
)


def alone(question: Question) -> Hit | None:
    """'What could only we have given you?'"""
    if question.form is Form.POLAR:
        return None
    place = _ALONE.place(question, question.head)
    return Hit("leading", *place) if place else None


_VIEWS = words(
    """view views opinion opinions mind attitude trust confidence feelings impression relationship
    mood standing reputation perception priorities"""
)
_SWAYED = words("change shift alter")


def changed_a_view(question: Question) -> Hit | None:
    """'How did the delay change your view of us': that it did."""
    if question.wh_word != "how" or question.verb < 0:
        return None
    if question.base(question.verb) not in _SWAYED or question.modal:
        return None
    named = question.low[question.aux + 1 : question.end]
    if _VIEWS.isdisjoint(named) or question.subject_words[:1] == ["you"]:
        return None
    return Hit("presuming", question.head, question.verb)


_BEYOND = re.compile(
    r"^how (?:much|far|long|badly) (?:over|above|under|below|behind|past|short of) "
)


def beyond_a_line(question: Question) -> Hit | None:
    """'How far behind schedule were they': that they were."""
    if question.wh != question.head or not _BEYOND.match(
        question.words.said(question.head, question.end)
    ):
        return None
    return Hit("presuming", question.wh, question.wh + 2)


_DECIDING = phrase(
    r"the (?:deciding|decisive|determining|overriding|clinching) (?:factor|reason|point|argument|"
    r"issue|question|moment)",
)
_BEHIND_IT = phrase(
    r"(?:is|was|'s|were|are) (?:the|your|their|his|her) (?:real|true|actual|hidden|underlying) "
    r"(?:reasons?|motives?|cause|problem|issue|concern|objection)",
)


def decisive(question: Question) -> Hit | None:
    """'Why was safety the deciding factor', 'what was the real reason': that it was, that there
    is another than the one they gave."""
    if question.wh_word not in ("why", "what"):
        return None
    sought = _DECIDING if question.wh_word == "why" else _BEHIND_IT
    place = sought.place(question, question.head)
    return Hit("presuming", question.head, place[1]) if place else None


LOOKS = (
    stopped,
    turned,
    how_much_more,
    by_how_much,
    made_to,
    had_to,
    alone,
    changed_a_view,
    beyond_a_line,
    decisive,
)
